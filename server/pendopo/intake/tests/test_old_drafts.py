"""What was begun and never sent goes after its time, except where a letter must stay."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pendopo.files.actions.erasing import lift_hold, place_hold
from pendopo.files.actions.keeping import keep_made
from pendopo.files.models import StoredFile
from pendopo.foundation import clock
from pendopo.intake.actions import old_drafts
from pendopo.intake.actions.drafts import start_draft
from pendopo.intake.actions.old_drafts import erase_old_drafts
from pendopo.intake.models import ServiceRequest
from pendopo.journal.models import SYSTEM, Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_a_transaction(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    monkeypatch.setattr(old_drafts, "BATCH", 3)


def begun_long_ago(count: int) -> list[ServiceRequest]:
    """Drafts with a letter each, the oldest first."""
    made = []
    for number in range(count):
        draft = start_draft()
        draft.letter = keep_made(b"surat", "surat.ics", "text/calendar", "letter", SYSTEM)
        draft.created_at = clock.now() - timedelta(days=100 - number)
        draft.save(update_fields=["letter", "created_at"])
        made.append(draft)
    return made


def letter_of(draft: ServiceRequest) -> StoredFile:
    assert draft.letter is not None
    return draft.letter


@pytest.mark.parametrize("held", [{0}, {1}, {0, 1, 2}, {6}, set(range(7))])
def test_letters_on_hold_stay_with_their_drafts_and_all_others_go(held: set[int]) -> None:
    drafts = begun_long_ago(7)
    for number in held:
        place_hold(letter_of(drafts[number]), "Perkara", SYSTEM)
    assert erase_old_drafts() == (7 - len(held), len(held))
    kept = {drafts[number].pk for number in held}
    assert set(ServiceRequest.objects.values_list("pk", flat=True)) == kept
    there = StoredFile.objects.filter(erased_at=None)
    assert {file.pk for file in there} == {letter_of(drafts[number]).pk for number in held}
    told = Entry.objects.filter(kind="request.drafts_erased")
    assert sum(entry.facts["count"] for entry in told) == 7 - len(held)


def test_once_the_hold_is_lifted_the_next_night_takes_it() -> None:
    (draft,) = begun_long_ago(1)
    place_hold(letter_of(draft), "Perkara", SYSTEM)
    assert erase_old_drafts() == (0, 1)
    lift_hold(letter_of(draft), SYSTEM)
    assert erase_old_drafts() == (1, 0)
    assert erase_old_drafts() == (0, 0)
