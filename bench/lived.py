"""A desk whose dossiers have lived: each was received, handed over, worked on, finished and returned, nine events with its slips and forms.

Everything is done with the program's own services, and nothing of it was sent yet. Desks are kept in a cache between runs.
"""

from __future__ import annotations

import os
import random
import secrets
import shutil
import sys
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from bench.desk import KeptDesk
from bench.made import identity_number, name
from bench.moment import AGENCY, LOGIN, PASSWORD, StandingClock
from counter_app.bootstrap import Counter, CreateDesk, create_desk
from counter_app.bootstrap.papers import paper_store
from counter_app.domain.archive import DigitalPaper, StoredFile
from counter_app.domain.digitised import FileTarget, PaperState
from counter_app.domain.dossier import Applicant, ApplicantKind
from counter_app.domain.ids import new_id
from counter_app.domain.moments import VIETNAM
from counter_app.domain.people import Actor
from counter_app.services.acts.hand_overs import HandOverDossiers
from counter_app.services.acts.results import ResultReady
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.acts.steps import CompleteStep
from counter_app.services.intake.terms import ReceiveDossier

EVENTS_OF_A_LIFE = 9
PROCEDURES = ("1.001193", "1.004873")
A_DAY = 80
"""Dossiers of a day at a busy commune's desk."""
DAYS = 30
_FIRST = datetime.now(VIETNAM).replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=DAYS)
UNIT, SPECIALIST = "Văn phòng HĐND và UBND", "Vũ Văn Thực Hành"


def lived_desk(cache: Path, count: int) -> KeptDesk:
    """Return a desk with ``count`` lives of the last thirty days, made when the cache has none of this recipe and this day."""
    desk = KeptDesk(cache / f"lived-{count}-{_recipe()}", count)
    if not (desk.root / "complete").exists():
        for older in cache.glob(f"lived-{count}-*"):
            shutil.rmtree(older)
        print(f"making a desk with {count:,} dossiers that lived, kept for the next run", file=sys.stderr)
        os.environ.update(desk.environment)
        wish = CreateDesk(AGENCY, "Xã Đắk Mil", "Lâm Đồng", "2", login=LOGIN, password=PASSWORD, unattended=True)
        create_desk(wish, desk.data_dir, clock=StandingClock(_FIRST))
        live(desk, count)
        (desk.root / "complete").touch()
    return desk


def live(desk: KeptDesk, count: int, done: int = 0) -> None:
    """Let dossiers live at a desk until there are ``count``; it has ``done`` of them."""
    clock = StandingClock(_FIRST)
    counter = desk.open(clock)
    try:
        actor, chance = counter.login.acting("", ""), random.Random(done)
        for number in range(done, count):
            clock.moment = _FIRST + timedelta(days=number // A_DAY)
            _live(counter, actor, chance)
    finally:
        counter.close()


def file_scans(desk: KeptDesk, count: int, size: int) -> None:
    """Put scans of ``size`` bytes that nothing can compress into the desk, one for each of its first dossiers."""
    counter, store = desk.open(), paper_store(desk.data_dir)
    source = desk.root / "scan.pdf"
    try:
        with counter.database.write() as uow:
            codes = [event for event in uow.events.everything() if event.type == "dossier.received"][:count]
            for number in range(count):
                source.write_bytes(content := secrets.token_bytes(size))
                stored = StoredFile(secrets.token_hex(16), sha256(content).hexdigest(), size, secrets.token_hex(32), _FIRST)
                store.seal(stored.stored_id, bytes.fromhex(stored.key), source)
                uow.files.add(stored)
                uow.papers.add(_paper(stored, codes[number % len(codes)].dossier_id or ""))
            uow.commit()
    finally:
        counter.close()
        source.unlink(missing_ok=True)


def _paper(stored: StoredFile, dossier_id: str) -> DigitalPaper:
    return DigitalPaper(
        new_id(_FIRST), new_id(_FIRST), dossier_id, "", stored.stored_id, FileTarget.COMPONENT, "TP01", "Tờ khai", PaperState.DIGITISED,
        stored.sha256, "", 1, f"{stored.stored_id}.pdf", _FIRST, "bench")


def _live(counter: Counter, actor: Actor, chance: random.Random) -> None:
    applicant = Applicant(
        ApplicantKind.PERSON, name(chance), identity_number(chance), address="Thôn Mẫu 3, xã Đắk Mil, tỉnh Lâm Đồng",
        phone=f"0900{chance.randrange(10**6):06d}")
    code = counter.intake.receive(ReceiveDossier(chance.choice(PROCEDURES), applicant, print=True), actor).code
    for command in _commands(code, applicant.full_name):
        counter.life.perform(command, actor)


def _commands(code: str, owner: str) -> tuple[object, ...]:
    """What happens to a dossier after its receipt and its slip; handing over also prints two forms, and returning one."""
    return (
        HandOverDossiers((code,), UNIT, SPECIALIST), CompleteStep(code, content="Thẩm định hồ sơ", done_by=SPECIALIST, done_in=UNIT),
        ResultReady(code), ReturnResults((code,), receiver_name=owner))


def _recipe() -> str:
    bench = Path(__file__).resolve().parent
    migrations = sorted((bench.parent / "counter_app" / "storage" / "migrations" / "versions").glob("*.py"))
    sources = (Path(__file__), bench / "made.py", *migrations)
    return sha256(b"".join(source.read_bytes() for source in sources) + _FIRST.isoformat().encode()).hexdigest()[:10]
