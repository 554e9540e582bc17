"""The office's lists: instructions of a disposition, reasons of a rejection."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.foundation.errors import Refused
from pendopo.intake.actions.lists import save_instruction, save_reason
from pendopo.intake.forms.settings import InstructionForm, ReasonForm
from pendopo.intake.models import Instruction, RejectionReason
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.models import Account
from pendopo.people.rules import Permission

may_change = permission_required(Permission.CHANGE_SERVICE, Permission.CHANGE_OFFICE)


@never_cache
@may_change
@require_safe
def instruction_list(request: HttpRequest) -> HttpResponse:
    """All instructions in the order of the sheet."""
    context = {"instructions": Instruction.objects.all()}
    return render(request, "intake/requests/instruction_list.html", context)


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def instruction_edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """Adds an instruction, changes one, or takes it out of use."""
    row = _row(Instruction, pk)
    form = InstructionForm(request.POST or None, instance=row)
    return _edit(request, form, save_instruction, "instruction")


@never_cache
@may_change
@require_safe
def reason_list(request: HttpRequest) -> HttpResponse:
    """All reasons with their sentences."""
    context = {"reasons": RejectionReason.objects.all()}
    return render(request, "intake/requests/reason_list.html", context)


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def reason_edit(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """Adds a reason, changes one, or takes it out of use."""
    row = _row(RejectionReason, pk)
    form = ReasonForm(request.POST or None, instance=row)
    return _edit(request, form, save_reason, "reason")


def _row(model: Any, pk: int) -> Any:
    if not pk:
        return None
    found = model.objects.filter(pk=pk).first() if pk < 2**31 else None
    if found is None:
        raise Refused("not_found")
    return found


def _edit(
    request: HttpRequest, form: "ModelForm[Any]", save: Callable[[Any, Account], None], what: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save(form.save(commit=False), signed_in(request))
            messages.success(request, _("Saved."))
            return redirect(f"{what}-list")
        except Refused as refused:
            form.add_error(None, refused.sentence)
    context = {"form": form, "what": what, "is_new": form.instance.pk is None}
    status = 422 if form.errors else 200
    return render(request, "intake/requests/list_item.html", context, status=status)
