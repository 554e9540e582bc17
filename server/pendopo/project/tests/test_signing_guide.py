"""The guide to signing: shown where one signs, in the words that the pages use."""

import re

import pytest
from babel.messages.pofile import read_po
from django.test import Client

from pendopo.project.guides import FOLDER, guide_for, guides
from pendopo.project.preparation import PACKAGE

# Bold words that no page says: they stress, or name two things at once.
NOT_OF_A_PAGE = {"Satu surat:", "Beberapa surat:", "SERTIFIKAT PERAGAAN, tanpa kekuatan hukum"}


@pytest.mark.parametrize("page", ["signing-desk", "signing-preview", "signature-settings"])
def test_where_one_signs_help_opens_the_guide_to_signing(page: str) -> None:
    assert guide_for(page, []) == "kepala-dinas"


@pytest.mark.django_db
def test_everybody_can_read_it() -> None:
    page = Client().get("/panduan/kepala-dinas").content.decode()
    for heading in ("Membaca", "Memaraf", "Menandatangani"):
        assert f"<h2>{heading}</h2>" in page
    assert guides()["kepala-dinas"].title == "Panduan kepala dinas"


def test_buttons_are_called_as_on_the_pages() -> None:
    with (PACKAGE / "locale" / "id" / "LC_MESSAGES" / "django.po").open("rb") as file:
        said = {str(each.string) for each in read_po(file) if isinstance(each.string, str)}
    text = (FOLDER / "kepala-dinas.md").read_text("utf-8")
    signing = text.partition("## Menyiapkan")[2]
    named = {" ".join(words.split()) for words in re.findall(r"\*\*([^*]+)\*\*", signing)}
    assert len(named) > 15
    assert named - NOT_OF_A_PAGE - said == set()
