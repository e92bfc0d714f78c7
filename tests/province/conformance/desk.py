"""A desk as small as can be: proves contact, enrols, keeps its tokens, chains ops and sends them."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import secrets
from datetime import datetime

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.province.server.canon import canonical, sha256
from tests.province.server.contract import ZERO_HASH, fits
from tests.province.server.keys import signed_bytes
from tests.province.server.naming import VIETNAM, b64u, from_b64u, national_time, uuid7, wire_time

SHAPES = {
    "/push": "PushReply", "/ops": "OpsReply", "/changes": "ChangesReply", "/dossiers": "DossiersReply", "/reconcile": "ReconcileReply",
    "/enrol": "EnrolReply", "/token/refresh": "Tokens", "/epochs": "EpochReply", "/numbers/lease": "LeaseReply", "/hello": "Hello",
    "/catalogue/manifest": "Manifest",
}
"""What the answer of an address has the shape of."""

RECORD = {
    "MaHoSo": "", "MaTTHC": "2.000815", "TenTTHC": "Chứng thực bản sao từ bản chính", "MaLinhVuc": "", "TenLinhVuc": "Chứng thực",
    "KenhThucHien": "1", "ChuHoSo": "Công dân mẫu", "LoaiDoiTuong": "1", "MaDoiTuong": "", "DinhDanhCHS": [], "ThongTinKhac": "", "Email": "",
    "Fax": "", "SoDienThoai": "", "TrichYeuHoSo": "", "NgayNopHoSo": "", "NgayTiepNhan": "", "NgayHenTra": "", "TrangThaiHoSo": "2", "NgayTra": "",
    "ThongTinTra": "", "HinhThuc": "0", "NgayKetThucXuLy": "", "NgayTuChoi": "", "DonViXuLy": "Bộ phận Một cửa", "GhiChu": "", "NoiNopHoSo": "2", "HoSoCoThanhPhanSoHoa": "0",
    "TaiKhoanDuocXacThucVoiVNeID": "0", "DuocThanhToanTrucTuyen": "0", "DSKetNoiCSDL": [], "TaiLieuNop": [], "DanhSachLePhi": [],
    "DanhSachTepDinhKemKhac": [], "DanhSachHoSoBoSung": [], "DanhSachGiayToKetQua": []}


class Desk:
    """One computer of a commune. ``answer`` of every reply is checked against the contract's shape before a test sees it."""

    def __init__(self, ticket, device=None):
        self.ticket, self.url = ticket, ticket["base_url"] + "/desk/v1"
        self.key, self.device = Ed25519PrivateKey.generate(), device or uuid7(datetime.now(VIETNAM))
        self.epoch, self.seq, self.head = secrets.token_hex(8), 0, ZERO_HASH
        self.agency = self.access = self.refresh_token = ""
        self.session = requests.Session()
        self.day = datetime.now(VIETNAM)
        self.serials = iter(range(3, 10_000))

    # -- the wire

    def call(self, method, path, *, token=True, data=None, headers=None, **options):
        """Send a request as it is; check what every reply must have."""
        sent = {"Desk-Protocol": "1.0", **({"Authorization": f"Bearer {self.access}"} if token else {}), **(headers or {})}
        reply = self.session.request(method, self.url + path, data=data, headers={k: v for k, v in sent.items() if v is not None},
                                     allow_redirects=False, timeout=60, **options)
        assert reply.headers.get("X-Desk-Sync") == "1", f"{method} {path} is not from the gateway"
        if reply.status_code >= 400:
            assert reply.headers["Desk-Problem"], path
            if method != "HEAD":
                assert reply.headers["content-type"].startswith("application/problem+json")
                assert reply.json()["code"] == reply.headers["Desk-Problem"]
                assert fits("Problem", reply.json())
        elif reply.headers.get("content-type", "").startswith("application/json"):
            shape = next((name for start, name in SHAPES.items() if path.partition("?")[0].startswith(start)), None)
            assert shape is None or fits(shape, reply.json()), f"{path} answers with another shape"
        return reply

    def send(self, path, body, *, status=200, **options):
        """POST JSON with its digest; returns the answer's JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        reply = self.call("POST", path, data=data, headers={**json_headers(data), **options.pop("headers", {})}, **options)
        assert reply.status_code == status, (path, reply.status_code, reply.text[:400])
        return reply.json()

    def get(self, path, **params):
        reply = self.call("GET", path, params=params)
        assert reply.status_code == 200, (path, reply.status_code, reply.text[:400])
        return reply.json()

    # -- access

    def hello(self):
        """Prove contact: signature of the pinned key and the own nonce."""
        nonce = b64u(secrets.token_bytes(16))
        body = self.call("GET", "/hello", token=False, params={"nonce": nonce}).json()
        self.check(body, "hello")
        assert body["nonce"] == nonce
        return body

    def check(self, document, purpose):
        """Raise InvalidSignature unless the pinned key signed the document."""
        body = {name: value for name, value in document.items() if name != "signature"}
        pinned = Ed25519PublicKey.from_public_bytes(from_b64u(self.ticket["public_key"]))
        pinned.verify(from_b64u(document["signature"]), signed_bytes(purpose, body))

    @property
    def public_key(self):
        return b64u(self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def enrol_request(self):
        info = {"name": "Quầy thử", "os": "any", "app": "conformance", "app_version": "1"}
        own = {"device": self.device, "epoch": self.epoch, "public_key": self.public_key}
        return {"enrolment_code": self.ticket["code"], **own, "protocol": "1.0", "device_info": info}

    def enrol(self):
        """Turn the ticket into a device, and use the tokens once."""
        reply = self.send("/enrol", self.enrol_request(), token=False, status=201)
        self.device, self.agency = reply["device"], reply["agency"]
        self.take(reply["tokens"])
        self.get("/changes", limit=1)
        return reply

    def take(self, tokens):
        self.access, self.refresh_token = tokens["access_token"], tokens["refresh_token"]

    def proven(self, purpose, body):
        """Return a document with challenge and proof of the device key."""
        asked = {**body, "device": self.device, "challenge": self.hello()["challenge"]}
        return {**asked, "proof": b64u(self.key.sign(signed_bytes(purpose, asked)))}

    def token_request(self, grant="refresh_token"):
        return self.proven("token", {"grant": grant, **({"refresh_token": self.refresh_token} if grant == "refresh_token" else {})})

    def epoch_request(self, epoch, reason="chain_repair", serials_seen=None, **more):
        day = self.day.strftime("%Y-%m-%d")
        seen = [{"day": day, "last_serial": 1}] if serials_seen is None else serials_seen
        return self.proven("epoch", {
            "epoch": epoch, "previous_epoch": self.epoch, "reason": reason, "restored": {"last_seq": self.seq, "last_hash": self.head},
            "declared_day": day, "serials_seen": seen, **more})

    def new_lane(self, **more):
        """Begin an epoch; returns the gateway's answer."""
        epoch = secrets.token_hex(8)
        reply = self.send("/epochs", self.epoch_request(epoch, **more), status=201)
        self.epoch, self.seq, self.head = epoch, 0, ZERO_HASH
        return reply

    # -- ops

    def op(self, kind, facts, record, dossier_id, **more):
        """Return the next op of the lane."""
        body = {
            "op_id": uuid7(datetime.now(VIETNAM)), "device": self.device, "epoch": self.epoch, "seq": self.seq + 1, "type": kind,
            "dossier_id": dossier_id, "occurred_at": wire_time(self.day), "actor": {"user_id": "u-0101", "role": "tiep_nhan"},
            "base_rev": 0, "facts": facts, "ho_so": copy.deepcopy(record), "prev_hash": self.head, **more}
        body = sealed(body)
        self.seq, self.head = body["seq"], body["hash"]
        return body

    def code(self):
        """Return an official code of the day that this desk has not used yet; outside every lease, so that runs don't meet."""
        return f"{self.agency}-{self.day:%y%m%d}-{next(self.serials) + int(self.epoch[:5], 16) * 10:08d}"

    def received(self, code=None, **more):
        """Return an op that takes in a new dossier, and its record."""
        at, code = wire_time(self.day), code or self.code()
        record = {**RECORD, "MaHoSo": code, "NgayNopHoSo": national_time(at), "NgayTiepNhan": national_time(at)}
        facts = {
            "code": code, "code_kind": "provisional" if code.startswith("TAM-") else "official", "origin": "desk", "received_at": at,
            "due_at": None, "procedure_version": "2026.11.1", "case_code": "", "limit": {"value": 1, "unit": "ngay_lam_viec"},
            "applicant": {"name": "Công dân mẫu", "address": "Thôn mẫu 1, xã mẫu"}, "submitter": {"same_as_applicant": True},
            "components": [], "sets": 1, "register": {"book": "2026/01", "number": 1}, "result_place": "Trung tâm", "outside_boundary": False}
        return self.op("dossier.received", facts, record, more.pop("dossier_id", None) or uuid7(datetime.now(VIETNAM)), **more), record

    def note(self, about, text="Thử nghiệm", **more):
        """Return a note about an op's dossier."""
        facts = {"kind": "ghi_chu", "audience": "desk", "text": text}
        return self.op("note.added", facts, about["ho_so"], about["dossier_id"], **more)

    def push(self, *ops, status=200, **options):
        reply = self.send("/push", {"ops": list(ops)}, status=status, **options)
        if status == 200:
            assert [one["op_id"] for one in reply["results"]] == [one["op_id"] for one in ops]
        return reply

    def outcomes(self, *ops):
        """Push, and return the outcome of each op."""
        return [one["outcome"] for one in self.push(*ops)["results"]]

    def acked(self):
        """Return the watermark of the lane as the gateway has it."""
        return self.get("/ops", device=self.device, epoch=self.epoch, from_seq=2**53 - 1)["acked"]["acked_through"]

    def follow(self, cursor=None, limit=500):
        """Return every entry after a cursor, and the cursor after them."""
        entries, more = [], True
        while more:
            page = self.get("/changes", limit=limit, **({"cursor": cursor} if cursor else {}))
            entries, cursor, more = entries + page["changes"], page["next_cursor"], page["has_more"]
        return entries, cursor

    def end_of_feed(self):
        return self.follow()[1]


def json_headers(data):
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    return {"Content-Type": "application/json", "Content-Digest": f"sha-256=:{digest}:"}


def sealed(op):
    """Return an op with the hash of its content."""
    body = {name: value for name, value in op.items() if name != "hash"}
    return {**body, "hash": sha256(canonical(body))}
