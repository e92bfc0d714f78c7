"""Scanners announce themselves: a responder answers as printers do, and anybody may send anything."""

import socket
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.scanning.devices import discovery
from counter_app.scanning.devices.discovery import SERVICE, discover
from counter_app.scanning.devices.dns_words import PTR, SRV, TXT, A, DamagedMessageError, read_answers, write_question

NAME = b"\x0aOffice MFP"
POINTER = b"\xc0\x0c"
"""The service's name, right behind the head of the message."""


def label(text):
    return bytes([len(text)]) + text.encode()


def service():
    return b"".join(map(label, ("_uscan", "_tcp", "local"))) + b"\0"


def record(name, kind, data, ttl=120):
    return name + struct.pack("!HHIH", kind, 1, ttl, len(data)) + data


def text(**members):
    return b"".join(label(f"{key}={value}") for key, value in members.items())


def answer(*records, flags=0x8400, questions=1):
    body = service() + struct.pack("!HH", PTR, 1) if questions else b""
    return struct.pack("!6H", 0, flags, questions, len(records), 0, 0) + body + b"".join(records)


def office(port=80, host="192.168.1.20", **members):
    """What a printer says of itself in one message."""
    full, machine = NAME + POINTER, label("mfp") + b"\xc0\x18"
    records = [
        record(POINTER, PTR, full), record(full, SRV, struct.pack("!HHH", 0, 0, port) + machine),
        record(full, TXT, text(**({"ty": "Office MFP 3000", "rs": "eSCL", "UUID": "x"} | members)))]
    if host:
        records.append(record(machine, A, socket.inet_aton(host)))
    return records


class Network:
    """A responder on loopback; ``says`` are the messages that it answers each question with, ``asked`` what it was asked.

    It has answered when the question is sent; what nobody waits for any more takes no time.
    """

    def __init__(self, line):
        self.says, self.asked, self.now = [], [], 0.0
        self._line, self.group = line, line.getsockname()

    def monotonic(self):
        return self.now

    def answer(self):
        message, sender = self._line.recvfrom(9000)
        self.asked.append(message)
        said = self.says[len(self.asked) - 1] if self.says and isinstance(self.says[0], list) else self.says
        for each in said:
            self._line.sendto(each, sender)


@pytest.fixture
def network(monkeypatch):
    """A network with one responder, and a time that passes only while nothing comes."""
    monkeypatch.setattr(discovery, "_own_addresses", list)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        net = Network(line)

        class Asking(socket.socket):
            def sendto(self, message, group):
                super().sendto(message, group)
                net.answer()

            def settimeout(self, left):
                self.left = left
                self.setblocking(False)

            def recvfrom(self, most):
                try:
                    return super().recvfrom(most)
                except BlockingIOError:
                    net.now += self.left
                    raise

        monkeypatch.setattr(discovery, "time", net)
        monkeypatch.setattr(discovery.socket, "socket", Asking)
        yield net


def found(network):
    return discover(2.0, network.group)


def test_a_scanner_is_found_with_its_address_and_name(network):
    network.says = [answer(*office())]
    assert found(network) == (("http://192.168.1.20/eSCL", "Office MFP 3000"),)


def test_the_question_is_what_scanners_answer_to_one_asker(network):
    found(network)
    assert len(network.asked) == 2
    assert network.asked[0] == struct.pack("!6H", 0, 0, 1, 0, 0, 0) + service() + struct.pack("!HH", PTR, 0x8001)


@pytest.mark.parametrize(("changes", "address"), [
    ({"port": 8080}, "http://192.168.1.20:8080/eSCL"), ({"rs": "/own/eSCL/"}, "http://192.168.1.20/own/eSCL"),
    ({"rs": ""}, "http://192.168.1.20/eSCL"), ({"host": ""}, "http://127.0.0.1/eSCL"),
])
def test_port_path_and_place_are_as_told(network, changes, address):
    network.says = [answer(*office(**changes))]
    assert found(network) == ((address, "Office MFP 3000"),)


def test_without_a_type_the_announced_name_is_shown(network):
    network.says = [answer(*office(ty=""))]
    assert found(network)[0][1] == "Office MFP"


def test_who_tells_only_the_name_is_asked_for_the_rest(network):
    pointer, *rest = office()
    network.says = [[answer(pointer)], [answer(*rest)]]
    assert [address for address, _ in found(network)] == ["http://192.168.1.20/eSCL"]
    assert b"Office MFP" in network.asked[1]
    assert struct.pack("!HH", SRV, 0x8001) in network.asked[1]


def test_who_never_tells_the_rest_is_not_listed(network):
    network.says = [answer(office()[0])]
    assert found(network) == ()


def test_two_answers_are_one_scanner_and_two_scanners_are_two(network):
    other = [part.replace(b"Office MFP", b"Second MFP").replace(b"\x03mfp", b"\x03two") for part in office(host="192.168.1.21")]
    network.says = [answer(*office()), answer(*office()), answer(*other)]
    assert [address for address, _ in found(network)] == ["http://192.168.1.20/eSCL", "http://192.168.1.21/eSCL"]


@pytest.mark.parametrize("message", [
    b"", b"\0" * 12, answer(*office(), flags=0), answer(*office())[:-3], b"\xff" * 100, struct.pack("!6H", 0, 0x8400, 0, 60000, 0, 0),
    answer(record(b"\xc0\x0c", PTR, b"\xc0\x28")), answer(*office(rs="a?b#c d")), answer(*office(rs="\x01")),
])
def test_what_is_odd_finds_nothing_and_breaks_nothing(network, message):
    network.says = [message]
    assert found(network) == ()


def test_what_is_odd_hides_no_scanner(network):
    network.says = [b"\xff" * 40, answer(*office())]
    assert len(found(network)) == 1


def test_other_services_are_not_scanners(network):
    network.says = [answer(*(part.replace(b"\xc0\x0c", b"\x04_ipp\xc0\x13", 1) if number == 0 else part for number, part in enumerate(office())))]
    assert found(network) == ()


def test_a_pc_without_a_network_finds_none(monkeypatch):
    monkeypatch.setattr(discovery, "_own_addresses", list)

    def unreachable(*_):
        raise OSError(101, "Network is unreachable")

    class Line(socket.socket):
        sendto = unreachable

    monkeypatch.setattr(discovery.socket, "socket", Line)
    assert discover(0.05) == ()


def test_a_name_with_dots_is_asked_for_as_one_label():
    asked = write_question([("A\\.4 room.local", SRV)])
    assert b"\x08A.4 room\x05local\0" in asked


def test_kinds_that_nobody_needs_are_passed_over():
    records = read_answers(answer(record(POINTER, 28, bytes(16)), record(POINTER, A, b"\0\0"), *office()))
    assert [each.kind for each in records] == [PTR, SRV, TXT, A]
    assert records[0].name == SERVICE
    assert records[0].target == f"Office MFP.{SERVICE}"


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda tail: answer(*office())[:-40] + tail))
def test_no_bytes_bring_anything_but_records_or_a_refusal(message):
    try:
        read_answers(message)
    except DamagedMessageError:
        return


@given(st.integers(0, 400), st.integers(0, 255))
def test_one_wrong_byte_brings_nothing_worse(place, value):
    message = bytearray(answer(*office()))
    message[place % len(message)] = value
    heard = discovery._Heard()
    heard.hear(bytes(message), "192.168.1.9")
    for address, name in heard.scanners():
        assert address.startswith("http://")
        assert name.isprintable()


@given(st.binary(max_size=12), st.integers(0, 60))
def test_names_that_lead_round_are_refused(noise, target):
    pointer = struct.pack("!H", 0xC000 | target)
    message = struct.pack("!6H", 0, 0x8400, 0, 1, 0, 0) + noise + pointer + struct.pack("!HHIH", PTR, 1, 1, 2) + pointer
    try:
        read_answers(message)
    except DamagedMessageError:
        return
