"""Sheets as a scanner would see them: the program's own slips, text, stamps, signatures and photos, laid askew, with the noise of a lamp.

Nothing here is a scan of a real paper, and nobody on it exists. The same number gives the same pixels.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFont

from bench import slips
from counter_app.printing.document import Press
from counter_app.printing.form_printer import PdfFormPrinter
from counter_app.support.paths import resource_path

Pixels = np.ndarray[Any, np.dtype[np.uint8]]
A4_MM = (210, 297)
KINDS = ("slip", "form", "text", "stamp", "photo", "blank")
_GRAIN = 509
"""The noise repeats after so many pixels, which no line of writing does."""
RED, BLUE = (205, 32, 45), (25, 50, 150)
"""The ink of a stamp and of a pen."""
_TEXT = (
    "Ủy ban nhân dân xã xác nhận người có tên trong tờ khai này thường trú tại thôn Mẫu hiện chưa đăng ký kết hôn với ai theo quy định của "
    "pháp luật về hộ tịch Giấy này có giá trị sử dụng sáu tháng kể từ ngày cấp được lập để làm thủ tục nêu trong đơn Kính đề nghị quý cơ "
    "quan xem xét giải quyết cho gia đình tôi xin chân thành cảm ơn và cam đoan lời khai trên đây là đúng sự thật")
_WORDS = tuple(_TEXT.split())


@dataclass(frozen=True, slots=True)
class Wear:
    """What happens to a sheet on its way.

    ``skew`` in degrees clockwise; ``noise`` the lamp's sigma in grey levels; ``faint`` 0 for fresh ink, 1 for none; ``tint`` the colour of
    the paper; ``shade`` how much darker it is at its right edge; ``blur`` in pixels; ``lid`` the grey beside it, None for that of paper.
    """

    skew: float = 0.0
    noise: float = 3.0
    faint: float = 0.0
    tint: tuple[int, int, int] = (250, 248, 240)
    shade: int = 12
    blur: float = 0.5
    lid: int | None = None


def code_of(number: int) -> str:
    """Return the dossier code on slip ``number``."""
    return f"H36.50.05-261120-{number + 1:04d}"


@lru_cache(24)
def sheet(kind: str, number: int, dpi: int = 200) -> Pixels:
    """Return a clean A4 sheet in RGB; it is kept for the next who asks, so copy it before drawing on it."""
    if kind in ("slip", "form"):
        return _printed(number, "a5" if kind == "slip" else "a4", dpi)
    picture = Image.new("RGB", (round(A4_MM[0] / 25.4 * dpi), round(A4_MM[1] / 25.4 * dpi)), "white")
    if kind != "blank":
        chance = random.Random(number)
        _write(picture, chance, dpi, top=200 if kind == "photo" else 25)
        if kind == "photo":
            picture.paste(Image.fromarray(_photo(number, round(6.3 * dpi), round(5.9 * dpi))), (dpi, dpi))
        if kind == "stamp":
            stamp(picture, (145, 225), dpi)
            sign(picture, (150, 235), dpi, chance)
    return np.asarray(picture)


def worn(clean: Pixels, wear: Wear, number: int = 0) -> Pixels:
    """Return a sheet as the scanner sees it, same size, RGB."""
    height, width = clean.shape[:2]
    tones = 255 - (255 - np.arange(256, dtype=np.float32)[None, :, None]) * (1 - wear.faint)
    seen: Any = cv2.LUT(clean, np.round(tones * np.array(wear.tint, np.float32) / 255).astype(np.uint8))
    shade = np.linspace(0, wear.shade, width).round().astype(np.uint8)
    seen = cv2.subtract(seen, np.broadcast_to(shade[None, :, None], seen.shape).copy())
    around = wear.tint if wear.lid is None else (wear.lid,) * 3
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -wear.skew, 1)
    seen = cv2.warpAffine(seen, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=around)
    if wear.blur:
        seen = cv2.GaussianBlur(seen, (0, 0), wear.blur)
    tile = np.random.default_rng(number).normal(0, wear.noise, (_GRAIN, _GRAIN, 3)).round().astype(np.int16)
    grain = np.tile(tile, (height // _GRAIN + 1, width // _GRAIN + 1, 1))[:height, :width]
    return np.asarray(cv2.add(seen, grain, dtype=cv2.CV_8U), np.uint8)


def save(picture: Pixels, path: Path, dpi: int = 200) -> Path:
    """Write pixels as the raw PNG of a scanner."""
    Image.fromarray(picture).save(path, dpi=(dpi, dpi), compress_level=1)
    return path


def stamp(picture: Image.Image, centre_mm: tuple[float, float], dpi: int) -> None:
    """Put a round red seal of 36 mm on a sheet; what lies below shines through."""
    ink = Image.new("L", picture.size, 0)
    draw, (x, y), mm = ImageDraw.Draw(ink), (centre_mm[0] / 25.4 * dpi, centre_mm[1] / 25.4 * dpi), dpi / 25.4
    for radius, width in ((18, 0.9), (16.6, 0.35), (11, 0.35)):
        draw.ellipse((x - radius * mm, y - radius * mm, x + radius * mm, y + radius * mm), outline=235, width=max(1, round(width * mm)))
    star = [(x + math.sin(step * math.pi / 5) * (4 if step % 2 else 9) * mm, y - math.cos(step * math.pi / 5) * (4 if step % 2 else 9) * mm)
            for step in range(10)]
    draw.polygon(star, fill=225)
    font = _font("Bold", 3.4 * mm)
    for place, letter in enumerate("ỦY BAN NHÂN DÂN XÃ MẪU ★ TỈNH MẪU ★ "):
        angle = place * 10
        tile = Image.new("L", (round(6 * mm), round(6 * mm)), 0)
        ImageDraw.Draw(tile).text((3 * mm, 3 * mm), letter, font=font, fill=235, anchor="mm")
        turned = tile.rotate(-angle, Image.Resampling.BICUBIC)
        east, north = math.sin(math.radians(angle)), math.cos(math.radians(angle))
        spot = (round(x + (east * 13.8 - 3) * mm), round(y - (north * 13.8 + 3) * mm))
        ink.paste(turned, spot, turned)
    seal = Image.new("RGB", picture.size, "white")
    seal.paste(RED, (0, 0), ink)
    picture.paste(ImageChops.multiply(picture, seal))


def sign(picture: Image.Image, at_mm: tuple[float, float], dpi: int, chance: random.Random) -> None:
    """Sign a sheet with a blue pen."""
    mm = dpi / 25.4
    points = [
        ((at_mm[0] + step * 0.5 - 12 + 3 * math.sin(step * 0.9)) * mm, (at_mm[1] + 5 * math.sin(step * 0.7 + chance.random())) * mm)
        for step in range(50)]
    ImageDraw.Draw(picture).line(points, fill=BLUE, width=max(2, round(0.5 * mm)), joint="curve")


def _write(picture: Image.Image, chance: random.Random, dpi: int, *, top: int) -> None:
    """Fill a sheet with lines of 12 point from ``top`` mm on."""
    mm, font, draw = dpi / 25.4, _font("Regular", 12 / 72 * dpi), ImageDraw.Draw(picture)
    y: float = top
    while y < 275:
        line = ""
        while draw.textlength(line, font) < 158 * mm:
            line += f"{chance.choice(_WORDS)} "
        if chance.random() < 0.15:
            line = line[:40]
        draw.text((28 * mm, y * mm), line.rsplit(" ", 2)[0], font=font, fill=(15, 15, 15))
        y += 6.2


def _photo(number: int, width: int, height: int) -> Pixels:
    """Return something with the tones of a photograph: soft lights, edges, grain."""
    chance = np.random.default_rng(number)
    coarse = chance.integers(10, 245, (14, 12, 3), dtype=np.uint8)
    soft = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC).astype(np.int16)
    cv2.circle(soft, (width // 2, height // 2), height // 5, (200, 160, 130), -1)
    grain = chance.normal(0, 6, soft.shape)
    return np.asarray(np.clip(soft + grain, 0, 255), np.uint8)


def _printed(number: int, paper: str, dpi: int) -> Pixels:
    """Return a printed slip on an A4 sheet; one on A5 lies at its top."""
    document = pypdfium2.PdfDocument(_printer().receipt(_slip(number), paper))
    try:
        seen = document[0].render(scale=dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3]
    finally:
        document.close()
    page = np.full((round(A4_MM[1] / 25.4 * dpi), round(A4_MM[0] / 25.4 * dpi), 3), 255, np.uint8)
    height, width = min(page.shape[0], seen.shape[0]), min(page.shape[1], seen.shape[1])
    left = (page.shape[1] - width) // 2
    page[:height, left:left + width] = seen[:height, :width]
    return page


@cache
def _printer() -> PdfFormPrinter:
    return PdfFormPrinter(Press())


@cache
def _slip(number: int) -> dict[str, Any]:
    return slips.contents(number + 1)[number]


@cache
def _font(face: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resource_path(f"fonts/liberation-serif/LiberationSerif-{face}.ttf")), round(size))
