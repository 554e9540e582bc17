"""Several photos and papers become one PDF, in their order."""

import io
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from pendopo.files.cleaning.documents import clean_document, save
from pendopo.files.cleaning.pictures import QUALITY, clean_picture
from pendopo.files.cleaning.unfit import Unfit
from pendopo.files.rules import MOST_PAGES, Kind

A4 = (595.28, 841.89)  # points
MARGIN = 14.0  # points; printers leave about 5 mm white


def run(order: dict[str, Any]) -> dict[str, Any]:
    """Writes ``out``. :class:`Unfit` says by ``position`` which of them it is about, from 0."""
    whole = pikepdf.new()
    for position, each in enumerate(order["inputs"]):
        try:
            _add(whole, Path(each["path"]), Kind(each["kind"]))
        except Unfit as unfit:
            raise Unfit(unfit.code, **unfit.facts, position=position) from None
        if len(whole.pages) > MOST_PAGES:
            raise Unfit("file_too_many_pages", pages=len(whole.pages), position=position)
    save(whole, Path("out"))
    return {"media_type": Kind.PDF, "pages": len(whole.pages)}


def _add(whole: pikepdf.Pdf, path: Path, kind: Kind) -> None:
    if kind is Kind.PDF:
        whole.pages.extend(clean_document(path).pages)
        return
    picture = clean_picture(path, kind)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    image = whole.make_stream(
        out.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB,
        Filter=Name.DCTDecode,
    )
    width, height = A4 if picture.height >= picture.width else A4[::-1]
    scale = min((width - 2 * MARGIN) / picture.width, (height - 2 * MARGIN) / picture.height)
    drawn = picture.width * scale, picture.height * scale
    left, bottom = (width - drawn[0]) / 2, (height - drawn[1]) / 2
    drawing = f"q {drawn[0]:.2f} 0 0 {drawn[1]:.2f} {left:.2f} {bottom:.2f} cm /Scan Do Q"
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, width, height]),
        Resources=Dictionary(XObject=Dictionary(Scan=image)),
        Contents=whole.make_stream(drawing.encode()),
    )
    whole.pages.append(pikepdf.Page(whole.make_indirect(page)))
