"""The signing desk, and what else a signed letter can come to."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.documents.actions.revocation import revoke_document
from pendopo.documents.actions.signed_copies import Brought, attach_signed_copy
from pendopo.documents.actions.signing import Outcome, sign_documents
from pendopo.documents.drawing import letter_pdf, page_count, page_picture
from pendopo.documents.forms.signing import RevokeForm, SignedCopyForm, SignForm
from pendopo.documents.models import Document
from pendopo.documents.queries.papers import document_for, initials_of
from pendopo.documents.queries.signing import (
    MOST_WAITING,
    chosen_by,
    credential_of,
    the_signing_policy,
    waiting_for,
)
from pendopo.documents.rules import OPEN_STATES, Method
from pendopo.documents.wording import COPIES, KINDS
from pendopo.foundation.errors import Refused
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.models import Account
from pendopo.people.rules import Permission


@never_cache
@sensitive_post_parameters("passphrase")
@permission_required(Permission.SIGN_DOCUMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("form")
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for one's signature; several are signed with one entry of the passphrase."""
    account = signed_in(request)
    if request.method != "POST":
        return _desk(request, account, SignForm())
    form = SignForm(request.POST)
    chosen = chosen_by(account, request.POST.getlist("papers"))
    if not chosen:
        form.add_error(None, _("Choose at least one letter."))
    if not form.is_valid():
        return _desk(request, account, form, status=422)
    try:
        outcomes = sign_documents(chosen, account, form.given, _seen(request))
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _desk(request, account, form, status=refused.status)
    if not any(each.is_signed for each in outcomes) and len({*_codes(outcomes)}) == 1:
        first = outcomes[0].refused
        assert first is not None
        form.add_error(None, first.sentence)
        return _desk(request, account, form, status=first.status)
    done = {"outcomes": outcomes, "signed": sum(each.is_signed for each in outcomes)}
    return render(request, "documents/signing_done.html", done)


def _seen(request: HttpRequest) -> dict[UUID, int]:
    """Which revision of which letter stood on the page; what is no such pair is left out."""
    found = {}
    for each in request.POST.getlist("seen"):
        paper, _colon, revision = each.partition(":")
        with suppress(ValueError):
            found[UUID(paper)] = int(revision)
    return found


def _codes(outcomes: list[Outcome]) -> list[str]:
    return [each.refused.code for each in outcomes if each.refused]


def _desk(
    request: HttpRequest, account: Account, form: SignForm, status: int = 200
) -> HttpResponse:
    policy = the_signing_policy()
    by_hand = policy.method == Method.SCAN
    # Those that were ticked on the desk stand alone, as long as they wait.
    ticked = [
        each
        for each in chosen_by(account, request.GET.getlist("papers"))
        if each.state in OPEN_STATES
    ]
    waiting = ticked or list(waiting_for(account)[: MOST_WAITING + 1])
    all_chosen = bool(ticked) or "semua" in request.GET
    # After a wrong passphrase: what was changed meanwhile has to be ticked once more.
    chosen, seen = set(request.POST.getlist("papers")), _seen(request)
    context = {
        "form": form,
        "by_hand": by_hand,
        "credential": None if by_hand else credential_of(account, Method(policy.method)),
        "stamped": bool(policy.timestamp_url) or policy.method == Method.BSRE,
        "more": len(waiting) > MOST_WAITING,
        "all_chosen": all_chosen,
        "letters": [
            {
                "document": each,
                "kind": KINDS[each.kind],  # type: ignore[index]  # stored as its value
                # A line each on the paper; the place ("di Tempat") tells nothing here.
                "addressee": (each.addressee.splitlines() or [""])[:2][-1],
                "chosen": all_chosen
                or (str(each.pk) in chosen and seen.get(each.pk) == each.revision),
            }
            for each in waiting[:MOST_WAITING]
        ],
    }
    return render(request, "documents/signing_desk.html", context, status=status)


@never_cache
@permission_required(Permission.SIGN_DOCUMENTS)
@require_safe
def preview(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """All pages of a letter that waits, as pictures, where it is signed, and its neighbours.

    Raises ``Refused('document_not_found')``.
    """
    document, account = _waiting(request, document_id), signed_in(request)
    policy = the_signing_policy()
    by_hand = policy.method == Method.SCAN
    waiting = list(waiting_for(account).values_list("pk", flat=True)[:MOST_WAITING])
    place = waiting.index(document.pk) if document.pk in waiting else len(waiting)
    context = {
        "document": document,
        "pages": range(1, page_count(letter_pdf(document, None)) + 1),
        "initials": initials_of(document),
        "by_hand": by_hand,
        "credential": None if by_hand else credential_of(account, Method(policy.method)),
        "form": SignForm(),
        "previous": waiting[place - 1] if place else None,
        "next": next(iter(waiting[place + 1 :]), None),
    }
    return render(request, "documents/signing_preview.html", context)


@never_cache
@permission_required(Permission.SIGN_DOCUMENTS)
@require_safe
def preview_page(request: HttpRequest, document_id: UUID, page: int) -> HttpResponse:
    """One page of a letter that waits, as PNG. Raises ``Refused('document_not_found')``."""
    picture = page_picture(letter_pdf(_waiting(request, document_id), None), page)
    if picture is None:
        raise Refused("not_found")
    return HttpResponse(picture, content_type="image/png")


def _waiting(request: HttpRequest, document_id: UUID) -> Document:
    found = waiting_for(signed_in(request)).filter(pk=document_id).first()
    if found is None:
        raise Refused("document_not_found")
    return found


@never_cache
@permission_required(Permission.SIGN_DOCUMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Takes a signed letter back for everybody who checks it."""
    account = signed_in(request)
    document = document_for(account, document_id)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke_document(document, form.cleaned_data["reason"], account)
            messages.success(request, _("The letter is revoked. Its page says so from now on."))
            return redirect("document-verify", code=document.code)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    context = {"form": form, "document": document}
    status = 422 if form.errors else 200
    return render(request, "documents/revoke.html", context, status=status)


@never_cache
@permission_required(Permission.SIGN_DOCUMENTS, Permission.DRAFT_DOCUMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def signed_copy(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Brings back a letter that was signed by hand or in the national letter system."""
    account = signed_in(request)
    document = document_for(account, document_id)
    initial = {
        "number": document.number,
        "dated_on": document.dated_on,
        "seen": document.revision,
    }
    form = SignedCopyForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            copy = Brought(values["copy"], values["number"], values["dated_on"], values["seen"])
            checked = attach_signed_copy(document, copy, account)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            context = {
                "document": document,
                "checked": checked,
                "said": COPIES[checked.copy],
            }
            return render(request, "documents/signed_copy_kept.html", context)
    context = {"form": form, "document": document}
    status = 422 if form.errors else 200
    return render(request, "documents/signed_copy.html", context, status=status)
