"""Numbers without gaps: of the agenda, of letters, of requests."""

from django.db import connection, transaction


def next_number(series: str, year: int) -> int:
    """The next number of a series in a year, from 1, given once.

    Belongs to the caller's transaction: the series is locked until its end, and a number of a
    transaction that fails is given again, so that there is no gap. Raises
    ``TransactionManagementError`` outside of a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a number needs the transaction of its use")
    with connection.cursor() as sql:
        sql.execute(
            "INSERT INTO office_numberseries AS series (name, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (name, year) DO UPDATE SET last = series.last + 1 RETURNING last",
            [series, year],
        )
        (number,) = sql.fetchone()
    return int(number)
