"""``Idempotency-Key`` for POST: the same key and request is answered again, never done twice."""

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja.responses import Status
from pydantic import BaseModel

from pendopo.foundation.errors import Refused
from pendopo.foundation.models import IdempotentReply

HEADER = "Idempotency-Key"
View = Callable[..., Any]
Answer = tuple[int, Any]


def idempotent(caller: Callable[[HttpRequest], str]) -> Callable[[View], View]:
    """Decorates an API operation that returns ``Status(code, schema)``.

    ``caller`` names who asks, so that two callers may choose the same key. The reply is stored in
    the transaction of the work itself: a concurrent twin waits, a failed first leaves nothing.
    Raises ``Refused('idempotency_key_reused')`` when the key comes with another request.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            key = request.headers.get(HEADER, "")[:200]
            if not key:
                return view(request, *args, **kwargs)
            with transaction.atomic():
                status, body = answer_once(
                    caller(request),
                    key,
                    _fingerprint(request),
                    lambda: _plain(view(request, *args, **kwargs)),
                )
                return Status(status, body)

        return answered

    return decorate


def answer_once(caller: str, key: str, fingerprint: str, work: Callable[[], Answer]) -> Answer:
    """Does the work for a new key, else gives back the stored ``(status, JSON value)``.

    Needs a transaction. Raises ``Refused('idempotency_key_reused')``.
    """
    # The unique constraint makes a concurrent twin wait here until the first has committed.
    reply, is_new = IdempotentReply.objects.get_or_create(
        caller=caller, key=key, defaults={"fingerprint": fingerprint}
    )
    if not is_new:
        if reply.fingerprint != fingerprint or reply.status is None:
            raise Refused("idempotency_key_reused")
        return reply.status, reply.body
    reply.status, reply.body = work()
    reply.save(update_fields=["status", "body"])
    return reply.status, reply.body


def _fingerprint(request: HttpRequest) -> str:
    return hashlib.sha256(request.path.encode() + b"\n" + request.body).hexdigest()


def _plain(status: Status[Any]) -> Answer:
    value = status.value
    return status.status_code, value.model_dump(mode="json") if isinstance(
        value, BaseModel
    ) else value
