"""Tokens through the vendor's library in its own process: SoftHSM signs, poppler's pdfsig agrees, and every fault has its sentence."""

import subprocess
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.domain.moments import VIETNAM
from counter_app.scanning.signing.checking import PdfSignatures
from counter_app.scanning.signing.process import TokenProcess
from counter_app.services.scanning.signing_ports import Mark, Trust
from tests.scanning.signing import samples
from tests.scanning.signing.conftest import PIN

TOKENS = TokenProcess()


def fault_of(act):
    with pytest.raises(SurroundingsError) as error:
        act()
    return error.value.code


def opened(softhsm, pin=PIN, certificate=None, tokens=TOKENS):
    wanted = certificate or tokens.certificates(softhsm.library)[0]
    with tokens.session(softhsm.library, wanted, pin):
        return "open"


def test_what_can_be_signed_with_is_listed_without_a_pin(softhsm):
    mine, authority = samples.certificate(), samples.root()
    softhsm.token(mine, authority, label="Bút ký số")
    (found,) = TOKENS.certificates(softhsm.library)
    assert (found.token, found.owner, found.issuer, found.serial) == ("Bút ký số", samples.AGENCY, samples.ISSUER, "1234AB")
    assert found.fingerprint == sha256(samples.der(mine)).hexdigest()
    assert found.valid_to - found.valid_from == timedelta(days=301)
    assert found.valid_from < datetime.now(VIETNAM) < found.valid_to
    assert found.valid_to.utcoffset() == timedelta(hours=7)


def test_a_batch_is_signed_and_two_others_agree(softhsm, tmp_path):
    softhsm.token(samples.certificate(), samples.root())
    (certificate,) = TOKENS.certificates(softhsm.library)
    sources = [samples.paper(tmp_path, f"paper-{n}.pdf") for n in (1, 2, 3)]
    outs = [tmp_path / f"signed-{n}.pdf" for n in (1, 2, 3)]
    with TOKENS.session(softhsm.library, certificate, PIN) as session:
        for source, out in zip(sources, outs, strict=True):
            session.sign(source, Mark(samples.AGENCY, datetime.now(VIETNAM)), out)
    for out in outs:
        (found,) = PdfSignatures().signatures(out, [samples.der(samples.root())])
        assert found.intact
        assert found.whole
        assert not found.altered
        assert found.holds
        assert (found.trust, found.owner, found.serial) == (Trust.TRUSTED, samples.AGENCY, "1234AB")
        assert abs(found.signed_at - datetime.now(VIETNAM)) < timedelta(minutes=2)
        said = subprocess.run(["pdfsig", str(out)], capture_output=True, text=True, check=False).stdout
        for expected in ("Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "SHA-256", samples.AGENCY):
            assert expected in said


def test_a_key_of_a_curve_signs_too(softhsm, tmp_path):
    softhsm.token(samples.certificate(mine="curve"), key="curve")
    (certificate,) = TOKENS.certificates(softhsm.library)
    out = tmp_path / "signed.pdf"
    with TOKENS.session(softhsm.library, certificate, PIN) as session:
        session.sign(samples.paper(tmp_path), samples.MARK, out)
    assert PdfSignatures().signatures(out, [samples.der(samples.root())])[0].trust is Trust.TRUSTED
    assert "Signature is Valid" in subprocess.run(["pdfsig", str(out)], capture_output=True, text=True, check=False).stdout


def test_the_pin_is_tried_once_and_never_told(softhsm, tmp_path):
    softhsm.token(samples.certificate())
    with pytest.raises(SurroundingsError) as error:
        opened(softhsm, pin="99887766")
    assert error.value.code in ("TOKEN_PIN_WRONG", "TOKEN_PIN_LOW")
    chain = [error.value, error.value.__cause__, error.value.__context__]
    assert not any("99887766" in f"{each!r}{getattr(each, 'problems', '')}" for each in chain)
    assert opened(softhsm) == "open", "one wrong try leaves the right one"


@pytest.mark.parametrize("pin", ["1", "9" * 300])
def test_a_pin_that_is_too_short_or_too_long_is_a_wrong_one(softhsm, pin):
    softhsm.token(samples.certificate())
    assert fault_of(lambda: opened(softhsm, pin=pin)).startswith("TOKEN_PIN_")


def test_a_certificate_without_its_key_can_not_sign(softhsm):
    softhsm.token(samples.certificate(), key=None)
    assert fault_of(lambda: opened(softhsm)) == "TOKEN_NO_KEY"


def test_a_token_with_nothing_to_sign_with(softhsm):
    softhsm.token(samples.root(), samples.certificate(uses=("key_encipherment",)), key=None)
    assert fault_of(lambda: TOKENS.certificates(softhsm.library)) == "TOKEN_NO_CERTIFICATE"


def test_no_token_and_the_wrong_token(softhsm):
    assert fault_of(lambda: TOKENS.certificates(softhsm.library)) == "TOKEN_MISSING"
    softhsm.token(samples.certificate())
    (certificate,) = TOKENS.certificates(softhsm.library)
    assert fault_of(lambda: opened(softhsm, certificate=replace(certificate, token_serial="other"))) == "TOKEN_MISSING"
    assert fault_of(lambda: opened(softhsm, certificate=replace(certificate, fingerprint="00"))) == "TOKEN_NO_CERTIFICATE"


def test_two_tokens_at_once(softhsm):
    softhsm.token(samples.certificate(), label="one").token(samples.certificate("UBND xã Thử", serial=7), label="two")
    found = {each.token: each for each in TOKENS.certificates(softhsm.library)}
    assert {name: each.owner for name, each in found.items()} == {"one": samples.AGENCY, "two": "UBND xã Thử"}
    assert opened(softhsm, certificate=found["two"]) == "open"


def test_a_token_that_is_pulled_out_in_the_middle_keeps_what_was_signed(softhsm, tmp_path):
    softhsm.token(samples.certificate())
    (certificate,) = TOKENS.certificates(softhsm.library)
    source, first, second = samples.paper(tmp_path), tmp_path / "1.pdf", tmp_path / "2.pdf"
    with TOKENS.session(softhsm.library, certificate, PIN) as session:
        session.sign(source, samples.MARK, first)
        softhsm.unplug()
        code = fault_of(lambda: session.sign(source, samples.MARK, second))
    assert code in ("TOKEN_GONE", "TOKEN_FAILED")
    assert PdfSignatures().signatures(first, ())[0].holds
    assert sorted(path.name for path in tmp_path.glob("*.pdf*")) == ["1.pdf", "paper.pdf", "paper.pdf.png"]


def test_a_file_that_can_not_be_signed_says_so_and_the_next_one_is(softhsm, tmp_path):
    softhsm.token(samples.certificate())
    (certificate,) = TOKENS.certificates(softhsm.library)
    good, bad = samples.paper(tmp_path), tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 no more")
    with TOKENS.session(softhsm.library, certificate, PIN) as session:
        with pytest.raises(RuleBrokenError) as error:
            session.sign(bad, samples.MARK, tmp_path / "x.pdf")
        assert error.value.code == "SIGN_DAMAGED"
        session.sign(good, samples.MARK, tmp_path / "y.pdf")
    assert (tmp_path / "y.pdf").exists()
    assert not (tmp_path / "x.pdf").exists()
