"""One file, cleaned and kept as what it is."""

from pathlib import Path
from typing import Any

from pendopo.files.rules import Kind


def run(order: dict[str, Any]) -> dict[str, Any]:
    """Writes ``out``. A HEIC becomes a JPEG, for most browsers show none."""
    path, kind = Path(order["inputs"][0]["path"]), Kind(order["inputs"][0]["kind"])
    if kind is Kind.PDF:
        from pendopo.files.cleaning.documents import clean_document, save

        with clean_document(path) as document:
            save(document, Path("out"))
            return {"media_type": kind, "pages": len(document.pages)}
    from pendopo.files.cleaning.pictures import QUALITY, clean_picture

    kept = Kind.PNG if kind is Kind.PNG else Kind.JPEG
    picture = clean_picture(path, kind)
    with Path("out").open("xb") as out:
        if kept is Kind.PNG:
            picture.save(out, "PNG")
        else:
            picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return {"media_type": kept, "pages": None}
