"""Refusals about papers and their templates."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "document_not_found": Refusal(
        404, _("There is no such letter, or you may not read it. Look at the list of letters.")
    ),
    "document_not_open": Refusal(
        409,
        _("This letter is signed or withdrawn, so it does not change. Make a correction instead."),
    ),
    "document_not_signed": Refusal(409, _("This letter is not signed yet. Have it signed first.")),
    "document_corrected": Refusal(
        409, _("There is a correction of this letter already. Go on with that one.")
    ),
    "no_signatory": Refusal(
        422,
        _(
            "Nobody can sign: no account with the duty head of office holds a position. Give one a "
            "position under Settings, Positions."
        ),
    ),
    "signing_form_incomplete": Refusal(
        422, _("The form “a.n.” or “u.b.” needs the title of who it is signed for. Fill it in.")
    ),
    "placeholders_unknown": Refusal(
        422,
        _("There is no placeholder %(names)s. Choose one from the list, or remove the braces."),
    ),
    "placeholders_missing": Refusal(
        422, _("This letter can not do without %(names)s. Put it into the text.")
    ),
    "values_missing": Refusal(
        422, _("The letter needs a value for %(names)s. Fill it in, or change the template.")
    ),
    "letter_incomplete": Refusal(
        422, _("Subject, addressee and text of a letter can not stay empty. Fill them in.")
    ),
    "letter_too_long": Refusal(
        422, _("“%(field)s” has more than %(limit)s characters. Shorten it.")
    ),
    "number_date_missing": Refusal(
        422,
        _("A number from the national letter system comes with its date. Fill in both."),
    ),
}
