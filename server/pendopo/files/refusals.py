"""Refusals about files. Most name the file they are about (``file``) and its ``number``."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "file_empty": Refusal(422, _("“%(file)s” is empty. Choose the file again.")),
    "file_too_large": Refusal(
        422,
        _("“%(file)s” is larger than %(most)s MB. Photograph or scan it with a lower resolution."),
    ),
    "file_kind_unknown": Refusal(
        422,
        _(
            "“%(file)s” is not a PDF, JPG, PNG or HEIC, whatever its name says. Save it as PDF, or "
            "take a photo of it."
        ),
    ),
    "file_not_pdf": Refusal(422, _("“%(file)s” is not a PDF. Choose the signed PDF.")),
    "file_damaged": Refusal(
        422, _("“%(file)s” is damaged or incomplete, so we can not read it. Save or scan it anew.")
    ),
    "file_encrypted": Refusal(
        422,
        _("“%(file)s” is protected by a password. Save it without one, then send it again."),
    ),
    "file_too_many_pages": Refusal(
        422, _("“%(file)s” makes %(pages)s pages; we take at most 200. Send only the letter.")
    ),
    "file_too_complex": Refusal(
        422,
        _(
            "“%(file)s” would need too much memory or time to open. Print it to a new PDF, or take "
            "a photo of it."
        ),
    ),
    "file_has_active_content": Refusal(
        422,
        _(
            "“%(file)s” holds scripts, attached files or actions. We may not take them out of a "
            "signed paper; have it signed again without them."
        ),
    ),
    "picture_too_large": Refusal(
        422,
        _(
            "“%(file)s” has more pixels than we take (50 megapixels). Photograph or scan it with a "
            "lower resolution."
        ),
    ),
    "too_many_files": Refusal(422, _("At most %(most)s files become one letter. Send fewer.")),
    "uploads_too_large": Refusal(
        413,
        _("All files together are larger than %(most)s MB. Send fewer or smaller ones."),
    ),
    "disk_full": Refusal(
        507,
        _("Our disk is full, so nothing was kept. Tell the office, and try again later."),
    ),
    "files_busy": Refusal(503, _("Many files are being checked just now. Try again in a minute.")),
    "file_erased": Refusal(410, _("This file was erased; only that it was here is still known.")),
    "file_held": Refusal(
        409, _("This file is on legal hold, so it can not be erased. Lift the hold first.")
    ),
    "file_hold_reason_missing": Refusal(422, _("Say why this file must be held.")),
    "page_missing": Refusal(404, _("This file has no such page.")),
}
