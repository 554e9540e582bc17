"""A tagged PDF/A-2a letter for the tests of signing."""

import typst

LETTER = b"""
#set document(title: "Balasan permohonan")
#set text(lang: "id")
= Balasan permohonan
Permohonan Saudara kami *setujui*.
"""


def letter() -> bytes:
    """One page, tagged, PDF/A-2a and PDF/UA-1."""
    pdf = typst.compile(LETTER, format="pdf", pdf_standards=["a-2a", "ua-1"])
    assert isinstance(pdf, bytes)
    return pdf
