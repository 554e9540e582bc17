"""Units, organisations and positions."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.foundation.plain_text import storable
from pendopo.office.models import AgencyUnit, CommunityOrganization, Position
from pendopo.office.queries import unit_tree
from pendopo.office.wording import TENURES, UNIT_KINDS
from pendopo.people.models import Account

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
    _ModelChoiceField = forms.ModelChoiceField[Any]
else:
    _ModelForm, _ModelChoiceField = forms.ModelForm, forms.ModelChoiceField


class UnitChoice(_ModelChoiceField):
    """Units as a tree: the deeper, the further in."""

    def __init__(self, **more: Any) -> None:
        super().__init__(AgencyUnit.objects.all(), **more)
        self.choices = [
            ("", "–"),
            *((b.unit.pk, "\u2003" * b.depth + b.unit.name) for b in unit_tree()),
        ]


class UnitForm(_ModelForm):
    """A unit's name, kind, and where it stands in the tree."""

    class Meta:
        model = AgencyUnit
        fields: ClassVar = ["name", "kind", "parent"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind"), choices=[(kind.value, words) for kind, words in UNIT_KINDS.items()]
        )
        self.fields["parent"] = UnitChoice(label=_("Belongs to"), required=False)


class OrganisationForm(_ModelForm):
    """A community organisation."""

    class Meta:
        model = CommunityOrganization
        fields: ClassVar = ["name", "registration_number", "address", "is_active"]
        labels: ClassVar = {"is_active": _("In use")}


class PositionForm(_ModelForm):
    """A position and who holds it."""

    class Meta:
        model = Position
        fields: ClassVar = ["title", "unit", "account", "tenure"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who holds it now stays in the list, also when the account is out of use.
        may_hold = Q(is_active=True) | Q(pk=self.instance.account_id)
        holders = Account.objects.filter(may_hold).select_related("person")
        self.fields["unit"] = UnitChoice(label=_("Unit"))
        self.fields["account"] = forms.ModelChoiceField(
            holders.order_by("person__name"),
            label=_("Held by"),
            required=False,
            empty_label=gettext("Nobody, it is vacant"),
        )
        self.fields["account"].label_from_instance = lambda account: account.person.name  # type: ignore[attr-defined]
        self.fields["tenure"] = forms.ChoiceField(
            label=_("How it is held"),
            choices=[(tenure.value, words) for tenure, words in TENURES.items()],
        )

    def clean_title(self) -> str:
        return " ".join(storable(self.cleaned_data["title"]).split())
