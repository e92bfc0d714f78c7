"""What the province keeps. Documents are JSON as text, so that both databases keep every character of them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Dialect, ForeignKeyConstraint, Index, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator

metadata = MetaData()


class Document(TypeDecorator[Any]):
    """A JSON value. Written in ASCII alone, for PostgreSQL keeps no zero character and no half one."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write the value."""
        return None if value is None else json.dumps(value, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read the value."""
        return None if value is None else json.loads(value)


def _text(name: str, *, key: bool = False, empty: bool = False) -> Column[Any]:
    return Column(name, Text, primary_key=key, nullable=empty)


def _number(name: str, *, key: bool = False, empty: bool = False) -> Column[Any]:
    return Column(name, BigInteger, primary_key=key, nullable=empty, autoincrement=False)


def _flag(name: str) -> Column[Any]:
    return Column(name, Boolean, nullable=False, default=False)


def _document(name: str) -> Column[Any]:
    return Column(name, Document, nullable=True)


settings = Table("settings", metadata, _text("name", key=True), _document("value"))

agencies = Table("agencies", metadata, _text("agency", key=True), _text("name"), _number("position"))
"""``position``: the last place in the agency's feed. Its row is locked by whoever writes for the agency, so places follow commits (F1)."""

tickets = Table(
    "tickets", metadata, _text("code", key=True), _text("agency"), _number("expires_at"), _number("digit", empty=True),
    _text("device", empty=True), _text("public_key", empty=True), _flag("spent"),
)
devices = Table(
    "devices", metadata, _text("device", key=True), Column("short", Text, nullable=False, unique=True), _text("agency"),
    _text("public_key"), _text("name"), _number("digit"), _flag("revoked"), _flag("approved"),
)
pairs = Table(
    "pairs", metadata, _text("pair_id", key=True), _text("device"), _text("parent", empty=True),
    Column("access_hash", Text, nullable=False, unique=True), Column("refresh_hash", Text, nullable=False, unique=True),
    _number("access_until"), _number("refresh_until"), _flag("access_used"), _flag("refresh_used"), _flag("access_ended"),
    _flag("refresh_ended"), Index("pairs_of_device", "device"),
)
lanes = Table(
    "lanes", metadata, _text("device", key=True), _text("epoch", key=True), _flag("declared"), _text("declared_at"), _text("declared_day"),
    _number("acked_through"), _text("head_hash"), _number("generation", empty=True), _text("through_day", empty=True), _flag("exhausted"),
    _document("request"),
)
"""A device's epoch; ``generation`` of its recovery range, if it has one, good for the days from declared_day to through_day."""

leases = Table(
    "leases", metadata, _text("lease_id", key=True), _text("agency"), _text("device"), _number("digit"), _text("mode"), _text("valid_from"),
    _text("valid_to"), _flag("extra"), Index("leases_of_agency", "agency"),
)
"""A thousand serials of every day: those beginning with ``digit``."""

ops = Table(
    "ops", metadata, Column("number", Integer, primary_key=True), _text("device"), _text("epoch"), _number("seq"), _text("agency"),
    _text("op_id"), _text("dossier_id", empty=True), _text("type"), _text("code", empty=True), _text("day"), _text("hash"),
    _document("body"), _document("verdict"),
    _text("held_for", empty=True), _text("delivered_by"), _number("first", empty=True), _flag("attention"),
    Index("ops_place", "device", "epoch", "seq", unique=True), Index("ops_id", "agency", "op_id"), Index("ops_held", "agency", "held_for"),
    Index("ops_day", "device", "epoch", "day"), Index("ops_dossier", "agency", "dossier_id"),
    ForeignKeyConstraint(["device", "epoch"], ["lanes.device", "lanes.epoch"]),
)
"""The journal. ``code``: the one that the op put on a slip, if it made a dossier. ``first``: the number of the op with the same op_id that
came before, whose outcome this one shares."""

dossiers = Table(
    "dossiers", metadata, _text("agency", key=True), _text("dossier_id", key=True), _number("rev"), _text("status"), _text("day"),
    _text("changed_at"), _document("ho_so"), _document("intake"), _document("codes"), _flag("handed_over"), _document("set_at"),
    _document("tien_do"), _text("reassigned_to", empty=True), Index("dossiers_day", "agency", "day"),
)
codes = Table("codes", metadata, _text("agency", key=True), _text("code", key=True), _text("dossier_id", key=True))
changes = Table(
    "changes", metadata, _text("agency", key=True), _number("position", key=True), _text("change_id"), _text("device", empty=True),
    _text("kind"), _text("at"), _text("dossier_id", empty=True), _number("rev", empty=True), _document("data"),
    Index("changes_kind", "agency", "kind"),
)
"""The feed; ``device``: for this one alone."""

blobs = Table(
    "blobs", metadata, _text("agency", key=True), _text("sha256", key=True), _number("bytes"), _text("state"),
    _text("dossier_id", empty=True), _text("filetype"),
)
uploads = Table(
    "uploads", metadata, _text("upload_id", key=True), _text("device"), _text("agency"), _text("sha256"), _number("length"),
    _document("about"), _text("state"), _number("last_at"), Index("uploads_of_device", "device", "sha256"),
)
"""``state``: open, done or gone; how much has come is the size of the file."""

catalogues = Table(
    "catalogues", metadata, _number("number", key=True), Column("version", Text, nullable=False, unique=True), _document("manifest"),
)
catalogue_files = Table(
    "catalogue_files", metadata, _text("sha256", key=True), _text("content_type"), Column("content", LargeBinary, nullable=False),
)
procedures = Table("procedures", metadata, _text("code", key=True))
"""Every procedure that was ever published."""

people = Table("people", metadata, _text("agency", key=True), _number("version", key=True), _document("document"))
