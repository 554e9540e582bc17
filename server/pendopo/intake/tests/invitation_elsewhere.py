"""Samples of Meet, Teams, Webex, Jitsi and BigBlueButton."""

from pendopo.intake.tests.invitation_samples import JAKARTA, sample

MEET = [
    sample(
        "meet in Indonesian, the day without a year",
        """
Rapat Koordinasi PPID
Selasa, 24 November · 09.00 – 10.30
Zona waktu: Asia/Jakarta
Informasi cara bergabung ke Google Meet
Link panggilan video: https://meet.google.com/abc-defg-hij
Atau hubungi: \u202a(ID) +62 21 5090 1234\u202c PIN: \u202a123 456 789\u202c#
Nomor telepon lainnya: https://tel.meet/abc-defg-hij?pin=1234567890123
""",
        platform="meet",
        url="https://meet.google.com/abc-defg-hij",
        meeting_id="abc-defg-hij",
        starts_at="2026-11-24T09:00:00+07:00",
        ends_at="2026-11-24T10:30:00+07:00",
        title="Rapat Koordinasi PPID",
        **JAKARTA,
    ),
    sample(
        "meet in English, the telephone link first, am for both",
        """
Weekly sync
Tuesday, November 24 · 9:00 – 10:00am
Time zone: Asia/Makassar
More phone numbers: https://tel.meet/xyz-abcd-efg?pin=999
Video call link: https://meet.google.com/xyz-abcd-efg
""",
        platform="meet",
        url="https://meet.google.com/xyz-abcd-efg",
        meeting_id="xyz-abcd-efg",
        starts_at="2026-11-24T09:00:00+08:00",
        ends_at="2026-11-24T10:00:00+08:00",
        title="Weekly sync",
        time_zone="Asia/Makassar",
    ),
    sample(
        "meet without https, capitals",
        "Gabung di Meet.Google.com/ABC-DEFG-HIJ ya Bapak/Ibu",
        platform="meet",
        url="https://meet.google.com/ABC-DEFG-HIJ",
        meeting_id="abc-defg-hij",
    ),
    sample(
        "meet over noon: only the second is pm",
        "Tuesday, November 24, 2026 · 11:00 – 1:00pm WIB https://meet.google.com/aaa-bbbb-ccc",
        platform="meet",
        url="https://meet.google.com/aaa-bbbb-ccc",
        meeting_id="aaa-bbbb-ccc",
        starts_at="2026-11-24T11:00:00+07:00",
        ends_at="2026-11-24T13:00:00+07:00",
        **JAKARTA,
    ),
    sample(
        "meet wrapped by Google's redirect",
        "https://www.google.com/url?q=https://meet.google.com/qrs-tuvw-xyz&sa=D&source=calendar",
        platform="meet",
        url="https://meet.google.com/qrs-tuvw-xyz",
        meeting_id="qrs-tuvw-xyz",
    ),
]

TEAMS = [
    sample(
        "teams in English, new style",
        """
________________________________________________________________________________
Microsoft Teams Need help?<https://aka.ms/JoinTeamsMeeting?omkt=en-US>
Join the meeting now<https://teams.microsoft.com/l/meetup-join/19%3ameeting_NzQ%40thread.v2/0?context=%7b%22Tid%22%3a%22a%22%7d>
Meeting ID: 412 345 678 901
Passcode: aB3dE7
________________________________
Dial in by phone
+62 21 1234 5678,,123456789# Indonesia, Jakarta
Find a local number<https://dialin.teams.microsoft.com/abc?id=123456789>
Phone conference ID: 123 456 789#
For organizers: Meeting options<https://teams.microsoft.com/meetingOptions/?organizerId=1>
""",
        platform="teams",
        url="https://teams.microsoft.com/l/meetup-join/19%3ameeting_NzQ%40thread.v2/0"
        "?context=%7b%22Tid%22%3a%22a%22%7d",
        meeting_id="412345678901",
        passcode="aB3dE7",
    ),
    sample(
        "teams in Indonesian, short link, phone id first",
        """
Rapat Microsoft Teams
ID konferensi telepon: 987 654 321#
Gabung: https://teams.microsoft.com/meet/4123456789012?p=AbCdEf
ID Rapat: 412 345 678 901 2
Kode sandi: Xy9zK2
Rabu, 25 November 2026, 13.00 - 15.00 (UTC+07:00) Bangkok, Hanoi, Jakarta
""",
        platform="teams",
        url="https://teams.microsoft.com/meet/4123456789012?p=AbCdEf",
        meeting_id="4123456789012",
        passcode="Xy9zK2",
        starts_at="2026-11-25T13:00:00+07:00",
        ends_at="2026-11-25T15:00:00+07:00",
        **JAKARTA,
    ),
    sample(
        "teams forwarded by Outlook",
        """
From: Setjen Kominfo <setjen@kominfo.example>
Sent: Friday, November 20, 2026 4:05 PM
Subject: Rapat Teknis PDN
When: Thursday, November 26, 2026 10:00 AM-11:30 AM (UTC+07:00) Bangkok, Hanoi, Jakarta.
Where: Microsoft Teams Meeting

https://teams.live.com/meet/9312345678901?p=qwerty
""",
        platform="teams",
        url="https://teams.live.com/meet/9312345678901?p=qwerty",
        meeting_id="9312345678901",
        starts_at="2026-11-26T10:00:00+07:00",
        ends_at="2026-11-26T11:30:00+07:00",
        title="Rapat Teknis PDN",
        **JAKARTA,
    ),
]

WEBEX = [
    sample(
        "webex in English with its length",
        """
Dinas Kesehatan is inviting you to a scheduled Webex meeting.
Tuesday, November 24, 2026
9:00 AM  |  (UTC+07:00) Bangkok, Hanoi, Jakarta  |  2 hrs
Join meeting
More ways to join:
Join from the meeting link
https://karangjati.webex.com/karangjati/j.php?MTID=m0123456789abcdef0123456789abcdef
Join by meeting number
Meeting number (access code): 2551 234 5678
Meeting password: aBcD1234 (22231234 when dialing from a phone or video system)
Tap to join from a mobile device (attendees only)
+65-6703-6949,,25512345678## Singapore Toll
Global call-in numbers
https://karangjati.webex.com/karangjati/globalcallin.php?MTID=m98
""",
        platform="webex",
        url="https://karangjati.webex.com/karangjati/j.php?MTID=m0123456789abcdef0123456789abcdef",
        meeting_id="25512345678",
        passcode="aBcD1234",
        starts_at="2026-11-24T09:00:00+07:00",
        ends_at="2026-11-24T11:00:00+07:00",
        organiser="Dinas Kesehatan",
        **JAKARTA,
    ),
    sample(
        "webex in Indonesian",
        """
Nomor rapat (kode akses): 2551 234 5678
Kata sandi rapat: Kes3hatan!
https://bpsdm.webex.com/meet/pelatihan
""",
        platform="webex",
        url="https://bpsdm.webex.com/meet/pelatihan",
        meeting_id="25512345678",
        passcode="Kes3hatan!",
    ),
]

OWN = [
    sample(
        "jitsi's own invitation, the telephone link last",
        """
Budi is inviting you to a meeting.
Join the meeting:
https://meet.jit.si/RapatDesaSumberagung
To join by phone instead, tap this: https://meet.jit.si/static/dialInInfo.html?room=RapatDesaSumberagung
""",
        platform="jitsi",
        url="https://meet.jit.si/RapatDesaSumberagung",
        meeting_id="RapatDesaSumberagung",
        organiser="Budi",
    ),
    sample(
        "jitsi of a regency, with settings behind the hash",
        "Vicon Kab: https://meet.karangjati.go.id/RapatOPD#config.startWithAudioMuted=true",
        platform="jitsi",
        url="https://meet.karangjati.go.id/RapatOPD",
        meeting_id="RapatOPD",
    ),
    sample(
        "jitsi on a port of its own",
        "https://jitsi.desa.example:8443/musdes",
        platform="jitsi",
        url="https://jitsi.desa.example:8443/musdes",
        meeting_id="musdes",
    ),
    sample(
        "bigbluebutton, Greenlight 2",
        "Ruang: https://vicon.kampus.ac.id/b/abc-def-ghi\nKode akses: 445566",
        platform="bbb",
        url="https://vicon.kampus.ac.id/b/abc-def-ghi",
        meeting_id="abc-def-ghi",
        passcode="445566",
    ),
    sample(
        "bigbluebutton, Greenlight 3, recording before",
        "https://bbb.kampus.ac.id/playback/presentation/2.3/abc-1\n"
        "https://bbb.kampus.ac.id/rooms/abc-def-ghi-jkl/join",
        platform="bbb",
        url="https://bbb.kampus.ac.id/rooms/abc-def-ghi-jkl/join",
        meeting_id="abc-def-ghi-jkl",
    ),
]
