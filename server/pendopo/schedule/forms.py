"""What people fill in about rooms."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.schedule.models import Room
from pendopo.schedule.wording import ROOM_KINDS

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Room]
else:
    _ModelForm = forms.ModelForm


class RoomForm(_ModelForm):
    """A room, physical or virtual."""

    class Meta:
        model = Room
        fields: ClassVar = ["name", "kind", "people", "place", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind of room"),
            choices=[(kind.value, words) for kind, words in ROOM_KINDS.items()],
        )
