"""Signatures are read apart from the program: it gets the same answers, and no file holds it up or takes its memory."""

import zlib

import pytest

from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.scanning.signing.checking import signatures
from counter_app.scanning.signing.checking_process import SignaturesApart
from counter_app.scanning.signing.pdf import sign_pdf
from tests.scanning.signing import samples

READER = SignaturesApart()


def code(act, kind=RuleBrokenError):
    with pytest.raises(kind) as error:
        act()
    return error.value.code


def pdf(*objects):
    """A PDF of objects, the first of which is its root."""
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(places) + 1, table, len(places) + 1, len(out))


def fields_without_end():
    """Each field has three children, all of them the next one: 3 to the 36 signatures."""
    chain = [b"<</T(b)/Kids[%d 0 R %d 0 R %d 0 R]>>" % (next_one, next_one, next_one) for next_one in range(4, 40)]
    return pdf(b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]>>>>", b"<</Type/Pages/Kids[]/Count 0>>", *chain, b"<</FT/Sig/T(z)>>")


def objects_without_end():
    """A table of two thousand million objects of no bytes each."""
    data = zlib.compress(bytes(100))
    head = b"%PDF-1.7\n"
    return head + b"1 0 obj\n<</Type/XRef/Size 5/Index[0 2000000000]/W[0 0 0]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n%s" % (
        len(data), data) + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def test_what_is_read_is_the_same_as_in_one_process(tmp_path):
    source, out = samples.paper(tmp_path), tmp_path / "signed.pdf"
    sign_pdf(source, samples.MARK, out, samples.signer())
    roots = [samples.der(samples.root())]
    assert READER.signatures(out, roots) == signatures(out, roots)
    assert READER.signatures(out, ()) == signatures(out, ()) != signatures(out, roots)
    assert READER.signatures(source, roots) == ()


def test_faults_come_over(tmp_path):
    (tmp_path / "text.pdf").write_text("no PDF")
    assert code(lambda: READER.signatures(tmp_path / "text.pdf", ())) == "SIGN_DAMAGED"
    assert code(lambda: READER.signatures(tmp_path / "none.pdf", ()), SurroundingsError) == "FILE_NOT_FOUND"


@pytest.mark.parametrize("hostile", [fields_without_end, objects_without_end])
def test_a_file_that_never_ends_is_a_damaged_one(tmp_path, hostile):
    (tmp_path / "hostile.pdf").write_bytes(hostile())
    assert code(lambda: SignaturesApart(longest_s=3).signatures(tmp_path / "hostile.pdf", ())) == "SIGN_DAMAGED"
