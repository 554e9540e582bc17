"""Invitations as people really paste them, and what must be read from each.

A sample names what it expects; what it does not name must stay empty.
"""

from dataclasses import dataclass
from datetime import date

# Dates without a year are read from this day on.
TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Sample:
    """A text, and the fields that must be found in it (times in ISO 8601)."""

    name: str
    text: str
    expected: dict[str, str]


def sample(name: str, text: str, **expected: str) -> Sample:
    return Sample(name, text.strip("\n"), expected)


JAKARTA = {"time_zone": "Asia/Jakarta"}

ZOOM = [
    sample(
        "zoom in English, as copied from the web portal",
        """
Sekretariat Daerah is inviting you to a scheduled Zoom meeting.

Topic: Rapat Koordinasi Penanganan Stunting
Time: Nov 24, 2026 09:00 AM Jakarta

Join Zoom Meeting
https://us02web.zoom.us/j/81234567890?pwd=QWxhZGRpbjpvcGVu.1

Meeting ID: 812 3456 7890
Passcode: 778899

---

One tap mobile
+622150663179,,81234567890#,,,,*778899# Indonesia
+12532158782,,81234567890#,,,,*778899# US (Tacoma)

Dial by your location
• +62 21 5066 3179 Indonesia
Meeting ID: 812 3456 7890
Passcode: 778899

Find your local number: https://us02web.zoom.us/u/kdXyZ12
""",
        platform="zoom",
        url="https://us02web.zoom.us/j/81234567890?pwd=QWxhZGRpbjpvcGVu.1",
        meeting_id="81234567890",
        passcode="778899",
        starts_at="2026-11-24T09:00:00+07:00",
        organiser="Sekretariat Daerah",
        title="Rapat Koordinasi Penanganan Stunting",
        **JAKARTA,
    ),
    sample(
        "zoom in Indonesian, vanity host, the help link first",
        """
Pusdatin Kemendagri mengundang Anda ke rapat Zoom yang terjadwal.

Topik: Sosialisasi Permendagri 83 Tahun 2022
Waktu: 24 Nov 2026 01:30 PM Jakarta

Cari nomor lokal Anda: https://kemendagri-go-id.zoom.us/u/abcDEF
Bergabung Rapat Zoom
https://kemendagri-go-id.zoom.us/j/98765432101

ID Rapat: 987 6543 2101
Kode Sandi: Dagri#26
""",
        platform="zoom",
        url="https://kemendagri-go-id.zoom.us/j/98765432101",
        meeting_id="98765432101",
        passcode="Dagri#26",
        starts_at="2026-11-24T13:30:00+07:00",
        organiser="Pusdatin Kemendagri",
        title="Sosialisasi Permendagri 83 Tahun 2022",
        **JAKARTA,
    ),
    sample(
        "zoom, passcode only inside the link",
        """
Topic: Briefing
Join Zoom Meeting
https://zoom.us/j/8123456789?pwd=c2VjcmV0c2VjcmV0
Meeting ID: 812 345 6789
""",
        platform="zoom",
        url="https://zoom.us/j/8123456789?pwd=c2VjcmV0c2VjcmV0",
        meeting_id="8123456789",
        title="Briefing",
    ),
    sample(
        "zoom by WhatsApp with bold labels",
        """
*UNDANGAN RAPAT DARING*
*Hari/Tanggal* : Selasa, 24 November 2026
*Pukul* : 09.00 WIB s.d. selesai
*Acara* : Rapat Persiapan Musrenbang
*Tempat* : Zoom Meeting
Link : https://us06web.zoom.us/j/84455566677?pwd=abcDEF123
Meeting ID : 844 5556 6677
Passcode : *bappeda*
""",
        platform="zoom",
        url="https://us06web.zoom.us/j/84455566677?pwd=abcDEF123",
        meeting_id="84455566677",
        passcode="bappeda",
        starts_at="2026-11-24T09:00:00+07:00",
        title="Rapat Persiapan Musrenbang",
        **JAKARTA,
    ),
    sample(
        "zoom quoted twice in a mail, with the mail's own date before",
        """
> From: Biro Umum <umum@provinsi.example>
> Sent: Monday, November 23, 2026 10:11 AM
> Subject: Undangan
>
>> Topic: Evaluasi SPBE Triwulan IV
>> Time: Nov 26, 2026 02:00 PM Jakarta
>>
>> Join Zoom Meeting
>> https://us02web.zoom.us/j/82223334444
>>
>> Meeting ID: 822 2333 4444
>> Passcode: 000111
""",
        platform="zoom",
        url="https://us02web.zoom.us/j/82223334444",
        meeting_id="82223334444",
        passcode="000111",
        starts_at="2026-11-26T14:00:00+07:00",
        title="Evaluasi SPBE Triwulan IV",
        **JAKARTA,
    ),
    sample(
        "zoom without a link, id and password on one line",
        "Zoom ID: 812-3456-7890 / Pass: pemda26\nSelasa 24/11/2026 pkl 08.30 - 10.00 WITA",
        platform="zoom",
        meeting_id="81234567890",
        passcode="pemda26",
        starts_at="2026-11-24T08:30:00+08:00",
        ends_at="2026-11-24T10:00:00+08:00",
        time_zone="Asia/Makassar",
    ),
    sample(
        "zoom webinar with registration and a series of days",
        """
You are invited to a Zoom webinar!
When: Nov 30, 2026 09:00 AM Jakarta
Topic: Literasi Digital ASN
Register in advance for this webinar:
https://us02web.zoom.us/webinar/register/WN_aBcDeFgHiJkL
""",
        platform="zoom",
        url="https://us02web.zoom.us/webinar/register/WN_aBcDeFgHiJkL",
        starts_at="2026-11-30T09:00:00+07:00",
        title="Literasi Digital ASN",
        **JAKARTA,
    ),
    sample(
        "zoom, registration before the real link",
        """
Daftar: https://us02web.zoom.us/meeting/register/tZ0abc
Masuk: https://us02web.zoom.us/j/81112223333#success
""",
        platform="zoom",
        url="https://us02web.zoom.us/j/81112223333",
        meeting_id="81112223333",
    ),
    sample(
        "zoom that recurs: the first day counts",
        """
Topic: Apel Virtual
Time: Nov 23, 2026 07:30 AM Jakarta
        Every week on Mon, until Dec 28, 2026, 6 occurrence(s)
        Nov 23, 2026 07:30 AM
        Nov 30, 2026 07:30 AM
Please download and import the following iCalendar (.ics) files to your calendar system.
Weekly: https://us02web.zoom.us/meeting/tZ/ics?icsToken=98tyKu
Join Zoom Meeting
https://us02web.zoom.us/j/85556667777
""",
        platform="zoom",
        url="https://us02web.zoom.us/j/85556667777",
        meeting_id="85556667777",
        starts_at="2026-11-23T07:30:00+07:00",
        title="Apel Virtual",
        **JAKARTA,
    ),
    sample(
        "zoom over plain http is opened over https",
        "http://zoom.us/j/8123456789",
        platform="zoom",
        url="https://zoom.us/j/8123456789",
        meeting_id="8123456789",
    ),
    sample(
        "zoom wrapped by Outlook's Safe Links",
        "Join: https://apc01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fus02web.zoom.us%2Fj"
        "%2F81234567890%3Fpwd%3DabcD&data=05%7C02%7Cbudi%40pemda.example&reserved=0",
        platform="zoom",
        url="https://us02web.zoom.us/j/81234567890?pwd=abcD",
        meeting_id="81234567890",
    ),
    sample(
        "zoom in a letter: letter date, number and several days",
        """
Karangjati, 20 November 2026
Nomor : 005/1234/Setda
Hal : Undangan Bimbingan Teknis

Menindaklanjuti surat Bupati tanggal 18 November 2026, kami mengundang Saudara pada:
Hari/tanggal : Rabu s.d. Jumat, 2–4 Desember 2026
Waktu : 08.00 s/d 15.30 WIT
Tempat : ruang zoom https://papua.zoom.us/j/93334445555
Kata sandi : SIPD-2026
""",
        platform="zoom",
        url="https://papua.zoom.us/j/93334445555",
        meeting_id="93334445555",
        passcode="SIPD-2026",
        starts_at="2026-12-02T08:00:00+09:00",
        ends_at="2026-12-04T15:30:00+09:00",
        title="Undangan Bimbingan Teknis",
        time_zone="Asia/Jayapura",
    ),
    sample(
        "zoom from abroad",
        "Topic: Asean Smart Cities\nTime: Nov 24, 2026 10:00 AM Singapore\n"
        "https://us02web.zoom.us/j/84448889999",
        platform="zoom",
        url="https://us02web.zoom.us/j/84448889999",
        meeting_id="84448889999",
        starts_at="2026-11-24T10:00:00+08:00",
        title="Asean Smart Cities",
        time_zone="Asia/Singapore",
    ),
    sample(
        "zoom, the bare address as it is read aloud",
        "zoom.us/j/8123456789, sandi 12345",
        platform="zoom",
        url="https://zoom.us/j/8123456789",
        meeting_id="8123456789",
        passcode="12345",
    ),
    sample(
        "zoom, the passcode on the line below",
        "https://zoom.us/j/8123456789\nKode Sandi:\nrahmat9",
        platform="zoom",
        url="https://zoom.us/j/8123456789",
        meeting_id="8123456789",
        passcode="rahmat9",
    ),
    sample(
        "zoom by its personal name",
        "https://zoom.us/my/dinkes.karangjati?pwd=abc\nPasscode: tidak ada",
        platform="zoom",
        url="https://zoom.us/my/dinkes.karangjati?pwd=abc",
    ),
]
