"""Papers of the office: their templates, their numbers, their signatures."""

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import ExtractYear, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendopo.documents.rules import (
    DocumentKind,
    DocumentState,
    Face,
    Method,
    Secrecy,
    SigningForm,
    Urgency,
)
from pendopo.documents.rules.templates import LONGEST_BODY, LONGEST_CODE, LONGEST_SUBJECT
from pendopo.foundation.ids import new_id, new_slug
from pendopo.office.rules import Paper


def plain_number(number: F | Value) -> Upper:
    """A number as it counts when two are compared: without blanks, whatever its capitals."""
    parts = (number, Value(r"\s"), Value(""), Value("g"))
    return Upper(Func(*parts, function="regexp_replace", output_field=models.CharField()))


class Template(models.Model):
    """One version of the words of a kind of paper. A changed template is a new version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=30, choices=[(k.value, k.value) for k in DocumentKind])
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    body = models.TextField(max_length=LONGEST_BODY)
    # The kind's own code; empty: the office's.
    classification_code = models.CharField(max_length=LONGEST_CODE, blank=True)
    made_by = models.ForeignKey(
        "people.Account", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="template_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class Document(models.Model):
    """A paper, from its draft to the signed file. What is signed never changes again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True, default=new_slug)  # of ``/v/<code>``
    kind = models.CharField(max_length=30, choices=[(k.value, k.value) for k in DocumentKind])
    state = models.CharField(
        max_length=12,
        choices=[(s.value, s.value) for s in DocumentState],
        default=DocumentState.DRAFT,
    )
    # What the paper is about: ``intake.servicerequest:<id>``. Apps below do not know those above.
    about = models.CharField(max_length=100, db_index=True)
    template = models.ForeignKey(Template, null=True, on_delete=models.PROTECT, related_name="+")
    paper = models.CharField(
        max_length=4, choices=[(p.value, p.value) for p in Paper], default=Paper.A4
    )

    # The number: ours, given with the signature, or one of the national letter system.
    number = models.CharField(max_length=80, blank=True)
    running_number = models.PositiveIntegerField(null=True)
    number_year = models.PositiveSmallIntegerField(null=True)
    classification_code = models.CharField(max_length=20)
    dated_on = models.DateField(null=True)
    place = models.CharField(max_length=80, blank=True)

    urgency = models.CharField(
        max_length=12, choices=[(u.value, u.value) for u in Urgency], default=Urgency.ORDINARY
    )
    secrecy = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in Secrecy], default=Secrecy.ORDINARY
    )
    attachments = models.CharField(max_length=120, blank=True)  # as printed: "1 (satu) berkas"
    attached_text = models.TextField(max_length=12_000, blank=True)  # the pages after the letter
    subject = models.CharField(max_length=400)
    addressee = models.TextField(max_length=400)  # a line each
    body = models.TextField(max_length=12_000)
    copies = models.TextField(max_length=1000, blank=True)  # a line each

    signatory = models.ForeignKey(
        "people.Account", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    signing_form = models.CharField(
        max_length=8,
        choices=[(f.value, f.value) for f in SigningForm],
        default=SigningForm.HOLDER,
    )
    signatory_name = models.CharField(max_length=160, blank=True)
    signatory_title = models.CharField(max_length=160, blank=True)
    on_behalf_of = models.CharField(max_length=160, blank=True)  # the title after a.n.
    by_order_of = models.CharField(max_length=160, blank=True)  # the title above u.b.

    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    file = models.ForeignKey(
        "files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )  # the signed PDF
    method = models.CharField(
        max_length=12, choices=[(m.value, m.value) for m in Method], blank=True
    )
    signed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revocation_reason = models.CharField(max_length=200, blank=True)

    created_by = models.ForeignKey(
        "people.Account", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    # Counts the changes of a draft, so that two who write at once see each other.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number_year", "running_number"], name="document_number_once"
            ),
            # Also a typed number is given once, and never again: what was revoked or replaced
            # keeps its own.
            models.UniqueConstraint(
                ExtractYear("dated_on"),
                plain_number(F("number")),
                condition=models.Q(signed_at__isnull=False) & ~models.Q(number=""),
                name="issued_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at=None) | models.Q(file__isnull=False),
                name="signed_document_has_a_file",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-created_at"], name="document_state"),
            models.Index(fields=["-created_at"], name="document_newest"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.pk)


class Initial(models.Model):
    """That somebody vouches for a draft before it is signed (paraf)."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="initials")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "account"], name="initial_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.document_id}"


class Reader(models.Model):
    """That somebody may read a paper above ordinary secrecy, because its letter was passed on."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="readers")
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "account"], name="reader_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.document_id}"


class LetterStyle(models.Model):
    """How the office's letters look, beside what the office itself decides. One row."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    face = models.CharField(
        _("Letter face"),
        max_length=20,
        choices=[(f.value, f.value) for f in Face],
        default=Face.SANS,
    )
    size = models.PositiveSmallIntegerField(
        _("Size, points"), default=12, choices=[(11, "11"), (12, "12")]
    )
    unit_code = models.CharField(
        _("{unit} in a letter's number"), max_length=40, default="Diskominfo"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(only=True), name="one_letter_style")
        ]

    def __str__(self) -> str:
        return f"{self.face} {self.size}"
