"""The office and the units it serves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.ids import new_id


class Office(models.Model):
    """The one office that this installation belongs to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name of the office"), max_length=160)
    service_name = models.CharField(_("name of the service"), max_length=80)
    is_demo = models.BooleanField(default=False)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="one_office")]

    def __str__(self) -> str:
        return self.name


class AgencyUnit(models.Model):
    """A government unit (OPD). Its slug makes its permanent address ``/r/<slug>``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(unique=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That an account works in a unit and holds meetings for it."""

    account = models.OneToOneField(
        "people.Account", on_delete=models.CASCADE, related_name="membership"
    )
    unit = models.ForeignKey(AgencyUnit, on_delete=models.CASCADE, related_name="memberships")

    def __str__(self) -> str:
        return f"{self.account_id} {self.unit_id}"
