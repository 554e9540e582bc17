"""The sheet of a letter: what belongs together on the page."""

from dataclasses import dataclass, field

from django.forms import Form
from django.http import QueryDict

from pendopo.intake.forms.disposition import DispositionForm
from pendopo.intake.forms.registration import RegistrationForm
from pendopo.intake.models import ServiceRequest
from pendopo.intake.queries.desk import DeskItem
from pendopo.intake.queries.policy import the_policy
from pendopo.intake.queries.recipients import instructions_in_use, recipients_for
from pendopo.intake.queries.requests import suspected_duplicates, visible_requests
from pendopo.intake.rules.desk import Work
from pendopo.intake.rules.requests import Register
from pendopo.intake.rules.states import RequestState
from pendopo.people.models import Account

DUPLICATES_AT_MOST = 5


@dataclass
class Sheet:
    """The forms of one letter.

    ``registration`` is there while the letter is not registered; ``stands`` is the state in which
    the page was shown, so that who comes too late learns it and keeps what was typed.
    """

    case: ServiceRequest
    item: DeskItem | None
    stands: str
    registration: RegistrationForm | None
    disposition: DispositionForm
    duplicates: list[ServiceRequest] = field(default_factory=list)
    refusal: str = ""

    @property
    def holder(self) -> Account | None:
        """The absent one in whose place the letter is dealt with."""
        return self.item.holder if self.item else None

    @property
    def is_current(self) -> bool:
        """Whether the letter still lies here as it did when the page was shown."""
        return self.item is not None and self.case.state == self.stands

    @property
    def is_late(self) -> bool:
        """Whether the request went ahead of its letter, which is then registered and nothing
        more."""
        registers = self.item is not None and self.item.work == Work.REGISTER
        return registers and self.case.state != RequestState.SUBMITTED

    def is_valid(self, step: str) -> bool:
        """Whether what this button needs was filled in well."""
        needed: list[Form] = [self.registration] if self.registration else []
        if step != "register":
            needed = [*needed, self.disposition]
        # All of them, not the first wrong one: every error is shown at once.
        return all([form.is_valid() for form in needed])  # noqa: C419


def sheet_for(
    account: Account, case: ServiceRequest, item: DeskItem | None, data: QueryDict | None = None
) -> Sheet:
    """The sheet of a letter, with what was handed over. Ten queries at most."""
    stands = data.get("stands", "") if data is not None else case.state
    registration = None
    duplicates: list[ServiceRequest] = []
    registers = item is not None and item.work == Work.REGISTER
    if stands == RequestState.SUBMITTED or (registers and stands == case.state):
        is_external = the_policy().register == Register.EXTERNAL
        registration = RegistrationForm(data, case, is_external=is_external)
        found = suspected_duplicates(case).filter(pk__in=visible_requests(account).values("pk"))
        duplicates = list(found[:DUPLICATES_AT_MOST])
    holder = (item.holder if item else None) or account
    disposition = DispositionForm(
        data,
        recipients=recipients_for(holder, [account]),
        instructions=instructions_in_use(),
        due_on=case.answer_due,
    )
    return Sheet(case, item, stands, registration, disposition, duplicates)


def bulk_sheet(account: Account, data: QueryDict | None) -> DispositionForm:
    """One disposition for several letters. Six queries at most."""
    return DispositionForm(
        data, recipients=recipients_for(account), instructions=instructions_in_use()
    )
