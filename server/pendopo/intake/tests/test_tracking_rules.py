"""What a requester is told in every state, and what stays of the codes that people type."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pendopo.intake.rules.retention import is_due, kept_until, latest_end, without_names
from pendopo.intake.rules.states import RequestState
from pendopo.intake.rules.tracking import (
    Door,
    Stage,
    Standing,
    doors,
    milestones,
    outlook,
    read_code,
    read_number,
)

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)
S = RequestState
OFFICE = [S.SUBMITTED, S.REGISTERED, S.DISPOSED, S.UNDER_REVIEW]


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        *((state, {Door.CANCEL}) for state in OFFICE),
        (S.NEEDS_COMPLETION, {Door.ANSWER, Door.CANCEL}),
        (S.ALTERNATIVE_OFFERED, {Door.ACCEPT, Door.REFUSE, Door.CANCEL}),
        (S.APPROVED, {Door.ORGANISE, Door.CANCEL}),
        (S.REJECTED, set()),
        (S.CANCELLED, set()),
    ],
)
def test_each_state_offers_just_this(state: RequestState, wanted: set[Door]) -> None:
    standing = Standing(state, NOW, offer_until=NOW + timedelta(hours=1))
    assert doors(standing) == wanted


def test_an_expired_offer_can_only_be_refused() -> None:
    standing = Standing(S.ALTERNATIVE_OFFERED, NOW, offer_until=NOW)
    assert doors(standing) == {Door.REFUSE, Door.CANCEL}
    assert outlook(standing).stage == Stage.OFFER_EXPIRED


def test_what_is_over_can_not_be_cancelled() -> None:
    assert doors(Standing(S.APPROVED, NOW, can_cancel=False)) == {Door.ORGANISE}


@pytest.mark.parametrize("state", [each for each in S if each != S.DRAFT])
def test_our_day_is_told_only_while_we_have_the_request(state: RequestState) -> None:
    told = outlook(Standing(state, NOW, answer_due=date(2026, 11, 30)))
    assert (told.office_until is not None) == (state in OFFICE)


@pytest.mark.parametrize(
    "typed",
    [
        "bcdf-ghjk-mnpq-rstv",
        " BCDF GHJK mnpq rstv ",
        "bcdfghjkmnpqrstv",
        "https://h.example/lacak/bcdf-ghjk-mnpq-rstv/kegiatan",
    ],
)
def test_codes_are_read_however_they_are_typed(typed: str) -> None:
    assert read_code(typed) == "bcdf-ghjk-mnpq-rstv"


def test_numbers_are_read_however_they_are_typed() -> None:
    assert {read_number(t) for t in ("2026-00017", "2026 17", "202600017", "No. 2026/00017")} == {
        "2026-00017"
    }
    assert read_number("17") == read_number("") == ""


def test_desks_of_the_office_are_told_once() -> None:
    steps = [(s, NOW) for s in ("submit", "register", "dispose", "dispose", "return", "review")]
    assert [str(m) for m, _ in milestones(steps)] == ["sent", "recorded", "in_hands"]


def test_what_is_held_or_not_over_is_never_due() -> None:
    long_ago = NOW.replace(year=2020)
    assert is_due(long_ago, 2, NOW, is_held=False)
    assert not is_due(long_ago, 2, NOW, is_held=True)
    assert not is_due(None, 2, NOW, is_held=False)


@pytest.mark.parametrize(
    "day", [datetime(2024, 2, 29, tzinfo=UTC), datetime(2024, 3, 1, tzinfo=UTC)]
)
def test_nothing_due_lies_behind_the_latest_end(day: datetime) -> None:
    assert day <= latest_end(kept_until(day, 2), 2)


def test_names_are_taken_out_of_what_stays() -> None:
    text = "Izin a.n. SITI  Aminah, bukan Sitiawan"
    assert without_names(text, ["Siti Aminah", "Si"], "(dihapus)") == (
        "Izin a.n. (dihapus), bukan Sitiawan"
    )
