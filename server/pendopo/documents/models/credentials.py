"""With what people sign, how the office lets them, and what is known of each signature made."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pendopo.documents.rules import Method
from pendopo.documents.rules.signing import Copy
from pendopo.foundation.ids import new_id


class SigningPolicy(models.Model):
    """What the office decides about signing. One row."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    method = models.CharField(
        _("How papers are signed"),
        max_length=12,
        choices=[
            (Method.LOCAL.value, _("With certificates that are kept here")),
            (Method.BSRE.value, _("By BSrE")),
            (Method.SCAN.value, _("By hand; the scan is uploaded")),
        ],
        default=Method.LOCAL,
    )
    timestamp_url = models.URLField(
        _("Timestamp server"),
        blank=True,
        help_text=_(
            "For certificates that are kept here (RFC 3161). Without one, only our own clock says "
            "when a paper was signed."
        ),
    )

    class Meta:
        verbose_name_plural = "signing policies"
        constraints = [
            models.CheckConstraint(condition=models.Q(only=True), name="one_signing_policy")
        ]

    def __str__(self) -> str:
        return self.method


class Credential(models.Model):
    """With what an account signs: a locked key here, or its NIK at BSrE.

    The key is locked by its holder's passphrase alone, which is stored nowhere: whoever forgets it
    needs a new certificate. The NIK is sealed with the installation's key and shown to nobody.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(
        "people.Account", on_delete=models.CASCADE, related_name="credentials"
    )
    kind = models.CharField(
        max_length=12, choices=[(m.value, m.value) for m in (Method.LOCAL, Method.BSRE)]
    )
    locked_key = models.BinaryField(default=bytes)  # PKCS#12
    sealed_nik = models.BinaryField(default=bytes)
    is_demo = models.BooleanField(default=False)
    serial = models.CharField(max_length=40, blank=True)  # hexadecimal
    issuer = models.CharField(max_length=200, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)  # SHA-256 of the certificate
    valid_from = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tries_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "kind"], name="credential_once"),
            models.CheckConstraint(
                condition=models.Q(kind=Method.BSRE, locked_key=b"")
                | models.Q(kind=Method.LOCAL, sealed_nik=b""),
                name="credential_of_one_kind",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PaperSignature(models.Model):
    """What is known of the signature of a paper; made with it, never changed."""

    document = models.OneToOneField(
        "documents.Document", on_delete=models.PROTECT, related_name="signature"
    )
    signed_by = models.ForeignKey(
        "people.Account", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_demo = models.BooleanField(default=False)
    is_stamped = models.BooleanField(default=False)  # by a timestamp server
    fingerprint = models.CharField(max_length=64, blank=True)
    holder = models.CharField(max_length=200, blank=True)  # whom the certificate names
    # Of a copy that somebody brought: what could be checked, and whether our code stood in it.
    copy = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Copy], blank=True)
    copy_has_code = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.document_id)
