"""A photo or scan, drawn anew: only its pixels are taken over."""

from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from pendopo.files.cleaning.unfit import Unfit
from pendopo.files.rules import KEPT_SIDE, LARGEST_SIDE, MOST_PIXELS, Kind

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.HEIC: "HEIF"}
QUALITY = 85
_GREY = {"1", "L", "I", "I;16", "F"}


def clean_picture(path: Path, kind: Kind, side: int = KEPT_SIDE) -> Image.Image:
    """The picture upright, in grey or RGB on white, with at most ``side`` pixels a side.

    Place, camera, comments, colour profile, further pictures and all that follows the picture stay
    behind. Raises :class:`Unfit` with ``picture_too_large`` before anything is decoded, and with
    ``file_damaged``.
    """
    if kind is Kind.HEIC:
        _learn_heic()
    try:
        with Image.open(path, formats=[FORMATS[kind]]) as picture:
            refuse_too_large(*picture.size)
            return _on_white(_upright(_small(picture, side)))
    except Image.DecompressionBombError:
        raise Unfit("picture_too_large") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Unfit("file_damaged") from None


def refuse_too_large(width: int, height: int) -> None:
    """Raises :class:`Unfit` for more pixels than a telephone's camera makes."""
    if max(width, height) > LARGEST_SIDE or width * height > MOST_PIXELS:
        raise Unfit("picture_too_large")


def _learn_heic() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener(
        thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
    )


def _small(picture: Image.Image, side: int) -> Image.Image:
    # A JPEG is decoded at a part of its size, if that is enough.
    picture.draft(None, (side, side))
    picture.load()
    small = picture
    if picture.mode in {"P", "PA"}:
        small = picture.convert("RGBA")
    elif picture.mode == "1":
        small = picture.convert("L")
    elif picture.mode == "I;16":
        small = picture.convert("I")
    small.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if small is not picture:
        small.info = {key: value for key, value in picture.info.items() if key == "exif"}
    return small


def _upright(picture: Image.Image) -> Image.Image:
    ImageOps.exif_transpose(picture, in_place=True)
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """A new picture that has nothing but the pixels."""
    if picture.mode == "I":  # 16 bits
        picture = picture.point(lambda value: value * (1 / 256))
    mode = "L" if picture.mode in _GREY else "RGB"
    canvas = Image.new(mode, picture.size, "white")
    if picture.mode in {"RGBA", "LA", "La", "RGBa"}:
        whole = picture.convert("RGBA")
        canvas.paste(whole, mask=whole.getchannel("A"))
    else:
        canvas.paste(picture.convert(mode))
    return canvas
