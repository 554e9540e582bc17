"""The office, what it decides, and the units and organisations it serves."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.ids import new_id
from pendopo.office.rules import OrganisationField, Paper, Tenure, UnitKind
from pendopo.office.rules.holidays import HolidayKind, HolidaySource
from pendopo.office.rules.service_standard import LegalStatus, StandardPart
from pendopo.office.rules.working_days import CLOSING_HOUR
from pendopo.people.rules import Duty


def _between(lowest: int, highest: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(lowest), MaxValueValidator(highest)]


def default_chain() -> list[str]:
    """One step: the head of office."""
    return [Duty.HEAD_OF_OFFICE.value]


class Office(models.Model):
    """The one office that this installation belongs to, and everything it decides for itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    is_demo = models.BooleanField(default=False)
    only = models.BooleanField(default=True, unique=True, editable=False)
    # Empty until the first run was walked to its end, see `project/first_run`.
    set_up_at = models.DateTimeField(null=True, editable=False)

    name = models.CharField(_("Name of the office"), max_length=160)
    service_name = models.CharField(_("Name of the service"), max_length=80)
    emblem = models.FileField(upload_to="office/", blank=True)
    shows_ornaments = models.BooleanField(
        _("Show the roof line and the row of triangles"), default=True
    )

    letterhead_government = models.CharField(
        _("First line of the letterhead"), max_length=120, blank=True
    )
    letterhead_office = models.CharField(
        _("Second line of the letterhead"), max_length=160, blank=True
    )
    letterhead_address = models.TextField(_("Address below it"), max_length=400, blank=True)
    letter_place = models.CharField(_("Place in the date line"), max_length=80, blank=True)
    paper = models.CharField(
        _("Paper"), max_length=4, choices=[(p.value, p.value) for p in Paper], default=Paper.A4
    )

    lead_days_government = models.PositiveSmallIntegerField(
        _("Working days before the event, for government units"),
        default=3,
        validators=_between(0, 60),
    )
    lead_days_community = models.PositiveSmallIntegerField(
        _("Working days before the event, for community organisations"),
        default=7,
        validators=_between(0, 60),
    )
    closing_hour = models.PositiveSmallIntegerField(
        _("A request counts from the next working day when it comes at this hour or later"),
        default=CLOSING_HOUR,
        validators=_between(1, 24),
    )
    link_days_before = models.PositiveSmallIntegerField(
        _("The link goes out this many days before, at the latest"),
        default=1,
        validators=_between(0, 30),
    )
    classification_code = models.CharField(_("Classification code"), max_length=20, default="555")
    number_template = models.CharField(
        _("Form of a letter's number"), max_length=80, default="{code}/{number}/Diskominfo"
    )
    chain = models.JSONField(default=default_chain)

    uplink_mbps = models.PositiveIntegerField(
        _("Line to the internet, Mbps"), default=1000, validators=_between(1, 100_000)
    )
    uplink_headroom_percent = models.PositiveSmallIntegerField(
        _("Share that always stays free, percent"), default=20, validators=_between(0, 90)
    )

    meeting_people = models.PositiveIntegerField(
        _("People in one meeting, at most"), default=500, validators=_between(2, 5000)
    )
    organisation_field = models.CharField(
        _("Ask guests for their organisation"),
        max_length=10,
        choices=[
            (OrganisationField.REQUIRED.value, _("Yes, it must be filled in")),
            (OrganisationField.OPTIONAL.value, _("Yes, but it may stay empty")),
            (OrganisationField.HIDDEN.value, _("No")),
        ],
        default=OrganisationField.OPTIONAL,
    )

    invitation_opening = models.CharField(
        _("First line of an invitation"), max_length=120, default="Undangan rapat daring"
    )
    invitation_closing = models.TextField(
        _("Last lines of an invitation"),
        max_length=600,
        default=(
            "Buka tautan dengan Chrome, Edge, Firefox, atau Safari. "
            "Tidak perlu memasang aplikasi.\n"
            "Mohon masuk 10 menit lebih awal dan menuliskan nama serta instansi."
        ),
    )

    journal_kept_years = models.PositiveSmallIntegerField(
        _("Years that the journal is kept"), default=10, validators=_between(2, 100)
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(only=True), name="one_office"),
            models.CheckConstraint(
                condition=models.Q(journal_kept_years__gte=2), name="journal_kept_two_years"
            ),
            models.CheckConstraint(
                condition=models.Q(uplink_mbps__gte=1) & models.Q(uplink_headroom_percent__lte=90),
                name="uplink_is_a_line",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgencyUnit(models.Model):
    """A government unit in the tree. Its slug makes its permanent address ``/r/<slug>``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("Name"), max_length=160)
    slug = models.SlugField(_("Address"), unique=True)
    kind = models.CharField(
        _("Kind"),
        max_length=20,
        choices=[(k.value, k.value) for k in UnitKind],
        default=UnitKind.AGENCY,
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("Belongs to"),
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="unit_is_not_its_parent"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CommunityOrganization(models.Model):
    """An organisation of citizens that asks for the service by letter."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("Name"), max_length=160)
    registration_number = models.CharField(_("Registration number"), max_length=60, blank=True)
    address = models.CharField(_("Address"), max_length=240, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="community_organization_once")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That an account works in a unit and holds meetings for it."""

    account = models.OneToOneField(
        "people.Account", on_delete=models.CASCADE, related_name="membership"
    )
    unit = models.ForeignKey(AgencyUnit, on_delete=models.PROTECT, related_name="memberships")

    def __str__(self) -> str:
        return f"{self.account_id} {self.unit_id}"


class Position(models.Model):
    """A position in a unit, and who holds it; vacant without an account."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(_("Title"), max_length=160)
    unit = models.ForeignKey(
        AgencyUnit, on_delete=models.PROTECT, related_name="positions", verbose_name=_("Unit")
    )
    account = models.ForeignKey(
        "people.Account",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="positions",
        verbose_name=_("Held by"),
    )
    tenure = models.CharField(
        _("How it is held"),
        max_length=12,
        choices=[(t.value, t.value) for t in Tenure],
        default=Tenure.DEFINITIVE,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("title"), "unit", name="position_once_in_a_unit")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.unit_id}"


class NumberSeries(models.Model):
    """The last number given in a series and year, such as the agenda of 2026."""

    name = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "number series"
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="series_of_a_year")]

    def __str__(self) -> str:
        return f"{self.name} {self.year}: {self.last}"


class Holiday(models.Model):
    """A day on which the office is closed; ``is_removed`` when the office works on it anyway.

    A year without any row follows the national calendar.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.DateField(_("Date"), unique=True)
    name = models.CharField(_("Name of the day"), max_length=160)
    kind = models.CharField(
        max_length=12,
        choices=[(k.value, k.value) for k in HolidayKind],
        default=HolidayKind.LOCAL,
    )
    source = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in HolidaySource],
        default=HolidaySource.OFFICE,
    )
    is_removed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class StandardText(models.Model):
    """The office's own words for a part of its service standard."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    part = models.CharField(
        max_length=12, unique=True, choices=[(p.value, p.value) for p in StandardPart]
    )
    text = models.TextField(_("Text"), max_length=1200)
    text_english = models.TextField(_("Text in English"), max_length=1200, blank=True)
    link = models.URLField(_("Link"), max_length=300, blank=True)

    def __str__(self) -> str:
        return self.part


class LegalBasis(models.Model):
    """A rule that the service stands on, or only follows the spirit of."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(
        _("Kind and number"), max_length=120, help_text=_("For example: Perpres 95/2018")
    )
    title = models.CharField(_("What it is about"), max_length=240)
    scope = models.CharField(_("What it means for this service"), max_length=240, blank=True)
    status = models.CharField(
        max_length=12,
        choices=[(s.value, s.value) for s in LegalStatus],
        default=LegalStatus.IN_FORCE,
    )
    link = models.URLField(_("Link"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("Place in the list"), default=100)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("number"), name="legal_basis_once")]

    def __str__(self) -> str:
        return self.number
