"""The contract as data: the rules of events, and the shapes of ``openapi.yaml`` as validators."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from jsonschema.validators import extend

Json = Any
Op = dict[str, Json]

FOLDER = Path(__file__).resolve().parents[3] / "resources/contract"
RULES: dict[str, Json] = json.loads((FOLDER / "event_rules.json").read_text("utf-8"))
EVENTS: dict[str, Json] = RULES["events"]
ZERO_HASH = "0" * 64
OFFICIAL_CODE = r"[A-Z0-9]+(?:\.[A-Z0-9]+){1,4}-[0-9]{6}-[0-9]{3,8}"
PROVISIONAL_CODE = r"TAM-[0-9A-HJKMNP-TV-Z]{8}(?:\.[0-9a-f]{4})?-[0-9]{6}-[0-9]{3,8}"
LIMITS = {
    "max_ops": 200, "max_body_bytes": 262_144, "max_decoded_bytes": 4_194_304, "max_op_bytes": 65_536, "max_changes": 500,
    "upload_chunk_min": 65_536, "upload_chunk_max": 1_048_576, "max_blob_bytes": 52_428_800, "partial_keep_s": 604_800,
}
"""What ``hello`` says and every request is held to; bytes, and seconds for ``partial_keep_s``."""

_Strict = extend(Draft202012Validator, type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _, it: type(it) is int))


@cache
def document() -> dict[str, Json]:
    """Return ``openapi.yaml`` as it is."""
    loaded: dict[str, Json] = yaml.load((FOLDER / "openapi.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return loaded


@cache
def shape(name: str) -> Validator:
    """Return the validator of one schema of the contract; a number with a point is no integer here."""
    return _Strict(_resolved({"$ref": f"#/components/schemas/{name}"}))


@cache
def envelope_shape() -> Validator:
    """Return the validator of an op's envelope alone: what is inside ``facts`` and ``ho_so`` is judged op by op."""
    op = document()["components"]["schemas"]["Op"]
    inside = {"facts": {"type": "object"}, "ho_so": {"type": ["object", "null"]}}
    return _Strict(_resolved({**{name: op[name] for name in ("type", "required")}, "properties": {**op["properties"], **inside}}))


@cache
def content_shape(kind: str) -> Validator:
    """Return the validator of what an event type holds: ``facts``, ``dossier_id`` and ``ho_so``."""
    rows = document()["components"]["schemas"]["Op"]["allOf"]
    own = next(row["then"] for row in rows if row["if"]["properties"]["type"]["const"] == kind)
    record = {"anyOf": [{"$ref": "#/components/schemas/HoSo"}, {"type": "null"}]}
    return _Strict(_resolved({"allOf": [own, {"properties": {"ho_so": record}}]}))


def fits(name: str, value: Json) -> bool:
    """Say whether a value has the shape that the contract gives it."""
    return bool(shape(name).is_valid(value))


def _resolved(node: Json) -> Json:
    """Return a schema with every reference written out, and ``$`` meaning the end of the text and nothing else."""
    if isinstance(node, list):
        return [_resolved(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return _resolved({**document()["components"]["schemas"][name], **{key: item for key, item in node.items() if key != "$ref"}})
    made = {key: _resolved(item) for key, item in node.items() if key not in ("example", "examples", "description")}
    pattern = made.get("pattern")
    return {**made, "pattern": pattern[:-1] + r"\Z"} if isinstance(pattern, str) and pattern.endswith("$") else made
