"""How fast letters are found among 100,000, and how long list and desk take with 10,000 waiting.

`python -m bench.search`; what the figures mean stands in README.md.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

import httpx
import psycopg

from bench.figures import circumstances, percentile, row, spread
from bench.installation import Installation, installation, signed_in
from bench.processes import cpu_ms, rss_mb, with_children
from pendopo.project.postgres import Cluster

READER = "sekretariat@pendopo.test"
LETTERS, WAITING = 100_000, 10_000
ASKED = 20  # pages of a kind in each round
PROMISED = 100  # ms, median
HEAD = row("ms", "p50", "processor", "p95", "max", width=20)

_SENDERS = (
    "Karang Taruna", "PKK", "Puskesmas", "SD Negeri 2", "SMP Negeri 1", "Kelompok Tani Makmur",
    "Badan Permusyawaratan", "Dinas Kesehatan UPTD", "Majelis Taklim", "Forum Anak",
    "Koperasi Wanita", "Pokdarwis", "Posyandu Melati", "Relawan Kebencanaan", "Kantor",
)  # fmt: skip
_PLACES = (
    "Sumberagung", "Margomulyo", "Karangjati", "Sukamaju", "Banyuurip", "Tegalrejo", "Wonosari",
    "Kedungwaru", "Sidoharjo", "Pringapus", "Gondangrejo", "Purwodadi", "Jatisari", "Bandungan",
)  # fmt: skip
_DOINGS = (
    "Rapat koordinasi", "Sosialisasi", "Pelatihan", "Bimbingan teknis", "Musyawarah",
    "Penyuluhan", "Lokakarya", "Rapat evaluasi", "Pembinaan", "Diskusi",
)  # fmt: skip
_TOPICS = (
    "penanganan stunting", "administrasi kependudukan", "pengelolaan dana desa",
    "kader posyandu", "kesiapsiagaan banjir", "pemasaran produk usaha kecil",
    "penerimaan peserta didik baru", "perlindungan perempuan dan anak", "pengelolaan sampah",
    "irigasi dan musim tanam", "keamanan informasi", "pajak bumi dan bangunan",
    "pencegahan demam berdarah", "literasi digital", "perencanaan pembangunan tahunan",
)  # fmt: skip

# Five years of letters, the newest last; those after ``open_from`` still wait to be registered or
# passed on. One in thirty is secret, and each that was dealt with has a disposition.
_FILL = """
CREATE TEMP TABLE made AS
SELECT n, gen_random_uuid() AS id, (SELECT gen_random_uuid() WHERE n > 0) AS disposition,
       now() - (%(letters)s - n) * interval '26 minutes' AS at,
       CASE WHEN n <= %(open_from)s THEN 'approved'
            WHEN n %% 2 = 0 THEN 'submitted' ELSE 'registered' END AS state,
       (%(senders)s::text[])[1 + n %% %(sender_count)s] || ' '
           || (%(places)s::text[])[1 + n / 7 %% %(place_count)s] || ' ' || n %% 40 AS sender,
       (%(doings)s::text[])[1 + n / 3 %% %(doing_count)s] || ' '
           || (%(topics)s::text[])[1 + n / 11 %% %(topic_count)s]
           || ' ' || (%(places)s::text[])[1 + n / 5 %% %(place_count)s] AS subject
FROM generate_series(1, %(letters)s) AS n;

INSERT INTO intake_servicerequest (id, number, tracking_code, state, state_before, channel,
    requester_class, organisation_name, contact_name, contact_whatsapp, contact_email,
    letter_follows, letter_number, signatory_name, signatory_position, event_title, event_kind,
    purpose, role, is_open, people, attendance, needs_operator, outside_platform, outside_url,
    outside_meeting_id, outside_passcode, outside_organiser, calendar_sequence, created_at,
    submitted_at, answer_due, revision)
SELECT id, extract(year FROM at) || '-' || %(letters)s + n, 'bench-' || n, state, '', 'web',
    'community', sender, 'Penanggung jawab', '', '', false, n || '/' || n %% 90 || '/UND/2026',
    '', '', subject, 'meeting', 'Kegiatan ' || subject || ' bagi warga dan perangkat desa.',
    'host', false, 40, 'online', false, '', '', '', '', '', 0, at, at, at::date + 5, 0
FROM made;

INSERT INTO intake_incomingletter (request_id, register, year, agenda_number, external_number,
    received_on, subject, urgency, secrecy, registered_at)
SELECT id, 'own', extract(year FROM at), %(letters)s + n, '', at::date, subject, 'ordinary',
    CASE WHEN n %% 30 = 0 THEN 'secret' ELSE 'ordinary' END, at
FROM made WHERE state <> 'submitted';

INSERT INTO intake_disposition (id, request_id, sender_id, position, instructions, note, at)
SELECT disposition, made.id, (SELECT id FROM people_account WHERE email = %(reader)s), '', '[]', '',
    at
FROM made WHERE state = 'approved';

INSERT INTO intake_assignment (id, disposition_id, account_id, state, closed_at, note)
SELECT gen_random_uuid(), disposition,
    (SELECT id FROM people_account WHERE email = 'koordinator@pendopo.test'), 'done', at, ''
FROM made WHERE state = 'approved';

INSERT INTO intake_transition (request_id, step, old, new, actor, position, note, at)
SELECT id, 'submit', 'draft', 'submitted', 'system', '', '', at FROM made;
"""


def fill(database_url: str) -> float:
    """Makes the letters; in how many seconds."""
    begun = time.perf_counter()
    words = {"senders": _SENDERS, "places": _PLACES, "doings": _DOINGS, "topics": _TOPICS}
    given: dict[str, object] = {
        **{name: list(texts) for name, texts in words.items()},
        **{f"{name[:-1]}_count": len(texts) for name, texts in words.items()},
        "letters": LETTERS,
        "open_from": LETTERS - WAITING,
        "reader": READER,
    }
    with psycopg.connect(database_url, cursor_factory=psycopg.ClientCursor) as database:
        database.execute(_FILL, given)
    with psycopg.connect(database_url, autocommit=True) as database:
        database.execute("VACUUM ANALYZE")
    return time.perf_counter() - begun


@dataclass(frozen=True)
class Look:
    """Milliseconds of some pages of a kind, and of processor that one of them took."""

    times: list[float]
    cpu: float


class Bench:
    """Pages that the secretary opens."""

    def __init__(self, at: Installation) -> None:
        if at.office is None:
            raise RuntimeError("only an installation started here can be filled")
        self._office = at.office
        self._database, self._pids = Cluster(at.office.data).url, at.web_pids()
        print(f"{LETTERS} letters made in {fill(self._database):.0f} s", flush=True)
        cookie = signed_in(at.base_url, READER)
        self._browser = httpx.Client(base_url=at.base_url, headers={"Cookie": cookie}, timeout=60)
        self._numbers = self._some_numbers()
        self._random = random.Random(5)  # noqa: S311  the same questions in each run

    def _some_numbers(self) -> list[str]:
        with psycopg.connect(self._database) as database:
            rows = database.execute(
                "SELECT number FROM intake_servicerequest WHERE tracking_code LIKE 'bench-%%0'"
            ).fetchall()
        return [number for (number,) in rows]

    def kinds(self) -> dict[str, Callable[[], str]]:
        """What is measured: a name, and how an address of that kind is made."""
        pick = self._random.choice
        nth = self._random.randrange
        return {
            "number": lambda: _asked(pick(self._numbers)),
            "agenda number": lambda: _asked(f"{LETTERS + 1 + nth(LETTERS - WAITING)}"),
            "letter number": lambda: _asked(f"{(n := 1 + nth(LETTERS))}/{n % 90}/UND/2026"),
            "sender": lambda: _asked(f"{pick(_SENDERS)} {pick(_PLACES)}"),
            "subject, two words": lambda: _asked(f"{pick(_TOPICS)} {pick(_PLACES)}"),
            "subject, other forms": lambda: _asked(pick(["dilatih sampah", "mengelola dana"])),
            "beginning of a word": lambda: _asked(f"{pick(_TOPICS).split()[-1][:5]}"),
            "a word of every fifth": lambda: _asked("rapat"),
            "list": lambda: "/permohonan/",
            "list of a state": lambda: "/permohonan/?state=registered",
            "desk": lambda: "/meja/",
        }

    def round(self) -> dict[str, Look]:
        """Some pages of each kind."""
        return {kind: self._look(address) for kind, address in self.kinds().items()}

    def _look(self, address: Callable[[], str]) -> Look:
        used, times = self._cpu, []
        for _ in range(ASKED):
            begun = time.perf_counter()
            answer = self._browser.get(address())
            times.append((time.perf_counter() - begun) * 1000)
            if answer.status_code != httpx.codes.OK:
                raise RuntimeError(f"{answer.url}: {answer.status_code}")
        return Look(times, (self._cpu - used) / ASKED)

    @property
    def _cpu(self) -> float:
        """Milliseconds of processor that pages and database have used."""
        return cpu_ms([*self._pids, *with_children(self._office.pids()["database"])])

    @property
    def memory(self) -> float:
        """Megabytes of the web processes."""
        return rss_mb(self._pids)


def _asked(question: str) -> str:
    return str(httpx.URL("/permohonan/", params={"question": question}))


def measure(at: Installation, rounds: int) -> None:
    """All rounds, and their summary."""
    bench = Bench(at)
    bench.round()  # pools, caches and memory have their usual size before anything counts
    print(circumstances(), HEAD, sep="\n", flush=True)
    memory = [bench.memory]
    found = []
    for _ in range(rounds):
        found.append(bench.round())
        memory.append(bench.memory)
    for kind in found[0]:
        _say(kind, [each[kind] for each in found])
    print(f"memory of the web processes: {' '.join(f'{each:.0f}' for each in memory)} MB")
    print(circumstances())


def _say(kind: str, rounds: Sequence[Look]) -> None:
    middles = [median(each.times) for each in rounds]
    every = [one for each in rounds for one in each.times]
    cells = [spread(middles, 1), spread([each.cpu for each in rounds], 1)]
    cells += [f"{percentile(every, 0.95):.0f}", f"{max(every):.0f}"]
    print(row(kind, *cells, "" if median(middles) <= PROMISED else "too slow", width=20))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--rounds", type=int, default=6)
    given = parser.parse_args()
    with installation() as at:
        measure(at, given.rounds)


if __name__ == "__main__":
    main()
