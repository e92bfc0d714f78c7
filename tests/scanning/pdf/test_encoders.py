"""Masks and tones come back as they went in, seen with the eyes of others."""

import zlib
from io import BytesIO

import numpy as np
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from counter_app.scanning.pdf.encoders import group4, jpeg


def decoded(packed):
    """A mask as libtiff behind pikepdf sees it: True where the PDF is black."""
    pdf = pikepdf.new()
    width, height = packed.size_px
    stream = pikepdf.Stream(pdf, packed.data, pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height, BitsPerComponent=1,
        ColorSpace=pikepdf.Name.DeviceGray, Filter=pikepdf.Name.CCITTFaxDecode,
        DecodeParms=pikepdf.Dictionary(K=-1, Columns=width, Rows=height)))
    return np.asarray(pikepdf.PdfImage(stream).as_pil_image().convert("L")) == 0


@given(arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 70)), elements=st.sampled_from([0, 255])))
def test_every_mask_comes_back_as_black_ink(mask):
    packed = group4(mask)
    assert packed.size_px == mask.shape[::-1]
    assert (decoded(packed) == (mask > 0)).all()


@pytest.mark.parametrize("height", [1, 100, 3508, 4961])
def test_a_tall_mask_is_one_strip(height):
    mask = np.zeros((height, 60), np.uint8)
    mask[height // 2:, 10:20] = 1
    assert (decoded(group4(mask)) == (mask > 0)).all()


def test_little_ink_costs_little():
    mask = np.zeros((2339, 1654), np.uint8)
    mask[1000:1004, 100:1500] = 255
    assert len(group4(mask).data) < 1200


def unpacked(packed):
    data = zlib.decompress(packed.data) if packed.filters[0] == "/FlateDecode" else packed.data
    with Image.open(BytesIO(data)) as picture:
        return np.asarray(picture.convert("RGB"))[:, :, ::-1].astype(int)


def test_tones_come_back_with_their_colours():
    chance = np.random.default_rng(1)
    soft = np.kron(chance.integers(30, 220, (10, 8, 3)), np.ones((32, 32, 1))).astype(np.uint8)
    packed = jpeg(soft, 75)
    assert packed.filters[-1] == "/DCTDecode"
    assert np.abs(unpacked(packed) - soft).mean() < 4


def test_noise_is_not_packed_twice_and_paper_costs_next_to_nothing():
    noise = np.random.default_rng(1).integers(0, 255, (300, 300, 3), dtype=np.uint8)
    assert jpeg(noise, 75).filters == ("/DCTDecode",)
    paper = jpeg(np.full((2339, 1654, 3), 255, np.uint8), 50)
    assert paper.filters == ("/FlateDecode", "/DCTDecode")
    assert len(paper.data) < 1500
    assert (unpacked(paper) == 255).all()
