"""`/naskah/`: the letters of the office, and one of them with its pages."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.documents import drawing
from pendopo.documents.actions import drafting
from pendopo.documents.forms.drafts import DraftForm, ListForm
from pendopo.documents.models import Document
from pendopo.documents.queries import papers as queries
from pendopo.documents.queries.signing import is_signer_of
from pendopo.documents.rules import (
    ISSUED_STATES,
    LETTERS,
    OPEN_STATES,
    DocumentKind,
    DocumentState,
    Secrecy,
    SigningForm,
    Urgency,
)
from pendopo.documents.wording import FORMS, KINDS, SECRECIES, STATE_LOOKS, STATES, URGENCIES
from pendopo.files.responses import file_response, picture_response
from pendopo.foundation.errors import Refused
from pendopo.foundation.pagination import newest_first
from pendopo.people.authentication import may, permission_required, signed_in
from pendopo.people.models import Account
from pendopo.people.rules import Permission

readers_only = permission_required(Permission.READ_DOCUMENTS)
writers_only = permission_required(Permission.DRAFT_DOCUMENTS)

_OLDER_THAN = "sebelum"
_PICTURE_WIDTH = 1000


@never_cache
@readers_only
@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    """The letters that the reader may see, newest first."""
    form = ListForm(request.GET)
    wanted = form.wanted()
    rows = queries.listed(signed_in(request), **wanted)
    found, older = newest_first(rows, request.GET.get(_OLDER_THAN))
    context = {
        "form": form,
        "rows": [{"document": each, **words_of(each)} for each in found],
        "filtered": bool(wanted),
        "is_first": _OLDER_THAN not in request.GET,
        "older": urlencode({**wanted, _OLDER_THAN: older}) if older else "",
    }
    return render(request, "documents/list.html", context, status=422 if form.errors else 200)


@never_cache
@readers_only
@require_safe
def detail(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """One letter: its pages as pictures, its facts, and what may be done with it."""
    return _detail_page(request, queries.document_for(signed_in(request), document_id))


def _detail_page(request: HttpRequest, document: Document) -> HttpResponse:
    may_write = may(request, Permission.DRAFT_DOCUMENTS)
    is_open, is_issued = document.state in OPEN_STATES, document.state in ISSUED_STATES
    account = signed_in(request)
    readable = queries.documents_for(account)
    initials = list(queries.initials_of(document))
    pages, undrawn = _pages(document)
    context = {
        "document": document,
        **words_of(document),
        "facts": facts_of(document),
        "pages": pages,
        "undrawn": undrawn,
        "initials": initials,
        "may_sign": is_open and document.kind in LETTERS and is_signer_of(account, document),
        "may_change": may_write and is_open,
        "may_initial": may_write and is_open and account.pk not in {i.account_id for i in initials},
        "may_correct": may_write and is_issued,
        "may_hand_over": may_write and document.state == DocumentState.SIGNED,
        "is_issued": is_issued,
        "corrects": readable.filter(corrections=document).first(),
        "corrections": list(
            readable.filter(corrects=document)
            .exclude(state=DocumentState.WITHDRAWN)
            .order_by("created_at")
        ),
    }
    return render(request, "documents/detail.html", context)


@never_cache
@readers_only
@require_safe
def page(request: HttpRequest, document_id: UUID, number: int) -> HttpResponse:
    """One page as a picture; refused with ``not_found`` when there is no such page."""
    document = queries.document_for(signed_in(request), document_id)
    if document.file:
        return picture_response(document.file, number, _PICTURE_WIDTH)
    picture = drawing.page_picture(_draft_pdf(document), number, _PICTURE_WIDTH)
    if picture is None:
        raise Refused("not_found")
    return HttpResponse(picture, content_type="image/png")


@never_cache
@readers_only
@require_safe
def pdf(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The signed file as it was signed; of a draft the drawing that says it is one."""
    document = queries.document_for(signed_in(request), document_id)
    if document.file:
        return file_response(document.file, download=True)
    headers = {"Content-Disposition": f'attachment; filename="draf-{document.pk}.pdf"'}
    return HttpResponse(_draft_pdf(document), content_type="application/pdf", headers=headers)


@never_cache
@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Writes a draft anew. What two people write at once is shown to the second, not lost."""
    account = signed_in(request)
    document = queries.document_for(account, document_id)
    if document.state not in OPEN_STATES:
        raise Refused("document_not_open")
    if request.method != "POST":
        return _change_page(request, document, DraftForm(instance=document))
    form = DraftForm(request.POST, instance=queries.document_for(account, document_id))
    if form.is_valid():
        try:
            drafting.change_draft(document, form.changes(), form.cleaned_data["seen"], account)
            messages.success(request, _("Saved."))
            return redirect("document-detail", document_id)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            if refused.code == "changed_meanwhile":
                # What the other one wrote has now been pointed out: the next try may replace it.
                document.refresh_from_db()
                form.data = {**request.POST.dict(), "seen": document.revision}
    return _change_page(request, document, form, status=422)


def _change_page(
    request: HttpRequest, document: Document, form: DraftForm, status: int = 200
) -> HttpResponse:
    context = {"document": document, "form": form, "kind": KINDS[DocumentKind(document.kind)]}
    return render(request, "documents/change.html", context, status=status)


@writers_only
@require_POST
def initial(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Vouches for a draft as it stands."""
    return _do(request, document_id, drafting.initial_document, _("You initialled the letter."))


@writers_only
@require_POST
def withdraw(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Gives a draft up."""
    return _do(request, document_id, drafting.withdraw_draft, _("The draft is withdrawn."))


@writers_only
@require_POST
def correct(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Begins a correction of a signed letter, and goes to its draft."""
    account = signed_in(request)
    document = queries.document_for(account, document_id)
    try:
        draft = drafting.correct_document(document, account)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("document-detail", document_id)
    return redirect("document-change", draft.pk)


@writers_only
@require_POST
def handed_over(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Notes that a signed letter reached its addressee on paper."""
    said = _("Noted: the letter was handed over.")
    return _do(request, document_id, drafting.mark_sent, said)


def _do(
    request: HttpRequest,
    document_id: UUID,
    action: Callable[[Document, Account], None],
    said: str,
) -> HttpResponse:
    account = signed_in(request)
    document = queries.document_for(account, document_id)
    try:
        action(document, account)
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("document-detail", document_id)


def _draft_pdf(document: Document) -> bytes:
    return drawing.letter_pdf(document, None)


def _pages(document: Document) -> tuple[range, str]:
    """The pages that can be shown; or why the draft can not be drawn, so that it can be changed."""
    if document.file:
        count = 0 if document.file.erased_at else document.file.pages or 1
    else:
        try:
            count = drawing.page_count(_draft_pdf(document))
        except Refused as refused:
            return range(0), refused.sentence
    return range(1, min(count, drawing.MOST_PAGES) + 1), ""


def words_of(document: Document) -> dict[str, Any]:
    """State, kind and secrecy of a paper in words, with the state's icon and colour."""
    state = DocumentState(document.state)
    icon, look = STATE_LOOKS[state]
    secrecy = Secrecy(document.secrecy)
    return {
        "kind": KINDS[DocumentKind(document.kind)],
        "state": STATES[state],
        "icon": icon,
        "look": look,
        "secrecy": "" if secrecy is Secrecy.ORDINARY else SECRECIES[secrecy],
    }


def facts_of(document: Document) -> list[tuple[str, Any]]:
    """What stands beside the pages; facts that a letter does not have are left out."""
    facts = [
        (_("Number"), document.number),
        (_("Version"), document.revision if document.state in OPEN_STATES else ""),
        (_("Date"), date_format(document.dated_on, "j F Y") if document.dated_on else ""),
        (_("Addressee"), document.addressee),
        (_("Urgency"), URGENCIES[Urgency(document.urgency)]),
        (_("Secrecy"), SECRECIES[Secrecy(document.secrecy)]),
        (_("Signed as"), FORMS[SigningForm(document.signing_form)]),
        (_("Signatory"), document.signatory_name),
        (_("Position"), document.signatory_title),
        (_("Drafted by"), document.created_by.person.name if document.created_by else ""),
    ]
    return [(str(label), value) for label, value in facts if value]
