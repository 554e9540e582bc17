"""Which of a text's links leads into a meeting, and whose."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs

from pendopo.intake.rules.invitations.addresses import addresses_in, parts_of, path_words
from pendopo.intake.rules.invitations.invitation import Platform

# How sure it is that a link leads into the meeting; the first of the surest is taken.
JOIN, REGISTER, GUESS = 0, 1, 2


@dataclass(frozen=True)
class Link:
    """A link into a meeting, with the meeting's id where the link tells it."""

    platform: Platform
    url: str
    meeting_id: str | None
    rank: int


@dataclass(frozen=True)
class Links:
    """The link that was taken, and whether one was seen that only looks like it."""

    taken: Link | None
    has_look_alike: bool


_Found = tuple[str | None, int] | None

_DIGITS = re.compile(r"\d{9,12}")
_MEET_CODE = re.compile(r"[a-z]{3}-?[a-z]{4}-?[a-z]{3}")
_BBB_CODE = re.compile(r"[a-z0-9]{3}-[a-z0-9]{3}-[a-z0-9]{3}(?:-[a-z0-9]{3})?")
_ROOM = re.compile(r"[\w .@()'-]{2,120}")
_BRANDS = ("zoom", "google", "microsoft", "teams", "webex", "meetjit")
_OURS_ELSEWHERE = ("zoom.us", "google.com", "microsoft.com", "webex.com", "jit.si")


def _zoom(parts: SplitResult) -> _Found:
    match path_words(parts):
        case (
            [("j" | "w"), number, *_]
            | ["wc", "join", number, *_]
            | ["wc", number, ("join" | "start"), *_]
        ) if _DIGITS.fullmatch(number):
            return number, JOIN
        case ["my", _, *_]:
            return None, JOIN
        case [("meeting" | "webinar"), "register", _, *_]:
            return None, REGISTER
        case ["join"]:
            number = parse_qs(parts.query).get("confno", [""])[0]
            return (number, JOIN) if _DIGITS.fullmatch(number) else None
    return None


def _meet(parts: SplitResult) -> _Found:
    match path_words(parts):
        case [code, *_] if _MEET_CODE.fullmatch(code.lower()):
            letters = code.lower().replace("-", "")
            return f"{letters[:3]}-{letters[3:7]}-{letters[7:]}", JOIN
        case ["lookup", name, *_]:
            return name, JOIN
    return None


def _google_short(parts: SplitResult) -> _Found:
    match path_words(parts):
        case ["meet", name, *_]:
            return name, JOIN
    return None


def _teams(parts: SplitResult) -> _Found:
    match path_words(parts):
        case ["l", "meetup-join", _, *_]:
            return None, JOIN
        case ["meet", number, *_] if number.isdecimal():
            return number, JOIN
        case ["event", _, *_]:
            return None, REGISTER
    return None


def _webex(parts: SplitResult) -> _Found:
    words = path_words(parts)
    if words and words[-1] == "j.php" and "MTID=" in parts.query:
        return None, JOIN
    match words:
        case [("meet" | "join" | "m" | "weblink"), _, *_]:
            return None, JOIN
        case ["wbxmjs", "joinservice", *_]:
            return None, JOIN
        case ["webappng", "sites", _, "meeting", ("info" | "home" | "download" | "register"), *_]:
            return None, JOIN
    return None


def _jitsi(parts: SplitResult) -> _Found:
    words = path_words(parts)
    if not words or words[0] == "static" or not all(_ROOM.fullmatch(word) for word in words):
        return None
    return (words[-1], JOIN) if len(words) <= 2 and "." not in words[-1] else None


def _bbb(parts: SplitResult) -> _Found:
    match path_words(parts):
        case [*_, ("b" | "rooms" | "room"), code] if _BBB_CODE.fullmatch(code):
            return code, JOIN
        case [*_, ("b" | "rooms"), code, "join"] if _BBB_CODE.fullmatch(code):
            return code, JOIN
        case ["bigbluebutton", "api", "join"]:
            return parse_qs(parts.query).get("meetingID", [None])[0], JOIN
        case ["html5client", "join", *_]:
            return None, GUESS
    return None


# Host → platform; with a dot in front also everything below it.
_KNOWN: list[tuple[str, Platform, Callable[[SplitResult], _Found]]] = [
    (".zoom.us", Platform.ZOOM, _zoom),
    (".zoomgov.com", Platform.ZOOM, _zoom),
    ("meet.google.com", Platform.MEET, _meet),
    ("g.co", Platform.MEET, _google_short),
    ("teams.microsoft.com", Platform.TEAMS, _teams),
    ("events.teams.microsoft.com", Platform.TEAMS, _teams),
    ("teams.live.com", Platform.TEAMS, _teams),
    ("teams.cloud.microsoft", Platform.TEAMS, _teams),
    ("gov.teams.microsoft.us", Platform.TEAMS, _teams),
    (".webex.com", Platform.WEBEX, _webex),
    ("meet.jit.si", Platform.JITSI, _jitsi),
    ("8x8.vc", Platform.JITSI, _jitsi),
]


def links_in(text: str) -> Links:
    """The link into the meeting, before those for telephones, help and registration."""
    says_jitsi = "jitsi" in text.lower()
    found: list[Link] = []
    look_alike = False
    for parts in addresses_in(text):
        link = _known_link(parts) or _own_link(parts, says_jitsi=says_jitsi)
        if link is not None:
            found.append(link)
        look_alike = look_alike or imitates(parts.hostname or "")
    return Links(_surest(found), look_alike or _has_disguised_host(text))


def _surest(found: Iterable[Link]) -> Link | None:
    return min(found, key=lambda link: link.rank, default=None)


def _is_at(host: str, place: str) -> bool:
    return host.endswith(place) or host == place[1:] if place.startswith(".") else host == place


def _known_link(parts: SplitResult) -> Link | None:
    """A link of one of the known services. They all speak https on its own port only."""
    host = parts.hostname or ""
    if parts.port is not None:
        return None
    for place, platform, read in _KNOWN:
        if _is_at(host, place):
            found = read(parts)
            url = parts._replace(scheme="https").geturl()
            return Link(platform, url, *found) if found else None
    return None


def _own_link(parts: SplitResult, *, says_jitsi: bool) -> Link | None:
    """A link of a BigBlueButton or Jitsi that somebody runs for themselves, over https."""
    host = parts.hostname or ""
    if parts.scheme != "https" or imitates(host) or any(_is_at(host, k[0]) for k in _KNOWN):
        return None
    found = _bbb(parts)
    url = parts.geturl()
    if found:
        return Link(Platform.BBB, url, *found)
    found = _jitsi(parts)
    if found and (_names_jitsi(host) or (says_jitsi and len(path_words(parts)) == 1)):
        return Link(Platform.JITSI, url, found[0], JOIN if _names_jitsi(host) else GUESS)
    return None


def _names_jitsi(host: str) -> bool:
    first = host.partition(".")[0]
    return "jitsi" in first or first == "meet"


def imitates(host: str) -> bool:
    """Whether a host wears the name of a service that it does not belong to."""
    if any(_is_at(host, f".{place}") for place in _OURS_ELSEWHERE):
        return False
    if any(_is_at(host, place) for place, _, _ in _KNOWN):
        return False
    looks = host.replace("rn", "m").replace("0", "o").replace("1", "l").replace("vv", "w")
    looks = looks.replace("-", "").replace(".", "")
    return any(brand in looks for brand in _BRANDS)


def is_safe_to_pass_on(url: str) -> bool:
    """Whether a link may be handed to people as the way into a meeting: https, to a host with a
    name that is neither disguised nor borrowed."""
    if not url.isprintable() or " " in url:
        return False
    parts = parts_of(url)
    return parts is not None and parts.scheme == "https" and not imitates(parts.hostname or "")


_DISGUISED = re.compile(r"https?://(?:[^\s/@]{1,200}@|[^\s/]{0,200}xn--|[^\s/]{0,200}[^\x00-\x7f])")


def _has_disguised_host(text: str) -> bool:
    return bool(_DISGUISED.search(text))
