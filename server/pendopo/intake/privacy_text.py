"""Version 1 of the notice about personal data, until the office publishes words of its own.

A line that begins with ``#`` is a heading; an empty line ends a paragraph.
"""

DEFAULT_TEXT = """\
# Siapa yang mengelola data Anda
Kantor yang menyelenggarakan layanan rapat daring ini adalah pengendali data pribadi menurut Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi. Nama kantor tertulis di bagian atas halaman ini.

# Data apa yang kami minta
Nama Anda, nomor WhatsApp, dan bila ada alamat surel; nama dan jabatan penanda tangan surat; surat permohonan; serta keterangan tentang kegiatan. Setelah permohonan disetujui, kami meminta keterangan teknis, seperti narahubung teknis, narasumber, dan penanggung jawab di setiap lokasi. Setiap isian menyebutkan untuk apa data itu dipakai.

# Untuk apa dan atas dasar apa
Data dipakai untuk menjawab permohonan, memastikan keabsahan surat, menyiapkan dan menyelenggarakan kegiatan, serta menyusun laporan pelayanan. Dasarnya adalah pelaksanaan pelayanan publik (Pasal 20 ayat (2) huruf e) dan kewajiban hukum kearsipan (huruf c). Keterangan tentang kebutuhan aksesibilitas hanya diminta dengan persetujuan Anda (huruf a) dan boleh dikosongkan.

# Siapa yang melihatnya
Hanya petugas kantor yang menangani permohonan Anda. Data tidak dijual, tidak dipakai untuk iklan, dan tidak diberikan kepada pihak lain, kecuali diwajibkan oleh peraturan perundang-undangan.

# Berapa lama disimpan
Nama, kontak, surat, dan jawaban dihapus setelah masa simpan yang ditetapkan kantor, terhitung sejak kegiatan berakhir atau permohonan ditutup. Nomor, tanggal, perihal, dan angka untuk statistik tetap disimpan. Surat balasan yang telah ditandatangani adalah arsip dan mengikuti jadwal retensi arsip.

# Hak Anda
Dengan kode lacak, Anda dapat melihat seluruh data Anda beserta riwayat pemrosesannya, mengunduhnya, membatasi pemrosesan, dan meminta penghapusan. Kami menjawab paling lambat dalam 3 × 24 jam. Bila data Anda keliru, sampaikan kepada kantor; bila Anda tidak puas, sampaikan melalui SP4N-LAPOR!

# Bila terjadi kebocoran
Bila data Anda bocor, kami memberitahu Anda dan lembaga yang berwenang secara tertulis paling lambat dalam 3 × 24 jam.

# Anak
Data anak hanya diproses dengan persetujuan orang tua atau wali.
"""  # noqa: E501

DEFAULT_ENGLISH = """\
# Who is in charge of your data
The office that runs this service of online meetings is the controller of personal data under Law 27 of 2022 on Personal Data Protection. Its name stands at the top of this page.

# Which data we ask for
Your name, your WhatsApp number and, if you have one, your e-mail address; name and position of who signed the letter; the letter itself; and facts about the event. After the approval we ask for technical facts, such as a technical contact, the speakers and who is in charge at each place. Every field says what it is for.

# What for, and on which basis
We use the data to answer the request, to make sure that the letter is genuine, to prepare and hold the event, and to report on the service. The basis is the public service (article 20 (2) e) and the legal duty to keep records (c). Needs of accessibility are asked for only with your consent (a) and may stay empty.

# Who sees them
Only staff of the office who deal with your request. The data are not sold, not used for advertising and given to nobody else, unless a law demands it.

# How long they are kept
Names, contacts, letters and answers are erased after the time that the office has set, counted from the end of the event or the close of the request. Numbers, days, subjects and figures for statistics stay. Signed replies are records of the office and follow its retention schedule.

# Your rights
With the tracking code you can see all your data and what was done with them, download them, restrict their use and ask for their erasure. We answer within 3 × 24 hours. If something is wrong, tell the office; if you are not content, use SP4N-LAPOR!

# If there is a breach
If your data leak, we tell you and the authority in writing within 3 × 24 hours.

# Children
Data of children are processed only with the consent of a parent or guardian.
"""  # noqa: E501


def parts(text: str) -> list[tuple[str, str]]:
    """The text as ``("heading" | "paragraph", words)``, in order."""
    found: list[tuple[str, str]] = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        lines = block.strip().split("\n")
        while lines and lines[0].startswith("#"):
            found.append(("heading", lines.pop(0).lstrip("# ").strip()))
        if words := "\n".join(lines).strip():
            found.append(("paragraph", words))
    return found
