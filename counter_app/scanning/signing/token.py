"""Tokens behind PKCS#11, the library of their vendor. It is C code of others: only :mod:`.child` may load it, in a process of its own."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from counter_app.domain.errors import SurroundingsError, failed
from counter_app.scanning.signing.certificates import signing_certificate
from counter_app.scanning.signing.pdf import sign_pdf
from counter_app.services.scanning.signing_ports import Mark, SigningCertificate

_GONE = ("DeviceRemoved", "TokenNotPresent", "TokenNotRecognised", "SlotIDInvalid", "SessionHandleInvalid", "SessionClosed", "DeviceError")
"""What the standard's faults are called when somebody pulled the token out."""
_PIN_WRONG = ("PinIncorrect", "PinInvalid", "PinLenRange")
_PE_32 = 0x14C
"""The machine in the head of a 32-bit library of Windows."""


class Tokens:
    """All tokens that a vendor's library reaches.

    Raises:
        SurroundingsError: TOKEN_LIBRARY_MISSING, TOKEN_LIBRARY_WIDTH, TOKEN_LIBRARY_WRONG.
    """

    def __init__(self, library: Path) -> None:
        self._library = _loaded(library)

    def certificates(self) -> tuple[SigningCertificate, ...]:
        """Return what can be signed with.

        Raises:
            SurroundingsError: TOKEN_MISSING, TOKEN_NO_CERTIFICATE, TOKEN_FAILED.
        """
        with _told():
            found = tuple(
                wanted for token in self._tokens() for each in _on(token)
                if (wanted := signing_certificate(each, token.label, _serial(token))))
        if not found:
            raise failed("TOKEN_NO_CERTIFICATE")
        return found

    def open(self, wanted: SigningCertificate, pin: str) -> OpenToken:
        """Log in to the token that holds a certificate. The PIN is tried once, for a token locks itself after a few wrong ones.

        Raises:
            SurroundingsError: TOKEN_MISSING; a TOKEN_PIN_ code; TOKEN_NO_KEY, TOKEN_FAILED.
        """
        with _told():
            token = next((each for each in self._tokens() if _serial(each) == wanted.token_serial), None)
        if token is None:
            raise failed("TOKEN_MISSING")
        return OpenToken(self._logged_in(token, pin), wanted)

    def _logged_in(self, token: Any, pin: str) -> Any:  # noqa: ANN401  the token library brings no types
        from pkcs11.exceptions import PinLocked, PKCS11Error  # noqa: PLC0415

        try:
            return token.open(user_pin=pin)
        except PinLocked:
            raise failed("TOKEN_PIN_LOCKED") from None
        except PKCS11Error as error:
            if type(error).__name__ not in _PIN_WRONG:
                raise _fault(error) from None
        with _told():
            same = next((each for each in self._tokens() if _serial(each) == _serial(token)), token)
            raise failed(_after_wrong_pin(same))

    def _tokens(self) -> list[Any]:
        from pkcs11 import TokenFlag  # noqa: PLC0415

        tokens = [slot.get_token() for slot in self._library.get_slots(token_present=True)]
        ready = [each for each in tokens if TokenFlag.TOKEN_INITIALIZED in each.flags]
        if not ready:
            raise failed("TOKEN_MISSING")
        return ready


class OpenToken:
    """A token that was logged in to, with one certificate to sign with.

    Raises:
        SurroundingsError: TOKEN_NO_CERTIFICATE, TOKEN_NO_KEY, TOKEN_FAILED.
    """

    def __init__(self, session: Any, wanted: SigningCertificate) -> None:  # noqa: ANN401
        from pyhanko.sign.pkcs11 import PKCS11Signer  # noqa: PLC0415

        with _told():
            found = {each.sha256.hex(): (each, key_id) for each, key_id in _objects(session)}
            if wanted.fingerprint not in found:
                raise failed("TOKEN_NO_CERTIFICATE")
            certificate, key_id = found.pop(wanted.fingerprint)
            if not _has_key(session, key_id):
                raise failed("TOKEN_NO_KEY")
            self._signer = PKCS11Signer(
                session, signing_cert=certificate, key_id=key_id, ca_chain=[each for each, _ in found.values() if each.ca],
                use_raw_mechanism=_only_raw(session, certificate))

    def sign(self, source: Path, mark: Mark, out: Path) -> None:
        """Sign a file; raises as :meth:`.SigningSession.sign`."""
        from pyhanko.sign.general import SigningError  # noqa: PLC0415

        with _told():
            try:
                sign_pdf(source, mark, out, self._signer)
            except SigningError as error:
                raise (error.__cause__ or error) from None


def _loaded(library: Path) -> Any:  # noqa: ANN401
    import pkcs11  # noqa: PLC0415  loaded in the process for tokens only

    if not library.is_file():
        raise failed("TOKEN_LIBRARY_MISSING", path=str(library))
    if _bits(library) not in (0, struct.calcsize("P") * 8):
        raise failed("TOKEN_LIBRARY_WIDTH", path=str(library))
    try:
        return pkcs11.lib(str(library))
    except pkcs11.exceptions.PKCS11Error:
        raise failed("TOKEN_LIBRARY_WRONG", path=str(library)) from None


def _bits(library: Path) -> int:
    """Return for which width of processor a library was made, 32 or 64; 0 where that can't be told."""
    with library.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"\x7fELF"):
        return {1: 32, 2: 64}.get(head[4], 0)
    if head.startswith(b"MZ") and len(head) >= 64:
        at = int.from_bytes(head[60:64], "little")
        if head[at:at + 4] == b"PE\0\0":
            return 32 if int.from_bytes(head[at + 4:at + 6], "little") == _PE_32 else 64
    return 0


def _on(token: Any) -> Iterator[Any]:  # noqa: ANN401
    with token.open() as session:
        for certificate, _ in _objects(session):
            yield certificate


def _objects(session: Any) -> list[tuple[Any, bytes]]:  # noqa: ANN401
    """Return the certificates of a token with the ids that they share with their keys; what is no X.509, or has none, is passed over."""
    from asn1crypto.x509 import Certificate  # noqa: PLC0415
    from pkcs11 import Attribute, ObjectClass  # noqa: PLC0415
    from pkcs11.exceptions import AttributeTypeInvalid  # noqa: PLC0415

    found = []
    for each in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            certificate = Certificate.load(each[Attribute.VALUE])
            certificate.native  # noqa: B018  read to the end: a broken one shows itself here
            found.append((certificate, bytes(each[Attribute.ID])))
        except (ValueError, AttributeTypeInvalid):
            continue
    return found


def _has_key(session: Any, key_id: bytes) -> bool:  # noqa: ANN401
    from pkcs11 import Attribute, ObjectClass  # noqa: PLC0415

    wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.SIGN: True, Attribute.ID: key_id}
    return bool(list(session.get_objects(wanted)))


def _only_raw(session: Any, certificate: Any) -> bool:  # noqa: ANN401
    """Tell whether the token signs digests only with the key of a certificate, as older ones do."""
    from pkcs11 import Mechanism  # noqa: PLC0415

    of_curves = certificate.public_key.algorithm == "ec"
    hashing = Mechanism.ECDSA_SHA256 if of_curves else Mechanism.SHA256_RSA_PKCS
    return hashing not in session.token.slot.get_mechanisms()


def _serial(token: Any) -> str:  # noqa: ANN401
    serial: bytes = token.serial
    return serial.decode("ascii", "replace")


def _after_wrong_pin(token: Any) -> str:  # noqa: ANN401
    """Return the code of what a token says of the tries that are left; how many, the standard doesn't tell."""
    from pkcs11 import TokenFlag  # noqa: PLC0415

    for flag, code in (
        (TokenFlag.USER_PIN_LOCKED, "TOKEN_PIN_LOCKED"), (TokenFlag.USER_PIN_FINAL_TRY, "TOKEN_PIN_LAST"),
        (TokenFlag.USER_PIN_COUNT_LOW, "TOKEN_PIN_LOW"),
    ):
        if flag in token.flags:
            return code
    return "TOKEN_PIN_WRONG"


@contextmanager
def _told() -> Iterator[None]:
    """Faults of a token, in the desk's words."""
    from pkcs11.exceptions import PKCS11Error  # noqa: PLC0415

    try:
        yield
    except PKCS11Error as error:
        raise _fault(error) from None


def _fault(error: Exception) -> SurroundingsError:
    name = type(error).__name__
    return failed("TOKEN_GONE") if name in _GONE else failed("TOKEN_FAILED", fault=name)
