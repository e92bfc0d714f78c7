"""Who may change what, and what the specialist does (contract 6, 7 and 12; invariants 9, 10, 15, 23)."""

import copy

import pytest

from tests.province.server.naming import national_time, uuid7, wire_time

DUE, LATER = "2027-01-08T17:00:00+07:00", "2027-01-15T17:00:00+07:00"


@pytest.fixture
def taken(desk, hand):
    """A dossier that the province has; returns its op, its record and what reads it."""
    first, record = desk.received()
    desk.push(first)

    def read():
        return desk.get(f"/dossiers/{first['dossier_id']}")["dossiers"][0]

    return first, record, read


def corrected(desk, first, record, **members):
    """Return a correction of members, made while the desk knew rev 1."""
    changes = [{"field": name, "old": record[name], "new": value} for name, value in members.items()]
    facts = {"reason": "Ghi sai", "reissue_slip": False, "changes": changes}
    return desk.op("dossier.corrected", facts, {**record, **members}, first["dossier_id"], base_rev=1)


def extended(desk, first, record, rev=1):
    facts = {"old_due": None, "new_due": DUE, "reason": "Chờ xác minh", "extension_no": 1, "form_number": "1", "decided_by": "Giám đốc"}
    return desk.op("deadline.extended", facts, {**record, "NgayHenTra": national_time(DUE)}, first["dossier_id"], base_rev=rev)


def test_i9_what_both_sides_changed_is_a_conflict_with_the_other_value(desk, hand, taken):
    first, record, read = taken
    hand.do("change", agency=desk.agency, dossier_id=first["dossier_id"], members={"NgayHenTra": national_time(LATER)})
    result = desk.push(extended(desk, first, record))["results"][0]
    assert (result["outcome"], result["reason"], result["fields"]) == ("conflict", "stale_field", ["NgayHenTra"])
    assert result["current"]["ho_so"]["NgayHenTra"] == national_time(LATER)
    assert read()["ho_so"]["NgayHenTra"] == national_time(LATER)


@pytest.mark.parametrize(("name", "ours", "theirs"), [
    ("ChuHoSo", "Công dân mẫu 1", "Công dân mẫu 2"), ("SoDienThoai", "0000000001", "0000000002"), ("TrichYeuHoSo", "một", "hai"), ("GhiChu", "một", "hai"),
    ("DonViXuLy", "Quầy", "Phòng"), ("DinhDanhCHS", [{"LoaiDinhDanh": "1", "SoDinhDanh": "000000000001"}], []), ("HinhThuc", "1", "1"),
])
def test_i9_a_correction_meets_a_change_of_the_province(desk, hand, taken, name, ours, theirs):
    first, record, read = taken
    hand.do("change", agency=desk.agency, dossier_id=first["dossier_id"], members={name: theirs})
    assert desk.outcomes(corrected(desk, first, record, **{name: ours})) == ["conflict"]
    assert read()["ho_so"][name] == theirs


def test_i9_members_of_the_province_stay_whatever_a_desk_sends(desk, hand, taken):
    first, record, read = taken
    file = {"TepDinhKemId": uuid7(desk.day), "TenTepDinhKem": "a.pdf", "IsDeleted": "False", "MaThanhPhanHoSo": "TP01", "DuongDanTaiTepTin": "",
            "DuocSoHoa": "1", "DuocTaiSuDung": "0", "DuocLayTuKhoDMQG": "0", "MaKetQuaThayThe": ""}
    linked = {**file, "DuongDanTaiTepTin": "kho/a.pdf"}
    hand.do("change", agency=desk.agency, dossier_id=first["dossier_id"], members={"TaiLieuNop": [linked], "MaDoiTuong": "TECH-1"})
    facts = {"target": "TaiLieuNop", "file_id": file["TepDinhKemId"], "part": "TP01", "sha256": "0" * 64, "bytes": 1, "filename": "a.pdf",
             "filetype": "application/pdf", "pages": 1, "copy_kind": "ban_chup", "sensitive": True}
    mine = {**record, "MaDoiTuong": "TECH-2", "TaiLieuNop": [{**file, "TenTepDinhKem": "b.pdf"}]}
    assert desk.outcomes(desk.op("attachment.linked", facts, mine, first["dossier_id"])) == ["applied"]
    after = read()["ho_so"]
    assert after["TaiLieuNop"] == [{**linked, "TenTepDinhKem": "b.pdf"}]
    assert (after["MaDoiTuong"], after["HoSoCoThanhPhanSoHoa"]) == ("TECH-1", "1")


def test_i9_two_desks_that_correct_the_same_member_conflict(desk, colleague, taken):
    first, record, read = taken
    assert desk.outcomes(corrected(desk, first, record, SoDienThoai="0000000001")) == ["applied"]
    assert colleague.outcomes(corrected(colleague, first, record, SoDienThoai="0000000002")) == ["conflict"]
    assert read()["ho_so"]["SoDienThoai"] == "0000000001"


def test_i9_arrays_grow_by_element_on_both_sides(desk, hand, taken):
    first, record, read = taken
    hand.do("move", agency=desk.agency, dossier_id=first["dossier_id"], to="4")
    theirs = hand.do("ask_supplement", agency=desk.agency, dossier_id=first["dossier_id"], items=["Giấy chứng sinh"])
    line = {"TenPhiLePhi": "Phí", "MaPhiLePhi": "P1", "HinhThucThu": "1", "Gia": "8000", "LoaiPhiLePhi": "1"}
    facts = {"fee_line_id": uuid7(desk.day), "MaPhiLePhi": "P1", "HinhThucThu": "1", "amount_vnd": 8000, "method": "tien_mat", "receipt_series": "MAU/26",
             "receipt_number": "1", "collected_at": wire_time(desk.day), "settles_obligation": False}
    assert desk.outcomes(desk.op("fee.collected", facts, {**record, "DanhSachLePhi": [line]}, first["dossier_id"])) == ["applied"]
    after = read()["ho_so"]
    assert after["DanhSachLePhi"] == [line]
    assert [item["HoSoBoSungId"] for item in after["DanhSachHoSoBoSung"]] == [theirs]


def test_i10_attention_stays_until_an_op_resolves_it(desk, hand, taken):
    first, record, _ = taken
    hand.do("change", agency=desk.agency, dossier_id=first["dossier_id"], members={"NgayHenTra": national_time(LATER)})
    lost = extended(desk, first, record)
    desk.push(lost)
    assert lost["op_id"] in {item["op_id"] for item in hand.do("attention", agency=desk.agency)}
    assert desk.push(lost)["results"][0]["outcome"] == "conflict"
    facts = {"kind": "dong_xung_dot", "audience": "province", "text": "Theo ngày của tỉnh"}
    assert desk.outcomes(desk.op("note.added", facts, record, first["dossier_id"], resolves=lost["op_id"])) == ["applied"]
    assert lost["op_id"] not in {item["op_id"] for item in hand.do("attention", agency=desk.agency)}


@pytest.mark.parametrize(("accept", "outcome"), [(True, "applied"), (False, "rejected")])
def test_a_correction_after_hand_over_waits_for_the_province(desk, hand, taken, accept, outcome):
    first, record, read = taken
    hand.do("move", agency=desk.agency, dossier_id=first["dossier_id"], to="4")
    asked = corrected(desk, first, record, ChuHoSo="Công dân mẫu 22")
    held = desk.push(asked)["results"][0]
    assert (held["outcome"], held["reason"]) == ("held", "awaiting_province")
    cursor = desk.end_of_feed()
    hand.do("decide_correction", agency=desk.agency, op_id=asked["op_id"], accept=accept)
    told = [entry["data"]["result"] for entry in desk.follow(cursor)[0] if entry["kind"] == "op.outcome"]
    assert [(one["op_id"], one["outcome"], one.get("code")) for one in told] == [
        (asked["op_id"], outcome, None if accept else "refused_by_province")]
    assert read()["ho_so"]["ChuHoSo"] == ("Công dân mẫu 22" if accept else "Công dân mẫu")
    with pytest.raises(ValueError, match="waits for no decision"):
        hand.do("decide_correction", agency=desk.agency, op_id=asked["op_id"], accept=accept)


def test_i15_every_code_ever_printed_finds_its_dossier(desk, hand):
    code = f"TAM-00000000-{desk.day:%y%m%d}-{int(desk.epoch[:6], 16):08d}"
    first, _ = desk.received(code)
    desk.push(first)
    cursor = desk.end_of_feed()
    given = hand.do("give_code", agency=desk.agency, dossier_id=first["dossier_id"])
    for ref in (code, given):
        shown = desk.get(f"/dossiers/{ref}")["dossiers"][0]
        assert (shown["dossier_id"], shown["codes"], shown["ho_so"]["MaHoSo"]) == (first["dossier_id"], [code, given], given)
    entry = desk.follow(cursor)[0][0]
    assert (entry["kind"], entry["data"]["old_code"], entry["data"]["new_code"], entry["rev"]) == ("dossier.official_code", code, given, 2)
    assert desk.outcomes(desk.note(first)) == ["applied"]


def test_i15_two_dossiers_with_one_code_are_both_found(desk, hand):
    first, record = desk.received()
    second, _ = desk.received(record["MaHoSo"])
    note = desk.note(second)
    results = desk.push(first, second, note)["results"]
    assert [(one["outcome"], one.get("reason")) for one in results] == [("applied", None), ("conflict", "code_in_use"), ("held", "dependency")]
    cursor = desk.end_of_feed()
    given = hand.do("settle_code", agency=desk.agency, op_id=second["op_id"])
    found = desk.get(f"/dossiers/{record['MaHoSo']}")["dossiers"]
    assert {one["dossier_id"] for one in found} == {first["dossier_id"], second["dossier_id"]}
    assert [one["dossier_id"] for one in desk.get(f"/dossiers/{given}")["dossiers"]] == [second["dossier_id"]]
    told = {entry["data"]["result"]["op_id"]: entry["data"]["result"] for entry in desk.follow(cursor)[0] if entry["kind"] == "op.outcome"}
    assert (told[second["op_id"]]["rev"], told[note["op_id"]]["rev"]) == (1, 3)


def test_an_online_dossier_is_assigned_accepted_and_worked_on(desk, hand):
    cursor = desk.end_of_feed()
    dossier_id = hand.do("assign", agency=desk.agency, record={"ChuHoSo": "Công dân mẫu", "MaTTHC": "1.001193"}, applicant_address="Thôn mẫu 3")
    entry = desk.follow(cursor)[0][0]
    assert (entry["kind"], entry["rev"], entry["data"]["applicant_address"]) == ("dossier.assigned", 1, "Thôn mẫu 3")
    record = copy.deepcopy(entry["data"]["ho_so"])
    op, _ = desk.received(record["MaHoSo"], dossier_id=dossier_id, base_rev=1)
    record.update({name: op["ho_so"][name] for name in ("NgayTiepNhan", "NgayHenTra", "DonViXuLy")}, TrangThaiHoSo="2")
    desk.seq, desk.head = 0, "0" * 64
    op = desk.op("dossier.received", {**op["facts"], "origin": "portal"}, record, dossier_id, base_rev=1)
    result = desk.push(op)["results"][0]
    assert (result["outcome"], result["rev"]) == ("applied", 2)
    shown = desk.get(f"/dossiers/{dossier_id}")["dossiers"][0]
    assert (shown["ho_so"], shown["intake"]["origin"]) == (record, "portal")
    assert desk.outcomes(desk.op("dossier.received", op["facts"], record, dossier_id, base_rev=2)) == ["conflict"]


def test_the_specialist_moves_as_the_contract_allows_and_asks_for_paper(desk, hand, taken):
    first, _, read = taken
    named = {"agency": desk.agency, "dossier_id": first["dossier_id"]}
    with pytest.raises(ValueError, match="no move"):
        hand.do("move", **named, to="9")
    cursor = desk.end_of_feed()
    hand.do("move", **named, to="4")
    hand.do("ask_supplement", **named, items=["Bản chính"], reason="Thiếu")
    hand.do("extend", **named, new_due=LATER, reason="Chờ")
    hand.do("move", **named, to="4")
    hand.do("progress", **named, row={"NguoiXuLy": "Cán bộ mẫu", "ChucDanh": "", "ThoiDiemXuLy": "20261123100000", "PhongBanXuLy": "", "NoiDungXuLy": "Thẩm tra",
                                      "TrangThai": "4", "NgayBatDau": "", "NgayKetThucTheoQuyDinh": ""})
    hand.do("finish", **named, name="Giấy khai sinh")
    entries = desk.follow(cursor)[0]
    assert [entry["kind"] for entry in entries] == [
        "dossier.updated", "dossier.updated", "print.requested", "dossier.updated", "print.requested", "dossier.updated", "dossier.progress",
        "dossier.updated"]
    assert [entry["data"]["form"] for entry in entries if entry["kind"] == "print.requested"] == ["02", "04"]
    assert [entry["rev"] for entry in entries] == [2, 3, None, 4, None, 5, None, 6]
    shown = read()
    assert (shown["ho_so"]["TrangThaiHoSo"], shown["ho_so"]["NgayHenTra"], len(shown["tien_do"])) == ("9", national_time(LATER), 1)
    with pytest.raises(ValueError, match="no move"):
        hand.do("move", **named, to="10")


def test_a_step_of_the_desk_adds_a_progress_row_for_everybody(desk, taken):
    first, record, read = taken
    row = {"NguoiXuLy": "Cán bộ mẫu 02", "ChucDanh": "", "ThoiDiemXuLy": "20261123152500", "PhongBanXuLy": "", "NoiDungXuLy": "Thẩm tra", "TrangThai": "2",
           "NgayBatDau": "", "NgayKetThucTheoQuyDinh": ""}
    cursor = desk.end_of_feed()
    facts = {"step_code": "B2", "completed_at": wire_time(desk.day), "tien_do": row}
    assert desk.push(desk.op("step.completed", facts, record, first["dossier_id"]))["results"][0]["rev"] == 2
    assert read()["tien_do"] == [row]
    assert [(entry["kind"], entry["rev"]) for entry in desk.follow(cursor)[0]] == [("dossier.updated", 2), ("dossier.progress", None)]


def test_a_dossier_that_was_given_away_is_read_only_here(desk, stranger, hand, taken):
    first, _, _ = taken
    cursor, theirs = desk.end_of_feed(), stranger.end_of_feed()
    hand.do("reassign", agency=desk.agency, dossier_id=first["dossier_id"], to_agency=stranger.agency, reason="Chuyển địa bàn")
    assert desk.follow(cursor)[0][0]["kind"] == "dossier.reassigned"
    assert stranger.follow(theirs)[0][0]["kind"] == "dossier.assigned"
    result = desk.push(desk.note(first))["results"][0]
    assert (result["outcome"], result["reason"]) == ("conflict", "closed")
    assert stranger.outcomes(stranger.note(first)) == ["applied"]
    hand.do("reassign", agency=stranger.agency, dossier_id=first["dossier_id"], to_agency=desk.agency, reason="Trả lại")
    assert desk.push(desk.note(first))["results"][0]["rev"] == 3


def test_a_person_who_was_locked_out_is_a_warning(desk, hand, taken):
    first, _, _ = taken
    user = {"user_id": "u-0101", "display_name": "Cán bộ mẫu 01", "title": "", "roles": ["tiep_nhan"], "state": "active"}
    hand.do("set_users", agency=desk.agency, users=[user])
    cursor = desk.end_of_feed()
    hand.do("lock_user", agency=desk.agency, user_id="u-0101")
    try:
        revoked, users = desk.follow(cursor)[0]
        assert (revoked["kind"], revoked["data"]["id"]) == ("access.revoked", "u-0101")
        desk.check(users["data"], "users")
        assert users["data"]["users"][0]["state"] == "locked"
        result = desk.push(desk.note(first))["results"][0]
        assert (result["outcome"], [one["code"] for one in result["warnings"]]) == ("applied", ["actor_revoked"])
    finally:
        hand.do("set_users", agency=desk.agency, users=[user])


def test_a_later_type_is_judged_after_the_upgrade(desk, hand, taken):
    first, _, read = taken
    hand.do("switch", hidden_types=["note.added"])
    try:
        assert "note.added" not in desk.hello()["op_types"]
        note = desk.note(first)
        assert desk.push(note)["results"][0]["reason"] == "unsupported_type"
    finally:
        cursor = desk.end_of_feed()
        hand.do("switch", hidden_types=[])
    assert read()["rev"] == 2
    assert [entry["kind"] for entry in desk.follow(cursor)[0]] == ["dossier.updated", "op.outcome"]


def test_a_message_reaches_the_commune(desk, hand):
    cursor = desk.end_of_feed()
    hand.do("send_message", agency=desk.agency, text_vi="Ngày 24/11 nghỉ lễ.", level="warning")
    entry = desk.follow(cursor)[0][0]
    assert (entry["kind"], entry["data"]["text_vi"], entry["data"]["level"]) == ("message", "Ngày 24/11 nghỉ lễ.", "warning")
    assert entry["data"]["text_vi"] in {one["data"].get("text_vi") for one in desk.follow()[0]}
