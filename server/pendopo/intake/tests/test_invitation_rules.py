"""What pasted invitations say: a table of samples, and promises about any text at all."""

import time
from dataclasses import asdict
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pendopo.intake.rules.invitations import LONGEST, Invitation, read_invitation
from pendopo.intake.tests.invitation_samples import TODAY, Sample
from pendopo.intake.tests.invitation_traps import CALENDARS, SAMPLES


def _said(invitation: Invitation) -> dict[str, str]:
    """The fields that were found, times in ISO 8601."""
    found = {name: value for name, value in asdict(invitation).items() if value is not None}
    return {
        name: value.isoformat() if isinstance(value, datetime) else str(value)
        for name, value in found.items()
    }


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_sample_is_read_as_people_mean_it(sample: Sample) -> None:
    assert _said(read_invitation(sample.text, today=TODAY)) == sample.expected


_TEXTS = [sample for sample in SAMPLES if sample not in CALENDARS]


@pytest.mark.parametrize("sample", _TEXTS, ids=lambda sample: sample.name)
def test_quoting_changes_nothing(sample: Sample) -> None:
    for quote in ("> ", ">> ", "> > "):
        quoted = "\n".join(quote + line for line in sample.text.split("\n"))
        assert _said(read_invitation(quoted, today=TODAY)) == sample.expected


def _folded(text: str) -> str:
    """Folded at 75 bytes as RFC 5545 (3.1) wants it."""
    lines = []
    for line in text.split("\n"):
        row = ""
        for character in line:
            if len((row + character).encode()) > 75:
                lines.append(row)
                row = " "
            row += character
        lines.append(row)
    return "\r\n".join(lines)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_folding_changes_nothing(sample: Sample) -> None:
    assert _said(read_invitation(_folded(sample.text.replace("\r", "")), today=TODAY)) == (
        sample.expected
    )


_SNIPPETS = st.sampled_from(
    [
        "https://", "zoom.us/j/8123456789", "pwd=", "@", "xn--", "BEGIN:VCALENDAR\n",
        "BEGIN:VEVENT\n", "DTSTART:", "20261124T", "Meeting ID: ", "Passcode: ",
        "24 November 2026 ", "09.00", " s.d. ",
        "–", "WIB", "(UTC+07:00)", "> ", "\r\n ", "<a href=\"", "&amp;", "*", "\\", "%2F",
        "=\n", "=3D",
        "safelinks.protection.outlook.com/?url=", "99", ";TZID=", ":", "\u202a", "\ud800",
        "https://urldefense.com/v3/__", "__;",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=1500)
@given(st.lists(_SNIPPETS | st.text(max_size=12), max_size=60).map("".join))
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = read_invitation(text, today=TODAY)
    for moment in (found.starts_at, found.ends_at):
        assert moment is None or moment.tzinfo is not None
    if found.url is not None:
        assert found.url.startswith("https://")
        assert "@" not in found.url.split("/")[2]
    if found.meeting_id is not None:
        assert " " not in found.meeting_id


@pytest.mark.parametrize(
    "piece",
    [
        "a", "1", "1 ", " ", "https://", "https://a.b/ ", "<a <a ", "> ", "* *", "24 ", "09.00 ",
        "x@",
        "24 november ", "Meeting ID: 1 ", "&amp;", "-", "pass ", "a.", "\n", "BEGIN:VCALENDAR\n",
        "1-", "s.d. ", "(", "zoom.us/j/1 ", "\n ", "ﷺ", "Topic: ",
        "https://urldefense.com/v3/__https://a__",
    ],
)  # fmt: skip
def test_the_longest_text_is_read_within_two_seconds(piece: str) -> None:
    text = (piece * (LONGEST // len(piece) + 1))[:LONGEST]
    started = time.process_time()
    read_invitation(text, today=TODAY)
    read_invitation("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:" + text, today=TODAY)
    assert time.process_time() - started < 4
