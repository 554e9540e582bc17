"""A pasted invitation, read."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pendopo.intake.rules.invitations import labels
from pendopo.intake.rules.invitations.calendar import event_in, is_calendar
from pendopo.intake.rules.invitations.dates import begins_with_weekday
from pendopo.intake.rules.invitations.invitation import Invitation, Platform
from pendopo.intake.rules.invitations.links import Links, links_in
from pendopo.intake.rules.invitations.plain import plain_lines
from pendopo.intake.rules.invitations.times import times_in
from pendopo.intake.rules.invitations.zones import JAKARTA

_MAX_LINES = 4000
_NAMES = (
    (Platform.ZOOM, re.compile(r"\bzoom\b", re.I)),
    (Platform.MEET, re.compile(r"\bgoogle meet\b|\bg ?meet\b", re.I)),
    (Platform.TEAMS, re.compile(r"\bmicrosoft teams\b|\bms teams\b", re.I)),
    (Platform.WEBEX, re.compile(r"\bwebex\b", re.I)),
)


def read_invitation(
    text: str, default_zone: str = JAKARTA, today: date | None = None
) -> Invitation:
    """What an invitation says, pasted as text or as an ``.ics`` file. Never raises.

    Only the first 200,000 characters are read. ``default_zone`` is the zone of times that name
    none, ``today`` gives dates without a year their year.
    """
    if is_calendar(text):
        return _from_calendar(text, default_zone)
    lines = plain_lines(text)[:_MAX_LINES]
    times = times_in(lines, default_zone, today)
    found = Invitation(
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        time_zone=times.zone,
        organiser=_short(labels.organiser_in(lines)),
        title=_short(labels.title_in(lines) or _first_line_above_date(lines)),
    )
    return _with_place(found, lines, links_in("\n".join(lines)))


def _from_calendar(text: str, default_zone: str) -> Invitation:
    found, texts = event_in(text, default_zone)
    lines = [line for each in texts for line in plain_lines(each)][:_MAX_LINES]
    found = replace(found, organiser=_short(found.organiser), title=_short(found.title))
    return _with_place(found, lines, links_in("\n".join(lines)))


def _with_place(found: Invitation, lines: Sequence[str], links: Links) -> Invitation:
    """Link, id and passcode. Where the only link is a disguise, none of them is believed."""
    taken = links.taken
    if taken is None and links.has_look_alike:
        return found
    platform = taken.platform if taken else _named_platform(lines)
    meeting_id = taken.meeting_id if taken else None
    return replace(
        found,
        platform=platform,
        url=taken.url if taken else None,
        meeting_id=meeting_id or labels.meeting_id_in(lines, platform),
        passcode=labels.passcode_in(lines, platform),
    )


def _named_platform(lines: Sequence[str]) -> Platform | None:
    """Without a link the words say whose meeting it is, if there is an id as well."""
    if labels.meeting_id_in(lines, None) is None:
        return None
    text = "\n".join(lines)
    return next((platform for platform, name in _NAMES if name.search(text)), None)


def _first_line_above_date(lines: Sequence[str]) -> str | None:
    """Google's invitation begins with the title, and the day stands below it."""
    if len(lines) < 2 or not begins_with_weekday(lines[1]) or "://" in lines[0]:
        return None
    return None if labels.is_label(lines[0]) else lines[0]


def _short(words: str | None) -> str | None:
    return words[:200].strip() or None if words else None
