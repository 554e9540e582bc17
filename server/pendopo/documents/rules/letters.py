"""Forms of an official letter: its dates, its signing block, its words.

Source: the forms of official letters of regional governments (Permendagri 1/2023). They are in
Indonesian whatever language the reader of a page has chosen.
"""

from datetime import date

from pendopo.documents.rules import DocumentKind, Method, Secrecy, SigningForm, Urgency
from pendopo.office.rules import Paper, Tenure

_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

PAPER_MM = {Paper.A4: (210, 297), Paper.F4: (215, 330)}

URGENCY_WORDS = {
    Urgency.ORDINARY: "Biasa",
    Urgency.URGENT: "Segera",
    Urgency.VERY_URGENT: "Sangat Segera",
}
SECRECY_WORDS = {
    Secrecy.ORDINARY: "Biasa",
    Secrecy.RESTRICTED: "Terbatas",
    Secrecy.SECRET: "Rahasia",
    Secrecy.TOP_SECRET: "Sangat Rahasia",
}
TITLES = {
    DocumentKind.APPROVAL: "Surat persetujuan",
    DocumentKind.REJECTION: "Surat penolakan",
    DocumentKind.ALTERNATIVES: "Surat tawaran waktu lain",
    DocumentKind.CANCELLATION: "Surat pembatalan",
    DocumentKind.DISPOSITION_SHEET: "Lembar disposisi",
}
FORMS_OF_TENURE = {
    Tenure.DEFINITIVE: SigningForm.HOLDER,
    Tenure.ACTING: SigningForm.ACTING,
    Tenure.DAILY_ACTING: SigningForm.DAILY_ACTING,
}
_ACTING = {SigningForm.ACTING: "Plt. ", SigningForm.DAILY_ACTING: "Plh. "}

BSRE_FOOTER = (
    "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang",
    "diterbitkan oleh Balai Besar Sertifikasi Elektronik (BSrE), Badan Siber dan Sandi Negara.",
)
DEMO_LINE = "SERTIFIKAT PERAGAAN, tanpa kekuatan hukum"


def indonesian_date(day: date) -> str:
    """``24 November 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def indonesian_day(day: date) -> str:
    """``Selasa, 24 November 2026``."""
    return f"{_DAYS[day.weekday()]}, {indonesian_date(day)}"


def sifat(urgency: Urgency, secrecy: Secrecy) -> str:
    """What stands behind *Sifat*: how soon, and above ordinary secrecy how secret too."""
    if secrecy is Secrecy.ORDINARY:
        return URGENCY_WORDS[urgency]
    if urgency is Urgency.ORDINARY:
        return SECRECY_WORDS[secrecy]
    return f"{SECRECY_WORDS[secrecy]}/{URGENCY_WORDS[urgency]}"


def signing_lines(
    form: SigningForm, title: str, on_behalf_of: str = "", by_order_of: str = ""
) -> list[str]:
    """The lines above the signature, ending in a comma.

    ``on_behalf_of``: the title after *a.n.*; ``by_order_of``: with *u.b.*, the title of who was
    asked and asks the signatory in turn.
    """
    own = f"{_ACTING.get(form, '')}{title},"
    if form is SigningForm.ON_BEHALF:
        return [f"a.n. {on_behalf_of}", own]
    if form is SigningForm.BY_ORDER:
        return [*filter(None, [f"a.n. {on_behalf_of}", by_order_of]), "u.b.", own]
    return [own]


def missing_of_form(form: SigningForm, on_behalf_of: str) -> bool:
    """Whether a form lacks the title of the one for whom it is signed."""
    return form in (SigningForm.ON_BEHALF, SigningForm.BY_ORDER) and not on_behalf_of.strip()


def footer_lines(method: Method | None) -> list[str]:
    """The foot of every page; BSrE is named only where BSrE signed."""
    return list(BSRE_FOOTER) if method is Method.BSRE else []


def waiting_number(template: str, code: str, unit: str) -> str:
    """A letter's number before it has one: ``555/…/Diskominfo``."""
    parts = {"code": code, "unit": unit, "number": "…", "month": "…", "roman_month": "…"}
    return template.format(**parts, year="…")
