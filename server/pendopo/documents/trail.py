"""What entries about papers and templates are called."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.documents.models import Document, Template
from pendopo.documents.rules import DocumentKind, Method
from pendopo.documents.rules.signing import Copy
from pendopo.documents.wording import COPIES, KINDS, METHODS
from pendopo.journal.trails import Fact, Name, describe, describe_work, names


def _kind(kind: str) -> object:
    return KINDS[DocumentKind(kind)] if kind in set(DocumentKind) else kind


def _method(method: str) -> object:
    return METHODS[Method(method)] if method in set(Method) else method


def _copy(copy: str) -> object:
    return COPIES[Copy(copy)] if copy in set(Copy) else copy


describe(
    "document",
    _("Letters"),
    {
        "drafted": _("Letter drafted"),
        "changed": _("Draft of a letter changed"),
        "initialled": _("Letter initialled"),
        "withdrawn": _("Draft of a letter withdrawn"),
        "signed": _("Letter signed"),
        "sent": _("Letter sent"),
        "revoked": _("Letter revoked"),
        "corrected": _("Correction of a letter begun"),
    },
    {
        "document_kind": Fact(_("Kind of letter"), _kind),
        "about": Fact(_("About")),
        "fields": Fact(_("Fields")),
        "by": Fact(_("Id of the correction")),
        "method": Fact(_("Signed"), _method),
        "demo": Fact(_("With a demo certificate")),
        "copy": Fact(_("The signed copy"), _copy),
        "code": Fact(_("Our code stands in it")),
    },
)
describe(
    "credential",
    _("Certificates for signing"),
    {"kept": _("Certificate for signing set up"), "deleted": _("Certificate for signing deleted")},
    {"method": Fact(_("Signed"), _method), "demo": Fact(_("With a demo certificate"))},
)
describe(
    "signing",
    _("How papers are signed"),
    {"changed": _("How papers are signed was changed")},
    {"fields": Fact(_("Fields"))},
)
describe(
    "template",
    _("Templates of letters"),
    {"changed": _("Template of a letter changed")},
    {
        "document_kind": Fact(_("Kind of letter"), _kind),
        "version": Fact(_("Version")),
        "restored": Fact(_("Words of version")),
    },
)


describe(
    "letter_style",
    _("Look of letters"),
    {"changed": _("Look of letters changed")},
    {"fields": Fact(_("Fields"))},
)


# A subject may hold somebody's name, so the journal's pages show number or kind.
@names("documents.document")
def _documents(ids: list[str]) -> dict[str, Name]:
    found = Document.objects.filter(pk__in=ids)
    return {str(each.pk): Name(each.number or str(_kind(each.kind))) for each in found}


@names("documents.template")
def _templates(ids: list[str]) -> dict[str, Name]:
    found = Template.objects.filter(pk__in=ids)
    return {str(each.pk): Name(f"{_kind(each.kind)} {each.version}") for each in found}


# Whose it is, the actor says.
@names("documents.credential")
def _credentials(ids: list[str]) -> dict[str, Name]:
    return {pk: Name(gettext("Certificate for signing")) for pk in ids}


@names("documents.signingpolicy")
def _policy(ids: list[str]) -> dict[str, Name]:
    return {pk: Name(gettext("How papers are signed")) for pk in ids}


describe_work(
    {
        "pendopo.documents.reactions.delete_credentials_of_person": _(
            "Delete the certificates of an erased person"
        ),
    }
)
