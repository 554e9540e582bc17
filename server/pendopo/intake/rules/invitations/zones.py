"""Time zones as invitations write them, as IANA names."""

import re
from functools import cache
from zoneinfo import available_timezones

JAKARTA, MAKASSAR, JAYAPURA = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"

# Presidential Decree 41/1987 names the three zones of Indonesia.
_ABBREVIATIONS = {
    "wib": JAKARTA,
    "wita": MAKASSAR,
    "wit": JAYAPURA,
    "ict": JAKARTA,
    "sgt": "Asia/Singapore",
    "myt": "Asia/Kuala_Lumpur",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "cet": "Europe/Paris",
    "est": "America/New_York",
    "edt": "America/New_York",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
}
# Places and names by which Zoom, Outlook and Google call a zone; Indonesian ones win, for
# "(UTC+07:00) Bangkok, Hanoi, Jakarta" is what an office here means by its own time.
_PLACES = {
    "jakarta": JAKARTA,
    "waktu indonesia barat": JAKARTA,
    "western indonesia": JAKARTA,
    "indonesia barat": JAKARTA,
    "pontianak": "Asia/Pontianak",
    "makassar": MAKASSAR,
    "denpasar": MAKASSAR,
    "waktu indonesia tengah": MAKASSAR,
    "central indonesia": MAKASSAR,
    "jayapura": JAYAPURA,
    "waktu indonesia timur": JAYAPURA,
    "eastern indonesia": JAYAPURA,
    "bangkok": "Asia/Bangkok",
    "kuala lumpur": "Asia/Singapore",
    "singapore": "Asia/Singapore",
    "singapura": "Asia/Singapore",
    "manila": "Asia/Manila",
    "hong kong": "Asia/Hong_Kong",
    "beijing": "Asia/Shanghai",
    "tokyo": "Asia/Tokyo",
    "seoul": "Asia/Seoul",
    "riyadh": "Asia/Riyadh",
    "sydney": "Australia/Sydney",
    "canberra": "Australia/Sydney",
    "pacific time": "America/Los_Angeles",
    "eastern time": "America/New_York",
    "london": "Europe/London",
    "amsterdam": "Europe/Amsterdam",
}
_OF_OFFSET = {
    0: "UTC",
    420: JAKARTA,
    480: MAKASSAR,
    540: JAYAPURA,
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    570: "Australia/Darwin",
}
_IANA = re.compile(
    r"\b(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)"
    r"/[A-Za-z_+\-0-9]{2,30}(?:/[A-Za-z_]{2,30})?"
)
_OFFSET = re.compile(
    r"(?<![A-Za-z])(?:GMT|UTC) ?([+\-\u2212]) ?(\d{1,2})(?::?(\d{2}))?(?!\d)", re.I
)
_ABBREVIATION = re.compile(rf"(?<![a-z])({'|'.join(_ABBREVIATIONS)})(?![a-z])", re.I)
_PLACE = {place: re.compile(rf"(?<![a-z]){place}(?![a-z])", re.I) for place in _PLACES}
_UTC = re.compile(r"(?<![A-Za-z])(?:UTC|GMT)(?![A-Za-z+\-])")


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Whether IANA knows a zone of this name."""
    return name in _known()


def zone_of_offset(minutes: int) -> str | None:
    """A zone this many minutes east of Greenwich, an Indonesian one where there is one."""
    if minutes in _OF_OFFSET:
        return _OF_OFFSET[minutes]
    hours, rest = divmod(minutes, 60)
    # Etc/GMT-5 lies five hours to the east: POSIX counts the other way.
    name = f"Etc/GMT{'-' if hours > 0 else '+'}{abs(hours)}"
    return name if rest == 0 and is_zone(name) else None


def zone_in(words: str) -> str | None:
    """The zone that a piece of text names, the most exact name first."""
    for found in _IANA.finditer(words):
        if is_zone(found[0]):
            return found[0]
    abbreviation = _ABBREVIATION.search(words)
    if abbreviation:
        return _ABBREVIATIONS[abbreviation[1].lower()]
    for place, pattern in _PLACE.items():
        if pattern.search(words):
            return _PLACES[place]
    offset = _OFFSET.search(words)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return zone_of_offset(minutes if offset[1] == "+" else -minutes)
    return "UTC" if _UTC.search(words) else None
