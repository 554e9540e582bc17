"""The words that a kind of letter has until the office writes its own."""

from dataclasses import dataclass

from pendopo.documents.rules import DocumentKind

LONGEST_SUBJECT, LONGEST_BODY, LONGEST_CODE = 200, 8000, 20


@dataclass(frozen=True)
class Words:
    """Subject and body of a template, with placeholders; its own classification code or none."""

    subject: str
    body: str
    classification_code: str = ""


_OPENING = (
    "Menindaklanjuti surat {instansi_pemohon} nomor {nomor_surat} tanggal {tanggal_surat} "
    "perihal {hal_surat}, dengan hormat kami sampaikan bahwa "
)

DEFAULT_WORDS = {
    DocumentKind.APPROVAL: Words(
        "Persetujuan Fasilitasi {nama_kegiatan}",
        _OPENING + "permohonan fasilitasi rapat daring dapat kami setujui dengan ketentuan "
        "sebagai berikut:\n\n"
        "Kegiatan : {nama_kegiatan}\n"
        "Hari/tanggal : {hari_tanggal}\n"
        "Waktu : {waktu}\n"
        "Tempat : {tempat}\n"
        "Jumlah peserta : {jumlah_peserta}\n\n"
        "Untuk kelancaran pelaksanaan, kami mohon Saudara:\n"
        "1. melengkapi data teknis kegiatan paling lambat tiga hari sebelum pelaksanaan;\n"
        "2. mengikuti uji coba sambungan sesuai jadwal yang kami sampaikan;\n"
        "3. memberitahukan perubahan atau pembatalan sesegera mungkin.\n\n"
        "Layanan ini tidak dipungut biaya. Perkembangan permohonan nomor {nomor_permohonan} dapat "
        "Saudara pantau melalui {alamat_pelacakan}.\n\n"
        "Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih.",
    ),
    DocumentKind.REJECTION: Words(
        "Jawaban atas Permohonan Fasilitasi {nama_kegiatan}",
        _OPENING + "permohonan fasilitasi {nama_kegiatan} belum dapat kami penuhi karena "
        "{alasan}.\n\n"
        "Apabila kegiatan tersebut dijadwalkan kembali, Saudara dapat mengajukan permohonan baru. "
        "Layanan ini tidak dipungut biaya.\n\n"
        "Demikian disampaikan, atas perhatian dan pengertian Saudara diucapkan terima kasih.",
    ),
    DocumentKind.ALTERNATIVES: Words(
        "Tawaran Waktu Lain untuk {nama_kegiatan}",
        _OPENING + "pada waktu yang dimohonkan {nama_kegiatan} belum dapat kami fasilitasi. "
        "Sebagai gantinya kami menawarkan pilihan waktu sebagai berikut:\n\n"
        "{pilihan_waktu}\n\n"
        "Kami mohon jawaban Saudara paling lambat tanggal {batas_jawaban} melalui "
        "{alamat_pelacakan} dengan nomor permohonan {nomor_permohonan} dan kode yang telah kami "
        "kirimkan.\n\n"
        "Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima kasih.",
    ),
    DocumentKind.CANCELLATION: Words(
        "Pembatalan Fasilitasi {nama_kegiatan}",
        _OPENING + "fasilitasi {nama_kegiatan} yang semula dijadwalkan pada {hari_tanggal} pukul "
        "{waktu} dibatalkan karena {alasan}.\n\n"
        "Apabila kegiatan tersebut dijadwalkan kembali, Saudara dapat mengajukan permohonan "
        "baru.\n\n"
        "Demikian disampaikan, atas perhatian dan pengertian Saudara diucapkan terima kasih.",
    ),
}
