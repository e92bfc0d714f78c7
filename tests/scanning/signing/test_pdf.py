"""Signing one PDF: it is a PDF/A-2b before and after, is there whole or not at all, and nothing that can't be signed is."""

import errno
import subprocess

import pikepdf
import pytest

from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.scanning.signing import pdf as signing
from counter_app.scanning.signing.archival import is_archival
from counter_app.scanning.signing.checking import signatures
from counter_app.scanning.signing.pdf import sign_pdf
from tests.scanning.signing import samples


def refused(source, out, signer=None):
    with pytest.raises((RuleBrokenError, SurroundingsError)) as error:
        sign_pdf(source, samples.MARK, out, signer or samples.signer())
    assert sorted(path.name for path in out.parent.iterdir() if path != source) == [], "nothing stays"
    return error.value.code


@pytest.fixture
def out(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out" / "signed.pdf"


def test_a_signed_file_is_a_pdf_a_and_holds_what_was_there_to_the_byte(tmp_path, out):
    source = samples.paper(tmp_path)
    sign_pdf(source, samples.MARK, out, samples.signer(chain=[samples.root()]))
    assert is_archival(source)
    assert is_archival(out)
    assert out.read_bytes().startswith(source.read_bytes())
    assert out.stat().st_size - source.stat().st_size < 45_000
    assert [path.name for path in out.parent.iterdir()] == ["signed.pdf"]
    assert subprocess.run(["qpdf", "--check", str(out)], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_every_page_of_a_turned_file_stays_archival(tmp_path, out, rotate):
    sign_pdf(samples.turned(samples.paper(tmp_path), rotate=rotate, crop=(10, 10, 500, 700)), samples.MARK, out, samples.signer())
    assert is_archival(out)


def test_a_second_signature_leaves_the_first_whole(tmp_path, out):
    second = out.with_name("second.pdf")
    sign_pdf(samples.paper(tmp_path), samples.MARK, out, samples.signer())
    sign_pdf(out, samples.MARK, second, samples.signer(samples.certificate("UBND xã Thử", serial=9)))
    first, last = signatures(second, ())
    assert first.holds
    assert not first.whole
    assert last.holds
    assert last.whole
    assert (first.owner, last.owner) == (samples.AGENCY, "UBND xã Thử")
    assert is_archival(second)


def test_what_another_key_made_is_no_signature_of_the_certificate(tmp_path, out):
    assert refused(samples.paper(tmp_path), out, samples.signer(mine="ca")) == "TOKEN_SIGNED_WRONG"


def test_what_a_broken_token_gives_is_no_signature(tmp_path, out, monkeypatch):
    signer = samples.signer()

    async def wrong(data, digest_algorithm, dry_run=False):
        return bytes(256)

    monkeypatch.setattr(signer, "async_sign_raw", wrong)
    assert refused(samples.paper(tmp_path), out, signer) == "TOKEN_SIGNED_WRONG"


def test_a_file_whose_signature_no_longer_holds_gets_no_other(tmp_path, out):
    sign_pdf(samples.paper(tmp_path), samples.MARK, out, samples.signer())
    changed = tmp_path / "changed.pdf"
    data = bytearray(out.read_bytes())
    data[data.index(b"stream") + 300] ^= 1
    changed.write_bytes(data)
    out.unlink()
    assert refused(changed, out) == "SIGN_ALTERED"


def test_what_can_not_be_signed(tmp_path, out):
    source = samples.paper(tmp_path)
    protected, plain, cut, no_pdf = (tmp_path / f"{name}.pdf" for name in ("protected", "plain", "cut", "none"))
    with pikepdf.open(source) as pdf:
        pdf.save(protected, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(plain)
    cut.write_bytes(source.read_bytes()[:2000])
    no_pdf.write_bytes(b"GIF89a")
    assert refused(protected, out) == "SIGN_PROTECTED"
    assert refused(plain, out) == "SIGN_NOT_ARCHIVAL"
    assert refused(cut, out) == "SIGN_DAMAGED"
    assert refused(no_pdf, out) == "SIGN_DAMAGED"
    assert refused(tmp_path / "gone.pdf", out) == "FILE_NOT_FOUND"


def test_a_form_to_fill_in_is_no_archival_file(tmp_path, out):
    source = samples.paper(tmp_path)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("a")))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        pdf.save(source)
    assert refused(source, out) == "SIGN_NOT_ARCHIVAL"


def test_a_mark_that_would_spoil_the_archive_is_never_written(tmp_path, out, monkeypatch):
    """A mark whose letters are not in the file: the check after signing finds it."""
    from reportlab.pdfgen.canvas import Canvas

    def careless(_wanted, _turns):
        from io import BytesIO

        made = BytesIO()
        canvas = Canvas(made, pagesize=(100, 30))
        canvas.drawString(0, 10, "Helvetica")
        canvas.save()
        return made.getvalue()

    monkeypatch.setattr(signing, "drawn", careless)
    assert refused(samples.paper(tmp_path), out) == "SIGN_NOT_ARCHIVAL"


@pytest.mark.parametrize("step", ["_sign", "is_archival"])
def test_a_full_disk_leaves_nothing_half_written(tmp_path, out, monkeypatch, step):
    plain, calls = getattr(signing, step), []

    def full(*args):
        calls.append(args)
        if len(calls) == (1 if step == "_sign" else 2):
            raise OSError(errno.ENOSPC, "full")
        return plain(*args)

    monkeypatch.setattr(signing, step, full)
    assert refused(samples.paper(tmp_path), out) == "DISK_FULL"
