"""Signing at an opened desk with a token of SoftHSM: from the page that was filed to the file that poppler finds signed."""

import subprocess

import pytest

from counter_app.bootstrap import folder, open_counter
from counter_app.domain.errors import SurroundingsError
from counter_app.services.scanning.signing import SignPapers
from counter_app.services.scanning.signing_ports import Trust
from tests.fakes_signing import Watch
from tests.scanning.signing import samples
from tests.scanning.signing.conftest import PIN, softhsm
from tests.ui.dialogs.filed import filed, received

__all__ = ["softhsm"]


class Seat:
    """What filing a page in the tests of the window asks for."""

    def __init__(self, desk):
        self.desk = desk


@pytest.fixture
def counter(desk, softhsm):
    softhsm.token(samples.certificate(days=(-4000, 4000)), samples.root())
    desk.counter.signing.choose_library(softhsm.library, desk.actor)
    return desk.counter


@pytest.fixture
def papers(desk, counter):
    code = received(Seat(desk))
    for lines, part in ((4, "TP01"), (6, "TP02")):
        filed(Seat(desk), code, part, lines=lines)
    return counter.signing.waiting(desk.actor, code)


def signed(desk, papers, pin=PIN):
    """Sign with the first certificate, which holds today and at the desk's own time."""
    (certificate,) = desk.counter.signing.certificates(desk.actor)
    return desk.counter.signing.sign(SignPapers(tuple(each.op_id for each in papers), certificate, pin), desk.actor, Watch())


def test_what_was_filed_is_signed_recorded_and_found_signed_by_others(desk, counter, papers, desk_dir, tmp_path):
    done = signed(desk, papers)
    assert ([each.part for each in done.papers], done.unsigned, done.stopped) == (["TP01", "TP02"], (), None)
    root = tmp_path / "root.cer"
    root.write_bytes(samples.der(samples.root()))
    counter.signatures.trust(root, desk.actor)
    for paper in done.papers:
        out = tmp_path / f"{paper.part}.pdf"
        counter.paper.library.look(paper.op_id, out, desk.actor)
        (found,) = counter.signatures.of_paper(paper.op_id, desk.actor)
        assert (found.holds, found.whole, found.trust) == (True, True, Trust.TRUSTED)
        said = subprocess.run(["pdfsig", str(out)], capture_output=True, text=True, check=False).stdout
        assert "Signature is Valid" in said
        assert "Total document signed" in said
    assert list((desk_dir / folder.SIGNING).iterdir()) == [], "nothing stays in the clear"
    assert counter.verifying.run().differences == ()


def test_a_wrong_pin_signs_nothing_and_the_right_one_everything(desk, counter, papers):
    with pytest.raises(SurroundingsError, match="TOKEN_PIN"):
        signed(desk, papers, pin="000000")
    assert len(counter.signing.waiting(desk.actor)) == 2
    assert len(signed(desk, papers).papers) == 2


def test_a_token_that_was_pulled_out_keeps_all_of_them_waiting(desk, counter, papers, softhsm):
    (certificate,) = counter.signing.certificates(desk.actor)
    softhsm.unplug()
    with pytest.raises(SurroundingsError, match="TOKEN_MISSING"):
        counter.signing.sign(SignPapers((papers[0].op_id,), certificate, PIN), desk.actor, Watch())
    assert len(counter.signing.waiting(desk.actor)) == 2


def test_the_library_is_known_at_the_next_start_and_the_clear_folder_is_part_of_the_desk(desk, counter, softhsm, desk_dir):
    counter.close()
    again = open_counter(desk_dir)
    assert again.signing.library() == softhsm.library
    again.close()
    assert folder.is_part_of_desk(desk_dir, desk_dir / folder.SIGNING / "a.pdf")
