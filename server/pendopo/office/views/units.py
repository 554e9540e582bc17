"""The tree of units, and the positions in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.foundation.errors import Refused
from pendopo.office import queries
from pendopo.office.actions import units as actions
from pendopo.office.forms.units import PositionForm, UnitForm
from pendopo.office.models import AgencyUnit, Position
from pendopo.office.rules import UnitKind
from pendopo.office.wording import TENURES, UNIT_KINDS
from pendopo.people.authentication import permission_required, signed_in
from pendopo.people.rules import Permission

may_read = permission_required(Permission.READ_UNITS)
may_change = permission_required(Permission.CHANGE_UNITS)


@never_cache
@may_read
@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """All units as a tree."""
    branches = [
        {"unit": b.unit, "depth": min(b.depth, 6), "kind": UNIT_KINDS[UnitKind(b.unit.kind)]}
        for b in queries.unit_tree()
    ]
    return render(request, "office/unit_list.html", {"branches": branches})


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def unit_new(request: HttpRequest) -> HttpResponse:
    """Adds a unit."""
    form = UnitForm(request.POST or None, initial={"parent": request.GET.get("induk")})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.create_unit(
                values["name"], values["kind"], values["parent"], signed_in(request)
            )
            messages.success(request, _("Saved."))
            return redirect("unit-list")
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return render(request, "office/unit.html", {"form": form}, status=422 if form.errors else 200)


def _unit(slug: str) -> AgencyUnit:
    unit = AgencyUnit.objects.filter(slug=slug).first()
    if unit is None:
        raise Refused("not_found")
    return unit


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def unit_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes a unit."""
    unit = _unit(slug)
    form = UnitForm(request.POST or None, instance=_unit(slug))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_unit(unit, form.cleaned_data, signed_in(request))
            messages.success(request, _("Saved."))
            return redirect("unit-list")
        except Refused as refused:
            form.add_error(
                "parent" if refused.code == "unit_in_a_circle" else None, refused.sentence
            )
    context = {"form": form, "unit": unit}
    return render(request, "office/unit.html", context, status=422 if form.errors else 200)


@may_change
@require_POST
def unit_use(request: HttpRequest, slug: str) -> HttpResponse:
    """Puts a unit out of use, or back into it."""
    in_use = request.POST.get("in_use") == "true"
    actions.change_unit(_unit(slug), {"is_active": in_use}, signed_in(request))
    return redirect("unit-list")


@may_change
@require_POST
def unit_delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Deletes a unit that nothing refers to."""
    try:
        actions.delete_unit(_unit(slug), signed_in(request))
        messages.success(request, _("Deleted."))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("unit-change", slug=slug)
    return redirect("unit-list")


@never_cache
@may_read
@require_safe
def position_list(request: HttpRequest) -> HttpResponse:
    """Who holds which position."""
    tenures = dict(TENURES)
    rows = [{"position": p, "tenure": tenures[p.tenure]} for p in queries.positions()]  # type: ignore[index]
    return render(request, "office/position_list.html", {"rows": rows})


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def position_edit(request: HttpRequest, position_id: str = "") -> HttpResponse:
    """Adds or changes a position."""
    position = _position(position_id) if position_id else None
    form = PositionForm(request.POST or None, instance=position)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_position(form.save(commit=False), signed_in(request))
            messages.success(request, _("Saved."))
            return redirect("position-list")
        except Refused as refused:
            form.add_error("title", refused.sentence)
    context = {"form": form, "position": position}
    return render(request, "office/position.html", context, status=422 if form.errors else 200)


@may_change
@require_POST
def position_delete(request: HttpRequest, position_id: str) -> HttpResponse:
    """Deletes a position."""
    actions.delete_position(_position(position_id), signed_in(request))
    messages.success(request, _("Deleted."))
    return redirect("position-list")


def _position(position_id: str) -> Position:
    position = Position.objects.filter(pk=position_id).first()
    if position is None:
        raise Refused("not_found")
    return position
