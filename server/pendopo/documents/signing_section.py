"""The section of `/pengaturan` about signing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pendopo.documents.actions.credentials import change_signing_policy
from pendopo.documents.forms.signing import SigningPolicyForm
from pendopo.documents.models import SigningPolicy
from pendopo.office.sections import Section, add_section


def _policy() -> models.QuerySet[SigningPolicy]:
    SigningPolicy.objects.get_or_create(only=True)
    return SigningPolicy.objects.all()


SIGNING = Section(
    "tanda-tangan",
    _("Signature"),
    _("How letters are signed, and which timestamp server is used"),
    "signature",
    SigningPolicyForm,
    _policy,
    change_signing_policy,
)
add_section(SIGNING)
