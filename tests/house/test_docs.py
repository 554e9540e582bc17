"""The documentation points only to what is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
IN_REPOSITORY = ("server/", "client/", "tests/", "tools/", "docs/", "engine/")
BUILT = ("client/dist", "client/node_modules")  # made by tools, not part of the repository

FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)


def prose(page: Path) -> str:
    """The text of a page without its code blocks."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    """The relative links of a page; a link inside code is an example and does not count."""
    targets = LINK.findall(CODE.sub("", prose(page)))
    return [target for target in targets if not re.match(r"[a-z]+:", target)]


def anchors(page: Path) -> set[str]:
    """What `#…` may name: the headings as code hosts spell them."""
    headings = (re.sub(r"[`*]", "", heading) for heading in HEADING.findall(prose(page)))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def named_paths(page: Path) -> list[str]:
    """The paths of the repository that stand in backticks."""
    words = (word.removesuffix("/") for word in CODE.findall(prose(page)))
    paths = [word for word in words if word.startswith(IN_REPOSITORY) and " " not in word]
    return [path for path in paths if not path.startswith(BUILT)]


def is_there(path: str) -> bool:
    """Whether the path exists; `*` and `<name>` stand for any part of it."""
    return any(ROOT.glob(re.sub(r"<[^>/]+>", "*", path)))


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            broken.append(f"{link}: no such file")
        elif anchor and (target.suffix != ".md" or anchor not in anchors(target)):
            broken.append(f"{link}: no such heading")
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_named_path_of_the_repository_exists(page: Path) -> None:
    assert [path for path in named_paths(page) if not is_there(path)] == []


def test_every_page_is_reached_from_the_index() -> None:
    found, waiting = set(), [DOCS / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in found or page.suffix != ".md":
            continue
        found.add(page)
        targets = ((page.parent / link.partition("#")[0]).resolve() for link in links(page))
        waiting += [target for target in targets if target.is_relative_to(DOCS) and target.exists()]
    assert sorted(set(DOCS.rglob("*.md")) - found) == []


def test_every_feature_stands_in_the_index() -> None:
    listed = {(DOCS / link).resolve() for link in links(DOCS / "README.md")}
    assert sorted(set((DOCS / "features").glob("*.md")) - listed) == []


def test_decisions_are_numbered_once_and_listed() -> None:
    decisions = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    numbers = [int(page.name[:4]) for page in decisions]
    assert numbers == list(range(1, len(decisions) + 1))
    listed = {(DOCS / "decisions" / link).resolve() for link in links(DOCS / "decisions/README.md")}
    assert sorted(set(decisions) - listed) == []
