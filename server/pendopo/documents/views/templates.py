"""`/pengaturan/templat/`: the words of the office's letters, beside a picture of the paper."""

import base64
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.documents import drawing
from pendopo.documents.actions import templates as actions
from pendopo.documents.forms.templates import TemplateForm
from pendopo.documents.models import Template
from pendopo.documents.queries import papers as queries
from pendopo.documents.rules import DocumentKind
from pendopo.documents.rules.placeholders import REQUIRED, TEMPLATE_KINDS
from pendopo.documents.rules.templates import Words
from pendopo.documents.wording import KINDS, PLACEHOLDERS
from pendopo.foundation.errors import Refused
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission

may_change = permission_required(Permission.CHANGE_SERVICE, Permission.CHANGE_OFFICE)
_PREVIEW_WIDTH = 900
_VERSIONS_SHOWN = 30


@never_cache
@may_change
@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """The kinds of letters that have words, and in which version."""
    newest = queries.newest_versions()
    rows = [
        {"kind": kind, "title": KINDS[kind], "newest": newest.get(kind)} for kind in TEMPLATE_KINDS
    ]
    return render(request, "documents/template_list.html", {"rows": rows})


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The words of a kind of letter beside their picture; saved as a new version."""
    found = _kind(kind)
    versions = list(queries.versions(found)[:_VERSIONS_SHOWN])
    newest = versions[0] if versions else None
    now = queries.words_of(newest, found)
    if request.method != "POST":
        form = TemplateForm(initial={**vars(now), "seen": newest.version if newest else 1})
        return _page(request, found, form, now, versions)
    form = TemplateForm(request.POST)
    if form.is_valid():
        try:
            words = actions.checked(found, form.words())
            if "preview" in request.POST:
                return _page(request, found, form, words, versions)
            actions.save_template(found, words, form.cleaned_data["seen"], signed_in(request))
            messages.success(request, _("Saved. Letters from now on have these words."))
            return redirect("template", kind)
        except Refused as refused:
            form.add_error(None, refused.sentence)
            if refused.code == "changed_meanwhile" and newest:
                # What the other one wrote has now been pointed out: the next try may replace it.
                form.data = {**request.POST.dict(), "seen": newest.version}
    return _page(request, found, form, now, versions, status=422)


def _page(
    request: HttpRequest,
    kind: DocumentKind,
    form: TemplateForm,
    words: Words,
    versions: list[Template],
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "kind": kind,
        "title": KINDS[kind],
        "form": form,
        "picture": _picture(kind, words, form),
        "previewed": status == 200 and request.method == "POST",
        "versions": versions,
        "placeholders": [
            (f"{{{name}}}", words, name in REQUIRED[kind]) for name, words in PLACEHOLDERS.items()
        ],
    }
    return render(request, "documents/template.html", context, status=status)


def _picture(kind: DocumentKind, words: Words, form: TemplateForm) -> str:
    """The first page with sample values, as an address that holds the picture itself."""
    try:
        pdf = drawing.template_pdf(kind, words)
    except Refused as refused:
        if form.is_bound:
            form.add_error(None, refused.sentence)
        return ""
    picture = drawing.page_picture(pdf, 1, _PREVIEW_WIDTH) or b""
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


@may_change
@require_POST
def template_restore(request: HttpRequest, kind: str, version: int) -> HttpResponse:
    """The words of an old version, as a new one."""
    found = _kind(kind)
    seen = request.POST.get("seen", "")
    try:
        actions.restore_template(
            found, version, int(seen) if seen.isdecimal() else 0, signed_in(request)
        )
        messages.success(request, _("Saved. Letters from now on have these words."))
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, refused.sentence)
    return redirect("template", kind)


def _kind(kind: str) -> DocumentKind:
    if kind not in TEMPLATE_KINDS:
        raise Refused("not_found")
    return DocumentKind(kind)
