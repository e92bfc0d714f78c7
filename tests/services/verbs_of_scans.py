"""The verbs of scanned paper for the table of roles: each as it is called when everything about it but the role is right."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date

from counter_app.domain.digitised import PaperDetails
from counter_app.domain.people import Permission
from counter_app.domain.scan_batch_acts import Assign
from counter_app.services.scanning.archive_content import ListKind
from counter_app.services.scanning.filing import FileBatch
from counter_app.services.scanning.library import CorrectPaper, ReusePaper, TakeOut
from counter_app.services.scanning.stacks import StackService, StackWish
from tests.builders import CLERK, command
from tests.fakes_scanning import pages_in, scans

DAY = date(2026, 12, 30)


class TextReader:
    """Files whose words are one page."""

    def importing(self):
        return nullcontext(self)

    @staticmethod
    def pages_of(path, limits, out_dir, first=1):
        yield from pages_in(out_dir, path.read_text("utf-8"))


def _place(made):
    return scans(made.desk, made.folder / "papers")


def _batch(made, actor):
    """Return the services and a batch with a page of a dossier; none is begun for who may do nothing with it."""
    place = _place(made)
    if not actor.may(Permission.RECEIVE):
        return place, "no batch"
    batch_id = place.begin("a page")
    (page,) = place.batches.view(batch_id).batch.pages
    place.batches.act(batch_id, Assign(page.page_id, made.desk.intake.receive(command(), CLERK).code))
    return place, batch_id


def _filed(made, actor, permission):
    """Return the services and a paper that was filed just now; none where the actor has no right to anything with it."""
    place = _place(made)
    if not actor.may(permission):
        return place, None
    place, batch_id = _batch(made, CLERK)
    place.filing.file(FileBatch(batch_id), CLERK)
    return place, max(place.papers(), key=lambda paper: paper.op_id)


def _code(made, paper):
    if paper is None:
        return "no code"
    with made.desk.database.read() as uow:
        return uow.dossiers.get(paper.dossier_id).code


def _confirm(made, actor):
    place, batch_id = _batch(made, actor)
    if actor.may(Permission.RECEIVE):
        place.filing.file(FileBatch(batch_id), CLERK)
    return place.filing.confirm(batch_id, actor)


def _drop(made, actor):
    place, batch_id = _batch(made, actor)
    return place.batches.drop(batch_id, actor)


def _rescue(made, actor):
    place, batch_id = _batch(made, actor)
    return place.batches.rescue(batch_id, actor)


def _file(made, actor):
    place, batch_id = _batch(made, actor)
    return place.filing.file(FileBatch(batch_id), actor)


def _of_paper(permission, act):
    def run(made, actor):
        place, paper = _filed(made, actor, permission)
        return act(place.library, _code(made, paper), paper.op_id if paper else "no op", paper, actor)

    return run


def _look(made, actor):
    place, paper = _filed(made, actor, Permission.EXPORT)
    return place.library.look(paper.op_id if paper else "no op", made.folder / "papers" / "looked.bin", actor)


def _reuse(made, actor):
    place, paper = _filed(made, actor, Permission.RECEIVE)
    code = made.desk.intake.receive(command(), CLERK).code if paper else "no code"
    return place.library.reuse(ReusePaper(code, "", paper.op_id if paper else "no op"), actor)


def _take_out(made, actor):
    place, paper = _filed(made, actor, Permission.RECEIVE)
    return place.library.take_out(TakeOut(_code(made, paper), paper.file_id if paper else "f", "quét nhầm"), actor)


def _correct(made, actor):
    place, paper = _filed(made, actor, Permission.RECEIVE)
    command = CorrectPaper(_code(made, paper), paper.file_id if paper else "f", PaperDetails(number="12"), "ghi sai")
    return place.library.correct(command, actor)


def _destroy(made, actor):
    place, paper = _filed(made, actor, Permission.CLOSE_BOOK)
    if paper:
        place.library.keep([paper.op_id], date(2026, 1, 1), actor)
    return place.library.destroy(paper.stored_id if paper else "s", "hết hạn", actor)


def _stack(made, actor):
    place = _place(made)
    place.folder.mkdir(exist_ok=True)
    path = made.folder / "papers" / "stack.bin"
    path.write_text("a stack", "utf-8")
    return _stacks(made, place).run([path], actor, StackWish(made.code))


def _stacks(made, place):
    return StackService(made.desk.database, place.batches, place.filing, TextReader())


def _take_up(made, actor):
    place, batch_id = _batch(made, actor)
    return _stacks(made, place).take_up(batch_id, actor)


def _copy(made, actor):
    place, paper = _filed(made, actor, Permission.EXPORT)
    return place.reading.copy_with_text(paper.op_id if paper else "no op", made.folder / "papers" / "copied.bin", actor)


def _read(made, actor):
    place, _ = _filed(made, actor, Permission.RECEIVE)
    return place.reading.read_next(actor)


def _read_again(made, actor):
    place, paper = _filed(made, actor, Permission.RECEIVE)
    return place.reading.try_again([paper.stored_id] if paper else [], actor)


SCANS = {
    "paper.reading.read_next": _read, "paper.reading.copy_with_text": _copy,
    "paper.reading.standing": lambda made, actor: _place(made).reading.standing(actor),
    "paper.reading.try_again": _read_again, "paper.lists.separator": lambda made, actor: _place(made).lists.separator(actor),
    "paper.lists.look": lambda made, actor: _place(made).lists.look(ListKind.DUE, DAY, DAY, actor),
    "paper.lists.write": lambda made, actor: _place(made).lists.write(ListKind.FILED, DAY, DAY, made.folder / "list.pdf", actor),
    "paper.library.filed": lambda made, actor: _place(made).library.filed(DAY, DAY, actor),
    "paper.batches.begin": lambda made, actor: _place(made).batches.begin(actor),
    "paper.batches.drop": _drop, "paper.batches.rescue": _rescue,
    "paper.filing.file": _file, "paper.filing.confirm": _confirm, "paper.stacks.run": _stack, "paper.stacks.take_up": _take_up,
    "paper.stacks.waiting": lambda made, actor: _stacks(made, _place(made)).waiting(actor),
    "paper.library.of_dossier": lambda made, actor: _place(made).library.of_dossier(made.code, actor),
    "paper.library.reusable": lambda made, actor: _place(made).library.reusable(made.code, actor),
    "paper.library.correct": _correct, "paper.library.look": _look, "paper.library.reuse": _reuse, "paper.library.take_out": _take_out,
    "paper.library.shelve": _of_paper(Permission.RECEIVE, lambda library, code, op, paper, actor: library.shelve([op], "1", "", actor)),
    "paper.library.keep": _of_paper(Permission.CLOSE_BOOK, lambda library, code, op, paper, actor: library.keep([op], None, actor)),
    "paper.library.hand_over": _of_paper(Permission.CLOSE_BOOK, lambda library, code, op, paper, actor: library.hand_over([op], DAY, actor)),
    "paper.library.due": lambda made, actor: _place(made).library.due(actor),
    "paper.library.handed_over": lambda made, actor: _place(made).library.handed_over(DAY, DAY, actor),
    "paper.library.destroy": _destroy,
}
