"""Looking at signatures: of any PDF, and of a digitised paper; and the issuers that the commune trusts."""

from __future__ import annotations

from base64 import b64decode, b64encode
from pathlib import Path
from tempfile import TemporaryDirectory

from counter_app.domain.errors import broken
from counter_app.domain.people import Actor, Permission
from counter_app.services.dossiers.access import require
from counter_app.services.ports import Clock, Database
from counter_app.services.recording import write_audit
from counter_app.services.scanning.ports import SealedFiles
from counter_app.services.scanning.signing_ports import Root, SignatureCheck, SignatureReader
from counter_app.services.trail.row_notes import held_setting
from counter_app.services.work_folders import ready_folder

_ROOTS = "signing/roots"
"""The setting: the certificates whose issues the commune trusts, as DER in base 64."""


class SignatureService:
    """Reads signatures without a network; ``folder`` is where a paper lies in the clear meanwhile."""

    def __init__(self, database: Database, clock: Clock, *, store: SealedFiles, reader: SignatureReader, folder: Path) -> None:
        self._database = database
        self._clock = clock
        self._store = store
        self._reader = reader
        self._folder = folder

    def of_file(self, path: Path, actor: Actor) -> tuple[SignatureCheck, ...]:
        """Return the signatures of any PDF, in the order they were made.

        Raises:
            RuleBrokenError: NOT_ALLOWED; as :meth:`.SignatureReader.signatures`.
            SurroundingsError: as there.
        """
        require(actor, Permission.READ)
        return self._reader.signatures(path, self._trusted())

    def of_paper(self, op_id: str, actor: Actor) -> tuple[SignatureCheck, ...]:
        """Return the signatures of a digitised paper, by the op that filed it (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED; FILE_UNKNOWN, FILE_DESTROYED; as :meth:`.SignatureReader.signatures`.
            SurroundingsError: SEALED_FILE_MISSING, SEALED_FILE_DAMAGED; DISK_FULL and the like.
        """
        require(actor, Permission.READ)
        with self._database.write() as uow:
            paper = uow.papers.get(op_id)
            stored = uow.files.get(paper.stored_id) if paper else None
            if paper is None or stored is None:
                raise broken("FILE_UNKNOWN", "op_id")
            if not stored.key:
                raise broken("FILE_DESTROYED", "op_id")
            write_audit(uow, self._clock.now(), actor.user_id, "signatures.read", paper.dossier_id, {"file": paper.file_id})
            uow.commit()
        ready_folder(self._folder)
        with TemporaryDirectory(prefix="check-", dir=self._folder) as folder:
            plain = Path(folder) / "paper.pdf"
            self._store.unseal(stored.stored_id, bytes.fromhex(stored.key), plain)
            return self._reader.signatures(plain, self._trusted())

    def roots(self) -> tuple[Root, ...]:
        """Return the issuers that the commune trusts, in the order they were added."""
        return tuple(map(self._reader.root, self._trusted()))

    def trust(self, path: Path, actor: Actor) -> Root:
        """Trust the issuer whose certificate is in a file, for all counters (audited); one that is trusted already stays as it is.

        Raises:
            RuleBrokenError: NOT_ALLOWED; ROOT_UNREADABLE, ROOT_NO_ISSUER.
            SurroundingsError: FILE_NOT_FOUND and the like.
        """
        require(actor, Permission.MANAGE_DESK)
        root = self._reader.root_in(path)
        self._change({**{each.fingerprint: each for each in self.roots()}, root.fingerprint: root}, "signing.root_trusted", root, actor)
        return root

    def distrust(self, fingerprint: str, actor: Actor) -> None:
        """Trust an issuer no longer (audited).

        Raises:
            RuleBrokenError: NOT_ALLOWED; ROOT_UNKNOWN.
        """
        require(actor, Permission.MANAGE_DESK)
        roots = {each.fingerprint: each for each in self.roots()}
        if fingerprint not in roots:
            raise broken("ROOT_UNKNOWN", "fingerprint")
        self._change(roots, "signing.root_dropped", roots.pop(fingerprint), actor)

    def _change(self, roots: dict[str, Root], action: str, root: Root, actor: Actor) -> None:
        with self._database.write() as uow:
            uow.settings.put(_ROOTS, [b64encode(each.der).decode("ascii") for each in roots.values()])
            details = {"fingerprint": root.fingerprint} | held_setting(uow, _ROOTS)
            write_audit(uow, self._clock.now(), actor.user_id, action, _ROOTS, details)
            uow.commit()

    def _trusted(self) -> list[bytes]:
        with self._database.read() as uow:
            stored: list[str] = uow.settings.get(_ROOTS) or []
        return [b64decode(each) for each in stored]
