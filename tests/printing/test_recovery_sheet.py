"""The recovery sheet: everything that opens the desk again, and nothing that doesn't fit."""

from counter_app.security.recovery import new_secret, read_secret
from tests.printing.reading import Pdf, problems
from tests.printing.samples import PRINTER

CONTENT = {
    "unit_name": "Trung tâm Phục vụ hành chính công xã Đắk Mil", "commune": "Xã Đắk Mil", "province": "Lâm Đồng", "agency": "H36.50.05",
    "desk": "2", "device": "0192f3a4-7c11-7abc-8def-0123456789ab", "made_at": "2026-11-20T09:42:00",
    "recovery": "4K7QX-0M3N8-ZZ12P-9HJ4R-T6V8W-1A2B3-C4D5E-F6G7H"}


def test_it_says_what_it_is_whose_and_how_to_use_it():
    with Pdf(PRINTER.recovery_sheet(CONTENT)) as pdf:
        text = pdf.text()
        assert len(pdf) == 1
        assert pdf.size() == (210, 297)
        assert problems(pdf) == []
    for words in ("PHIẾU KHÔI PHỤC DỮ LIỆU", "Xã Đắk Mil", "H36.50.05", "Quầy: 2", CONTENT["device"], "09:42 20/11/2026", "counter recover",
                  "NGƯỜI LẬP", "NGƯỜI CẤT GIỮ"):
        assert words in text
    assert all(f"{number}. {group}" in text for number, group in enumerate(CONTENT["recovery"].split("-"), start=1))


def test_its_qr_types_the_secret():
    secret = new_secret()
    with Pdf(PRINTER.recovery_sheet(CONTENT | {"recovery": secret})) as pdf:
        scanned = pdf.barcodes()["qr"][0]
    assert read_secret(scanned) == read_secret(secret)


def test_a_long_unit_and_none_fit():
    for unit in ("", "Trung tâm Phục vụ hành chính công " * 6):
        with Pdf(PRINTER.recovery_sheet(CONTENT | {"unit_name": unit, "province": ""})) as pdf:
            assert problems(pdf) == []
            assert len(pdf) == 1
