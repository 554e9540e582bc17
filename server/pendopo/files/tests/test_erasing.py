"""A file goes when its time is over, never while it is held, and the disk agrees with the rows."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from pendopo.files import disk
from pendopo.files.actions import erasing
from pendopo.files.actions.erasing import (
    erase_due_files,
    erase_file,
    keep_file_until,
    lift_hold,
    place_hold,
    sweep_disk,
)
from pendopo.files.actions.keeping import keep_made
from pendopo.files.models import StoredFile
from pendopo.files.queries import content_of, holdings, page_picture
from pendopo.files.tests.pictures import paper
from pendopo.files.tests.stored import content_path, files_below, use_folders
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.journal.models import SYSTEM, Entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    use_folders(settings, tmp_path)
    return tmp_path


def kept(days: int | None = None, name: str = "Surat Siti.pdf") -> StoredFile:
    """One whose last day is so many days ahead of today."""
    stored = keep_made(paper(), name, "application/pdf", "letter", SYSTEM)
    if days is not None:
        last = timezone.localdate(clock.now()) + timedelta(days=days)
        keep_file_until(stored, last, SYSTEM)
    return stored


def is_there(stored: StoredFile) -> bool:
    stored.refresh_from_db()
    return stored.erased_at is None


def test_what_is_kept_no_longer_goes_and_all_else_stays(folder: Path) -> None:
    over, last_day, later, for_ever = kept(-1), kept(0), kept(1), kept()
    assert erase_due_files() == 1
    assert [is_there(each) for each in (over, last_day, later, for_ever)] == [False] + [True] * 3
    assert len(files_below(folder)) == 3
    assert erase_due_files() == 0


def test_of_an_erased_file_only_the_fact_is_left(folder: Path) -> None:
    stored = kept()
    page_picture(stored, 1, 400)
    assert len(files_below(folder)) == 2
    assert erase_file(stored, SYSTEM)
    assert files_below(folder) == []
    assert (stored.name, stored.content.name, is_there(stored)) == ("", "", False)
    told = Entry.objects.get(kind="files.erased")
    assert told.facts == {"files": 1, "purpose": "letter"}
    assert not erase_file(stored, SYSTEM)
    for read in (content_of, lambda file: page_picture(file, 1, 400)):
        with pytest.raises(Refused, match="file_erased"):
            read(stored)
    with pytest.raises(Refused, match="file_erased"):
        place_hold(stored, "Perkara", SYSTEM)


def test_what_is_held_stays_whatever_the_time_until_the_hold_is_lifted() -> None:
    held, other = kept(-1), kept(-1)
    assert place_hold(held, " Perkara\n12/2026 ", SYSTEM)
    assert not place_hold(held, "Sekali lagi", SYSTEM)
    assert held.hold_reason == "Perkara 12/2026"
    assert erase_due_files() == 1
    with pytest.raises(Refused, match="file_held"):
        erase_file(held, SYSTEM)
    assert [is_there(held), is_there(other)] == [True, False]
    assert (holdings().files, holdings().held, holdings().erased) == (1, 1, 1)
    assert "Perkara" not in str(list(Entry.objects.values_list("facts", flat=True)))
    assert lift_hold(held, SYSTEM)
    assert not lift_hold(held, SYSTEM)
    assert erase_due_files() == 1


def test_a_hold_says_why() -> None:
    with pytest.raises(Refused, match="file_hold_reason_missing"):
        place_hold(kept(), " \n", SYSTEM)


def test_many_go_in_batches(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(erasing, "BATCH", 3)
    for _ in range(7):
        kept(-5)
    assert erase_due_files() == 7
    counts = [entry.facts["files"] for entry in Entry.objects.filter(kind="files.erased")]
    assert sorted(counts) == [1, 3, 3]
    assert files_below(folder) == []


def test_the_content_goes_only_once_it_is_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any, **facts: Any) -> None:
        raise RuntimeError

    stored = kept()
    monkeypatch.setattr(erasing, "record", broken)
    with pytest.raises(RuntimeError):
        erase_file(stored, SYSTEM)
    assert is_there(stored)
    assert content_of(stored).startswith(b"%PDF-")


def aged(path: Path, days: float) -> Path:
    then = clock.now().timestamp() - days * 86_400
    os.utime(path, (then, then))
    return path


def orphan(days: float) -> Path:
    """Content that lies on the disk without a row."""
    source = disk.path_of("source")
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_bytes(b"x")
    path = disk.path_of(disk.keep(source).name)
    source.unlink()
    aged(path.parent, days)
    return path


@pytest.mark.parametrize(("days", "stays"), [(0.0, True), (0.9, True), (1.1, False), (90, False)])
def test_an_orphan_goes_a_day_later(days: float, stays: bool) -> None:
    path = orphan(days)
    assert sweep_disk() == (0 if stays else 1)
    assert path.exists() == stays
    told = Entry.objects.filter(kind="files.swept")
    assert [entry.facts for entry in told] == ([] if stays else [{"files": 1}])


def test_the_sweep_never_takes_what_a_row_names_nor_what_is_not_its_own(folder: Path) -> None:
    stored = kept()
    aged(content_path(stored).parent, 400)
    emblem = folder / "files" / "office" / "emblem.png"
    emblem.parent.mkdir()
    emblem.write_bytes(b"x")
    aged(aged(emblem, 400).parent, 400)
    orphan(400)
    assert sweep_disk() == 1
    assert content_of(stored)
    assert emblem.exists()


def upload(folder: Path) -> Path:
    path = folder / "uploads" / "abc.upload"
    path.write_bytes(b"x")
    return path


def half_checked(folder: Path) -> Path:
    path = folder / "uploads" / "work-abc"
    path.mkdir()
    (path / "given-0").write_bytes(b"x")
    return path


@pytest.mark.parametrize("made", [upload, half_checked])
@pytest.mark.parametrize(("days", "stays"), [(0.9, True), (1.1, False)])
def test_an_upload_that_nobody_finished_goes_a_day_later(
    made: Callable[[Path], Path], days: float, stays: bool, folder: Path
) -> None:
    (folder / "uploads").mkdir()
    left = aged(made(folder), days)
    sweep_disk()
    assert left.exists() == stays


def test_a_page_drawn_while_its_file_is_erased_is_not_put_down(folder: Path) -> None:
    stored = kept()
    name = str(stored.content.name)
    erase_file(stored, SYSTEM)
    disk.add_beside(name, "page-1-400.webp", b"x")
    assert files_below(folder) == []
