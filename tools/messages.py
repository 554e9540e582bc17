"""The server's Indonesian texts: `python tools/messages.py` brings the catalog up to date,
`--check` only looks.

Needs the project's Python packages, but no gettext programs: Django turns templates into what Babel
can read.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "server" / "pendopo"
LANGUAGE = "id"
CATALOG = PACKAGE / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
TEMPLATES = {".html", ".txt", ".xml"}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def sources() -> Iterator[tuple[Path, bytes]]:
    """Every file with texts, as Python that Babel can read."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    settings.configure(USE_I18N=False)
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts and "tests" not in path.parts:
            yield path, path.read_bytes()
        elif path.suffix in TEMPLATES and "templates" in path.parts:
            yield path, templatize(path.read_text("utf-8"), origin=str(path)).encode()


def template() -> Catalog:
    """All texts in the code, untranslated."""
    catalog = Catalog(project="Pendopo", charset="utf-8")
    for path, code in sources():
        place = path.relative_to(PACKAGE).as_posix()
        for _, text, comments, context in extract(
            "python", BytesIO(code), KEYWORDS, ("Translators:",)
        ):
            catalog.add(text, None, [(place, 0)], auto_comments=comments, context=context, flags=())
    return catalog


def updated() -> tuple[Catalog, Catalog]:
    """The catalog as it is and as it should be; what the code has no more is gone, nothing is
    guessed."""
    with CATALOG.open("rb") if CATALOG.exists() else BytesIO() as file:
        old = read_po(file, LANGUAGE)
    new = Catalog(LANGUAGE, project="Pendopo", charset="utf-8", fuzzy=False)
    for message in template():
        if message.id:
            known = old.get(message.id, message.context)
            string = known.string if known else None
            flags = known.flags if known else ()
            new.add(
                message.id, string, message.locations, flags=flags,
                auto_comments=message.auto_comments,
                user_comments=known.user_comments if known else (), context=message.context,
            )  # fmt: skip
    return old, new


def untranslated(catalog: Catalog) -> list[str]:
    """The texts that have no Indonesian yet, or one that does not fit its placeholders."""
    found = []
    for message in catalog:
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.fuzzy or not all(strings):
            found.append(f"not translated: {message.id!r}")
        found += [f"{message.id!r}: {problem}" for problem in message.check(catalog)]
    return found


def keys(catalog: Catalog) -> set[tuple[str, str]]:
    """What the catalog has, to compare with another."""
    return {(str(message.id), message.context or "") for message in catalog if message.id}


def main(arguments: list[str]) -> int:
    """0 when the catalog is complete and current."""
    old, new = updated()
    problems = untranslated(new)
    if arguments == ["--check"]:
        problems += [
            f"in the code, not in the catalog: {key}" for key, _ in sorted(keys(new) - keys(old))
        ]
        problems += [
            f"in the catalog, not in the code: {key}" for key, _ in sorted(keys(old) - keys(new))
        ]
    else:
        CATALOG.parent.mkdir(parents=True, exist_ok=True)
        with CATALOG.open("wb") as file:
            write_po(
                file,
                new,
                width=100,
                sort_output=True,
                no_location=False,
                include_lineno=False,
                omit_header=False,
            )
    print(*problems, sep="\n")
    print(f"{len(new)} texts, {len(problems)} problems in {CATALOG.relative_to(ROOT)}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
