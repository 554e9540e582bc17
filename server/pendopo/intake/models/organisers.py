"""Who prepares an approved event, and the one-time codes that let them in."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.ids import new_id


def new_organiser_key() -> str:
    """128 bits for an address that nobody guesses."""
    return secrets.token_urlsafe(16)


class Organiser(models.Model):
    """Somebody who opens the organiser's page of one request.

    The key is the address of their own page; nobody else has it, and it opens nothing else. The
    requester's own row has no name and contacts: they stand in the request alone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(
        "intake.ServiceRequest", on_delete=models.CASCADE, related_name="organisers"
    )
    key = models.CharField(max_length=22, unique=True, default=new_organiser_key, editable=False)
    is_requester = models.BooleanField(default=False)
    name = models.CharField(_("Name"), max_length=100, blank=True)
    whatsapp = models.CharField(_("WhatsApp number"), max_length=20, blank=True)  # +628…
    email = models.EmailField(_("E-mail"), blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=models.Q(is_requester=True),
                name="one_requester_among_organisers",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def called(self) -> str:
        """The name; of the requester the one in the request, which must be loaded."""
        return self.request.contact_name if self.is_requester else self.name

    @property
    def reached_at(self) -> tuple[str, str]:
        """WhatsApp number and e-mail address, each empty when unknown."""
        if self.is_requester:
            return self.request.contact_whatsapp, self.request.contact_email
        return self.whatsapp, self.email


class OneTimeCode(models.Model):
    """Six digits that let an organiser in once. Only their keyed hash is stored."""

    organiser = models.ForeignKey(Organiser, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.pk)
