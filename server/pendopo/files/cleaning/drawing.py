"""One page as a picture."""

from pathlib import Path
from typing import Any

from PIL import Image

from pendopo.files.cleaning.pictures import clean_picture
from pendopo.files.cleaning.unfit import Unfit
from pendopo.files.rules import Kind

TALLEST = 3  # times the width


def run(order: dict[str, Any]) -> dict[str, Any]:
    """Writes ``out``: page ``page`` (from 1) as WebP, ``width`` pixels wide unless it is tall."""
    path, kind = Path(order["inputs"][0]["path"]), Kind(order["inputs"][0]["kind"])
    width, page = order["width"], order["page"]
    if kind is Kind.PDF:
        picture = _drawn(path, page, width)
    elif page == 1:
        picture = clean_picture(path, kind)
        picture.thumbnail((width, width * TALLEST))
    else:
        raise Unfit("page_missing")
    with Path("out").open("xb") as out:
        picture.save(out, "WEBP", quality=80, method=2)
    return {"media_type": "image/webp", "pages": None}


def _drawn(path: Path, number: int, width: int) -> Image.Image:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        document.init_forms()  # stamps of signatures are fields
        if not 1 <= number <= len(document):
            raise Unfit("page_missing")
        page = document[number - 1]
        across, down = page.get_size()
        scale = min(width / max(across, 1), width * TALLEST / max(down, 1))
        bitmap = page.render(scale=scale, rev_byteorder=True)
    except pypdfium2.PdfiumError:
        raise Unfit("file_damaged") from None
    picture: Image.Image = bitmap.to_pil()
    return picture.convert("RGB")
