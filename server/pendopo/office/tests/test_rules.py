"""Numbers, chains, circles and the line, as tables."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pendopo.office.rules import (
    is_chain,
    is_number_template,
    letter_number,
    makes_a_circle,
    unknown_number_parts,
    usable_uplink,
)

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("template", "valid", "number"),
    [
        ("{code}/{number}/Diskominfo-D", True, "555/467/Diskominfo-D"),
        ("{code}.1/{number}/Huk", True, "555.1/467/Huk"),
        ("{number}/{unit}/{roman_month}/{year}", True, "467/Diskominfo/XI/2026"),
        ("{code}/{number}/{month}", True, "555/467/11"),
        ("{code}/Diskominfo", False, None),
        ("{number}/{number}", False, None),
        ("{number}/{tahun}", False, None),
        ("{number}/{", False, None),
        ("{number!r}", False, None),
        ("{number}/{code.__class__}", False, None),
        ("", False, None),
    ],
)
def test_letter_numbers(template: str, valid: bool, number: str | None) -> None:
    assert is_number_template(template) is valid
    if valid:
        assert letter_number(template, 467, "555", "Diskominfo", DAY) == number


def test_what_is_unknown_in_a_template_is_named() -> None:
    assert unknown_number_parts("{code}/{nomor}/{number}/}") == ["nomor", "}"]


@given(some.text(max_size=40))
def test_a_template_that_passes_never_breaks(text: str) -> None:
    if is_number_template(text):
        assert "467" in letter_number(text, 467, "555", "Diskominfo", DAY)


@pytest.mark.parametrize(
    ("steps", "valid"),
    [
        (["head_of_office"], True),
        (["head_of_office", "secretariat", "division_head", "coordinator"], True),
        ([], False),
        (["secretariat", "secretariat"], False),
        (["auditor"], False),
    ],
)
def test_chains(steps: list[str], valid: bool) -> None:
    assert is_chain(steps) is valid


TREE = {"a": None, "b": "a", "c": "b", "d": None}


@pytest.mark.parametrize(
    ("unit", "parent", "circle"),
    [
        ("a", None, False),
        ("a", "d", False),
        ("d", "c", False),
        ("a", "a", True),
        ("a", "b", True),
        ("a", "c", True),
        ("b", "c", True),
    ],
)
def test_circles(unit: str, parent: str | None, circle: bool) -> None:
    assert makes_a_circle(TREE, unit, parent) is circle


@pytest.mark.parametrize(
    ("mbps", "headroom", "usable"), [(1000, 20, 800), (1000, 0, 1000), (33, 50, 16), (1, 90, 0)]
)
def test_the_usable_line(mbps: int, headroom: int, usable: int) -> None:
    assert usable_uplink(mbps, headroom) == usable
