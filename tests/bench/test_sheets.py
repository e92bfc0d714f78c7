"""The sheets that scanning is measured and tested with are what they say: of this size, hanging so far, always the same."""

import random

import numpy as np
import pytest
from PIL import Image

from bench import sheets
from bench.sheets import KINDS, Wear, code_of, save, sheet, sign, stamp, worn
from counter_app.domain.codes import parse_code

NEW = Wear(noise=0, shade=0, blur=0, tint=(255, 255, 255))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dpi", [100, 200])
def test_every_sheet_is_a4_in_colour_and_the_same_again(kind, dpi):
    made = sheet(kind, 2, dpi)
    assert made.shape == (round(297 / 25.4 * dpi), round(210 / 25.4 * dpi), 3)
    assert made.dtype == np.uint8
    sheet.cache_clear()
    assert (sheet(kind, 2, dpi) == made).all()


def test_sheets_differ_by_number_and_blank_ones_are_blank():
    assert all((sheet(kind, 1, 100) != sheet(kind, 2, 100)).any() for kind in ("slip", "form", "text", "photo"))
    assert sheet("blank", 1).min() == 255


def test_codes_on_slips_are_codes():
    for number in (0, 39, 9_998):
        assert parse_code(code_of(number)).serial == number + 1


def test_what_isnt_worn_stays_as_it_is():
    clean = sheet("form", 1, 100)
    assert (worn(clean, NEW) == clean).all()


@pytest.mark.parametrize(("wear", "change"), [
    (Wear(noise=5, shade=0, blur=0, tint=(255, 255, 255)), lambda clean, seen: 1 < np.std(seen[clean == 255].astype(int)) < 6),
    (Wear(noise=0, shade=40, blur=0, tint=(255, 255, 255)), lambda _, seen: seen[0, 0, 0] - seen[0, -1, 0] == 40),
    (Wear(noise=0, shade=0, blur=0, tint=(240, 230, 200)), lambda _, seen: tuple(seen[0, 0]) == (240, 230, 200)),
    (Wear(noise=0, shade=0, blur=0, tint=(255, 255, 255), faint=0.5), lambda clean, seen: 120 < seen.min() < 140 > clean.min()),
])
def test_each_kind_of_wear_does_what_it_says(wear, change):
    clean = sheet("text", 1, 100)
    assert change(clean, worn(clean, wear, 1))


def test_a_sheet_hangs_clockwise_and_the_lid_shows_beside_it():
    clean = np.full((400, 600, 3), 255, np.uint8)
    clean[198:202, 50:550] = 0
    seen = worn(clean, Wear(3.0, noise=0, shade=0, blur=0, lid=70))
    rows = [int(seen[:, column, 0][100:300].argmin()) for column in (100, 500)]
    assert rows[1] > rows[0], "the right end of a line is lower"
    assert np.degrees(np.arctan2(rows[1] - rows[0], 400)) == pytest.approx(3.0, abs=0.3)
    assert tuple(seen[0, 0]) == (70, 70, 70)


def test_noise_is_the_same_for_the_same_number_only():
    clean = sheet("blank", 1, 100)
    assert (worn(clean, Wear(), 1) == worn(clean, Wear(), 1)).all()
    assert (worn(clean, Wear(), 1) != worn(clean, Wear(), 2)).any()


def test_print_shines_through_a_seal_and_a_pen_covers_it():
    picture = Image.new("RGB", (600, 600), "white")
    picture.paste((0, 0, 0), (250, 250, 350, 350))
    stamp(picture, (300 / 200 * 25.4, 300 / 200 * 25.4), 200)
    seen = np.asarray(picture)
    assert seen[260:340, 260:340].max() < 40, "black below red stays black"
    reds = (seen[:, :, 0] > 180) & (seen[:, :, 1] < 80)
    assert reds.sum() > 3_000
    assert np.abs(np.median(seen[reds], axis=0) - sheets.RED).max() < 30
    sign(picture, (40, 40), 200, random.Random(1))
    assert (np.asarray(picture) == sheets.BLUE).all(axis=2).sum() > 300


def test_a_saved_page_knows_its_resolution(tmp_path):
    path = save(sheet("blank", 1, 150), tmp_path / "page.png", 150)
    with Image.open(path) as picture:
        assert [round(float(one)) for one in picture.info["dpi"]] == [150, 150]
        assert (np.asarray(picture) == sheet("blank", 1, 150)).all()
