"""What the office decides about requests."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pendopo.intake.rules.requests import Register


class IntakePolicy(models.Model):
    """The one row of decisions about requests."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    register = models.CharField(
        _("Who gives agenda numbers"),
        max_length=10,
        choices=[
            (Register.OWN.value, _("This office, here")),
            (Register.EXTERNAL.value, _("The national letter system; its numbers are typed in")),
        ],
        default=Register.OWN,
    )
    answer_days = models.PositiveSmallIntegerField(
        _("Working days within which a request is answered"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    offer_days = models.PositiveSmallIntegerField(
        _("Working days that an offered time waits for an answer"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    self_service = models.BooleanField(
        _("Units may book standard meetings themselves"), default=True
    )
    self_service_people = models.PositiveIntegerField(
        _("People in such a meeting, at most"),
        default=50,
        validators=[MinValueValidator(2), MaxValueValidator(5000)],
    )
    self_service_hours = models.PositiveSmallIntegerField(
        _("Hours of such a meeting, at most"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )
    self_service_uplink_percent = models.PositiveSmallIntegerField(
        _("Share of the line for one such meeting, percent"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    whatsapp = models.CharField(
        _("WhatsApp number of the office, for who asks"), max_length=20, blank=True
    )
    draft_days = models.PositiveSmallIntegerField(
        _("Days that an unsent draft is kept"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    kept_years = models.PositiveSmallIntegerField(
        _("Years that names and contacts of a request are kept after its end"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="one_policy")]

    def __str__(self) -> str:
        return "policy"
