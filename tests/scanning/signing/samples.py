"""Certificates, keys and small PDF files for the tests of signing; every name in them is made up."""

from datetime import UTC, datetime, timedelta
from functools import cache

import pikepdf
from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from PIL import Image
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from counter_app.domain.moments import local
from counter_app.domain.scan_profile import CleanUp, PdfProfile
from counter_app.scanning.pdf.writing import write_pdf
from counter_app.services.scanning.devices import ScannedPage
from counter_app.services.scanning.paper import FileFacts, PageWork
from counter_app.services.scanning.signing_ports import Mark

AGENCY = "Trung tâm Phục vụ hành chính công xã Thử Nghiệm"
LONG_AGENCY = "Trung tâm Phục vụ hành chính công phường Nguyễn Nghiêm Trường Xuân Đông Thượng, thành phố Thử Nghiệm Dài"
ISSUER = "CA Thử Nghiệm"
NOW = local(2026, 11, 22, 9, 42, 5)
MARK = Mark(AGENCY, NOW)
DER, PEM = serialization.Encoding.DER, serialization.Encoding.PEM
_TODAY = datetime.now(UTC).replace(microsecond=0)
USES = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
        "encipher_only", "decipher_only")


@cache
def key(name="clerk"):
    """A key for a name; that of ``curve`` is one of an elliptic curve."""
    return ec.generate_private_key(ec.SECP256R1()) if name == "curve" else rsa.generate_private_key(65537, 2048)


def certificate(owner=AGENCY, *, issuer=ISSUER, mine="clerk", theirs="ca", days=(-1, 300), uses=("digital_signature", "content_commitment"),
                ca=False, serial=0x1234AB):
    """A certificate that holds for some days from now on."""
    start, end = (_TODAY + timedelta(days=day) for day in days)
    made = x509.CertificateBuilder().subject_name(_name(owner)).issuer_name(_name(issuer)).public_key(key(mine).public_key())
    made = made.serial_number(serial).not_valid_before(start).not_valid_after(end)
    made = made.add_extension(x509.BasicConstraints(ca, None), critical=True)
    made = made.add_extension(x509.KeyUsage(**{name: name in uses for name in USES}), critical=True)
    return made.sign(key(theirs), hashes.SHA256())


def root(owner=ISSUER, *, mine="ca", **changes):
    """The certificate of who issues them."""
    return certificate(owner, issuer=owner, mine=mine, theirs=mine, days=(-900, 900), uses=("key_cert_sign", "crl_sign"), ca=True, **{"serial": 5} | changes)


def _name(common):
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, common)])


def der(made):
    return made.public_bytes(DER)


def signer(made=None, mine="clerk", chain=()):
    """A signer of the signing library that needs no token."""
    private = key(mine).private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    store = SimpleCertificateStore()
    store.register_multiple([asn1.Certificate.load(der(each)) for each in chain])
    return SimpleSigner(
        signing_cert=asn1.Certificate.load(der(made or certificate())), signing_key=keys.PrivateKeyInfo.load(private), cert_registry=store)


def paper(folder, name="paper.pdf", size=(827, 1169)):
    """A PDF/A-2b as filing makes it, of one light grey page."""
    picture = folder / f"{name}.png"
    Image.new("RGB", size, (238, 238, 238)).save(picture, dpi=(100, 100))
    work = PageWork(ScannedPage(picture, 100, "front", 1, size), CleanUp(deskew=False, whiten=False, crop=False, hide_blank=False))
    return write_pdf([work], FileFacts("Tờ khai", NOW), PdfProfile.JPEG, folder / name).path


def turned(path, *, rotate=0, media=None, crop=None):
    """Turn and cut the page of a file."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        page.Rotate = rotate
        for name, box in (("/MediaBox", media), ("/CropBox", crop)):
            if box:
                page[name] = pikepdf.Array(box)
        pdf.save(path)
    return path
