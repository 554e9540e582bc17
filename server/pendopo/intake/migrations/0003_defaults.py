"""What an office can begin with; it changes the lists as it likes."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

INSTRUCTIONS = [
    "Tindak lanjuti",
    "Proses lebih lanjut",
    "Koordinasikan dan konfirmasikan",
    "Siapkan tempat dan perangkat",
    "Beri tanggapan dan saran",
    "Wakili atau hadiri",
    "Untuk diketahui",
    "Arsipkan",
]
REASONS = [
    (
        "Waktu sudah terisi",
        "Pada waktu yang dimohonkan, petugas dan perangkat kami sudah melayani kegiatan lain.",
    ),
    (
        "Permohonan terlalu dekat",
        "Permohonan kami terima terlalu dekat dengan waktu kegiatan untuk menyiapkannya.",
    ),
    (
        "Di luar layanan",
        "Kegiatan yang dimohonkan berada di luar lingkup layanan rapat video kami.",
    ),
    (
        "Surat belum lengkap",
        "Surat permohonan tidak kami terima dengan lengkap sampai batas waktu yang ditentukan.",
    ),
    (
        "Sarana tidak mencukupi",
        "Sarana yang dibutuhkan kegiatan ini melebihi yang dapat kami sediakan saat ini.",
    ),
]


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fills lists that are empty."""
    instruction = apps.get_model("intake", "Instruction")
    if not instruction.objects.exists():
        for place, text in enumerate(INSTRUCTIONS, 1):
            instruction.objects.create(text=text, place=place * 10)
    reason = apps.get_model("intake", "RejectionReason")
    if not reason.objects.exists():
        for title, sentence in REASONS:
            reason.objects.create(title=title, sentence=sentence)


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_steps_are_final")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
