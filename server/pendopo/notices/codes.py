"""One-time codes in messages: sealed while they wait, gone when they have gone out."""

from django.conf import settings

from pendopo.foundation import clock
from pendopo.gateways.signing.sealing import seal, unseal
from pendopo.notices.models import Notice
from pendopo.notices.rules import CODE_MARK

_PURPOSE = "pendopo.notices.code"


class CodeGone(Exception):
    """The code of this message counts no more, or can't be read any more."""


def sealed(code: str) -> bytes:
    """The code, as the database may keep it for a while."""
    return seal(code, settings.SECRET_KEY, _PURPOSE)


def words_of(notice: Notice) -> tuple[str, str]:
    """Subject and text as the reader gets them, with the code in its place.

    Raises :class:`CodeGone`.
    """
    if notice.code_until is None:
        return notice.subject, notice.text
    if notice.sealed_code is None or notice.code_until <= clock.now():
        raise CodeGone
    try:
        code = unseal(bytes(notice.sealed_code), settings.SECRET_KEY, _PURPOSE)
    except ValueError as error:  # the installation has another key by now
        raise CodeGone from error
    return notice.subject.replace(CODE_MARK, code), notice.text.replace(CODE_MARK, code)
