"""Raster commands say what they were made from, and reach a printer at a port or behind a file, or say why not."""

import os
import socket
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import SurroundingsError
from counter_app.printing.thermal import DevicePrinter, Dots, NetworkPrinter, address_of, commands, thermal_printer
from tests.printing.escpos import Roll, pictures

MUCH = bytes(8_000_000)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes with names are a matter of POSIX")


@st.composite
def drawn(draw):
    width, height = draw(st.integers(1, 72)), draw(st.integers(1, 600))
    return Dots(width * 8, draw(st.randoms(use_true_random=False)).randbytes(width * height))


def black_is_one(picture):
    return picture.point(lambda value: 255 - value).convert("1").tobytes()


@given(st.lists(drawn(), min_size=1, max_size=3), st.integers(1, 2))
def test_every_dot_comes_back(pages, copies):
    found = pictures(commands(pages, copies))
    assert [(picture.width, black_is_one(picture)) for picture in found] == [(page.width, page.lines) for page in pages] * copies


def test_no_command_holds_more_lines_than_small_printers_do():
    data = commands([Dots(576, bytes(72 * 1000))])
    assert data.count(b"\x1dv0\x00") == 5
    assert pictures(data)[0].size == (576, 1000)


def test_a_printer_at_a_port_takes_everything():
    data = commands([Dots(576, os.urandom(72 * 1500))])
    with Roll() as roll:
        thermal_printer(roll.address).send(data)
        assert roll.done() == data


def test_a_printer_that_is_not_there_is_named():
    with socket.socket() as free:  # taken, and nobody listens
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        with pytest.raises(SurroundingsError) as caught:
            NetworkPrinter("127.0.0.1", port).send(b"x")
    assert (caught.value.code, caught.value.problems[0].params) == ("PRINTER_UNREACHABLE", {"printer": f"127.0.0.1:{port}"})


def test_a_printer_without_paper_does_not_hold_the_program():
    with Roll(reads=False) as roll, pytest.raises(SurroundingsError) as caught:
        NetworkPrinter("127.0.0.1", roll.port, stall_seconds=0.2).send(MUCH)
    assert caught.value.code == "PRINTER_STUCK"


def test_a_file_takes_everything(tmp_path):
    device = tmp_path / "lp0"
    device.touch()
    thermal_printer(f"escpos:{device}").send(b"\x1b@abc" * 5000)
    assert device.read_bytes() == b"\x1b@abc" * 5000


@POSIX
def test_a_slow_device_takes_everything(tmp_path):
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    taken = []
    opened = threading.Event()

    def read():
        with os.fdopen(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as file:
            os.set_blocking(file.fileno(), True)
            opened.set()
            go.wait(10)
            while part := file.read(1000):
                taken.append(part)

    go = threading.Event()
    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    assert opened.wait(10)
    threading.Timer(0.05, go.set).start()
    DevicePrinter(str(pipe)).send(MUCH[:300_000])
    reader.join(10)
    assert b"".join(taken) == MUCH[:300_000]


@POSIX
def test_a_device_that_takes_nothing_does_not_hold_the_program(tmp_path):
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(SurroundingsError) as caught:
            DevicePrinter(str(pipe), stall_seconds=0.1).send(MUCH)
    finally:
        os.close(reader)
    assert caught.value.code == "PRINTER_STUCK"


@pytest.mark.parametrize("address", ["escpos:/no/such/lp9", "escpos://", "escpos://host:port", "escpos://[::1", "escpos:"])
def test_an_address_that_names_no_printer(address):
    with pytest.raises(SurroundingsError) as caught:
        thermal_printer(address).send(b"x")
    assert caught.value.code == "PRINTER_UNREACHABLE"


@pytest.mark.parametrize(("typed", "address"), [
    ("192.168.1.50", "escpos://192.168.1.50"), (" 192.168.1.50:9101 ", "escpos://192.168.1.50:9101"),
    ("escpos://may-in.local", "escpos://may-in.local"), ("/dev/usb/lp0", "escpos:/dev/usb/lp0"), ("escpos:/dev/usb/lp0", "escpos:/dev/usb/lp0"),
    ("\\\\QUAY1\\maybill", "escpos:\\\\QUAY1\\maybill"), ("", None), ("  ", None), ("escpos:", None), ("escpos://", None),
    ("may in", None), ("host:port", None), ("[::1", None)])
def test_an_address_as_a_person_types_it(typed, address):
    assert address_of(typed) == address
    if address:
        assert address_of(address) == address
        thermal_printer(address)


@pytest.mark.parametrize(("address", "printer"), [
    ("escpos://10.0.0.9", NetworkPrinter("10.0.0.9", 9100)), ("escpos://may-in.local:9101", NetworkPrinter("may-in.local", 9101)),
    ("escpos://[fe80::1]:9100", NetworkPrinter("fe80::1", 9100)), ("escpos:/dev/usb/lp0", DevicePrinter("/dev/usb/lp0")),
    ("escpos:\\\\QUAY1\\maybill", DevicePrinter("\\\\QUAY1\\maybill"))])
def test_addresses(address, printer):
    assert thermal_printer(address) == printer
