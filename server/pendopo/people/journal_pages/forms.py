"""What readers of the journal look for."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendopo.journal.queries import Filter
from pendopo.journal.rules import is_pseudonym
from pendopo.journal.trails import areas, kinds_in

_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class EntriesForm(forms.Form):
    """Which entries to show; every field may stay empty."""

    area = forms.ChoiceField(label=_("About"), required=False)
    first = forms.DateField(label=_("From"), required=False, widget=_day())
    last = forms.DateField(label=_("To"), required=False, widget=_day())
    subject = forms.CharField(
        label=_("Id of a subject or actor"),
        required=False,
        max_length=100,
        help_text=_("As in the details of an entry, for example people.account:0193…"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = sorted(((area, str(label)) for area, label in areas().items()), key=_by_label)
        self.fields["area"].choices = [("", _("Everything")), *choices]  # type: ignore[attr-defined]

    def clean_subject(self) -> str:
        """Whatever can't be an id is not sought."""
        subject: str = self.cleaned_data["subject"].strip()
        if subject and not is_pseudonym(subject):
            raise forms.ValidationError(_("This is not an id. Seek a person by name under People."))
        return subject

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for field in ("first", "last"):
            if (day := values.get(field)) and not _FIRST <= day <= _LAST:
                self.add_error(field, _("Give a day between the years 2000 and 2099."))
        if (first := values.get("first")) and (last := values.get("last")) and last < first:
            self.add_error("last", _("The last day must not come before the first."))
        return values

    def wanted(self) -> Filter:
        """The filter that was filled in; of a form with errors, everything."""
        if not self.is_valid():
            return Filter()
        values = self.cleaned_data
        after = values["last"] + timedelta(days=1) if values["last"] else None
        return Filter(
            kinds=tuple(kinds_in(values["area"])),
            since=_midnight(values["first"]),
            until=_midnight(after),
            about=(values["subject"],) if values["subject"] else (),
        )


def _by_label(choice: tuple[str, str]) -> str:
    return choice[1].casefold()


def _midnight(day: date | None) -> datetime | None:
    """The beginning of a day in the office's zone."""
    return timezone.make_aware(datetime.combine(day, time())) if day else None


class PersonForm(forms.Form):
    """Whose entries are sought."""

    who = forms.CharField(label=_("Name or e-mail"), min_length=3, max_length=100)


class HoldForm(forms.Form):
    """Why nothing may be dropped."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("For example the file number of a court. Name no persons."),
    )
