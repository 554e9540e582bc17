"""Web addresses in a text, freed from the wrappers that mail programs put around them."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

_LONGEST = 4000
_START = re.compile(r"https?://", re.I)
# Without https:// only the hosts that people type so.
_BARE = re.compile(
    r"(?<![\w@./:%-])(?:[a-z0-9-]{1,63}\.){0,4}"
    r"(?:zoom\.us|meet\.google\.com|g\.co/meet|teams\.microsoft\.com|teams\.live\.com|webex\.com"
    r"|meet\.jit\.si)/[^\s<>\"']{1,2000}",
    re.I,
)
_END = re.compile(r"[\s<>\"'\u201c\u201d|]")
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,10}[a-z]{2,63}")
# Which parameter of which wrapper holds the address.
_WRAPPERS = (
    (".safelinks.protection.outlook.com", "url"),
    ("statics.teams.cdn.office.net", "url"),
    ("www.google.com", "q"),
    ("google.com", "q"),
    ("l.wl.co", "u"),
    ("l.facebook.com", "u"),
    ("linkprotect.cudasvc.com", "a"),
)
_PROOFPOINT = re.compile(
    r"https://urldefense\.com/v3/__(https?:/{1,2}[^_]{1,2000}(?:_[^_]{1,2000}){0,40}?)__;"
)


def addresses_in(text: str) -> Iterator[SplitResult]:
    """The addresses of a text in their order, unwrapped; what no browser should open is left out.

    Left out are names and passwords before the host, hosts with characters outside of ASCII or in
    punycode, bare numbers as a host, and backslashes, which browsers read as slashes.
    """
    for address in _raw(text):
        parts = parts_of(_unwrapped(address))
        if parts is not None:
            yield parts


def _raw(text: str) -> Iterator[str]:
    found_at: list[tuple[int, str]] = []
    behind = 0
    for found in _START.finditer(text):
        # An address inside another one's parameters is no link of the text.
        if found.start() >= behind:
            piece = text[found.start() : found.start() + _LONGEST]
            end = _END.search(piece)
            behind = found.start() + (end.start() if end else len(piece))
            found_at.append((found.start(), _trimmed(text[found.start() : behind])))
    covered = [(at, at + len(address)) for at, address in found_at]
    found_at += [
        (found.start(), f"https://{_trimmed(found[0])}")
        for found in _outside(_BARE.finditer(text), covered)
    ]
    yield from (address for _, address in sorted(found_at))


def _outside(
    matches: Iterator[re.Match[str]], covered: list[tuple[int, int]]
) -> Iterator[re.Match[str]]:
    """Matches that lie in none of the covered spans; both come in the order of the text."""
    index = 0
    for found in matches:
        while index < len(covered) and covered[index][1] <= found.start():
            index += 1
        if index == len(covered) or found.start() < covered[index][0]:
            yield found


def _trimmed(address: str) -> str:
    """Without the punctuation of the sentence around it."""
    address = address.rstrip(".,;:!?*_~")
    while (
        address
        and address[-1] in ")]}"
        and address.count(address[-1]) > address.count({")": "(", "]": "[", "}": "{"}[address[-1]])
    ):
        address = address[:-1].rstrip(".,;:!?*_~")
    return address


def _unwrapped(address: str) -> str:
    for _ in range(3):
        inner = _inside(address)
        if inner is None:
            break
        address = inner
    return address


def _inside(address: str) -> str | None:
    proofpoint = _PROOFPOINT.match(address)
    if proofpoint:
        return re.sub(r"^(https?):/+", r"\1://", proofpoint[1])
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None
    for wrapper, parameter in _WRAPPERS:
        if host == wrapper or (wrapper.startswith(".") and host.endswith(wrapper)):
            inner = parse_qs(parts.query).get(parameter, [""])[0]
            return inner if _START.match(inner) else None
    return None


def parts_of(address: str) -> SplitResult | None:
    if len(address) > _LONGEST or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.username is not None or not _HOST.fullmatch(host) or "xn--" in host:
        return None
    if port in (80, 443, None):
        port = None
    netloc = host if port is None else f"{host}:{port}"
    return parts._replace(scheme=parts.scheme.lower(), netloc=netloc, fragment="")


def path_words(parts: SplitResult) -> list[str]:
    """The parts of the path, decoded, without empty ones."""
    return [unquote(word) for word in parts.path.split("/") if word]
