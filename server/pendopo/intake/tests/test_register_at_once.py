"""The register has no gap and no number twice, however many write in it at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from pendopo.foundation.errors import Refused
from pendopo.intake.actions.registration import register_letter
from pendopo.intake.models import IncomingLetter, ServiceRequest
from pendopo.intake.tests.office import a_request, account_with, an_office, registration
from pendopo.people.models import Account
from pendopo.people.rules import Duty


@pytest.mark.django_db(transaction=True)
def test_two_secretaries_register_two_hundred_letters_at_once() -> None:
    people = an_office()
    other = account_with(Duty.SECRETARIAT)
    requests = [a_request() for _ in range(200)]

    def work(secretary: Account, pile: list[ServiceRequest]) -> int:
        won = 0
        try:
            for request in pile:
                mine = ServiceRequest.objects.get(pk=request.pk)
                try:
                    register_letter(mine, registration(), secretary)
                    won += 1
                except Refused as error:
                    if error.code not in {"step_not_possible", "request_moved_on"}:
                        raise
        finally:
            connections.close_all()
        return won

    # Both work through the same pile, from both ends.
    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(work, people["secretary"], requests),
            pool.submit(work, other, requests[::-1]),
        ]
        won = [job.result() for job in jobs]
    assert sum(won) == 200
    assert min(won) > 0
    numbers = IncomingLetter.objects.values_list("agenda_number", flat=True)
    assert set(numbers) == set(range(1, 201))
