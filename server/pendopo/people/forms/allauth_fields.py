"""The fields of allauth's forms, named as we name ours."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

NEW_PASSWORD_HINT = _("At least ten characters. A sentence of four words is easy to remember.")


def word(form: forms.BaseForm, **labels: "_StrOrPromise") -> None:
    """Gives fields their labels; a placeholder or a help text that repeats a label goes."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = NEW_PASSWORD_HINT if name == "password1" else ""
        if name in labels:
            field.label = labels[name]


def code_input(form: forms.BaseForm, **attributes: Any) -> None:
    """A field for six digits: the number keys, and the code that the phone offers."""
    form.fields["code"].widget.attrs.update(
        {"inputmode": "numeric", "autocomplete": "one-time-code", **attributes}
    )
