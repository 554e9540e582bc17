"""What is asked on the screens of a request: ten answers at most are required."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pendopo.files.actions.keeping import Upload
from pendopo.foundation import clock
from pendopo.foundation.errors import Refused
from pendopo.gateways.whatsapp.numbers import normalised
from pendopo.intake.rules.invitations import is_safe_to_pass_on
from pendopo.intake.rules.requests import RequesterClass
from pendopo.intake.rules.wizard import slot_problem
from pendopo.intake.wording import ATTENDANCE
from pendopo.schedule.rules import EventKind, EventRole, Slot
from pendopo.schedule.wording import EVENT_KINDS

DAYS_AT_MOST = 14
LETTER_KINDS = "image/*,.heic,.heif,application/pdf"
DATES = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
TIMES = ["%H:%M", "%H.%M", "%H:%M:%S"]
_PAST = _("This day is over. Choose a later one.")
_ORDER = _("The end comes after the start. Correct one of the two.")


def needed(message: "Words") -> "dict[str, Words]":
    """The sentence of a required field, which says what to do; the page's script uses it too."""
    return {"required": message}


class WizardForm(forms.Form):
    """Errors stand under their field in our words; the browser's own bubbles stay away."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "label_suffix": ""})
        for field in self.fields.values():
            if field.required:
                field.widget.attrs["data-missing"] = field.error_messages["required"]


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Upload]:
        return files.getlist(name) if hasattr(files, "getlist") else list(files.get(name, []))


class FilesField(forms.FileField):
    """As many files as somebody chooses, in their order; their content is judged where it is
    kept."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(FilesField, self).clean(each, initial) for each in given if each]


class LetterForm(WizardForm):
    """The letter as photos or PDF, or that it follows."""

    letter = FilesField(label=_("Photos or PDF of the letter"), required=False, max_length=200)
    letter_follows = forms.BooleanField(
        label=_("The letter follows; I send it later"), required=False
    )
    letter_number = forms.CharField(label=_("Letter number"), max_length=80, required=False)
    letter_date = forms.DateField(
        label=_("Date of the letter"),
        required=False,
        input_formats=DATES,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    signatory_name = forms.CharField(label=_("Signed by"), max_length=100, required=False)
    signatory_position = forms.CharField(
        label=_("Position of who signed"), max_length=160, required=False
    )

    def __init__(self, *args: Any, has_letter: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_letter = has_letter
        self.fields["letter"].widget.attrs["accept"] = LETTER_KINDS

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        there = values.get("letter") or values.get("letter_follows") or self.has_letter
        if not there and "letter" not in self.errors:
            self.add_error("letter", NO_LETTER)
        return values


NO_LETTER = _("Photograph the letter or choose a file, or tick that it follows.")


class WhoForm(WizardForm):
    """Who asks, and how to reach them."""

    requester_class = forms.ChoiceField(
        label=_("You ask for"),
        choices=[
            (RequesterClass.COMMUNITY.value, _("An organisation or a community")),
            (RequesterClass.GOVERNMENT.value, _("A government office, a village or a school")),
        ],
        widget=forms.RadioSelect,
        error_messages=needed(_("Choose one of the two.")),
    )
    organisation_name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=160,
        widget=forms.TextInput({"autocomplete": "organization", "autocapitalize": "words"}),
        error_messages=needed(_("Write for whom you ask, such as “PKK Desa Sukamaju”.")),
    )
    contact_name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "name", "autocapitalize": "words"}),
        error_messages=needed(_("Write your name, so that we know whom to address.")),
    )
    contact_whatsapp = forms.CharField(
        label=_("WhatsApp number"),
        max_length=25,
        help_text=_("Our answer comes to this number."),
        widget=forms.TextInput(
            {"type": "tel", "inputmode": "tel", "autocomplete": "tel", "placeholder": "0812…"}
        ),
        error_messages=needed(_("Write the number to which we answer, such as 0812 3456 7890.")),
    )
    contact_email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("If you have one, the signed letter comes there too."),
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
    )

    def __init__(self, *args: Any, unit_name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_whatsapp"].widget.attrs["data-wrong"] = WRONG_NUMBER
        if unit_name:
            # Whose unit it is, the account says; nobody types it.
            del self.fields["requester_class"], self.fields["organisation_name"]

    def clean_contact_whatsapp(self) -> str:
        number = normalised(self.cleaned_data["contact_whatsapp"])
        if not number:
            raise forms.ValidationError(WRONG_NUMBER)
        return number


WRONG_NUMBER = _("This is no telephone number. Write it such as 0812 3456 7890.")


class SlotForm(WizardForm):
    """One day of the event, with its times in the office's zone."""

    day = forms.DateField(
        label=_("Day"),
        input_formats=DATES,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages=needed(_("Choose the day.")),
    )
    starts = forms.TimeField(
        label=_("From"),
        input_formats=TIMES,
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
        error_messages=needed(_("Choose when it begins.")),
    )
    ends = forms.TimeField(
        label=_("Until"),
        input_formats=TIMES,
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
        error_messages=needed(_("Choose when it ends; an estimate is enough.")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.attrs["data-past"] = _PAST
        self.fields["ends"].widget.attrs["data-order"] = _ORDER

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if {"day", "starts", "ends"} <= values.keys():
            today = timezone.localdate(clock.now())
            problem = slot_problem(values["day"], values["starts"], values["ends"], today)
            if problem == "past":
                self.add_error("day", _PAST)
            elif problem:
                self.add_error("ends", _ORDER)
        return values

    def slot(self) -> Slot:
        """The checked day in UTC."""
        values = self.cleaned_data
        starts, ends = (
            timezone.make_aware(datetime.combine(values["day"], values[name]))
            for name in ("starts", "ends")
        )
        return Slot(starts, ends)


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise
    _FormSet = forms.BaseFormSet[SlotForm]
else:
    _FormSet = forms.BaseFormSet


class _Slots(_FormSet):
    """The days of an event; none may be left half filled."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for form in self.forms:
            form.empty_permitted = False

    def slots(self) -> list[Slot]:
        """The checked days in order."""
        return sorted((form.slot() for form in self.forms), key=lambda slot: slot.starts_at)


SlotForms = forms.formset_factory(
    SlotForm,
    formset=_Slots,
    extra=0,
    min_num=1,
    max_num=DAYS_AT_MOST,
    absolute_max=DAYS_AT_MOST,
    validate_min=True,
)


def slot_initial(slots: Sequence[Slot]) -> list[dict[str, Any]]:
    """How stored times stand in the fields."""
    rows = []
    for slot in slots:
        starts, ends = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
        rows.append({"day": starts.date(), "starts": starts.time(), "ends": ends.time()})
    return rows


class EventForm(WizardForm):
    """What is held, for how many, and whose meeting it is."""

    event_title = forms.CharField(
        label=_("Name of the event"),
        max_length=160,
        error_messages=needed(_("Write what it is called, such as “Rapat koordinasi kader”.")),
    )
    people = forms.IntegerField(
        label=_("Expected people"),
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput({"inputmode": "numeric", "pattern": "[0-9]*"}),
        error_messages={"invalid": _("Write a number, such as 40.")},
    )
    attendance = forms.ChoiceField(
        label=_("How do they attend?"),
        choices=[(mode.value, words) for mode, words in ATTENDANCE.items()],
        widget=forms.RadioSelect,
        error_messages=needed(_("Choose how people attend.")),
    )
    role = forms.ChoiceField(
        label=_("Whose meeting is it?"),
        choices=[
            (EventRole.HOST.value, _("Ours: the office prepares the meeting")),
            (EventRole.CLIENT.value, _("We join somebody else's meeting")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    outside_url = forms.CharField(
        label=_("Link"),
        max_length=500,
        required=False,
        widget=forms.TextInput({"type": "url", "inputmode": "url"}),
    )
    outside_meeting_id = forms.CharField(label=_("Meeting ID"), max_length=60, required=False)
    outside_passcode = forms.CharField(
        label=_("Passcode"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    outside_organiser = forms.CharField(label=_("Organiser"), max_length=160, required=False)
    outside_platform = forms.CharField(max_length=12, required=False, widget=forms.HiddenInput)
    event_kind = forms.ChoiceField(
        label=_("Kind of event"),
        choices=[(kind.value, words) for kind, words in EVENT_KINDS.items()],
        required=False,
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    is_open = forms.BooleanField(label=_("Open to the public"), required=False)
    needs_operator = forms.BooleanField(label=_("We need an operator on site"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["people"]
        people.error_messages["required"] = _("Write about how many people attend.")
        people.widget.attrs["data-missing"] = people.error_messages["required"]
        people.widget.attrs["data-wrong"] = people.error_messages["invalid"]

    def clean_role(self) -> str:
        return self.cleaned_data["role"] or EventRole.HOST.value

    def clean_event_kind(self) -> str:
        return self.cleaned_data["event_kind"] or EventKind.MEETING.value

    def clean_outside_url(self) -> str:
        url: str = self.cleaned_data["outside_url"].strip()
        if url and not url.lower().startswith("https://"):
            raise forms.ValidationError(_("A link begins with https://. Paste it whole."))
        if url and not is_safe_to_pass_on(url):
            raise forms.ValidationError(Refused("outside_link_unsafe").sentence)
        return url


class BookingForm(SlotForm):
    """A unit's standard meeting on one short form."""

    event_title = forms.CharField(label=_("Name of the event"), max_length=160)
    people = EventForm.base_fields["people"]
    attendance = EventForm.base_fields["attendance"]
    needs_operator = forms.BooleanField(label=_("We need an operator on site"), required=False)
    letter = FilesField(
        label=_("Photos or PDF of the letter"),
        required=False,
        max_length=200,
        widget=FilesInput({"accept": LETTER_KINDS}),
    )
    field_order = (
        "event_title", "day", "starts", "ends", "people", "attendance", "needs_operator", "letter",
    )  # fmt: skip


class CodeForm(WizardForm):
    """The code from the message."""

    typed = forms.RegexField(
        r"^\s*[0-9 ]{6,8}\s*$",
        label=_("Code from the message"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={
            "required": _("Type the six digits of the message."),
            "invalid": _("The code has six digits."),
        },
    )

    def clean_typed(self) -> str:
        return str(self.cleaned_data["typed"]).replace(" ", "")
