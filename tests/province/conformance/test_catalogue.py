"""Catalogues (contract 9)."""

import hashlib
import json
import secrets

import pytest

from tests.province.server.contract import fits

PROCEDURE = {"MaTTHC": "9.000001", "TenTTHC": "Thủ tục mẫu", "MaLinhVuc": "", "TenLinhVuc": "Mẫu", "effective_from": "2026-07-01", "effective_to": None,
             "cases": [{"code": "", "name": "", "limit": {"value": 1, "unit": "ngay"}, "cutoff": None}], "components": [], "fees": [], "results": []}


def manifest(desk, **params):
    document = desk.get("/catalogue/manifest", **params)
    desk.check(document, "manifest")
    return document


def test_the_manifest_is_signed_and_its_files_have_the_hashes_it_says(desk):
    for file in manifest(desk)["files"]:
        reply = desk.call("GET", f"/catalogue/{file['sha256']}", headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in reply.headers
        assert (hashlib.sha256(reply.content).hexdigest(), len(reply.content)) == (file["sha256"], file["bytes"])
        assert reply.headers["ETag"] == f'"{file["sha256"]}"'
        if file["kind"] in ("procedures", "calendar"):
            assert fits("CatalogueFile", json.loads(reply.content))


def test_a_file_is_fetched_in_parts(desk):
    file = manifest(desk)["files"][0]
    whole = desk.call("GET", f"/catalogue/{file['sha256']}").content
    half = file["bytes"] // 2
    parts = [desk.call("GET", f"/catalogue/{file['sha256']}", headers={"Range": wanted}) for wanted in (f"bytes=0-{half - 1}", f"bytes={half}-")]
    assert [one.status_code for one in parts] == [206, 206]
    assert b"".join(one.content for one in parts) == whole
    assert desk.call("GET", f"/catalogue/{file['sha256']}", headers={"Range": f"bytes={file['bytes']}-"}).status_code == 416


def test_a_manifest_that_is_known_is_not_sent_again(desk):
    reply = desk.call("GET", "/catalogue/manifest")
    again = desk.call("GET", "/catalogue/manifest", headers={"If-None-Match": reply.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_was_never_published_is_not_found(desk):
    assert desk.call("GET", "/catalogue/manifest", params={"version": "1999.1"}).status_code == 404
    assert desk.call("GET", f"/catalogue/{'0' * 64}").status_code == 404
    assert desk.call("GET", "/catalogue/nothing").status_code == 400


def test_a_new_version_is_announced_and_the_old_one_stays(desk, hand):
    old, cursor = manifest(desk), desk.end_of_feed()
    version = f"2027.1.{secrets.randbelow(10**6)}"
    file = {"name": "procedures.json", "kind": "procedures", "content": json.dumps({"schema": "procedures/1", "items": [PROCEDURE]})}
    op, record = desk.received()
    desk.seq, desk.head = 0, "0" * 64
    made = hand.do("publish_catalogue", version=version, effective_from="2027-01-01", files=[file])
    entry = desk.follow(cursor)[0][-1]
    assert (entry["kind"], entry["data"]["version"], entry["data"]["effective_from"]) == ("catalogue.available", version, "2027-01-01")
    assert manifest(desk) == manifest(desk, version=version) == made
    assert manifest(desk, version=old["version"]) == old
    received = desk.op("dossier.received", op["facts"], {**record, "MaTTHC": PROCEDURE["MaTTHC"]}, op["dossier_id"])
    assert desk.outcomes(received) == ["applied"]
    with pytest.raises(ValueError, match="published already"):
        hand.do("publish_catalogue", version=version, effective_from="2027-01-01", files=[file])


def test_a_file_of_another_shape_is_not_published(hand):
    bad = {"name": "procedures.json", "kind": "procedures", "content": '{"schema": "procedures/1"}'}
    with pytest.raises(ValueError, match="another shape"):
        hand.do("publish_catalogue", version="2027.2.1", effective_from="2027-01-01", files=[bad])
