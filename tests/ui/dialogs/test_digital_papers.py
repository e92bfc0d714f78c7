"""The digitised papers of a dossier in the window: their states and records, looked at, used again, corrected, taken out, scanned."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from counter_app.domain.digitised import PaperState
from counter_app.domain.people import Actor, Role
from tests.ui.conftest import settle, wait_for
from tests.ui.dialogs.filed import READ, filed, files_of, received
from tests.ui.pages.helpers import idle, shown_page, words
from ui.dialogs.acts.dialog import ActDialog
from ui.dialogs.scanning.papers import DigitalPapersDialog
from ui.dialogs.scanning.reusing import ReuseDialog
from ui.pages.dossier import DossierPage
from ui.widgets.buttons import SecondaryButton


@pytest.fixture
def shown(seat, monkeypatch):
    """What was given to the system's viewer."""
    seen = []
    monkeypatch.setattr("ui.papers.QDesktopServices.openUrl", lambda url: seen.append(url.toLocalFile()) or True)
    return seen


def opened(seat, host, code, context=None):
    dialog = DigitalPapersDialog.show_over(host, context or seat.context, code)
    dialog.activateWindow()
    idle(seat.context)
    settle(0)
    return dialog


def inner(dialog, kind):
    """Return the dialog that was opened over another one; a key of a button clicks it a moment later."""
    wait_for(lambda: any(each.isVisible() for each in dialog.findChildren(kind)))
    found = next(each for each in dialog.findChildren(kind) if each.isVisible())
    found.activateWindow()
    return found


def choose(dialog, name):
    dialog.table.selectRow(next(at for at, line in enumerate(dialog.model.rows) if line.name == name))
    settle(0)


def states(dialog):
    return [(line.name, line.word) for line in dialog.model.rows]


def audit(seat):
    with seat.desk.counter.database.read() as uow:
        return [entry.action for entry in uow.audit.entries()]


def test_with_large_text_the_papers_of_a_dossier_fit_into_a_small_screen(seat, host):
    seat.context.theme.resize(150)
    code = received(seat)
    filed(seat, code, "TP01", details=READ)
    dialog = opened(seat, host, code)
    dialog.table.selectRow(0)
    settle(0)
    assert host.height() == 768
    assert dialog.height() <= 768
    assert all(dialog.rect().contains(button.geometry()) for button in dialog.findChildren(SecondaryButton))


def test_each_paper_stands_with_its_state_and_what_is_on_record_of_it(seat, host):
    code = received(seat)
    filed(seat, code, "TP02", details=replace(READ, issued_on=date(2020, 5, 4)))
    dialog = opened(seat, host, code)
    trail = audit(seat)
    assert states(dialog) == [("Tờ khai", "not digitised"), ("Trích lục", "digitised"), ("Thẻ căn cước", "only shown")]
    assert dialog._count.text() == "digitised 1/2"
    choose(dialog, "Trích lục")
    told = words(dialog)
    assert all(part in told for part in ("12/TL", "04/05/2020", "UBND xã Mẫu", files_of(seat, code)[0].sha256[:12], "for ever"))
    assert trail[-2:] == ["dossier.shown", "files.listed"], "both looks are on the trail"


def test_only_what_is_possible_with_a_paper_is_offered(seat, host):
    code = received(seat)
    filed(seat, code, "TP02")
    dialog = opened(seat, host, code)
    offered = {}
    for name in ("Tờ khai", "Trích lục", "Thẻ căn cước"):
        choose(dialog, name)
        offered[name] = [button.isEnabled() for button in (dialog.look, dialog.again, dialog.mend, dialog.out)]
    assert offered == {"Tờ khai": [False, True, False, False], "Trích lục": [True, False, True, True], "Thẻ căn cước": [False] * 4}


def test_an_inspector_sees_what_there_is_and_does_nothing_with_it(seat, host):
    code = received(seat)
    filed(seat, code, "TP02")
    session = replace(seat.context.session, actor=Actor("u-0003", Role.INSPECTOR))
    dialog = opened(seat, host, code, replace(seat.context, session=session))
    choose(dialog, "Trích lục")
    assert not any(button.isEnabled() for button in (dialog.look, dialog.again, dialog.mend, dialog.out, dialog.scan))


def test_a_look_opens_the_pdf_and_is_recorded(seat, host, shown):
    code = received(seat)
    filed(seat, code, "TP02")
    dialog = opened(seat, host, code)
    choose(dialog, "Trích lục")
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    idle(seat.context)
    (path,) = shown
    assert Path(path).read_bytes()[:5] == b"%PDF-"
    assert code not in path, "the name on the disk says nothing about a person"
    assert audit(seat)[-1] == "file.opened"


def test_a_paper_of_the_same_person_is_used_again_and_taken_back_with_a_reason(seat, host, shown):
    first, second = received(seat), received(seat)
    filed(seat, first, "TP01", lines=4)
    earlier = filed(seat, first, "TP02", details=READ)
    dialog = opened(seat, host, second)
    choose(dialog, "Trích lục")
    QTest.keyClick(dialog.table, Qt.Key.Key_F3)
    reuse = inner(dialog, ReuseDialog)
    idle(seat.context)
    assert [paper.paper for paper in reuse.model.rows] == ["Trích lục", "Tờ khai"], "what is called alike stands first"
    reuse.look.click()
    idle(seat.context)
    assert len(shown) == 1
    QTest.keyClick(reuse.table, Qt.Key.Key_F9)
    wait_for(lambda: files_of(seat, second))
    idle(seat.context)
    settle(0)
    (file,) = files_of(seat, second)
    assert (file.state, file.sha256, file.number) == (PaperState.REUSED_COMPONENT, earlier.sha256, "12/TL")
    assert states(dialog)[1] == ("Trích lục", "used again from another dossier")
    choose(dialog, "Trích lục")
    dialog.out.click()
    out = inner(dialog, ActDialog)
    out.field("reason").setCurrentText("Nhầm giấy tờ")
    out.carry_out()
    idle(seat.context)
    settle(0)
    assert states(dialog)[1] == ("Trích lục", "not digitised")
    assert files_of(seat, second) == []
    assert files_of(seat, first)[-1].sha256 == earlier.sha256, "the first dossier has it still"


def test_where_this_person_has_no_earlier_paper_the_window_says_so(seat, host):
    dialog = opened(seat, host, received(seat))
    dialog.again.click()
    reuse = inner(dialog, ReuseDialog)
    idle(seat.context)
    assert reuse.model.rows == ()
    assert not reuse.take.isEnabled()


def test_what_was_destroyed_meanwhile_is_refused_in_words(seat, host):
    first, second = received(seat), received(seat)
    filed(seat, first, "TP02")
    dialog = opened(seat, host, second)
    choose(dialog, "Trích lục")
    dialog.again.click()
    reuse = inner(dialog, ReuseDialog)
    idle(seat.context)
    with seat.desk.counter.database.write() as uow:
        stored = next(uow.files.everything())
        uow.files.update(replace(stored, key=""))
        uow.commit()
    reuse.take.click()
    idle(seat.context)
    assert "destroyed" in words(reuse.banner)
    assert reuse.isVisible()


def test_the_record_of_a_paper_is_corrected_with_a_reason(seat, host):
    code = received(seat)
    filed(seat, code, "TP02", details=READ)
    dialog = opened(seat, host, code)
    choose(dialog, "Trích lục")
    QTest.keyClick(dialog.table, Qt.Key.Key_F4)
    mend = inner(dialog, ActDialog)
    assert mend.field("number").text() == "12/TL"
    mend.field("number").setText("21/TL")
    mend.field("result_code").setCurrentText("KQ-15")
    mend.carry_out()
    idle(seat.context)
    told = {name: mend.form.row(name).problem for name in ("reason", "result_code")}
    assert all(told.values()), "each at its field, with what to do"
    mend.field("result_code").setCurrentText("KQ.G15.000023")
    mend.field("reason").setCurrentText("Cán bộ nhập sai")
    mend.field("issued_on").setText("4/5/2020")
    mend.carry_out()
    idle(seat.context)
    settle(0)
    (file,) = files_of(seat, code)
    assert (file.number, file.result_code, file.issued_on) == ("21/TL", "KQ.G15.000023", date(2020, 5, 4))
    choose(dialog, "Trích lục")
    assert "21/TL" in words(dialog)


def test_scanning_goes_to_its_page_with_the_dossier(seat, host):
    code = received(seat)
    dialog = opened(seat, host, code)
    QTest.keyClick(dialog.table, Qt.Key.Key_F12)
    wait_for(lambda: seat.navigator.opened)
    assert seat.navigator.opened[-1] == ("scanning", {"code": code})


def test_the_page_of_a_dossier_opens_it_and_shows_how_far_it_is(seat):
    code = received(seat)
    filed(seat, code, "TP02")
    page = shown_page(DossierPage(seat.context))
    page.activate(code=code)
    idle(seat.context)
    settle(0)
    assert page._side._count.text() == "digitised 1/2"
    assert page.trigger("digital_papers")
    assert inner(page, DigitalPapersDialog).isVisible()


def test_the_file_itself_tells_what_is_on_record_of_it(seat):
    code = received(seat)
    details = replace(READ, result_code="KQ.G15.000023", issued_on=date(2020, 5, 4))
    known = filed(seat, code, "TP02", details=details)
    counter, actor = seat.desk.counter, seat.desk.actor
    (paper,) = counter.paper.library.of_dossier(code, actor)
    out = seat.desk.data_dir / "shown.pdf"
    counter.paper.library.look(paper.op_id, out, actor)
    assert sha256(out.read_bytes()).hexdigest() == paper.sha256 == known.sha256
    with pikepdf.open(out) as pdf, pdf.open_metadata() as told:
        assert (told["dc:type"], told["dc:identifier"], told["dc:date"], told["dc:subject"]) == (
            {"Trích lục"}, "12/TL", ["2020-05-04"], {"KQ.G15.000023"})
        assert told["xmp:Identifier"] == {f"pages:{paper.pages}", f"sha256:{paper.content_sha256}"}
        assert told["xmpRights:Owner"] == {paper.dossier_id}, "a value that means a person to the desk and to nobody else"
        assert paper.owner not in str(told), "the identity number stays in the database"
    out.unlink()
