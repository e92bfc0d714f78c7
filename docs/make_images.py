"""The pictures of the manual: a demonstration desk, the program led through a morning, each scene kept in ``docs/images``.

``python docs/make_images.py`` takes all of them again, ``--only NAME …`` some. Needs Xvfb where there is no screen. Beside the pictures
``shown.json`` keeps the words that stand in each: a test leads the program through the same morning and compares them.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QScrollArea, QWidget

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.photographer import CARD, FEW, PASSWORD, Photographer, day_clock, make_desk, screen  # noqa: E402
from bench.shown import OwnWords, shown  # noqa: E402
from counter_app.bootstrap import open_counter  # noqa: E402
from counter_app.domain.complaint import ComplaintChannel  # noqa: E402
from counter_app.domain.dossier import Applicant, ApplicantKind, Sex, Status  # noqa: E402
from counter_app.domain.errors import Problem  # noqa: E402
from counter_app.domain.life import ResultPaper  # noqa: E402
from counter_app.services.acts.hand_overs import HandOverDossiers  # noqa: E402
from counter_app.services.acts.results import ResultReady  # noqa: E402
from counter_app.services.acts.supplements import RequestSupplement  # noqa: E402
from counter_app.services.citizens.complaints import TakeComplaint  # noqa: E402
from counter_app.services.intake.terms import ReceiveDossier  # noqa: E402
from counter_app.services.ports import ListFilter  # noqa: E402
from counter_app.support.messages import sentence  # noqa: E402
from counter_app.support.paths import device_dir  # noqa: E402
from ui.windows import restoring  # noqa: E402
from ui.windows.typing_panel import TypingPanel  # noqa: E402

COLOURS, MOST_BYTES = 256, 120_000
FEW_DAYS = 2
SHOWN, PATH = "shown.json", re.compile(r"(?<!\S)/(?:tmp|root|home|dev)/\S*[^\s.]")
PEOPLE = (("Trần Thị Ví Dụ", "0900 000 012"), ("Lò Thị Thử Nghiệm", "0900 000 034"), ("Y Mẫu Byă", "0900 000 056"))
PRINTER = "Laser A4 quầy 2"


class Manual(Photographer):
    """Takes the scenes of the manual in one look. It reaches into the window's parts as a test does."""

    program: Any
    frame: Any

    def run(self) -> None:
        """Take the first start, then a morning at the desk."""
        self.look = FEW[0]
        self.own, self.shown = OwnWords(), dict[str, list[str]]()
        self.first_start()
        self.program = self.begin(self.look, self.desk)
        self._keep("login")
        self.program.enter(self.program.counter.login.login("clerk", PASSWORD))
        self.wait(1200)
        self.frame = self.program.room.frame
        for scene in self.scenes():
            scene()
        self.program.window.close()
        self.wait(100)

    def scenes(self) -> tuple[Callable[[], None], ...]:
        """Return the scenes in their order: later ones find what earlier ones did."""
        return (
            self.home, self.intake, self.problems, self.late, self.accepted, self.parked, self.received, self.lists, self.life,
            self.certification, self.scanning, self.citizens, self.books, self.reports, self.catalogue, self.palette_and_settings,
            self.help, self.administration, self.queue, self.lost_guard, self.lock, self.practice)

    def _keep(self, name: str) -> None:
        self.keep(self.look, name)
        self.shown[name] = shown([window for window in self.application.topLevelWidgets() if window.isVisible()], self.own)

    def _type(self, name: str, text: str) -> None:
        """Type into a field as a person does: slower than a reader."""
        field = self.frame.findChild(QLineEdit, name)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text, delay=60)
        self.wait(500)

    # --- scenes -------------------------------------------------------------------------------------------------------

    def first_start(self) -> None:
        """A copy to come from, the set-up with its forms filled in, then the recovery sheet."""
        program = self.begin(self.look, self.desk.parent / "bare")
        self.restoring(program)
        setup = program.window.screen_shown
        values = {"province": "Tỉnh Lâm Đồng", "commune": "Xã Đắk Mil", "agency": "H36.50.05", "desk": "2", "full_name": "Lý Thị Mẫu Đơn",
                  "title": "Cán bộ một cửa", "login": "don", "password": PASSWORD, "again": PASSWORD}
        for number, step in enumerate(setup.steps, start=1):
            for name in step.form.names():
                if name in values:
                    step.form.row(name).field.setText(values[name])
            self._keep(f"setup-{number}")
            setup.go_on()
            self.wait(200)
        self.wait(2500)
        program.window.screen_shown.banner.hide()  # it warns only where the system has no keyring, and names a folder of this machine
        self._keep("recovery")
        program.window.close()
        program.deleteLater()
        self.wait(100)

    def restoring(self, program: Any) -> None:  # noqa: ANN401
        """The copies of a desk that a new computer finds on a stick."""
        stick = self.desk.parent / "stick"
        stick.mkdir(exist_ok=True)
        with closing(open_counter(self.desk, clock=self.clock)) as counter:
            counter.keeping.make_in(str(stick))
        restoring.disks = lambda: [stick]
        program.window.screen_shown.restore.click()
        screen = program.window.screen_shown
        self.wait(1500)
        screen.copy.setItemText(0, screen.copy.currentText().replace(str(stick), "E:\\"))
        self._keep("restoring")
        screen.back.click()
        self.wait(200)

    def home(self) -> None:
        """What must be done now."""
        self._keep("home")

    def intake(self) -> None:
        """Three letters, then the whole form."""
        self.frame.open("intake")
        self.wait(800)
        self._type("procedure_code", "khai s")
        self._keep("intake-procedure")
        self.fill_intake(self.frame)
        self.wait(800)
        self._keep("intake")

    def problems(self) -> None:
        """A dossier that is refused says why at the field."""
        form = self._form()
        form.set_text("applicant.full_name", "")
        form.set_text("applicant.id_number", "06719000012")
        self.frame.trigger("receive")
        self.wait(900)
        self._keep("intake-problem")
        self.frame.search(CARD)
        self.wait(500)
        self.quiet(self.frame)

    def late(self) -> None:
        """What is seldom needed, with a receipt that is entered later."""
        self.frame.trigger("more")
        self.wait(300)
        extra = self._page()._form.extra
        extra.form.row("received_at").field.setText("08:15")
        extra.form.row("entered_later").field.setText("Mất điện từ 8 giờ, ghi giấy trước")
        extra.edited.emit()
        self.wait(1500)
        self._scroll_area(extra).ensureWidgetVisible(extra)
        self._keep("intake-late")
        extra.restore({})
        extra.edited.emit()
        self.frame.trigger("more")
        self.wait(300)

    def accepted(self) -> None:
        """A paper is missing: the reason for taking the dossier in all the same."""
        form = self._page()._form
        form.papers.model.tick(0)
        self._pay()
        self.wait(600)
        self.frame.trigger("receive")
        self.wait(900)
        form.accept.field.setText("Tờ khai viết sai, chiều nay nộp tờ mới")
        self._keep("intake-accepted")
        form.papers.model.tick(0)
        form.edited.emit()
        self.wait(600)

    def _pay(self) -> None:
        """Write the fee that the province sets: without it the slip says that there is none."""
        fee = self._page()._form.fee
        for amount in fee._amounts:
            amount.setText("15.000 đ")
        fee.edited.emit()

    def parked(self) -> None:
        """Two forms put aside, and the list to take one up again."""
        self.frame.trigger("park")
        self.wait(600)
        self._type("procedure_code", "khai sinh")
        QTest.keyClick(self.frame.findChild(QLineEdit, "procedure_code"), Qt.Key.Key_Return)
        self.wait(400)
        self._form().set_text("applicant.full_name", "Vũ Thị Thử Nghiệm")
        self._form()._edit()
        self.wait(800)
        self.frame.trigger("park")
        self.wait(600)
        self.frame.trigger("recall")
        self.wait(500)
        self._keep("intake-parked")
        self._close_menu()
        self.quiet(self.frame)

    def received(self) -> None:
        """After F9: the notice, and a form for the next citizen."""
        self.fill_intake(self.frame)
        self._pay()
        self.frame.trigger("receive")
        self.wait(900)
        self._keep("intake-received")
        self.quiet(self.frame)

    def lists(self) -> None:
        """A search, and one dossier."""
        self.frame.search("nguyen")
        self.wait(900)
        self._keep("dossiers")
        recent = self.frame.context.counter.home.figures().recent[0].code
        self.frame.open("dossier", code=recent)
        self.wait(900)
        self._keep("dossier")

    def life(self) -> None:
        """A dossier that is worked on, its acts, papers handed over by scanning, and a result that is collected."""
        counter, actor = self.frame.context.counter, self.program.room._session.actor
        fresh = [row.code for row in counter.dossiers.list(ListFilter.ALL, actor).rows
                 if row.status is Status.RECEIVED and row.due_at and (row.due_at.date() - row.received_at.date()).days > FEW_DAYS][:4]
        counter.life.hand_overs.hand_over(
            HandOverDossiers((fresh[0],), "Công chức chuyên môn", "Vũ Văn Thực Hành", queue=False), actor)
        self._open_dossier(fresh[0])
        self._keep("dossier-life")
        for action, name in (("request_supplement", "act-supplement"), ("extend", "act-extend")):
            self.frame.trigger(action)
            self.wait(900)
            self._keep(name)
            self._close_dialog()
        self.frame.open("hand_over")
        self.wait(600)
        for code in fresh[1:]:
            self.frame.search(code)
            self.wait(400)
        self._keep("hand-over")
        result = ResultPaper("", "Giấy xác nhận tình trạng hôn nhân", number="214/UBND-XNTTHN", signer="Hoàng Thị Giả Định")
        counter.life.results.ready(ResultReady(fresh[0], (result,)), actor)
        self.frame.open("returning")
        self.wait(600)
        self.frame.search(fresh[0])
        self.wait(900)
        self._keep("returning")
        self.quiet(self.frame)

    def _open_dossier(self, code: str) -> None:
        self.frame.open("dossier", code=code)
        self.wait(900)

    def citizens(self) -> None:
        """Who is to be told, complaints, the second typing with its panel, the end of the day."""
        counter, actor = self.frame.context.counter, self.program.room._session.actor
        codes = [self._take_in(name, phone) for name, phone in PEOPLE]
        for code in codes[:-1]:
            counter.life.results.ready(ResultReady(code, (ResultPaper("", "Giấy xác nhận tình trạng hôn nhân"),)), actor)
        counter.life.supplements.request(RequestSupplement(codes[-1], ("Bản sao Quyết định ly hôn",), "còn thiếu", queue=False), actor)
        counter.citizens.complaints.take(TakeComplaint(
            "Phải chờ hơn một giờ vì chỉ có một quầy mở.", ComplaintChannel.LETTER, codes[0], owner="Hoàng Thị Giả Định"), actor)
        counter.citizens.complaints.take(TakeComplaint("Bảng niêm yết lệ phí chữ nhỏ, khó đọc.", ComplaintChannel.DESK), actor)
        self.frame.open("home")
        self.wait(600)
        for action in ("messages", "complaints", "day_page", "typing"):
            self.frame.trigger(action)
            self.wait(1200)
            self._keep(action.replace("_", "-"))
            if action != "typing":
                self._close_dialog()
        dialog = QApplication.activeModalWidget()
        dialog.table.opened.emit(0)
        self.wait(900)
        panel = next(part for part in QApplication.topLevelWidgets() if isinstance(part, TypingPanel) and part.isVisible())
        panel.move(self.look.width - panel.width() - 40, 120)
        panel.give_next()
        panel.give_next()
        self.wait(400)
        self._keep("typing-panel")
        panel.close()
        self.quiet(self.frame)

    def _take_in(self, name: str, phone: str) -> str:
        counter, actor = self.frame.context.counter, self.program.room._session.actor
        known = Applicant(
            ApplicantKind.PERSON, name, "067190000123", date(1990, 3, 15), 1990, Sex.FEMALE, "Thôn Mẫu 3, xã Đắk Mil", phone)
        command = ReceiveDossier("1.004873", known, documents=(), fees=(), wants_message=True, print=False)
        return str(counter.intake.receive(command, actor).code)

    def books(self) -> None:
        """The register."""
        self.frame.open("books")
        self.wait(1000)
        self._keep("books")

    def certification(self) -> None:
        """Two visits behind, a third one being typed."""
        self.fill_certification(self.frame)
        self._type("line.document_name", "dang")
        self._keep("certification")
        self._page().do_clear_visit()
        self.wait(300)
        self.quiet(self.frame)

    def scanning(self) -> None:
        """A stack from the folder of a copier: three slips with their papers."""
        self.fill_scanning(self.frame)
        self._keep("scanning")

    def reports(self) -> None:
        """The official form with its charts."""
        self.frame.open("reports")
        self.wait(3000)
        self._keep("reports")

    def catalogue(self) -> None:
        """Procedures and calendar."""
        self.frame.open("catalogue")
        self.wait(1000)
        self._keep("catalogue")
        self.frame.trigger("other_view")
        self.wait(600)
        self._keep("calendar")
        self.frame.open("home")

    def palette_and_settings(self) -> None:
        """Palette, settings, the count of the day's money."""
        for action in ("palette", "settings", "cash"):
            self.frame.trigger(action)
            self.wait(900)
            self._keep(action)
            self._close_dialog()
        for action, name in (("message_settings", "settings-messages"), ("report_settings", "settings-reports")):
            self.frame.trigger(action)
            self.wait(900)
            self._keep(name)
            self._close_dialog()

    def help(self) -> None:
        """The manual beside the page of the registers."""
        self.frame.open("books")
        self.wait(1000)
        self.frame.trigger("help")
        self.wait(900)
        manual = self.program.window.help
        manual.stand_within(QRect(0, 0, self.look.width, self.look.height))
        self.wait(600)
        self._keep("help")
        self.program.window.help.close()
        self.frame.open("home")
        self.wait(600)

    def administration(self) -> None:
        """Who may do what, what works on this PC, how its data is kept, and which version it is."""
        for section in ("people", "machine", "keeping", "updating"):
            self.frame.open("admin", section=section)
            self.wait(1500)
            self._hide_paths(self._page().chosen)
            self._keep(f"admin-{section}")
        self.frame.open("home")
        self.wait(600)

    def queue(self) -> None:
        """A printer that is switched off, and the paper that waits."""
        counter = self.frame.context.counter
        actor = self.program.room._session.actor
        counter.settings.save(replace(counter.settings.profile(), printer=PRINTER), actor)
        code = counter.home.figures().recent[0].code
        form = counter.slips.reprint(code, "a5", actor)
        job = counter.print_queue.add(form.print_id, PRINTER)
        while counter.print_queue.next() is not None:
            counter.print_queue.failed(job.job_id, sentence(Problem("PRINTER_UNKNOWN", None, {"printer": PRINTER}), "vi"))
        self.frame.trigger("print_queue")
        self.wait(900)
        self._keep("print-queue")
        self._close_dialog()

    def lost_guard(self) -> None:
        """The memory of issued numbers is gone: nothing is issued until somebody vouches for the last one."""
        counter = self.frame.context.counter
        (device_dir(counter.desk.device) / "numbers.guard").unlink()
        counter.numbering.begin(self.clock.now())
        self.frame.trigger("numbers")
        self.wait(900)
        self._keep("numbers")
        self._close_dialog()

    def lock(self) -> None:
        """The locked screen."""
        self.program.room.lock()
        self._keep("lock")

    def practice(self) -> None:
        """The practice desk, today."""
        self.program._log_out()
        self.wait(500)
        self.program._practise()
        self.wait(9000)
        self._keep("practice")

    def _hide_paths(self, part: QWidget) -> None:
        """Leave out of sentences where the folders of this machine lie."""
        for label in part.findChildren(QLabel):
            label.setText(PATH.sub("…", label.text()))

    # --- help ---------------------------------------------------------------------------------------------------------

    def _page(self) -> Any:  # noqa: ANN401
        return self.frame.stack.page

    def _form(self) -> Any:  # noqa: ANN401
        return self._page()._form.applicant

    def _scroll_area(self, part: Any) -> QScrollArea:  # noqa: ANN401
        """Return the area that a part of a page scrolls in."""
        around = part.parentWidget()
        return around if isinstance(around, QScrollArea) else self._scroll_area(around)

    def _close_menu(self) -> None:
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            popup.close()
        self.wait(100)

    def _close_dialog(self) -> None:
        for window in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if isinstance(window, QWidget):
                window.close()
        self.wait(100)


def shrink(picture: Path, out: Path) -> None:
    """Write a picture with few colours, small enough for a manual."""
    with Image.open(picture) as image:
        few = image.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(out, optimize=True)
    if out.stat().st_size > MOST_BYTES:
        raise ValueError(f"{out.name} has {out.stat().st_size} bytes, at most {MOST_BYTES} are wanted")


def note(path: Path, fresh: dict[str, list[str]]) -> None:
    """Keep the words of pictures that were taken now, beside those of the others."""
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**before, **fresh}, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Take the pictures."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--out", type=Path, default=ROOT / "docs/images")
    reader.add_argument("--only", nargs="*", default=[], metavar="NAME")
    wanted = reader.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place, screen():
        folder = Path(place)
        os.environ["COUNTER_STATE_DIR"] = str(folder / "state")
        make_desk(folder / "desk")
        manual = Manual(QApplication([]), folder / "taken", folder / "desk", day_clock(evening=True))
        manual.run()
        wanted.out.mkdir(parents=True, exist_ok=True)
        chosen = [picture for picture in manual.taken if not wanted.only or picture.stem in wanted.only]
        for picture in chosen:
            shrink(picture, wanted.out / picture.name)
        note(wanted.out / SHOWN, {picture.stem: manual.shown[picture.stem] for picture in chosen})


if __name__ == "__main__":
    main()
