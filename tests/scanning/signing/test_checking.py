"""Looking at signatures: what was changed is found to the bit, and a name is trusted only where a known root leads to it."""

import logging

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.scanning.signing.checking import PdfSignatures, signatures
from counter_app.scanning.signing.pdf import sign_pdf
from counter_app.services.scanning.signing_ports import Trust
from tests.examples import examples
from tests.scanning.signing import samples

ROOT = samples.der(samples.root())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("signed")


@pytest.fixture(scope="module")
def signed(folder):
    out = folder / "signed.pdf"
    sign_pdf(samples.paper(folder), samples.MARK, out, samples.signer())
    return out


def looked_at(signer, folder, name, roots=(ROOT,)):
    out = folder / f"{name}.pdf"
    sign_pdf(samples.paper(folder, f"source-{name}.pdf"), samples.MARK, out, signer)
    (found,) = signatures(out, roots)
    return found


def codes(act):
    with pytest.raises((RuleBrokenError, SurroundingsError)) as error:
        act()
    return error.value.code


def read_or_refused(path):
    """Return the signatures of a spoiled file; none where it is refused in the desk's words."""
    try:
        return signatures(path, [ROOT])
    except RuleBrokenError as error:
        return () if error.code in ("SIGN_DAMAGED", "SIGN_PROTECTED") else error.code


def test_an_untouched_file(signed):
    (found,) = signatures(signed, [ROOT])
    assert (found.owner, found.issuer, found.serial, found.trust) == (samples.AGENCY, samples.ISSUER, "1234AB", Trust.TRUSTED)
    assert found.holds
    assert found.intact
    assert found.whole
    assert not found.altered
    assert found.signed_at.utcoffset().total_seconds() == 7 * 3600


def test_without_a_root_nobody_is_trusted_and_the_content_still_holds(signed):
    (found,) = signatures(signed, ())
    assert found.trust is Trust.UNKNOWN
    assert found.holds
    other = samples.der(samples.root("CA Khác", mine="another"))
    assert signatures(signed, [other])[0].trust is Trust.UNKNOWN


def test_a_root_of_the_same_name_with_another_key_is_not_the_issuer(signed):
    (found,) = signatures(signed, [samples.der(samples.root(mine="false"))])
    assert found.trust is not Trust.TRUSTED
    assert found.holds


@given(st.data())
@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bit_that_was_signed_can_change_unseen(signed, folder, data):
    content = bytearray(signed.read_bytes())
    start = content.rindex(b"/Contents <") + len(b"/Contents <") - 1
    end = content.index(b">", start) + 1
    at = data.draw(st.integers(0, start - 1) | st.integers(end, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    changed = folder / "changed.pdf"
    changed.write_bytes(content)
    assert not any(each.holds and each.trust is Trust.TRUSTED for each in read_or_refused(changed))


def test_what_is_added_behind_a_signature_is_seen(signed, folder):
    added = folder / "added.pdf"
    with signed.open("rb") as file, added.open("wb") as out:
        writer = IncrementalPdfFileWriter(file)
        page = writer.find_page_for_modification(0)[0]
        page.get_object()[generic.pdf_name("/Rotate")] = generic.NumberObject(90)
        writer.mark_update(page)
        writer.write(out)
    (found,) = signatures(added, [ROOT])
    assert found.intact
    assert not found.whole
    assert found.altered
    assert not found.holds


def test_another_signature_is_no_alteration(signed, folder):
    out = folder / "twice.pdf"
    sign_pdf(signed, samples.MARK, out, samples.signer())
    first, second = signatures(out, [ROOT])
    assert first.holds
    assert not first.whole
    assert second.holds
    assert second.whole


def test_a_file_that_was_written_anew_has_no_signature_that_holds(signed, folder):
    again = folder / "again.pdf"
    with pikepdf.open(signed) as pdf:
        pdf.save(again)
    assert not any(each.holds for each in signatures(again, [ROOT]))


def test_a_certificate_that_had_run_out_when_it_signed(folder):
    found = looked_at(samples.signer(samples.certificate(days=(-30, -2))), folder, "late")
    assert found.holds
    assert found.trust is Trust.INVALID


def test_a_certificate_that_is_not_for_signing(folder):
    found = looked_at(samples.signer(samples.certificate(uses=("key_encipherment",))), folder, "wrong-use")
    assert found.trust is not Trust.TRUSTED


def test_an_issuer_between_is_found_in_the_file(folder):
    between = samples.certificate("CA Trung Gian", mine="between", uses=("key_cert_sign",), ca=True, serial=6)
    mine = samples.certificate(issuer="CA Trung Gian", theirs="between")
    found = looked_at(samples.signer(mine, chain=[between]), folder, "chain")
    assert found.trust is Trust.TRUSTED
    assert found.issuer == "CA Trung Gian"


def test_a_file_without_a_signature(folder):
    assert signatures(samples.paper(folder, "unsigned.pdf"), [ROOT]) == ()


def test_what_is_no_pdf(tmp_path, signed):
    broken, empty = tmp_path / "broken.pdf", tmp_path / "empty.pdf"
    empty.touch()
    assert codes(lambda: signatures(empty, ())) == "SIGN_DAMAGED"
    assert codes(lambda: signatures(tmp_path / "none.pdf", ())) == "FILE_NOT_FOUND"
    assert codes(lambda: signatures(tmp_path, ())) in ("FILE_IS_FOLDER", "FOLDER_NOT_ALLOWED")
    broken.write_bytes(signed.read_bytes()[:30_000])
    assert codes(lambda: signatures(broken, ())) == "SIGN_DAMAGED"


@given(st.binary(max_size=400), st.integers(0, 60_000))
@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_lies_in_a_file_it_is_read_or_refused(signed, folder, noise, at):
    content = bytearray(signed.read_bytes())
    content[at % len(content):at % len(content) + len(noise)] = noise
    spoiled = folder / "spoiled.pdf"
    spoiled.write_bytes(content)
    assert not isinstance(read_or_refused(spoiled), str)


def test_no_name_gets_into_the_log(signed, caplog):
    caplog.set_level(logging.DEBUG)
    signatures(signed, ())
    assert samples.AGENCY not in caplog.text
    assert samples.ISSUER not in caplog.text


def test_roots_are_read_from_both_kinds_of_files(tmp_path):
    made, reader = samples.root(), PdfSignatures()
    (tmp_path / "a.cer").write_bytes(samples.der(made))
    (tmp_path / "a.pem").write_bytes(made.public_bytes(samples.PEM))
    found = [reader.root_in(tmp_path / name) for name in ("a.cer", "a.pem")]
    assert found[0] == found[1] == reader.root(samples.der(made))
    assert found[0].owner == samples.ISSUER
    assert found[0].der == samples.der(made)


def test_what_is_no_root(tmp_path):
    mine, text, reader = tmp_path / "mine.cer", tmp_path / "text.pem", PdfSignatures()
    mine.write_bytes(samples.der(samples.certificate()))
    text.write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "ascii")
    assert codes(lambda: reader.root_in(mine)) == "ROOT_NO_ISSUER"
    assert codes(lambda: reader.root_in(text)) == "ROOT_UNREADABLE"
    assert codes(lambda: reader.root_in(tmp_path / "none.cer")) == "FILE_NOT_FOUND"


@given(st.binary(max_size=300))
def test_no_bytes_but_a_certificate_are_a_root(data):
    with pytest.raises(RuleBrokenError) as error:
        PdfSignatures().root(data)
    assert error.value.code == "ROOT_UNREADABLE"
