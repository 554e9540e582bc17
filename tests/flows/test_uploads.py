"""Uploads of every size, streamed by a real client to a real office: limits, sentences, memory."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from pendopo.project.postgres import Cluster
from tests.plugins.office import Office

MB = 10**6
END = b"--batas--\r\n"
SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n"
)  # without a table of contents, as some scanners leave it


class Form:
    """A form with files of these sizes in bytes, made while it is sent."""

    def __init__(self, token: str, sizes: list[int], field: str = "letter") -> None:
        self.sizes = sizes
        self.begin = (
            '--batas\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
            f"{token}\r\n"
        ).encode()
        self.head = (
            f'--batas\r\nContent-Disposition: form-data; name="{field}"; filename="surat.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        ).encode()

    @property
    def length(self) -> int:
        """Of all that is sent."""
        frames = len(self.begin) + len(END) + len(self.sizes) * (len(self.head) + 2)
        return frames + sum(self.sizes)

    def __iter__(self) -> Iterator[bytes]:
        yield self.begin
        for size in self.sizes:
            yield self.head + SCAN
            left, block = size - len(SCAN), b"\n" * 250_000
            while left > 0:
                yield block[:left]
                left -= len(block)
            yield b"\r\n"
        yield END


class Sender:
    """A phone that begins a request."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        page = client.get("/ajukan/")
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert found
        self.token = found[1]

    def send(
        self, sizes: list[int], way: str, to: str = "/ajukan/", field: str = "letter"
    ) -> httpx.Response:
        """Way: with its ``length`` said before, or in ``chunks`` whose end nobody knows."""
        form = Form(self.token, sizes, field)
        headers = {"Content-Type": "multipart/form-data; boundary=batas"}
        if way == "length":
            headers["Content-Length"] = str(form.length)
        return self.client.post(to, content=iter(form), headers=headers, timeout=120)


@pytest.fixture
def phone(guest: httpx.Client) -> Sender:
    return Sender(guest)


def letters(office: Office) -> int:
    with psycopg.connect(Cluster(office.data).url) as connection:
        row = connection.execute("SELECT count(*) FROM files_storedfile").fetchone()
    assert row
    return int(row[0])


def left_over(office: Office) -> list[Path]:
    return [path for path in (office.data / "uploads").rglob("*") if path.is_file()]


both_ways = pytest.mark.parametrize("way", ["length", "chunks"])


def test_a_letter_of_twenty_megabytes_is_taken(office: Office, phone: Sender) -> None:
    before = letters(office)
    answer = phone.send([20 * MB], "length")
    assert answer.status_code == 200, answer.text
    assert answer.url.path.endswith("/siapa")
    assert letters(office) == before + 1
    assert left_over(office) == []


def test_one_byte_more_is_refused_beside_the_field(office: Office, phone: Sender) -> None:
    before = letters(office)
    answer = phone.send([20 * MB + 1], "length")
    assert answer.status_code == 422
    assert "lebih besar dari 20 MB" in answer.text
    assert (letters(office), left_over(office)) == (before, [])


def test_what_does_not_say_its_length_is_not_read(office: Office, phone: Sender) -> None:
    before = letters(office)
    assert phone.send([20 * MB], "chunks").status_code == 403  # every browser says it
    assert (letters(office), left_over(office)) == (before, [])


@both_ways
@pytest.mark.parametrize("sizes", [[16 * MB] * 4, [61 * MB]], ids=["four files", "one file"])
def test_more_than_sixty_megabytes_are_refused_in_words(
    office: Office, phone: Sender, way: str, sizes: list[int]
) -> None:
    before = letters(office)
    answer = phone.send(sizes, way)
    assert answer.status_code == 413
    assert "lebih besar dari 60 MB" in answer.text
    assert (letters(office), left_over(office)) == (before, [])


@both_ways
def test_a_program_is_told_by_a_code(office: Office, phone: Sender, way: str) -> None:
    address = "/api/v1/public/requests/bcdf-bcdf-bcdf-bcdf/letter"
    answer = phone.send([16 * MB] * 4, way, address, "files")
    assert answer.status_code == 413
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.json()["code"] == "uploads_too_large"


def most_memory(office: Office) -> int:
    """What each process of the pages took at most so far, together; in bytes."""
    parents = {pid: parent_of(pid) for pid in office.processes()}
    family = {office.pids()["web"]}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(map(peak_of, family))


def parent_of(pid: int) -> int:
    try:
        found = re.search(r"^PPid:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.M)
    except OSError:  # ended just now
        return 0
    return int(found[1]) if found else 0


def peak_of(pid: int) -> int:
    try:
        found = re.search(r"^VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.M)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


@both_ways
def test_memory_stays_bounded_whatever_comes(office: Office, phone: Sender, way: str) -> None:
    phone.send([MB], "length")  # what is loaded once
    before = most_memory(office)
    assert phone.send([250 * MB], way).status_code == 413
    phone.send([14 * MB] * 4, way)
    phone.send([20 * MB + 1], way)
    assert most_memory(office) - before < 40 * MB
    assert left_over(office) == []
