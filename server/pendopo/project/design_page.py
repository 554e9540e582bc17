"""`/design`: every piece of the pages in every state, for whoever builds or judges one."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pendopo.foundation.templatetags.icons import icon_names
from pendopo.office.queries import office_or_default

COLOURS = (
    ("page", "surface", "sunk", "ink", "muted", "edge", "line"),
    ("wedel", "wedel-hover", "wedel-soft", "soga", "soga-soft", "prada", "focus"),
    ("ok", "ok-soft", "warn", "warn-soft", "bad", "bad-soft"),
    ("class-1", "class-2", "class-3", "class-4", "class-5"),
    (
        "stage",
        "stage-tile",
        "stage-bar",
        "stage-ink",
        "stage-muted",
        "stage-speaking",
        "stage-leave",
    ),
    ("wall", "wall-card", "wall-ink", "wall-ok", "wall-warn", "wall-bad", "wall-forecast"),
)
DRAWINGS = (
    "empty_mat",
    "empty_tray",
    "empty_lectern",
    "empty_seats",
    "no_hall",
    "no_steps",
    "fallen_post",
)
LONG_NAME = "Prof. Dr. Ir. H. Mochammad Fadjroel Rachmadi Kusumahadiningrat, S.H., M.Si., M.M."


class _Pieces(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Name"), max_length=160)
    address = forms.CharField(
        label=_("Address"), required=False, help_text=_("Leave empty if you do not know yet.")
    )
    paper = forms.ChoiceField(label=_("Paper"), choices=[("A4", "A4"), ("F4", "F4")])
    starts_at = forms.DateTimeField(
        label=_("Starts"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    text = forms.CharField(label=_("Text"), widget=forms.Textarea, required=False)
    in_use = forms.BooleanField(label=_("In use"), required=False)
    file = forms.FileField(label=_("Picture"), required=False)


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """The pieces; it shows no data of the office but its letterhead."""
    wrong = _Pieces({"name": "", "address": LONG_NAME, "paper": "A3", "starts_at": "kemarin"})
    wrong.add_error(None, _("There is one with this name already."))
    context: dict[str, Any] = {
        "colours": COLOURS,
        "drawings": [f"foundation/drawings/{name}.html" for name in DRAWINGS],
        "icons": icon_names(),
        "form": _Pieces(initial={"name": LONG_NAME}, auto_id="right_%s"),
        "wrong": wrong,
        "long_name": LONG_NAME,
        "office": office_or_default(),
    }
    return render(request, "project/design.html", context)
