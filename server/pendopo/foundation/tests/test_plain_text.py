"""What is kept of a text from outside."""

import pytest

from pendopo.foundation.plain_text import storable


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Selamat pagi,\nBu\tSiti", "Selamat pagi,\nBu\tSiti"),
        ("a\0b\x1b[31m\r", "ab[31m"),
        ("\ud800x", "x"),
        ("👩‍🏫 ꦱꦸꦒꦼꦁ", "👩‍🏫 ꦱꦸꦒꦼꦁ"),  # joiners belong to what is written
    ],
)
def test_only_what_can_be_kept(text: str, kept: str) -> None:
    assert storable(text) == kept
