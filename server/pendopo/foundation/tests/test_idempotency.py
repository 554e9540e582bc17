"""A key is answered once, also when its requests come at the same time."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction

from pendopo.foundation.errors import Refused
from pendopo.foundation.idempotency import answer_once
from pendopo.foundation.models import IdempotentReply


@pytest.mark.django_db
def test_a_repeated_key_gets_the_first_answer() -> None:
    assert answer_once("me", "k", "f", lambda: (201, {"n": 1})) == (201, {"n": 1})
    assert answer_once("me", "k", "f", lambda: (201, {"n": 2})) == (201, {"n": 1})
    assert answer_once("you", "k", "f", lambda: (201, {"n": 3})) == (201, {"n": 3})


@pytest.mark.django_db
def test_a_key_serves_one_request_only() -> None:
    answer_once("me", "k", "f", lambda: (201, {}))
    with pytest.raises(Refused, match="idempotency_key_reused"):
        answer_once("me", "k", "another", lambda: (201, {}))


@pytest.mark.django_db(transaction=True)
def test_a_failed_first_leaves_the_key_free() -> None:
    def fails() -> Any:
        raise Refused("invalid")

    with pytest.raises(Refused), transaction.atomic():
        answer_once("me", "k", "f", fails)
    assert not IdempotentReply.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_concurrent_twins_do_the_work_once() -> None:
    done, answers = [], []

    def work() -> tuple[int, Any]:
        done.append(1)
        return 201, {"turn": len(done)}

    def ask() -> None:
        with transaction.atomic():
            answers.append(answer_once("me", "k", "f", work))
        connection.close()

    twins = [threading.Thread(target=ask) for _ in range(8)]
    for twin in twins:
        twin.start()
    for twin in twins:
        twin.join()
    assert len(done) == 1
    assert answers == [(201, {"turn": 1})] * 8
