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
    "letter_number_taken": Refusal(
        409,
        _(
            "A signed letter of %(year)s has the number %(number)s already, and a number is given "
            "once, also when its letter was revoked. Type the right number, or leave it empty for "
            "the next one of this office."
        ),
    ),
    "document_signed_already": Refusal(
        409, _("This letter is signed already. Look at it under Letters.")
    ),
    "document_not_issued": Refusal(
        409, _("Only a signed letter can be revoked. Withdraw the draft instead.")
    ),
    "not_its_signatory": Refusal(
        403, _("This letter waits for somebody else's signature. Ask its signatory.")
    ),
    "reason_missing": Refusal(422, _("Say in a sentence why it is revoked.")),
    "changed_before_signing": Refusal(
        409, _("This letter was changed after you opened the page. Read it again, then sign it.")
    ),
    "credential_missing": Refusal(
        409, _("You have nothing to sign with yet. Get it under Account, Signature.")
    ),
    "credential_unreadable": Refusal(
        409,
        _("Your NIK can not be read any more, for this installation has a new key. Type it again."),
    ),
    "signing_broke_off": Refusal(
        500,
        _(
            "Something unforeseen went wrong, so this letter was not signed and no number was "
            "used. Try again; tell the administrator if it happens twice."
        ),
    ),
    "certificate_unknown": Refusal(
        422,
        _(
            "No authority that this office knows issued this certificate. Ask the administrator to "
            "add its root certificate to PENDOPO_SIGNING_ROOTS."
        ),
    ),
    "certificate_of_another": Refusal(
        422,
        _("This certificate names %(holder)s, not you. Choose your own, or correct your name."),
    ),
    "passphrase_short": Refusal(
        422, _("A passphrase has at least %(least)s characters. Choose a longer one.")
    ),
    "too_many_passphrases": Refusal(
        429, _("Five wrong passphrases. Wait five minutes, then try again.")
    ),
    "nik_wrong": Refusal(422, _("A NIK has 16 digits. Type it as it stands on your card.")),
    "copy_too_large": Refusal(422, _("This file is too large. We take at most 20 MB.")),
    "copy_unreadable": Refusal(
        422, _("This file is not a PDF that we can read. Choose the signed PDF.")
    ),
    "copy_unsigned": Refusal(
        422,
        _(
            "This PDF carries no electronic signature. Choose the signed one; a scan of a letter "
            "signed by hand is brought by its signatory."
        ),
    ),
    "copy_of_another": Refusal(
        422,
        _(
            "The code of this letter does not stand in this PDF, so it may be another letter. "
            "Have the letter signed that was exported here."
        ),
    ),
    "copy_outdated": Refusal(
        409,
        _(
            "This is not the letter as it stands now: it was changed after this copy was exported "
            "or printed, and is now version %(version)s. Export it again, and have that signed."
        ),
    ),
    "copy_version_missing": Refusal(
        422,
        _(
            "The version of the letter can not be read in this PDF. Say which one was signed: it "
            "stands on the paper, and this letter is version %(version)s now."
        ),
    ),
    "copy_changed": Refusal(
        422,
        _("This PDF was changed after it was signed, so we do not keep it. Choose the original."),
    ),
}
