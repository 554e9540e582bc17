"""What a template may leave open: ``{nama_kegiatan}``, filled in when a letter is drafted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pendopo.documents.rules import DocumentKind

_NAME = re.compile(r"\{([^{}]*)\}")
LONGEST_VALUE = 600


@dataclass(frozen=True)
class Placeholder:
    """``several``: its value may be a list, a line each; then it stands alone on its line."""

    name: str
    example: str
    several: bool = False


PLACEHOLDERS = {
    each.name: each
    for each in (
        Placeholder("nama_pemohon", "Siti Rahmawati"),
        Placeholder("instansi_pemohon", "TP PKK Kabupaten Contoh"),
        Placeholder("nomor_surat", "045/PKK/XI/2026"),
        Placeholder("tanggal_surat", "18 November 2026"),
        Placeholder("hal_surat", "Permohonan Fasilitasi Rapat Daring"),
        Placeholder("nomor_permohonan", "P-2026-0467"),
        Placeholder("nama_kegiatan", "Rapat Koordinasi Kader Posyandu"),
        Placeholder("hari_tanggal", "Selasa, 1 Desember 2026"),
        Placeholder("waktu", "09.00 WIB s.d. selesai"),
        Placeholder("tempat", "Ruang Rapat Daring Dinas Komunikasi dan Informatika"),
        Placeholder("jumlah_peserta", "150 orang"),
        Placeholder("alasan", "seluruh ruang dan petugas telah digunakan untuk kegiatan lain"),
        Placeholder(
            "pilihan_waktu",
            "Selasa, 1 Desember 2026, pukul 13.00 WIB\nRabu, 2 Desember 2026, pukul 09.00 WIB",
            several=True,
        ),
        Placeholder("batas_jawaban", "27 November 2026"),
        Placeholder("alamat_pelacakan", "https://pendopo.contoh.go.id/lacak/"),
        Placeholder("nama_layanan", "Pendopo"),
        Placeholder("nama_kantor", "Dinas Komunikasi dan Informatika Kabupaten Contoh"),
    )
}

REQUIRED = {
    DocumentKind.APPROVAL: ("nama_kegiatan", "hari_tanggal", "waktu"),
    DocumentKind.REJECTION: ("nama_kegiatan", "alasan"),
    DocumentKind.ALTERNATIVES: ("nama_kegiatan", "pilihan_waktu"),
    DocumentKind.CANCELLATION: ("nama_kegiatan", "alasan"),
}
TEMPLATE_KINDS = tuple(REQUIRED)


def named_in(text: str) -> list[str]:
    """The placeholders of a text, each once, in their order."""
    return list(dict.fromkeys(_NAME.findall(text)))


def unknown_in(text: str) -> list[str]:
    """What stands in braces and is no placeholder; a stray brace counts too."""
    stray = [brace for brace in "{}" if brace in _NAME.sub("", text)]
    return [name for name in named_in(text) if name not in PLACEHOLDERS] + stray


def missing_in(kind: DocumentKind, text: str) -> list[str]:
    """What a letter of this kind can't do without, and the text does not have."""
    return [name for name in REQUIRED.get(kind, ()) if name not in named_in(text)]


def without_value(text: str, values: Mapping[str, str]) -> list[str]:
    """The placeholders of a text that have no value."""
    return [name for name in named_in(text) if not values.get(name, "").strip()]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its values. A value is one line, cut at :data:`LONGEST_VALUE` characters; one
    that may be several becomes a numbered list. Braces in a value mean nothing."""
    return _NAME.sub(lambda found: _one(found[1], values), text)


def _one(name: str, values: Mapping[str, str]) -> str:
    value = values.get(name, "")[:LONGEST_VALUE]
    if name in PLACEHOLDERS and PLACEHOLDERS[name].several:
        lines = [line for line in map(_line, value.splitlines()) if line]
        return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    return _line(value)


def _line(text: str) -> str:
    return " ".join(text.split())


def examples() -> dict[str, str]:
    """A value for every placeholder, for the preview of a template."""
    return {name: each.example for name, each in PLACEHOLDERS.items()}
