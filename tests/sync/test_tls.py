"""Behind TLS: a sound front is passed through, and whoever only plays the province, or damages a byte, hears nothing (invariant 18)."""

from __future__ import annotations

import socket
import ssl

import pytest
import requests.adapters

from tests.sync.certificates import Authority
from tests.sync.lines import both_hold_the_same
from tests.sync.test_bad_line import over, remembered
from tests.sync.thin_line import Nature, ThinLine


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    """The authority that this computer trusts, and no other."""
    made = Authority(tmp_path, "trusted")
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(made.bundle))
    return made


def test_behind_a_sound_certificate_everything_arrives(enrolled, province, trusted):
    with ThinLine(province.url, context=trusted.front()) as front:
        over(enrolled, front.url)
        told = enrolled.run()
        assert (told.contact, told.pending, told.troubles) == (True, 0, ())
        assert front.up > 1000
        both_hold_the_same(enrolled, province)


@pytest.mark.parametrize("stranger", ["another_authority", "another_name", "ran_out"])
def test_i18_a_false_certificate_hears_nothing(enrolled, province, trusted, tmp_path, stranger):
    fronts = {
        "another_authority": lambda: Authority(tmp_path, "interceptor").front(), "another_name": lambda: trusted.front("tinh.example"),
        "ran_out": lambda: trusted.front(ended=True)}
    before = remembered(enrolled)
    with ThinLine(province.url, context=fronts[stranger]()) as front:
        over(enrolled, front.url)
        told = enrolled.run(0.5)
        assert (told.contact, told.sent, [each.problem.code for each in told.troubles]) == (False, 0, ["TLS_FAILED"])
        assert (front.up, front.down) == (0, 0), "no byte was spoken inside"
    over(enrolled, province.url)
    assert remembered(enrolled) == before
    enrolled.run()
    both_hold_the_same(enrolled, province)


def test_there_is_no_way_back_to_an_older_tls(enrolled, province, trusted):
    context = trusted.front()
    with pytest.warns(DeprecationWarning, match="TLS"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with ThinLine(province.url, context=context) as front:
        over(enrolled, front.url)
        assert enrolled.run(0.5).contact is False
        assert front.up == 0


@pytest.mark.parametrize("at", [700, 1500, 2200, 3000])
def test_a_bit_that_flips_inside_tls_only_breaks_the_connection(enrolled, province, trusted, at):
    with ThinLine(province.url, context=trusted.front()) as front, ThinLine(f"http://127.0.0.1:{front.port}") as damaging:
        over(enrolled, f"https://localhost:{damaging.port}")
        damaging.change(Nature(flip_at=at))
        enrolled.run()
        assert damaging.up > at
        both_hold_the_same(enrolled, province)


def test_a_name_that_nobody_knows_is_no_contact(enrolled, province, monkeypatch):
    """DNS fails: nothing is said, and the same pass goes through when the name is known again."""
    asked, sound = [], socket.getaddrinfo

    def unknown(host, *given, **named):
        if host == "dongbo.tinh.example":
            asked.append(host)
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return sound(host, *given, **named)

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    before = remembered(enrolled)
    over(enrolled, "https://dongbo.tinh.example")
    told = enrolled.run(0.5)
    assert asked
    assert (told.contact, [each.problem.code for each in told.troubles]) == (False, ["NO_CONTACT"])
    over(enrolled, province.url)
    assert remembered(enrolled) == before
    enrolled.run()
    both_hold_the_same(enrolled, province)
