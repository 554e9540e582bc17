"""The sections of `/pengaturan`: each a form over one row, and the action that saves it.

An app that has something for the office to decide adds its sections here (those above `office`) or
is named here (those below it).
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.forms import ModelForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendopo.journal.models import Subject
from pendopo.office.actions.decisions import change_office
from pendopo.office.forms import decisions
from pendopo.office.models import Office
from pendopo.people.actions.sign_in_policy import change_sign_in_policy
from pendopo.people.forms.account import SignInPolicyForm
from pendopo.people.models import SignInPolicy

Save = Callable[[dict[str, Any], Subject], object]


@dataclass(frozen=True)
class Section:
    """One page of settings: a form over the one row of a table, and what saves its values."""

    slug: str
    title: str | Promise
    about: str | Promise
    icon: str
    form: "type[ModelForm[Any]]"
    rows: Callable[[], models.QuerySet[Any]]
    save: Save


_SECTIONS: dict[str, Section] = {}


def add_section(section: Section) -> None:
    """Adds a section behind those that are there. Raises ``ValueError`` when its slug is taken."""
    if _SECTIONS.setdefault(section.slug, section) is not section:
        raise ValueError(f"section {section.slug!r} is added twice")


def sections() -> list[Section]:
    """All sections, in their order."""
    return list(_SECTIONS.values())


def section_named(slug: str) -> Section | None:
    """The section at ``/pengaturan/<slug>``."""
    return _SECTIONS.get(slug)


def digest_of(row: models.Model) -> str:
    """Of all values of a row; tells whether somebody changed it since a form showed it."""
    names = [field.attname for field in row._meta.concrete_fields]
    values = {name: str(getattr(row, name)) for name in names}
    text = json.dumps(values, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _the_office() -> models.QuerySet[Office]:
    return Office.objects.all()


def _office_section(
    slug: str, title: Promise, about: Promise, icon: str, form: type[decisions.OfficeForm]
) -> None:
    add_section(Section(slug, title, about, icon, form, _the_office, change_office))


_office_section(
    "kantor",
    _("Name of the office"),
    _("What stands in the header of every page"),
    "landmark",
    decisions.IdentityForm,
)
_office_section(
    "kop",
    _("Letterhead and paper"),
    _("The head of letters and other papers"),
    "stamp",
    decisions.LetterheadForm,
)
_office_section(
    "layanan",
    _("Lead times"),
    _("How early a letter must come, and when the link goes out"),
    "calendar-clock",
    decisions.ServiceForm,
)
_office_section(
    "penomoran",
    _("Numbering"),
    _("The form of letter numbers"),
    "hash",
    decisions.NumberingForm,
)
_office_section(
    "rantai",
    _("Chain of disposition"),
    _("Through whose hands a letter goes"),
    "workflow",
    decisions.ChainForm,
)
_office_section(
    "jalur",
    _("Line to the internet"),
    _("How much all meetings together may use"),
    "gauge",
    decisions.UplinkForm,
)
_office_section(
    "batas",
    _("Limits of a meeting"),
    _("How many people, and what guests are asked"),
    "users",
    decisions.LimitsForm,
)
_office_section(
    "naskah",
    _("Texts of notices"),
    _("The office's own words in invitations"),
    "message-circle",
    decisions.NoticesForm,
)
_office_section(
    "retensi",
    _("Retention"),
    _("How long the journal is kept"),
    "archive",
    decisions.RetentionForm,
)


def _sign_in_policy() -> models.QuerySet[SignInPolicy]:
    SignInPolicy.objects.get_or_create(only=True)
    return SignInPolicy.objects.all()


add_section(
    Section(
        "masuk",
        _("Signing in"),
        _("Second factors, invitations and single sign-on"),
        "shield-check",
        SignInPolicyForm,
        _sign_in_policy,
        change_sign_in_policy,
    )
)
