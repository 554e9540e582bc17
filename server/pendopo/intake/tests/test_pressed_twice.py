"""Who presses a button twice, or at the same moment as somebody else, does it once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from pendopo.foundation.errors import Refused
from pendopo.intake.actions.disposition import DispositionOrder, dispose, finish_assignment
from pendopo.intake.models import Assignment, Disposition, ServiceRequest
from pendopo.intake.tests.office import People, an_office, registered
from pendopo.people.models import Account

Stage = Callable[[ServiceRequest, People], Account]
THREADS = 4


def not_passed_on(case: ServiceRequest, people: People) -> Account:
    return people["secretary"]


def on_the_division_s_desk(case: ServiceRequest, people: People) -> Account:
    dispose(case, DispositionOrder({people["division"]: None}), people["secretary"])
    return people["division"]


def on_the_head_s_desk(case: ServiceRequest, people: People) -> Account:
    dispose(case, DispositionOrder({people["head"]: None}), people["secretary"])
    return people["head"]


def on_nobody_s_desk(case: ServiceRequest, people: People) -> Account:
    on_the_division_s_desk(case, people)
    finish_assignment(Assignment.objects.get(), "", people["division"])
    return people["head"]


STAGES = [not_passed_on, on_the_division_s_desk, on_the_head_s_desk, on_nobody_s_desk]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("stage", STAGES)
def test_a_letter_is_passed_on_once_however_often_it_is_pressed(stage: Stage) -> None:
    people = an_office()
    case = registered(people)
    sender = stage(case, people)
    before = Disposition.objects.count()
    together = Barrier(THREADS)

    def press() -> str:
        try:
            seen = ServiceRequest.objects.get(pk=case.pk)
            together.wait(10)
            dispose(seen, DispositionOrder({people["coordinator"]: None}), sender)
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(THREADS) as pool:
        answers = [job.result() for job in [pool.submit(press) for _ in range(THREADS)]]
    assert answers.count("") == 1, answers
    assert set(answers) <= {"", "request_moved_on", "letter_not_on_your_desk"}
    assert Disposition.objects.count() == before + 1
    waiting = Assignment.objects.filter(account=people["coordinator"], state="waiting")
    assert waiting.count() == 1


@pytest.mark.django_db
def test_what_the_first_of_the_chain_saw_counts_not_when_it_is_pressed() -> None:
    people = an_office()
    case = registered(people)
    on_nobody_s_desk(case, people)
    seen = [ServiceRequest.objects.get(pk=case.pk) for _ in range(2)]
    dispose(seen[0], DispositionOrder({people["coordinator"]: None}), people["head"])
    with pytest.raises(Refused, match="request_moved_on"):
        dispose(seen[1], DispositionOrder({people["coordinator"]: None}), people["head"])
    # Whoever has looked again may pass it on again.
    again = ServiceRequest.objects.get(pk=case.pk)
    dispose(again, DispositionOrder({people["division"]: None}), people["head"])
