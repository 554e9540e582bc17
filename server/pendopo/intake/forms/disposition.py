"""To whom a letter goes, by when, and what to do with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendopo.foundation import clock
from pendopo.intake.actions.disposition import DispositionOrder
from pendopo.intake.forms.registration import day_input
from pendopo.intake.queries.recipients import Recipient
from pendopo.people.models import Account


@dataclass(frozen=True)
class RecipientRow:
    """A recipient with the two fields of the form."""

    recipient: Recipient
    tick: BoundField
    due_on: BoundField


class DispositionForm(forms.Form):
    """Recipients, each with a day; instructions to tick; a note.

    Those whom the chain names are ticked. ``due_on`` is offered while that day is not over.
    """

    def __init__(
        self,
        *args: Any,
        recipients: Sequence[Recipient],
        instructions: Sequence[str],
        due_on: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.recipients = recipients
        today = timezone.localdate(clock.now())
        day = due_on if due_on and due_on >= today else None
        # Where the chain names several, one of them is enough; who sends chooses.
        suggested = [each for each in recipients if each.is_suggested]
        for each in recipients:
            self.fields[f"to-{each.account.pk}"] = forms.BooleanField(
                label=each.name, required=False, initial=suggested == [each]
            )
            self.fields[f"due-{each.account.pk}"] = forms.DateField(
                label=_("Due on"), required=False, initial=day, widget=day_input()
            )
        self.fields["instructions"] = forms.MultipleChoiceField(
            label=_("Instructions"),
            choices=[(text, text) for text in instructions],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["note"] = forms.CharField(
            label=_("Note"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
        )

    def rows(self) -> Iterator[RecipientRow]:
        """The recipients as the page shows them."""
        for each in self.recipients:
            key = each.account.pk
            yield RecipientRow(each, self[f"to-{key}"], self[f"due-{key}"])

    def order(self, in_place_of: Account | None) -> DispositionOrder:
        """What was filled in, once the form is valid."""
        given = self.cleaned_data
        return DispositionOrder(
            to={
                each.account: given[f"due-{each.account.pk}"]
                for each in self.recipients
                if given[f"to-{each.account.pk}"]
            },
            instructions=tuple(given["instructions"]),
            note=given["note"],
            in_place_of=in_place_of,
        )
