"""How letters look, as a section of `/pengaturan`."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pendopo.documents.actions.credentials import change_signing_policy
from pendopo.documents.actions.style import change_letter_style
from pendopo.documents.forms.drafts import StyleForm
from pendopo.documents.forms.signing import SigningPolicyForm
from pendopo.documents.models import LetterStyle, SigningPolicy
from pendopo.office.sections import Section, add_section


def _style() -> QuerySet[LetterStyle]:
    LetterStyle.objects.get_or_create(only=True)
    return LetterStyle.objects.all()


def add_sections() -> None:
    """Called once, when the app starts."""
    add_section(
        Section(
            "surat",
            _("Look of letters"),
            _("Face and size of letters, and the unit in their number"),
            "file-text",
            StyleForm,
            _style,
            change_letter_style,
        )
    )
    add_section(
        Section(
            "tanda-tangan",
            _("Signature"),
            _("How letters are signed, and which timestamp server is used"),
            "signature",
            SigningPolicyForm,
            _signing_policy,
            change_signing_policy,
        )
    )


def _signing_policy() -> QuerySet[SigningPolicy]:
    SigningPolicy.objects.get_or_create(only=True)
    return SigningPolicy.objects.all()
