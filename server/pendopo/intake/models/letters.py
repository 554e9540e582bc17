"""What the register says of a letter."""

from django.db import models
from django.db.models.functions import Upper

from pendopo.documents.rules import Secrecy, Urgency
from pendopo.intake.rules.requests import Register


class IncomingLetter(models.Model):
    """That a letter was taken into the register, with its agenda number."""

    request = models.OneToOneField(
        "intake.ServiceRequest", on_delete=models.CASCADE, related_name="incoming"
    )
    register = models.CharField(
        max_length=10, choices=[(r.value, r.value) for r in Register], default=Register.OWN
    )
    year = models.PositiveSmallIntegerField()
    # Ours is a running number; the national letter system's may be any text.
    agenda_number = models.PositiveIntegerField(null=True)
    external_number = models.CharField(max_length=80, blank=True)
    received_on = models.DateField()
    subject = models.CharField(max_length=200)
    urgency = models.CharField(
        max_length=12, choices=[(u.value, u.value) for u in Urgency], default=Urgency.ORDINARY
    )
    secrecy = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in Secrecy], default=Secrecy.ORDINARY
    )
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(
        "people.Account", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "year", "agenda_number"], name="agenda_number_once"
            ),
            models.UniqueConstraint(
                "year",
                Upper("external_number"),
                condition=~models.Q(external_number=""),
                name="external_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(register=Register.OWN, agenda_number__isnull=False)
                | (models.Q(register=Register.EXTERNAL) & ~models.Q(external_number="")),
                name="letter_has_its_number",
            ),
        ]

        # The constraint above begins with register and year, which who searches does not know.
        indexes = [models.Index(fields=["agenda_number"], name="letter_agenda_number")]

    def __str__(self) -> str:
        return self.shown_number

    @property
    def shown_number(self) -> str:
        """The agenda number as people know it."""
        return self.external_number or f"{self.agenda_number}"
