"""Words for what the rules say in codes."""

from django.utils.translation import gettext_lazy as _

from pendopo.documents.rules import DocumentKind, DocumentState, Secrecy, SigningForm, Urgency

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
    "alamat_pelacakan": _("Address of the tracking page"),
    "nama_layanan": _("Name of the service"),
    "nama_kantor": _("Name of the office"),
}
