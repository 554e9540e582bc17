"""What stands behind a label such as "Meeting ID:" or "Kode sandi:"."""

import re
from collections.abc import Sequence

from pendopo.intake.rules.invitations.invitation import Platform

_COLON = r" ?[:=] ?"
_LEAD = r"(?:^|(?<=[\s|(;,/•·*-]))"
_MEETING_ID = re.compile(
    _LEAD + r"(?:(?:meeting|webinar|event|rapat|zoom|pertemuan|teams|webex) ?id"
    r"|id ?(?:meeting|rapat|webinar|pertemuan|zoom|teams|webex|acara)(?: zoom| teams)?"
    r"|(?:meeting|event|webinar) number(?: \(access code\))?"
    r"|nomor (?:rapat|pertemuan|acara)(?: \(kode akses\))?"
    r"|personal meeting id(?: \(pmi\))?|id)"
    r"(?:(?: \([^)]{1,30}\))? ?[:=.]? ?| / [^:]{1,30}: ?)(?P<value>\d[\d -]{7,20}\d)(?![\d-]| \d)",
    re.I,
)
_MEET_CODE = re.compile(
    r"(?:meeting (?:code|id)|kode (?:rapat|meeting)|id rapat)[:= ]{1,3}"
    r"(?P<value>[a-z]{3}-[a-z]{4}-[a-z]{3})\b",
    re.I,
)
# Webex calls the meeting's number an access code; elsewhere it is what is typed to get in.
_ACCESS_CODE = re.compile(
    _LEAD + r"(?:access code|kode akses)" + _COLON + r"(?P<value>[^\s|,;]{1,64})", re.I
)
_PASSCODE_LABEL = (
    r"(?:(?:meeting|webinar|event|zoom|rapat) )?"
    r"(?:passcode|pass ?code|password|passwd|pass|pwd?|kode ?sandi|kata ?sandi|sandi|kode pass)"
    r"(?: (?:rapat|pertemuan|zoom|meeting|webinar|acara))?"
    r"(?: ?\([^)]{1,30}\))?(?: ?/ ?[a-z ]{3,20})?"
)
_PASSCODE = re.compile(
    _LEAD + _PASSCODE_LABEL + r"(?:" + _COLON + r"|(?: adalah| is)? (?=[^\s:]*\d))"
    r"(?P<value>\d{2,4}(?: \d{2,4}){1,2}(?=$| ?[|,;(])|[^\s|]{1,64})",
    re.I,
)
_PASSCODE_ABOVE = re.compile(rf"^{_PASSCODE_LABEL} ?:?$", re.I)
_NO_PASSCODE = {"-", "–", "none", "tidak", "tanpa", "n/a", "kosong", "no"}
_TITLE = (
    re.compile(
        r"^(?:(?:meeting|webinar) )?(?:topic|topik)" + _COLON + r"(?P<value>.{2,200})", re.I
    ),
    re.compile(
        r"^(?:nama (?:acara|kegiatan|rapat)|judul(?: rapat| acara)?|title|event name|subject|"
        r"subyek|subjek|perihal|hal|tema|acara|kegiatan|agenda|rapat|event)"
        + _COLON
        + r"(?P<value>.{2,200})",
        re.I,
    ),
)
_INVITES = re.compile(
    r"^(?P<value>[^:]{2,120}?) (?:is inviting you|invites? you|has invited you|invited you|"
    r"mengundang (?:anda|bapak|saudara|kita))\b",
    re.I,
)
_ORGANISER = re.compile(
    r"^(?:organi[sz]er|organi[sz]ed by|host|hosted by|penyelenggara|pengundang|tuan rumah|"
    r"diundang oleh|diselenggarakan oleh|invited by|penyelenggara rapat)"
    + _COLON
    + r"(?P<value>.{2,160})",
    re.I,
)
_ADDRESS = re.compile(r" ?[<(\[]?(?:mailto:)?[\w.+-]{1,64}@[\w.-]{1,190}[>)\]]?")
# A letter's "we" names nobody.
_WE = re.compile(r"(?:^|[\s,])(?:kami|kita|saya|we|i)$", re.I)
# Telephones and machines have numbers of their own.
_NOT_FOR_PEOPLE = re.compile(
    r"phone conference|conference id|konferensi telepon|one tap|sip\b|h\.323|skype|"
    r"host key|kunci host|dial(?:-| )?in\b|video id|tenant key",
    re.I,
)


def meeting_id_in(lines: Sequence[str], platform: Platform | None) -> str | None:
    """The id that a label gives, without spaces."""
    for line in lines:
        if _NOT_FOR_PEOPLE.search(line):
            continue
        found = _MEETING_ID.search(line) or _MEET_CODE.search(line)
        if found is None and platform is Platform.WEBEX:
            found = _ACCESS_CODE.search(line)
        if found:
            return _joined(found["value"])
    return None


def _joined(value: str) -> str:
    return (
        value.replace(" ", "")
        if "-" in value and value[0].isalpha()
        else re.sub(r"[ -]", "", value)
    )


def passcode_in(lines: Sequence[str], platform: Platform | None) -> str | None:
    """What a person types to get in; neither the one inside a link nor a telephone's."""
    for index, line in enumerate(lines):
        if _NOT_FOR_PEOPLE.search(line):
            continue
        if _PASSCODE_ABOVE.match(line) and index + 1 < len(lines):
            value = _clean_passcode(lines[index + 1])
            if " " not in value and ":" not in value:
                return value or None
            continue
        found = _PASSCODE.search(line)
        if found is None and platform in (Platform.BBB, Platform.JITSI):
            found = _ACCESS_CODE.search(line)
        if found:
            value = _clean_passcode(found["value"])
            return None if value.lower() in _NO_PASSCODE else value or None
    return None


def _clean_passcode(value: str) -> str:
    value = value.replace(" ", "") if value.replace(" ", "").isdecimal() else value
    if value[:1] in "\"'“" and value[-1:] in "\"'”":
        value = value[1:-1]
    return value.rstrip(".,;") if ")" not in value or "(" in value else value.rstrip(".,;)")


def title_in(lines: Sequence[str]) -> str | None:
    """What the meeting is called, by a label; topics go before subjects."""
    for label in _TITLE:
        for line in lines:
            found = label.match(line)
            if found and "://" not in found["value"]:
                return found["value"].strip(" \"'“”")
    return None


def is_label(line: str) -> bool:
    """Whether a line says who invites, or how to get in, so that it is no title."""
    return any(label.search(line) for label in (_MEETING_ID, _PASSCODE, _INVITES, _ORGANISER))


def organiser_in(lines: Sequence[str]) -> str | None:
    """Who invites, by a label or in "… is inviting you to …"; an address behind it is left out."""
    for pattern in (_ORGANISER, _INVITES):
        for line in lines:
            found = pattern.match(line)
            if found and not _WE.search(found["value"]):
                name = _ADDRESS.sub("", found["value"]).strip(" .,;-")
                return name or found["value"].strip(" .,;<>")
    return None
