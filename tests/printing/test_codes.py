"""Bars and QR: what is drawn scans, at the size that was asked for."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from counter_app.domain.codes import read_slip_qr, slip_qr
from counter_app.printing.codes import code128, qr, qr_modules
from tests.examples import examples

DOTS = 8


def scanned(rectangles, width, height):
    picture = Image.new("L", (int((width + 20) * DOTS), int((height + 20) * DOTS)), 255)
    draw = ImageDraw.Draw(picture)
    for x, y, wide, high in rectangles:
        draw.rectangle([(x + 10) * DOTS, (y + 10) * DOTS, (x + wide + 10) * DOTS - 1, (y + high + 10) * DOTS - 1], fill=0)
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def test_the_sample_code_has_244_modules():
    assert code128("H35.11.22-261121-0003").modules == 244


@pytest.mark.parametrize("code", ["H36.50.05-261120-0038", "TAM-0K3M9XYZ-261120-0001", "G09.20-20260609-0092637", "000.00.06.H56-261120-0001"])
def test_bars_scan(code):
    bars = code128(code)
    assert scanned(bars.rectangles(0, 0, 1, 20), bars.modules, 20) == [code]


@pytest.mark.parametrize("text", ["", "Đắk Mil", "a\nb"])
def test_what_bars_cannot_hold(text):
    assert code128(text) is None


def test_bars_begin_and_end_black():
    bars = code128("H36.50.05-261120-0038")
    first, last = bars.bars[0], bars.bars[-1]
    assert first[0] == 0
    assert last[0] + last[1] == bars.modules


@settings(max_examples=examples(10))
@given(st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{2}){1,3}-[0-9]{6}-[0-9]{4}", fullmatch=True))
def test_any_code_scans_back_from_its_qr(code):
    side = qr_modules(slip_qr(code)) * 2
    (text,) = scanned(qr(slip_qr(code), 0, 0, side), side, side)
    assert text == slip_qr(code)
    assert read_slip_qr(text) == code


def test_a_qr_fills_its_square_and_is_deterministic():
    made = qr("H36.50.05-261120-0038*J", 5, 7, 20)
    assert made == qr("H36.50.05-261120-0038*J", 5, 7, 20)
    assert min(x for x, *_ in made) == 5
    assert max(x + width for x, _, width, _ in made) == pytest.approx(25)
    assert max(y + height for _, y, _, height in made) == pytest.approx(27)


def test_a_slip_code_is_a_small_qr():
    assert qr_modules(slip_qr("H36.50.05-261120-0038")) == 25
