"""Refusals about the office, its units and what it decides."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "office_not_set_up": Refusal(
        409, _("The office has no name yet. Finish the first run, then come back.")
    ),
    "not_on_oneself": Refusal(
        409, _("Not with your own account. Another administrator can do that.")
    ),
    "changed_meanwhile": Refusal(
        409,
        _(
            "Somebody else changed this while you were writing. Below is what you wrote; "
            "look at it once more and save again."
        ),
    ),
    "emblem_unreadable": Refusal(
        422, _("This file is not a picture that we can read. Choose a PNG, JPEG or WebP file.")
    ),
    "emblem_too_large": Refusal(
        422, _("This picture is too large. Choose one of at most 5 MB and 6000 × 6000 pixels.")
    ),
    "unit_in_a_circle": Refusal(
        422, _("A unit can not belong to itself or to a unit below it. Choose another one.")
    ),
    "unit_in_use": Refusal(
        409,
        _(
            "This unit still has units, people, positions or events, so it can not be deleted. "
            "Put it out of use instead."
        ),
    ),
    "workbook_unreadable": Refusal(
        422, _("This file is not a workbook that we can read. Fill in our empty one (.xlsx).")
    ),
    "workbook_too_large": Refusal(
        422, _("This workbook is too large. At most 2 MB and 500 rows a sheet; split it.")
    ),
    "workbook_has_problems": Refusal(
        422, _("Some lines of the workbook are wrong, so nothing was taken over. Correct them.")
    ),
    "name_taken": Refusal(409, _("There is one with this name already.")),
    "day_taken": Refusal(409, _("This day stands in the list already. Change it there.")),
    "basis_taken": Refusal(409, _("This rule stands in the list already. Change it there.")),
}
