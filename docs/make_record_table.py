"""The table from what happens at the desk to the national record: ``python docs/make_record_table.py`` writes it into its page again.

It is read off the rules that the program itself obeys, so that it can't say anything else.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "resources" / "contract" / "event_rules.json"
PAGE = ROOT / "docs" / "national_record.md"
BEGIN, END = "<!-- table -->", "<!-- end of table -->"
ACTS = {
    "dossier.received": "tiếp nhận", "slip.printed": "in phiếu", "dossier.corrected": "sửa thông tin",
    "supplement.requested": "yêu cầu bổ sung", "supplement.received": "nhận giấy tờ bổ sung",
    "dossier.refused": "từ chối tiếp nhận, từ chối giải quyết", "dossier.handed_over": "bàn giao", "step.completed": "xong một bước",
    "deadline.extended": "gia hạn, xin lỗi", "dossier.halted": "dừng xử lý", "dossier.withdrawn": "rút hồ sơ",
    "result.ready": "có kết quả", "result.returned": "trả kết quả", "fee.collected": "thu phí", "fee.reversed": "trả lại phí",
    "attachment.linked": "số hóa giấy tờ", "attachment.unlinked": "bỏ bản số hóa", "note.added": "ghi chú",
    "satisfaction.recorded": "đánh giá hài lòng", "checkpoint": "điểm kiểm tra",
}
CONDITIONS = {
    "NgayTiepNhan is empty": "chưa từng tiếp nhận", "the dossier was handed over before": "đã bàn giao trước đó",
    "facts.settles_obligation is true": "nộp đủ nghĩa vụ tài chính",
}


def table() -> str:
    """Return the table as Markdown."""
    rules = json.loads(RULES.read_text(encoding="utf-8"))
    lines = ["| event | at the desk | TrangThaiHoSo | members it may set |", "|---|---|---|---|"]
    for name, rule in rules["events"].items():
        moves = "<br>".join(_move(each) for each in rule["moves"]) or "none"
        written = [*rule.get("writes", ()), *(f"{each} (if empty)" for each in rule.get("fills") or ()), *(rule.get("keyed") or ())]
        named = ", ".join(written).replace("(the members named in facts.changes)", "those that were changed")
        shown = named.replace("(facts.target)", "TaiLieuNop or DanhSachGiayToKetQua")
        lines.append(f"| `{name}` | {ACTS[name]} | {moves} | {shown or 'none'} |")
    states = ", ".join(f"{number} {words}" for number, words in rules["status_names"].items())
    return "\n".join([*lines, "", f"States: {states}."])


def _move(move: dict[str, Any]) -> str:
    start = ", ".join({"*": "any", None: "new"}.get(each, each) for each in move["from"])
    target = "unchanged" if move["to"] == "=" else move["to"]
    condition = f" ({CONDITIONS[move['only_if']]})" if "only_if" in move else ""
    return f"{start} → {target}{condition}"


def with_table(page: str) -> str:
    """Return the page with the table as it must be."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
