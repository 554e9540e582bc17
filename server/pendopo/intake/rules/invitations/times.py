"""When it is, read from an invitation's lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pendopo.intake.rules.invitations.clocks import ClockFound, clocks_in, length_in
from pendopo.intake.rules.invitations.dates import DateFound, date_in
from pendopo.intake.rules.invitations.zones import zone_in

# A date this many lines above its time still belongs to it.
_NEAR = 5
_MAX_LINES = 4000
_WHEN = re.compile(
    r"^\W{0,3}(?:time|when|waktu|kapan|hari|tanggal|tgl|date|starts?|mulai|jadwal|pelaksanaan|"
    r"pada hari|schedule)\b",
    re.I,
)
_CLOCK_LABEL = re.compile(r"^\W{0,3}(?:pukul|pkl|jam|waktu|time|starts?|mulai)\b", re.I)
_END_LABEL = re.compile(r"^\W{0,3}(?:ends?|end time|selesai|berakhir|sampai)\b ?:", re.I)
_ZONE_LABEL = re.compile(r"^\W{0,3}(?:time ?zone|zona waktu)\b", re.I)
# Dates of the letter, the mail and the registration, not of the meeting.
_ELSE = re.compile(
    r"^\W{0,3}(?:sent|dikirim|received|forwarded|nomor|no\.|menindaklanjuti|berdasarkan)\b"
    r"|\bwrote:|\bmenulis:|pendaftaran|registra(?:tion|si)|deadline|tenggat|batas waktu|konfirmasi"
    r"|paling lambat|surat (?:nomor|tanggal|bupati|menteri|edaran)|occurrence",
    re.I,
)
_ADDRESS = re.compile(r"https?://\S{1,4000}|\S{1,64}@\S{1,190}|\+?\d[\d ()-]{8,30}\d")


@dataclass(frozen=True)
class Times:
    """Start, end and the zone they are in."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    zone: str | None = None


@dataclass(frozen=True)
class _Line:
    text: str
    found: DateFound | None

    @property
    def rest(self) -> str:
        """The line without its date, so that "24.11" is not half past eleven."""
        if self.found is None:
            return self.text
        return f"{self.text[: self.found.start]} {self.text[self.found.end :]}".strip()

    @property
    def clocks(self) -> ClockFound | None:
        return clocks_in(self.rest)


def times_in(lines: Sequence[str], default_zone: str, today: date | None) -> Times:
    """The meeting's times; without a zone in the text they are in ``default_zone``."""
    read = [_read(line, today) for line in lines[:_MAX_LINES]]
    dated = [index for index, line in enumerate(read) if line.found]
    if not dated:
        return Times(zone=_labelled_zone(read))
    best = min(dated, key=lambda index: (_rank(read, index), index))
    near = read[best : best + 1 + _NEAR]
    clocks = _clocks(read, best, near)
    found = read[best].found
    if clocks is None or found is None:
        return Times(zone=_labelled_zone(read))
    return _times(found, clocks, near, ZoneInfo(_zone(near, read) or default_zone))


def _read(line: str, today: date | None) -> _Line:
    text = _ADDRESS.sub(_kept_if_date, line[:1000])
    return _Line(text, None if _ELSE.search(text) else date_in(text, today))


def _kept_if_date(found: re.Match[str]) -> str:
    """Addresses and telephone numbers go; "24-11-2026 09" only looks like one."""
    digits = sum(character.isdigit() for character in found[0])
    is_number = digits >= 9 and "-" not in found[0].strip("+")[2:5]
    return (
        " " if "/" in found[0] or "@" in found[0] or found[0][0] == "+" or is_number else found[0]
    )


def _rank(lines: list[_Line], index: int) -> int:
    """How sure it is that this date is the meeting's; 0 is surest."""
    line = lines[index]
    labelled = bool(_WHEN.match(line.text))
    timed = line.clocks is not None
    if labelled and timed:
        return 0
    near = lines[index + 1 : index + 3]
    followed = any(
        each.clocks and (_CLOCK_LABEL.match(each.text) or not each.found) for each in near
    )
    if timed or (labelled and followed):
        return 1
    if labelled or (line.found and line.found.has_weekday and followed):
        return 2
    return 3 if line.found and line.found.has_weekday else 4


def _clocks(lines: list[_Line], best: int, near: list[_Line]) -> ClockFound | None:
    """The time on the date's line, else on a line below it, else the first with a label."""
    if near[0].clocks:
        return near[0].clocks
    for line in near[1:]:
        if _CLOCK_LABEL.match(line.text) and line.clocks:
            return line.clocks
    for line in [*near[1:], *(each for each in lines if _CLOCK_LABEL.match(each.text))]:
        if line.clocks and not _END_LABEL.match(line.text):
            return line.clocks
    return None


def _zone(near: list[_Line], lines: list[_Line]) -> str | None:
    beside = (zone_in(line.text) for line in near if line.clocks)
    around = (zone_in(line.text) for line in near)
    return (
        next(filter(None, beside), None)
        or _labelled_zone(lines)
        or next(filter(None, around), None)
    )


def _labelled_zone(lines: list[_Line]) -> str | None:
    return next(filter(None, (zone_in(n.text) for n in lines if _ZONE_LABEL.match(n.text))), None)


def _times(found: DateFound, clocks: ClockFound, near: list[_Line], zone: ZoneInfo) -> Times:
    starts_at = datetime.combine(found.first, clocks.starts, zone)
    ends_at = _end(found, clocks, zone) or _labelled_end(found, near, zone)
    if ends_at is None:
        length = next((n for n in (length_in(line.rest) for line in near[:3]) if n), None)
        ends_at = starts_at + length if length else None
    if ends_at is not None and ends_at <= starts_at:
        ends_at = _after_midnight(starts_at, ends_at)
    return Times(starts_at, ends_at, zone.key)


def _end(found: DateFound, clocks: ClockFound, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(found.last, clocks.ends, zone) if clocks.ends else None


def _labelled_end(found: DateFound, near: list[_Line], zone: ZoneInfo) -> datetime | None:
    for line in near[1:]:
        clocks = line.clocks if _END_LABEL.match(line.text) else None
        if clocks:
            day = line.found.first if line.found else found.last
            return datetime.combine(day, clocks.starts, zone)
    return None


def _after_midnight(starts_at: datetime, ends_at: datetime) -> datetime | None:
    """ "22.00–01.00" ends on the next day; "14.00–09.00" is a slip of the pen."""
    if starts_at.timetz() >= time(18, tzinfo=starts_at.tzinfo):
        return ends_at + timedelta(days=1)
    return None
