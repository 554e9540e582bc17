"""Words for what the rules say in codes."""

from django.utils.translation import gettext_lazy as _

from pendopo.documents.rules import (
    DocumentKind,
    DocumentState,
    Method,
    Secrecy,
    SigningForm,
    Urgency,
)
from pendopo.documents.rules.signing import Copy, Upload

KINDS = {
    DocumentKind.APPROVAL: _("Approval"),
    DocumentKind.REJECTION: _("Rejection"),
    DocumentKind.ALTERNATIVES: _("Other times offered"),
    DocumentKind.CANCELLATION: _("Cancellation"),
    DocumentKind.DISPOSITION_SHEET: _("Disposition sheet"),
}
STATES = {
    DocumentState.DRAFT: _("Draft"),
    DocumentState.INITIALLED: _("Initialled"),
    DocumentState.SIGNED: _("Signed"),
    DocumentState.SENT: _("Sent"),
    DocumentState.WITHDRAWN: _("Withdrawn"),
}
# Icon and colour of a state, beside its word.
STATE_LOOKS = {
    DocumentState.DRAFT: ("pencil", "pill-planned"),
    DocumentState.INITIALLED: ("signature", "pill-planned"),
    DocumentState.SIGNED: ("stamp", "pill-ok"),
    DocumentState.SENT: ("check", "pill-ok"),
    DocumentState.WITHDRAWN: ("ban", "pill-done"),
}
FORMS = {
    SigningForm.HOLDER: _("The holder of the position"),
    SigningForm.ON_BEHALF: _("a.n. (on behalf of)"),
    SigningForm.BY_ORDER: _("u.b. (by order of)"),
    SigningForm.ACTING: _("Plt. (acting, the position is vacant)"),
    SigningForm.DAILY_ACTING: _("Plh. (acting while the holder is away)"),
}
URGENCIES = {
    Urgency.ORDINARY: _("Ordinary"),
    Urgency.URGENT: _("Urgent"),
    Urgency.VERY_URGENT: _("Very urgent"),
}
SECRECIES = {
    Secrecy.ORDINARY: _("Ordinary (B)"),
    Secrecy.RESTRICTED: _("Restricted (T)"),
    Secrecy.SECRET: _("Secret (R)"),
    Secrecy.TOP_SECRET: _("Top secret (SR)"),
}
PLACEHOLDERS = {
    "nama_pemohon": _("Name of the requester"),
    "instansi_pemohon": _("Their organisation"),
    "nomor_surat": _("Number of their letter"),
    "tanggal_surat": _("Date of their letter"),
    "hal_surat": _("Subject of their letter"),
    "nomor_permohonan": _("Number of the request"),
    "nama_kegiatan": _("Name of the event"),
    "hari_tanggal": _("Day and date of the event"),
    "waktu": _("Time of the event"),
    "tempat": _("Place of the event"),
    "jumlah_peserta": _("Expected people"),
    "alasan": _("Reason"),
    "pilihan_waktu": _("Other times, a line each"),
    "batas_jawaban": _("Answer until"),
    "alamat_pelacakan": _("Address of the page where number and code are entered"),
    "nama_layanan": _("Name of the service"),
    "nama_kantor": _("Name of the office"),
}
METHODS = {
    Method.LOCAL: _("Electronically, with a certificate that the office keeps"),
    Method.BSRE: _("By BSrE"),
    Method.SCAN: _("By hand, or in another system"),
}
COPIES = {
    Copy.SIGNED: _("Its electronic signature was checked and is whole."),
    Copy.UNKNOWN: _(
        "Its electronic signature is whole, by a certificate of no authority that this office "
        "knows."
    ),
    Copy.UNSIGNED: _("It carries no electronic signature, so nothing could be checked."),
    Copy.BROKEN: _("Its electronic signature is broken."),
}
UPLOADS = {
    Upload.SAME: _("This file is exactly the letter that the office keeps, byte for byte."),
    Upload.OTHER_FILE: _(
        "Its signature is that of this letter's signer and whole, but it is another file than this "
        "letter. Check the code on it."
    ),
    Upload.CHANGED: _(
        "This file carries the signature of this letter's signer, and it was changed after it was "
        "signed. Do not rely on it."
    ),
    Upload.NOT_OURS: _(
        "This file is not this letter, and its signer did not sign it. A scan or a print of the "
        "letter is another file too: compare its words with the original."
    ),
    Upload.UNREADABLE: _("This file is not a PDF that we can read. Nothing could be compared."),
    Upload.TOO_LARGE: _("This file is larger than 20 MB, so it is not this letter."),
}
