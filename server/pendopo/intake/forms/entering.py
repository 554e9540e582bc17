"""A letter that came on paper, by WhatsApp or by mail, as staff enter it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pendopo.intake.forms.wizard import EventForm, LetterForm, SlotForm, WhoForm, WizardForm
from pendopo.intake.rules.requests import Channel
from pendopo.intake.wording import CHANNELS
from pendopo.schedule.rules import EventRole, Slot

DAYS = 5


class ChannelForm(WizardForm):
    """How it came."""

    channel = forms.ChoiceField(
        label=_("How did the letter come?"),
        choices=[
            (way.value, CHANNELS[way]) for way in (Channel.PAPER, Channel.WHATSAPP, Channel.MAIL)
        ],
        widget=forms.RadioSelect,
        initial=Channel.PAPER.value,
        error_messages={"required": _("Choose how the letter came.")},
    )


class EnteredLetterForm(LetterForm):
    """The letter in the words of who enters it for somebody else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letter_follows"].label = _("The letter itself is still to come")


class SenderForm(WhoForm):
    """Who sent it, seen from the office."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requester_class"].label = _("The letter comes from")
        self.fields["contact_name"].label = _("Name of the contact")
        self.fields["contact_whatsapp"].help_text = _("The office's answer goes there.")
        self.fields["contact_email"].help_text = _("The signed letter goes there, too.")


EnteredSlotForms = forms.formset_factory(
    SlotForm,
    extra=DAYS - 1,
    min_num=1,
    max_num=DAYS,
    absolute_max=DAYS,
    validate_min=True,
    validate_max=True,
)


class EnteredLetter:
    """All forms of the page; errors stand under their fields."""

    def __init__(
        self, data: QueryDict | None = None, files: Mapping[str, Any] | None = None
    ) -> None:
        self.channel = ChannelForm(data)
        self.letter = EnteredLetterForm(data, files)
        self.who = SenderForm(data)
        self.event = EventForm(data, initial={"role": EventRole.HOST.value})
        self.slots = EnteredSlotForms(
            data,
            prefix="slots",
            error_messages={"too_few_forms": str(_("Give at least one day with its times."))},
        )
        self._forms = (self.channel, self.letter, self.who, self.event)

    def is_valid(self) -> bool:
        """Whether every part is right; all are looked at."""
        return all([form.is_valid() for form in self._forms] + [self.slots.is_valid()])

    @property
    def way(self) -> Channel:
        """How it came."""
        return Channel(self.channel.cleaned_data["channel"])

    @property
    def uploads(self) -> list[Any]:
        """The photos or papers, in their order."""
        return list(self.letter.cleaned_data["letter"])

    def values(self) -> dict[str, Any]:
        """Everything but channel, papers and times, by the names of the request's fields."""
        parts = (self.letter, self.who, self.event)
        given = {name: value for form in parts for name, value in form.cleaned_data.items()}
        return {
            name: value for name, value in given.items() if name not in {"letter", "letter_follows"}
        }

    def times(self) -> list[Slot]:
        """The checked days in order."""
        given = [form.slot() for form in self.slots if form.has_changed()]
        return sorted(given, key=lambda slot: slot.starts_at)
