"""Signing at a desk: the token's process, and where a file lies in the clear while it is worked on."""

from __future__ import annotations

from pathlib import Path

from counter_app.bootstrap.folder import SIGNING
from counter_app.scanning.signing.checking_process import SignaturesApart
from counter_app.scanning.signing.process import TokenProcess
from counter_app.services.acts.acting import Acting
from counter_app.services.desk.settings import SettingsService
from counter_app.services.ports import Clock, Database
from counter_app.services.scanning.ports import SealedFiles
from counter_app.services.scanning.signatures import SignatureService
from counter_app.services.scanning.signing import SigningService
from counter_app.services.scanning.signing_ports import SignatureReader


def signing_at(
    data_dir: Path, acting: Acting, database: Database, clock: Clock, settings: SettingsService, *, store: SealedFiles, device: str,
) -> SigningService:
    """Return the signing of one counter, whose token is behind a library of its own."""
    return SigningService(
        acting, database, clock, settings, store=store, signer=TokenProcess(), folder=data_dir / SIGNING, device=device)


def signatures_at(data_dir: Path, database: Database, clock: Clock, *, store: SealedFiles) -> SignatureService:
    """Return what looks at signatures."""
    return SignatureService(database, clock, store=store, reader=signature_reader(), folder=data_dir / SIGNING)


def signature_reader() -> SignatureReader:
    """Return what reads the signatures of a file where no desk is: nobody is trusted there."""
    return SignaturesApart()
