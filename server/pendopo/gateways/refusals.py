"""Refusals when the outside world does not answer."""

from django.utils.translation import gettext_lazy as _

from pendopo.foundation.errors import Refusal

REFUSALS = {
    "media_unavailable": Refusal(
        503, _("The video service is not answering. Try again in a few seconds.")
    ),
    "passphrase_wrong": Refusal(
        422, _("The passphrase is wrong. Nothing was signed; type it once more.")
    ),
    "certificate_expired": Refusal(
        409, _("The certificate is not valid now. Renew it under Account, Signature.")
    ),
    "certificate_revoked": Refusal(
        409,
        _(
            "The certificate was revoked, so nothing was signed. Ask your verifier at BSrE for a "
            "new one."
        ),
    ),
    "signer_refuses_office": Refusal(
        503,
        _(
            "BSrE does not accept this office's access, so nothing was signed. Ask the "
            "administrator to run `pendopo check`."
        ),
    ),
    "signer_answer_wrong": Refusal(
        503,
        _(
            "What BSrE sent back is not this letter with its signature, so it was not kept. Try "
            "again; tell the administrator if it happens twice."
        ),
    ),
    "signer_unknown": Refusal(
        409,
        _("BSrE does not know this NIK as a signer. Check it, or ask your verifier at BSrE."),
    ),
    "signer_unavailable": Refusal(
        503,
        _("BSrE's signing service does not answer. Nothing was lost; try again in a few minutes."),
    ),
    "timestamp_unavailable": Refusal(
        503,
        _(
            "The timestamp server does not answer, so nothing was signed. Try again, or ask the "
            "administrator to look at Settings, Signature."
        ),
    ),
    "paper_unsignable": Refusal(
        409, _("This PDF can not be signed. Check whether it carries a signature already.")
    ),
    "keystore_unreadable": Refusal(
        422, _("This is no certificate file with its key. Choose one that ends in .p12 or .pfx.")
    ),
    "keystore_too_weak": Refusal(
        422,
        _("The key of this certificate is too weak. It needs RSA of 2048 bits or an EC key."),
    ),
    "check_unavailable": Refusal(
        503, _("Signatures can not be checked at the moment. Try again in a few minutes.")
    ),
    "signed_by_hand": Refusal(
        409,
        _("Papers are signed by hand here. Print it, sign it, then upload the scan."),
    ),
    "character_unprintable": Refusal(
        422,
        _(
            "The paper can not be printed with the character “%(character)s”: our letter faces do "
            "not have it. Remove it from the text, then try again."
        ),
    ),
}
