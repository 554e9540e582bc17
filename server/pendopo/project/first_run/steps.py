"""The steps of the first run, and which one comes next. What is done is read from the data."""

import secrets
from dataclasses import dataclass

from allauth.mfa.utils import is_mfa_enabled
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendopo.office.queries import the_office
from pendopo.people.models import Account
from pendopo.people.queries import administrators
from pendopo.project.deployment import deployment


@dataclass(frozen=True)
class Step:
    """One page of the first run; ``name`` is also its url name behind ``first-run-``."""

    name: str
    title: str | Promise


STEPS = (
    Step("account", _("Your account")),
    Step("factor", _("A second factor")),
    Step("office", _("The office")),
    Step("people", _("Units and people")),
    Step("line", _("Line and rooms")),
    Step("trial", _("Try it out")),
)


def has_administrator() -> bool:
    """Whether somebody administers this installation already; then the link has done its work."""
    return administrators().exists()


def is_first_run() -> bool:
    """Whether nobody has set this installation up yet."""
    office = the_office()
    return office is None or office.set_up_at is None


def opens(key: str) -> bool:
    """Whether this is the key of the link that the terminal printed, and it still has work."""
    expected = deployment().first_run_key
    return secrets.compare_digest(key.encode(), expected.encode()) and is_first_run()


def earliest_step(account: Account) -> str:
    """The first step that must be done before those after it can be opened."""
    if not is_mfa_enabled(account):
        return "factor"
    return "office" if the_office() is None else "trial"


def may_open(step: str, account: Account) -> bool:
    """Steps up to the first unfinished obligatory one may be opened, in any order."""
    names = [each.name for each in STEPS]
    return names.index(step) <= names.index(earliest_step(account))
