"""Who is away, and who stands in."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.people.models import Account
from pendopo.people.queries import accounts_with
from pendopo.people.rules import Permission

if TYPE_CHECKING:
    _Choice = forms.ModelChoiceField[Account]
else:
    _Choice = forms.ModelChoiceField


class _Person(_Choice):
    """A choice of accounts by name."""

    def label_from_instance(self, obj: Account) -> str:
        return obj.person.name


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"required": _("Choose the day.")},
    )


class AbsenceForm(forms.Form):
    """Of oneself; whoever may note it for others chooses who is away."""

    use_required_attribute = False

    holder = _Person(Account.objects.none(), label=_("Who is away"))
    deputy = _Person(
        Account.objects.none(),
        label=_("Deputy"),
        error_messages={"required": _("Choose who stands in.")},
    )
    first_day = _day(_("First day"))
    last_day = _day(_("Last day"))

    def __init__(self, *args: Any, for_others: bool, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        working = accounts_with(Permission.DISPOSE_LETTERS).select_related("person")
        people = working.order_by("person__name", "pk")
        for name in ("holder", "deputy"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
        self.fields["holder"].initial = account
        if not for_others:
            del self.fields["holder"]
            self.fields["deputy"].queryset = people.exclude(pk=account.pk)  # type: ignore[attr-defined]
