"""The signatures of any PDF in the window, in plain words; the issuers that are trusted, added and dropped."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.people import Actor, Role
from counter_app.scanning.signing.checking import PdfSignatures
from counter_app.scanning.signing.pdf import sign_pdf
from tests.scanning.signing import samples
from tests.ui.conftest import settle
from tests.ui.pages.helpers import idle
from ui.dialogs.scanning.signatures import RootsDialog, SignaturesDialog


def press(seat, dialog, key):
    """Press a key; that of a button clicks it a moment later."""
    QTest.keyClick(dialog, key)
    settle(150)
    idle(seat.context)
    settle(0)


@pytest.fixture
def signed(tmp_path):
    out = tmp_path / "from-outside.pdf"
    sign_pdf(samples.paper(tmp_path), samples.MARK, out, samples.signer())
    return out


def looked_at(seat, host, path):
    dialog = SignaturesDialog(seat.context, host)
    dialog.open()
    dialog.look_at(str(path))
    idle(seat.context)
    settle(0)
    return dialog


def test_a_whole_file_of_an_unknown_issuer_then_of_a_trusted_one(seat, host, signed, tmp_path):
    dialog = looked_at(seat, host, signed)
    assert "could not be checked" in dialog.banner.sentence
    root = tmp_path / "root.cer"
    root.write_bytes(samples.der(samples.root()))
    roots = RootsDialog(seat.context, dialog)
    roots.open()
    roots.trust(str(root))
    idle(seat.context)
    settle(0)
    assert [each.owner for each in roots.model.rows] == [samples.ISSUER]
    dialog.look_at(str(signed))
    idle(seat.context)
    settle(0)
    assert "the issuers are trusted" in dialog.banner.sentence
    roots.activateWindow()
    press(seat, roots, Qt.Key.Key_Delete)
    assert roots.model.rows == ()
    roots.trust(str(signed))
    idle(seat.context)
    settle(0)
    assert "No certificate can be read" in roots.banner.sentence


def test_a_changed_file_is_called_so_in_plain_words(seat, host, signed):
    data = bytearray(signed.read_bytes())
    data[data.index(b"stream") + 200] ^= 1
    signed.write_bytes(data)
    dialog = looked_at(seat, host, signed)
    assert "not what was signed" in dialog.banner.sentence
    assert PdfSignatures().signatures(signed, ())[0].intact is False


def test_a_file_without_signatures_and_one_that_is_no_pdf(seat, host, tmp_path):
    dialog = looked_at(seat, host, samples.paper(tmp_path))
    assert dialog.model.rows == ()
    assert dialog._nothing.accessibleName() == "This file bears no digital signature."
    assert not dialog.banner.isVisible()
    (tmp_path / "none.pdf").write_bytes(b"GIF89a")
    dialog.look_at(str(tmp_path / "none.pdf"))
    idle(seat.context)
    settle(0)
    assert "can't be read" in dialog.banner.sentence


def test_an_issuer_list_is_read_by_all_and_changed_by_who_runs_the_desk(seat, host):
    context = replace(seat.context, session=replace(seat.context.session, actor=Actor("u-0009", Role.CLERK)))
    roots = RootsDialog(context, host)
    roots.open()
    idle(seat.context)
    settle(0)
    roots.trust("/none.cer")
    idle(seat.context)
    settle(0)
    assert "may not do that" in roots.banner.sentence
