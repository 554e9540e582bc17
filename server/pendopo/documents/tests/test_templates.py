"""Templates: checked, in versions, restored; two who write at once see each other."""

import threading

import pytest
from django.db import connection

from pendopo.documents.actions.templates import newest_version, restore_template, save_template
from pendopo.documents.models import Template
from pendopo.documents.rules import DocumentKind
from pendopo.documents.rules.templates import DEFAULT_WORDS, Words
from pendopo.documents.tests.papers import a_draft, an_office
from pendopo.foundation.errors import Refused
from pendopo.journal.models import SYSTEM, Entry

KIND = DocumentKind.REJECTION
WORDS = Words("Jawaban {nama_kegiatan}", "Mohon maaf, {alasan}.", "555.1")


@pytest.mark.django_db
def test_the_first_version_is_ours_and_made_once() -> None:
    first = newest_version(KIND)
    assert (first.version, first.body) == (1, DEFAULT_WORDS[KIND].body)
    assert newest_version(KIND) == first


@pytest.mark.django_db
def test_a_change_is_a_new_version_and_letters_use_it() -> None:
    an_office()
    save_template(KIND, WORDS, 1, SYSTEM)
    draft = a_draft(kind=KIND)
    assert draft.body.startswith("Mohon maaf, seluruh ruang")
    assert draft.classification_code == "555.1"
    assert save_template(KIND, WORDS, 2, SYSTEM).version == 2  # the same words
    restored = restore_template(KIND, 1, 2, SYSTEM)
    assert (restored.version, restored.body) == (3, DEFAULT_WORDS[KIND].body)
    assert Template.objects.filter(kind=KIND).count() == 3
    entries = Entry.objects.filter(kind="template.changed").order_by("id")
    assert [each.facts.get("restored") for each in entries] == [None, 1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "code", "names"),
    [
        (Words("A", "{nama_kegiatan} {alsan}"), "placeholders_unknown", "{alsan}"),
        (Words("A", "{nama_kegiatan} {alasan} {"), "placeholders_unknown", "{"),
        (Words("A", "{nama_kegiatan}"), "placeholders_missing", "{alasan}"),
        (Words("A", "x"), "placeholders_missing", "{nama_kegiatan}, {alasan}"),
        (Words(" ", "{alasan}"), "letter_incomplete", None),
        (Words("A", " \x00 "), "letter_incomplete", None),
        (Words("A" * 201, "x"), "letter_too_long", None),
        (Words("A", "x" * 8001), "letter_too_long", None),
    ],
)
def test_what_is_wrong_in_a_template_is_named(words: Words, code: str, names: str | None) -> None:
    with pytest.raises(Refused) as refused:
        save_template(KIND, words, 1, SYSTEM)
    assert refused.value.code == code
    assert refused.value.facts.get("names") == names


@pytest.mark.django_db
def test_who_saves_second_is_refused() -> None:
    save_template(KIND, WORDS, 1, SYSTEM)
    for act in (
        lambda: save_template(KIND, Words("B {nama_kegiatan}", "{alasan}"), 1, SYSTEM),
        lambda: restore_template(KIND, 1, 1, SYSTEM),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "changed_meanwhile"
    assert Template.objects.filter(kind=KIND).count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_refused() -> None:
    newest_version(KIND)
    ready = threading.Barrier(2)
    codes: list[str] = []

    def save(subject: str) -> None:
        ready.wait()
        try:
            save_template(KIND, Words(subject, WORDS.body + " {nama_kegiatan}"), 1, SYSTEM)
            codes.append("saved")
        except Refused as refused:
            codes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(subject,)) for subject in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["changed_meanwhile", "saved"]
