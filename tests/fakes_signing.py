"""The in-memory doubles of signing: a token, who looks on, a reader of signatures."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from counter_app.domain.errors import broken
from counter_app.domain.moments import local
from counter_app.services.scanning.signing_ports import Root, SignatureCheck, SigningCertificate, Trust

PIN = "31415926"
LIBRARY = Path("/opt/vendor/token.so")
NEWLINE = b"\nsigned "
MOMENT = local(2026, 11, 22, 9, 42)


class FakeSigner:
    """Tokens in memory: a signed file is the old one with a line more. ``faults`` by the number of the file; ``pins`` as they came."""

    def __init__(self, now):
        self.found = (SigningCertificate(
            "token", "01", "ab" * 32, "Trung tâm", "CA Thử", "1234AB", now - timedelta(days=1), now + timedelta(days=300)),)
        self.faults, self.marks, self.pins, self.opened = {}, [], [], 0
        self.refusal = None

    def certificates(self, library):
        if self.refusal:
            raise self.refusal
        return self.found

    @contextmanager
    def session(self, library, certificate, pin):
        assert library == LIBRARY
        self.pins.append(pin)
        if self.refusal:
            raise self.refusal
        self.opened += 1
        yield self
        self.opened -= 1

    def sign(self, source, mark, out):
        self.marks.append(mark)
        if fault := self.faults.get(len(self.marks)):
            raise fault
        out.write_bytes(source.read_bytes() + NEWLINE + f"{mark.agency}|{mark.at}".encode())


class Watch:
    """Looks on; wants ``most`` files."""

    def __init__(self, most=99):
        self.most, self.told = most, []

    def wanted(self):
        return len(self.told) < self.most

    def signing(self, number, count):
        self.told.append((number, count))


class FakeSignatures:
    """Reads what :class:`FakeSigner` wrote: one signature for each of its lines, trusted where its root is among the roots."""

    ROOT = b"the root"

    def signatures(self, path, roots):
        lines = path.read_bytes().split(NEWLINE)[1:]
        trust = Trust.TRUSTED if self.ROOT in roots else Trust.UNKNOWN
        return tuple(
            SignatureCheck(line.decode().split("|")[0], "CA Thử", "1234AB", None, intact=True, whole=True, altered=False, trust=trust)
            for line in lines)

    def root(self, der):
        if der != self.ROOT:
            raise broken("ROOT_UNREADABLE")
        (certificate,) = FakeSigner(MOMENT).found
        return Root(sha256(der).hexdigest(), "CA Thử", certificate.valid_from, certificate.valid_to, der)

    def root_in(self, path):
        return self.root(path.read_bytes())
