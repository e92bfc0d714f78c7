"""A small authority of certificates for trials, and everybody who might stand at the other end of a line with one."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


class Authority:
    """Signs certificates; ``bundle`` is the file that who trusts it is given."""

    def __init__(self, folder, name):
        self._folder, self._key, self._name = folder, ec.generate_private_key(ec.SECP256R1()), _named(name)
        self.bundle = folder / f"{name}.pem"
        own = _made(self._name, self._name, self._key.public_key()).add_extension(x509.BasicConstraints(True, None), True)
        own = own.add_extension(_usage(signs=True), True).add_extension(x509.SubjectKeyIdentifier.from_public_key(self._key.public_key()), False)
        self.bundle.write_bytes(own.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def front(self, host="localhost", *, ended=False):
        """Return the TLS context of a server with that name; ``ended``: its certificate ran out yesterday."""
        key = ec.generate_private_key(ec.SECP256R1())
        until = datetime.now(UTC) + (-DAY if ended else DAY)
        made = _made(_named(host), self._name, key.public_key(), until).add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), False)
        made = made.add_extension(_usage(signs=False), True)
        made = made.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), False)
        path = self._folder / f"{host}-{made._serial_number}.pem"
        hidden = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        path.write_bytes(made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) + hidden)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def _named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _made(subject, issuer, key, until=None):
    now = datetime.now(UTC)
    return x509.CertificateBuilder(
        issuer, subject, key, x509.random_serial_number(), min(now, until or now) - 10 * DAY, until or now + DAY)


def _usage(*, signs):
    return x509.KeyUsage(not signs, False, False, False, False, signs, signs, False, False)
