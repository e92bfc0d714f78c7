"""The verbs of signing for the table of roles: each as it is called when everything about it but the role is right."""

from __future__ import annotations

from counter_app.domain.people import Permission
from counter_app.services.scanning.filing import FileBatch
from counter_app.services.scanning.signatures import SignatureService
from counter_app.services.scanning.signing import SigningService, SignPapers
from tests.builders import CLERK, DEVICE
from tests.fakes_signing import LIBRARY, PIN, FakeSignatures, FakeSigner, Watch
from tests.services.verbs_of_scans import _batch, _place


def _signing(made, place):
    desk = made.desk
    return SigningService(
        desk.life.acting, desk.database, desk.clock, desk.settings, store=place.store, signer=FakeSigner(desk.clock.now()),
        folder=made.folder / "papers" / "signing", device=DEVICE)


def _signatures(made, place):
    return SignatureService(
        made.desk.database, made.desk.clock, store=place.store, reader=FakeSignatures(), folder=made.folder / "papers" / "signing")


def _chosen(made):
    """Choose a library as the desk's administrator did before, without an entry of its own on the trail."""
    with made.desk.database.write() as uow:
        uow.settings.put(f"signing/{DEVICE}", str(LIBRARY))
        uow.commit()


def _filed(made, actor, permission):
    """Return the services of scans and a paper that waits; none where the actor has no right to anything with it."""
    if not actor.may(permission):
        return _place(made), None
    place, batch_id = _batch(made, CLERK)
    _chosen(made)
    place.filing.file(FileBatch(batch_id), CLERK)
    return place, max(place.papers(), key=lambda paper: paper.op_id)


def _sign(made, actor):
    place, paper = _filed(made, actor, Permission.RECEIVE)
    service = _signing(made, place)
    certificate = FakeSigner(made.desk.clock.now()).found[0]
    return service.sign(SignPapers((paper.op_id,) if paper else ("no op",), certificate, PIN), actor, Watch())


def _certificates(made, actor):
    if actor.may(Permission.RECEIVE):
        _chosen(made)
    return _signing(made, _place(made)).certificates(actor)


def _of_paper(made, actor):
    place, paper = _filed(made, actor, Permission.READ)
    return _signatures(made, place).of_paper(paper.op_id, actor)


def _of_file(made, actor):
    place, _ = _filed(made, actor, Permission.READ)
    path = made.folder / "papers" / "any.bin"
    path.write_bytes(b"no signature")
    return _signatures(made, place).of_file(path, actor)


def _trust(made, actor):
    place = _place(made)
    path = made.folder / "root.cer"
    path.write_bytes(FakeSignatures.ROOT)
    return _signatures(made, place).trust(path, actor)


def _distrust(made, actor):
    service = _signatures(made, _place(made))
    fingerprint = _trust(made, actor).fingerprint if actor.may(Permission.MANAGE_DESK) else "none"
    return service.distrust(fingerprint, actor)


SIGNING = {
    "signing.choose_library": lambda made, actor: _signing(made, _place(made)).choose_library(LIBRARY, actor),
    "signing.certificates": _certificates,
    "signing.waiting": lambda made, actor: _signing(made, _place(made)).waiting(actor),
    "signing.sign": _sign, "signatures.of_file": _of_file, "signatures.of_paper": _of_paper, "signatures.trust": _trust,
    "signatures.distrust": _distrust,
}
