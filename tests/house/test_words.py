"""Whatever the journal and the queue may show has words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from procrastinate.contrib.django import app as queue

from pendopo.journal.registry import reaction_names
from pendopo.journal.trails import areas, is_described, is_described_work, kinds_in

PACKAGE = Path(__file__).resolve().parents[2] / "server" / "pendopo"


# Functions that write a kind into the journal; `note` passes on what it is given.
WRITERS = {"record", "note"}
PASSES_ON = "people/actions/sign_in.py"


def recorded() -> Iterator[tuple[str, ast.expr]]:
    """The first argument of every `record(…)` and `note(…)` in the code, with its place."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2]
            if not isinstance(node, ast.Call) or named not in WRITERS or not node.args:
                continue
            passes_on = path.match(PASSES_ON) and isinstance(node.args[0], ast.Name)
            if not passes_on:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node.args[0]


def kinds(expression: ast.expr) -> list[str]:
    """The kinds that an expression may be, as patterns; none when that can't be read."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return [re.escape(expression.value)]
    if isinstance(expression, ast.IfExp):
        return [*kinds(expression.body), *kinds(expression.orelse)]
    if isinstance(expression, ast.JoinedStr):
        parts = (
            each.value if isinstance(each, ast.Constant) else None for each in expression.values
        )
        return ["".join(r"[a-z_]+" if part is None else re.escape(str(part)) for part in parts)]
    return []


def test_every_recorded_kind_has_words() -> None:
    known = [kind for area in areas() for kind in kinds_in(area)]
    without = []
    for place, expression in recorded():
        found = kinds(expression)
        if not found or not all(any(re.fullmatch(each, kind) for kind in known) for each in found):
            without.append(f"{place}: {ast.unparse(expression)}")
    assert without == []
    assert is_described("meeting.ended")
    assert not is_described("meeting.never")


def test_the_code_records_at_all() -> None:
    assert len(list(recorded())) > 15


def test_every_task_and_reaction_has_words() -> None:
    ours = [name for name in queue.tasks if name.startswith("pendopo.")]
    reactions = [name for name in reaction_names() if ".tests." not in name]
    assert len(ours) > 8
    assert [
        n for n in [*ours, *reactions] if n.startswith("pendopo.") and not is_described_work(n)
    ] == []
