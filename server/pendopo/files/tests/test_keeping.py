"""What is kept is whole, named and in order; what is refused, broken or killed leaves nothing."""

import hashlib
import os
import random
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from pendopo.files import disk
from pendopo.files.actions import keeping
from pendopo.files.actions.erasing import sweep_disk
from pendopo.files.actions.keeping import checked_signed_copy, keep_made
from pendopo.files.models import StoredFile
from pendopo.files.queries import content_of
from pendopo.files.rules import LARGEST_FILE, MOST_FILES
from pendopo.files.tests.pictures import paper, picture
from pendopo.files.tests.stored import (
    colours,
    content_path,
    files_below,
    keep,
    keep_together,
    paper_of,
    photo,
    sent,
    small_disk,
    use_folders,
)
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.journal.models import SYSTEM, Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    use_folders(settings, tmp_path)
    return tmp_path


def nothing_is_left(folder: Path) -> bool:
    return not files_below(folder) and not StoredFile.objects.exists()


@pytest.mark.parametrize(
    "order",
    [["red"], ["red", "green", "blue"], ["blue", "red", "green", "red"], ["green"] * MOST_FILES],
)
def test_photos_become_one_pdf_in_their_order(order: list[str]) -> None:
    stored = keep_together([photo(colour) for colour in order])
    assert (stored.media_type, stored.pages) == ("application/pdf", len(order))
    assert colours(content_of(stored)) == order


def test_papers_and_photos_of_every_kind_keep_their_order_too() -> None:
    given = [
        photo("red", kind="PNG"), paper_of("green"), photo("blue", (80, 60)), paper_of("red"),
        photo("green", kind="HEIF"),
    ]  # fmt: skip
    stored = keep_together(given)
    assert colours(content_of(stored)) == ["red", "green", "blue", "red", "green"]


def test_the_row_says_what_lies_on_the_disk(folder: Path) -> None:
    stored = keep("Undangan Rapat.jpg", picture())
    content = content_of(stored)
    assert (stored.size, stored.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (stored.name, stored.media_type) == ("Undangan Rapat.jpg", "image/jpeg")
    (path,) = files_below(folder)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert "Undangan" not in str(path)
    told = Entry.objects.get(kind="files.kept")
    assert told.facts == {
        "purpose": "letter", "media_type": "image/jpeg", "size": stored.size, "pages": None,
    }  # fmt: skip


def test_a_refusal_says_which_file_it_is_about(folder: Path) -> None:
    with pytest.raises(Refused) as refusal:
        keep_together([photo("red"), photo("blue"), b"MZ a program"])
    assert (refusal.value.code, refusal.value.facts["number"]) == ("file_kind_unknown", 3)
    with pytest.raises(Refused) as refusal:
        keep_together([photo("red"), photo("blue")[:300]])
    assert (refusal.value.code, refusal.value.facts["number"]) == ("file_damaged", 2)
    assert nothing_is_left(folder)


@pytest.mark.parametrize("count", [0, MOST_FILES + 1])
def test_none_and_too_many_files_are_refused(count: int, folder: Path) -> None:
    with pytest.raises(Refused, match="file_empty" if not count else "too_many_files"):
        keep_together([photo("red")] * count)
    assert nothing_is_left(folder)


def test_twenty_megabytes_are_taken_and_a_byte_more_is_refused(folder: Path) -> None:
    scan = paper()
    keep("pas.pdf", scan + b"\n" * (LARGEST_FILE - len(scan)))
    with pytest.raises(Refused) as refusal:
        keep("lebih.pdf", scan + b"\n" * (LARGEST_FILE - len(scan) + 1))
    assert (refusal.value.code, "20 MB" in refusal.value.sentence) == ("file_too_large", True)
    assert len(files_below(folder)) == StoredFile.objects.count() == 1


class Stopped(Exception):
    pass


@pytest.mark.parametrize("error", [Stopped, KeyboardInterrupt, OSError])
@pytest.mark.parametrize("place", ["row", "content"])
def test_whatever_breaks_while_keeping_is_raised_and_leaves_nothing(
    place: str, error: type[BaseException], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: Any, **facts: Any) -> None:
        raise error

    monkeypatch.setattr(*(keeping, "record") if place == "row" else (disk, "_settle"), broken)
    with pytest.raises(error):
        keep("surat.jpg", picture())
    assert nothing_is_left(folder)


def noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)


def test_a_full_disk_is_said_and_nothing_half_is_kept(folder: Path) -> None:
    with small_disk(folder / "files", "256k"):
        with pytest.raises(Refused) as refusal:
            keep_made(noise(400_000), "a.csv", "text/csv", "list", SYSTEM)
        assert refusal.value.code == "disk_full"
        assert "Beri tahu kantor" in refusal.value.sentence
        assert nothing_is_left(folder)
        assert keep_made(noise(100_000), "b.csv", "text/csv", "list", SYSTEM).size == 100_000


@pytest.mark.parametrize("size", ["64k", "320k"], ids=["for what came", "for what came out"])
def test_a_full_disk_of_uploads_is_said_too(size: str, folder: Path) -> None:
    scan = paper_of_noise()
    assert 200_000 < len(scan) < 400_000
    with small_disk(folder / "uploads", size):
        with pytest.raises(Refused, match="disk_full"):
            keep("surat.pdf", scan)
        assert nothing_is_left(folder)


def paper_of_noise() -> bytes:
    def fill(document: Any) -> None:
        content = document.make_stream(b"% " + noise(250_000).hex().encode()[:250_000])
        document.pages[0].obj.Contents = content

    return paper(fill, compress_streams=False)


def test_without_room_to_draw_a_page_it_is_still_shown(folder: Path) -> None:
    with small_disk(folder / "files", "64k"):
        stored = keep("surat.pdf", paper())
        content = content_path(stored)
        (content.parent / "full").write_bytes(b"x" * 40_000)
        disk.add_beside(str(stored.content.name), "page-1-400.webp", noise(60_000))
        assert {path.name for path in files_below(folder)} == {"content", "full"}


@pytest.mark.django_db(transaction=True)
def test_a_transaction_rolled_back_leaves_no_row(folder: Path) -> None:
    def work() -> None:
        with transaction.atomic():
            keep("surat.jpg", picture())
            raise Stopped

    with pytest.raises(Stopped):
        work()
    assert not StoredFile.objects.exists()
    assert not Entry.objects.filter(kind="files.kept").exists()


_KILLED = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.db import connection, transaction
from pendopo.files.tests.stored import sent, use_folders
from pendopo.files.actions.keeping import checked_upload, keep_checked
from pendopo.files.tests.pictures import picture
connection.settings_dict["NAME"] = sys.argv[1]
use_folders(settings, Path(sys.argv[2]))
with checked_upload(sent("surat.jpg", picture())) as paper, transaction.atomic():
    keep_checked(paper, "surat.jpg", "letter", "system")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_leaves_no_row_and_the_sweep_takes_the_rest(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep("lain.jpg", picture())
    name = str(connection.settings_dict["NAME"])
    ended = subprocess.run([sys.executable, "-c", _KILLED, name, str(folder)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert StoredFile.objects.count() == 1
    assert len(list((folder / "files").rglob("content"))) == 2
    assert list((folder / "uploads").iterdir())
    # It could be that of a transaction which is still open.
    assert sweep_disk() == 0
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=1, minutes=1))
    assert sweep_disk() == 1
    assert files_below(folder) == [content_path(kept)]
    assert list((folder / "uploads").iterdir()) == []


def test_a_signed_copy_that_is_no_pdf_is_refused(folder: Path) -> None:
    with (
        pytest.raises(Refused, match="file_not_pdf"),
        checked_signed_copy(sent("surat.pdf", picture())),
    ):
        pass
    assert nothing_is_left(folder)


def test_a_command_starts_without_what_reads_papers() -> None:
    code = "import django, sys; django.setup(); print('pikepdf' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("False\n", "")
