"""Traps, times and calendar files among the samples."""

from pendopo.intake.tests.invitation_elsewhere import MEET, OWN, TEAMS, WEBEX
from pendopo.intake.tests.invitation_samples import JAKARTA, ZOOM, Sample, sample

TRAPS = [
    sample("look-alike below a strange host", "Zoom: https://zoom.us.evil.example/j/8123456789"),
    sample(
        "look-alike with rn for m", "Zoom\nhttps://zoorn.us/j/8123456789\nMeeting ID: 8123456789"
    ),
    sample("look-alike with a nought", "https://zo0m.us/j/8123456789"),
    sample("a name before the host", "https://zoom.us@evil.example/j/8123456789"),
    sample("name and password before the host", "https://zoom.us:443@evil.example/j/8123456789"),
    sample("punycode", "https://xn--zom-0na.us/j/8123456789"),
    sample("cyrillic letters", "https://z\u043e\u043em.us/j/8123456789"),
    sample("a backslash", "https://evil.example\\@zoom.us/j/8123456789"),
    sample("a strange port", "https://zoom.us:8443/j/8123456789"),
    sample("look-alike with bbb's path", "https://zoom.us.evil.example/b/abc-def-ghi"),
    sample("own server in plain text", "http://vicon.kampus.example/b/abc-def-ghi"),
    sample(
        "a wrapper around nothing good",
        "https://a.safelinks.protection.outlook.com/?url=javascript%3A1",
    ),
    sample("only a recording", "https://us02web.zoom.us/rec/share/abcDEF"),
    sample("only help", "https://support.zoom.us/hc/en-us/articles/201362193"),
    sample("nothing", ""),
    sample("small talk", "Siap Pak, terima kasih."),
    sample(
        "a look-alike beside the genuine link",
        "https://zoorn.us/j/1111111111\nhttps://zoom.us/j/8123456789",
        platform="zoom",
        url="https://zoom.us/j/8123456789",
        meeting_id="8123456789",
    ),
    sample(
        "telephone numbers are no times, amounts no dates",
        "CP: 0812-3456-7890, anggaran Rp 24.11.2026\nhttps://zoom.us/j/8123456789",
        platform="zoom",
        url="https://zoom.us/j/8123456789",
        meeting_id="8123456789",
    ),
]

WHEN = [
    sample(
        "over midnight",
        "Selasa, 24 November 2026, 22.00–01.00 WIB",
        starts_at="2026-11-24T22:00:00+07:00",
        ends_at="2026-11-25T01:00:00+07:00",
        **JAKARTA,
    ),
    sample(
        "in words of the day",
        "24 November 2026 jam 1 siang s/d jam 3 sore WIB",
        starts_at="2026-11-24T13:00:00+07:00",
        ends_at="2026-11-24T15:00:00+07:00",
        **JAKARTA,
    ),
    sample(
        "an offset in brackets",
        "2026-11-24 09:00 (GMT+8)",
        starts_at="2026-11-24T09:00:00+08:00",
        time_zone="Asia/Makassar",
    ),
    sample(
        "month first only where the day can't be",
        "11/24/2026 9:00 AM WIB",
        starts_at="2026-11-24T09:00:00+07:00",
        **JAKARTA,
    ),
    sample(
        "day first where both can be",
        "03/02/2027 14.00 WIT",
        starts_at="2027-02-03T14:00:00+09:00",
        time_zone="Asia/Jayapura",
    ),
    sample(
        "over the turn of the year",
        "Tanggal: 30 Desember s.d. 2 Januari 2027\nPukul: 08.00 - 16.00 WIB",
        starts_at="2026-12-30T08:00:00+07:00",
        ends_at="2027-01-02T16:00:00+07:00",
        **JAKARTA,
    ),
    sample(
        "no zone said: the office's own",
        "Kamis, 26 Nopember 2026\nPukul 13.30",
        starts_at="2026-11-26T13:30:00+07:00",
        **JAKARTA,
    ),
    sample("a day that does not exist", "30 Februari 2027 pukul 09.00"),
    sample(
        "midnight and noon",
        "Nov 24, 2026 12:00 AM - 12:00 PM Jakarta",
        starts_at="2026-11-24T00:00:00+07:00",
        ends_at="2026-11-24T12:00:00+07:00",
        **JAKARTA,
    ),
]

_ICS = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:REQUEST
{head}BEGIN:VEVENT
UID:1
{body}
BEGIN:VALARM
DESCRIPTION:Reminder https://zoom.us/j/9999999999
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def _ics(name: str, body: str, head: str = "", **expected: str) -> Sample:
    text = _ICS.format(head=head, body=body.strip("\n")).replace("\n", "\r\n")
    return Sample(name, text, expected)


CALENDARS = [
    _ics(
        "Google: UTC, its own property, folded description",
        """
DTSTART:20261124T020000Z
DTEND:20261124T033000Z
ORGANIZER;CN="Dinas Kominfo";X=1:mailto:kominfo@pemda.example
SUMMARY:Rapat PPID\\, lanjutan
X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij
DESCRIPTION:Nomor telepon: https://tel.meet/abc-defg-hij?pin=123456789012
 3
""",
        head="X-WR-TIMEZONE:Asia/Jakarta\n",
        platform="meet",
        url="https://meet.google.com/abc-defg-hij",
        meeting_id="abc-defg-hij",
        starts_at="2026-11-24T09:00:00+07:00",
        ends_at="2026-11-24T10:30:00+07:00",
        organiser="Dinas Kominfo",
        title="Rapat PPID, lanjutan",
        **JAKARTA,
    ),
    _ics(
        "Outlook: Windows' name of the zone, Teams' own property",
        """
DTSTART;TZID=SE Asia Standard Time:20261125T130000
DTEND;TZID=SE Asia Standard Time:20261125T150000
SUMMARY;LANGUAGE=id-ID:Rapat Teknis
LOCATION:Microsoft Teams Meeting
DESCRIPTION:Meeting ID: 412 345 678 901\\nPasscode: aB3dE7\\n
X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/19
 %3ameeting_x/0
""",
        platform="teams",
        url="https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0",
        meeting_id="412345678901",
        passcode="aB3dE7",
        starts_at="2026-11-25T13:00:00+07:00",
        ends_at="2026-11-25T15:00:00+07:00",
        title="Rapat Teknis",
        **JAKARTA,
    ),
    _ics(
        "Zoom: link in the place, length instead of an end",
        """
DTSTART;TZID=Asia/Makassar:20261126T090000
DURATION:PT1H30M
SUMMARY:Webinar
LOCATION:https://us02web.zoom.us/j/81234567890?pwd=abc
DESCRIPTION:Passcode: 778899
""",
        platform="zoom",
        url="https://us02web.zoom.us/j/81234567890?pwd=abc",
        meeting_id="81234567890",
        passcode="778899",
        starts_at="2026-11-26T09:00:00+08:00",
        ends_at="2026-11-26T10:30:00+08:00",
        title="Webinar",
        time_zone="Asia/Makassar",
    ),
    _ics(
        "a whole day, organiser without a name",
        """
DTSTART;VALUE=DATE:20261201
DTEND;VALUE=DATE:20261202
SUMMARY:Hari Korpri
ORGANIZER:mailto:bkd@pemda.example
""",
        starts_at="2026-12-01T00:00:00+07:00",
        ends_at="2026-12-02T00:00:00+07:00",
        organiser="bkd@pemda.example",
        title="Hari Korpri",
        **JAKARTA,
    ),
    _ics(
        "a zone by its own definition",
        "DTSTART;TZID=Kantor Kami:20261126T090000\nSUMMARY:Rapat",
        head="BEGIN:VTIMEZONE\nTZID:Kantor Kami\nBEGIN:STANDARD\nTZOFFSETFROM:+0900\n"
        "TZOFFSETTO:+0900\nEND:STANDARD\nEND:VTIMEZONE\n",
        starts_at="2026-11-26T09:00:00+09:00",
        title="Rapat",
        time_zone="Asia/Jayapura",
    ),
    _ics(
        "UTC and nothing else",
        "DTSTART:20261124T020000Z\nSUMMARY:Rapat\nCONFERENCE;VALUE=URI;FEATURE=VIDEO:"
        "https://vicon.kampus.ac.id/b/abc-def-ghi",
        platform="bbb",
        url="https://vicon.kampus.ac.id/b/abc-def-ghi",
        meeting_id="abc-def-ghi",
        starts_at="2026-11-24T02:00:00+00:00",
        title="Rapat",
        time_zone="UTC",
    ),
    _ics("a cancelled event", "STATUS:CANCELLED\nDTSTART:20261124T020000Z\nSUMMARY:Batal"),
    Sample(
        "a cancellation",
        _ICS.replace("REQUEST", "CANCEL").format(head="", body="DTSTART:20261124T020000Z"),
        {},
    ),
    Sample(
        "a series: its first day, not a changed one",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nRECURRENCE-ID:20261201T020000Z\n"
        "DTSTART;TZID=Asia/Jakarta:20261201T100000\nSUMMARY:Geser\nEND:VEVENT\n"
        "BEGIN:VEVENT\nDTSTART;TZID=Asia/Jakarta:20261124T090000\nRRULE:FREQ=WEEKLY\n"
        "SUMMARY:Mingguan\nEND:VEVENT\nEND:VCALENDAR",
        {"starts_at": "2026-11-24T09:00:00+07:00", "title": "Mingguan", **JAKARTA},
    ),
    Sample(
        "a broken file",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:kemarin\n;;;\nSUMMARY:Rapat\nDTEND:99999999T999999",
        {"title": "Rapat"},
    ),
]

SAMPLES = [*ZOOM, *MEET, *TEAMS, *WEBEX, *OWN, *TRAPS, *WHEN, *CALENDARS]
