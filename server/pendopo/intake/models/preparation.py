"""What the organiser tells about the technical side of an approved event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pendopo.intake.rules.preparation import Section


class Preparation(models.Model):
    """The technical half of the request form, filled in after approval (domain 4)."""

    request = models.OneToOneField(
        "intake.ServiceRequest", on_delete=models.CASCADE, related_name="preparation"
    )
    technical_name = models.CharField(_("Technical contact"), max_length=100, blank=True)
    technical_whatsapp = models.CharField(
        _("WhatsApp of the technical contact"), max_length=20, blank=True
    )
    technical_email = models.EmailField(_("E-mail of the technical contact"), blank=True)
    rundown = models.TextField(_("Rundown"), max_length=6000, blank=True)
    rundown_file = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    speakers = models.TextField(_("Speakers, one on a line"), max_length=2000, blank=True)
    cameras = models.PositiveSmallIntegerField(_("Cameras"), null=True, blank=True)
    dignitaries = models.TextField(_("Officials who attend"), max_length=1000, blank=True)
    has_stream = models.BooleanField(_("Stream to the public"), default=False)
    has_recording = models.BooleanField(_("Recording"), default=False)
    is_open = models.BooleanField(_("Open to the public"), default=False)
    has_registration = models.BooleanField(_("Registration of participants"), default=False)
    has_certificate = models.BooleanField(_("Certificate"), default=False)
    lesson_hours = models.PositiveSmallIntegerField(_("Lesson hours (JP)"), null=True, blank=True)
    equipment_asked = models.TextField(
        _("Equipment that you ask us for"), max_length=1000, blank=True
    )
    equipment_brought = models.TextField(_("Equipment that you bring"), max_length=1000, blank=True)
    accessibility = models.TextField(_("Needs of accessibility"), max_length=1000, blank=True)
    rehearsal_at = models.DateTimeField(_("Time of the rehearsal"), null=True, blank=True)

    def __str__(self) -> str:
        return str(self.request_id)


class Site(models.Model):
    """A place from which people take part."""

    preparation = models.ForeignKey(Preparation, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(_("Name of the place"), max_length=120)
    address = models.CharField(_("Address"), max_length=240, blank=True)
    person = models.CharField(_("Person in charge"), max_length=100, blank=True)
    contact = models.CharField(_("WhatsApp of the person in charge"), max_length=20, blank=True)
    has_power = models.BooleanField(_("Electricity is sufficient"), default=False)
    has_network = models.BooleanField(_("Internet is sufficient"), default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.pk)


class SavedSection(models.Model):
    """That an organiser has filled in a section; without a row nobody has."""

    preparation = models.ForeignKey(Preparation, on_delete=models.CASCADE, related_name="saved")
    section = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Section])
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["preparation", "section"], name="section_saved_once")
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.preparation_id}"
