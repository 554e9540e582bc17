"""Sizes and names: a file can be read in one go, and says by its name what it holds."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "client" / "src"
PYTHON_ROOTS = [ROOT / "server", ROOT / "tests", ROOT / "tools"]
NOT_OURS = {"__pycache__", "node_modules", "dist"}
LONGEST_FILE, LONGEST_FUNCTION = 400, 60
EMPTY_NAMES = re.compile(r"^(utils?|helpers?|commons?|managers?|services?|misc)$")
UNFINISHED = re.compile(r"\b(T[O]DO|F[I]XME)\b")  # written so that this line is not one itself
SWALLOWED_IN_CLIENT = re.compile(
    r"catch\s*(\([^)]*\))?\s*\{\s*\}|\.catch\(\s*\(\w*\)\s*=>\s*(\{\s*\}|undefined)\s*\)"
)


def files(folder: Path, *suffixes: str) -> list[Path]:
    """Our own files below a folder."""
    found = (path for path in sorted(folder.rglob("*")) if path.suffix in suffixes)
    return [path for path in found if not NOT_OURS.intersection(path.parts)]


def python_files() -> list[Path]:
    return [path for folder in PYTHON_ROOTS for path in files(folder, ".py")]


def client_files() -> list[Path]:
    return files(CLIENT, ".ts", ".svelte", ".css")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def too_long(paths: list[Path]) -> list[str]:
    lengths = ((path, len(path.read_text(encoding="utf-8").splitlines())) for path in paths)
    return [f"{name_of(path)}: {length} lines" for path, length in lengths if length > LONGEST_FILE]


def nodes(path: Path) -> Iterator[ast.AST]:
    yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def swallows(node: ast.AST) -> bool:
    """Whether this is a handler that catches everything and does nothing about it."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    catches_all = node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
    silent = all(
        isinstance(each, ast.Pass | ast.Continue)
        or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
        for each in node.body
    )
    return catches_all and silent


def test_no_python_module_is_too_long() -> None:
    # Migrations are generated: a table a time, read by nobody from top to bottom.
    written = [path for path in python_files() if path.parent.name != "migrations"]
    assert too_long(written) == []


def test_no_file_of_the_client_is_too_long() -> None:
    assert too_long(client_files()) == []


def test_no_function_is_too_long() -> None:
    found = [
        f"{name_of(path)}: {node.name}"
        for path in python_files()
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert found == []


def test_a_name_says_what_is_inside() -> None:
    named = {*python_files(), *client_files()}
    folders = {parent for path in named for parent in path.parents if parent != ROOT}
    found = [
        name_of(path)
        for path in sorted(named | {each for each in folders if each.is_relative_to(ROOT)})
        if EMPTY_NAMES.match(path.name.partition(".")[0])
    ]
    assert found == []


def test_nothing_is_left_for_later() -> None:
    documents = files(ROOT / "docs", ".md")
    found = [
        name_of(path)
        for path in [*python_files(), *client_files(), *documents, ROOT / "Makefile"]
        if UNFINISHED.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_error_is_swallowed() -> None:
    found = [name_of(path) for path in python_files() if any(map(swallows, nodes(path)))]
    found += [
        name_of(path)
        for path in client_files()
        if SWALLOWED_IN_CLIENT.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def imports_of(path: Path) -> list[str]:
    """What a file of the client imports."""
    return re.findall(r"(?:from|import)\s*\(?\s*'([^']+)'", path.read_text(encoding="utf-8"))


def test_only_media_imports_the_livekit_sdk() -> None:
    found = [
        name_of(path)
        for path in client_files()
        if "livekit-client" in imports_of(path) and not path.is_relative_to(CLIENT / "media")
    ]
    assert found == []


def test_the_calls_logic_needs_neither_browser_nor_sdk() -> None:
    logic = [path for path in files(CLIENT / "call", ".ts") if ".test." not in path.name]
    found = [
        f"{name_of(path)}: {name}"
        for path in logic
        for name in imports_of(path)
        if not name.startswith("./")
    ]
    assert found == []
