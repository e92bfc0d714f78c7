"""The updates of a computer as calls, for :mod:`tests.services.verbs`: over a small program in the folder of the world."""

from __future__ import annotations

from tests.updating.releases import program, published, running
from tests.updating.services import update_service


def _updates(made):
    root = made.folder / "program"
    return update_service(made.desk, running(root, "0.1.0") if root.exists() else program(root))


def _package(made):
    done = made.folder / "release" / "out" / "quay-mot-cua-0.2.0-linux-x64-update"
    return done if done.exists() else published(made.folder / "release")


def _back(made, actor):
    updates = _updates(made)
    if not (made.folder / "program" / "previous").exists():
        program(made.folder / "program", "0.0.9", sequence=90)
        (made.folder / "program" / "previous").write_text("0.0.9")
        (made.folder / "program" / "current").write_text("0.1.0")
    return updates.back(actor)


UPDATES = {
    "updates.check": lambda made, actor: _updates(made).check(actor, _package(made)),
    "updates.install": lambda made, actor: _updates(made).install(actor, _package(made)),
    "updates.save": lambda made, actor: _updates(made).save(actor, address="https://updates.example.vn", automatic=True),
    "updates.back": _back,
}
