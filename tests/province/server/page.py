"""The page of a person of the province: what is held, and a form for every act. Plain HTML, no script."""

from __future__ import annotations

from html import escape

from tests.province.server.contract import RULES, Json
from tests.province.server.specialist import MOVES

STYLE = """body{font:15px/1.5 system-ui,sans-serif;margin:1.5rem auto;max-width:78rem;padding:0 1rem;color:#1a2633}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}
td,th{border-bottom:1px solid #d5dde5;padding:.35rem .5rem;text-align:left;vertical-align:top}
form{display:inline-flex;flex-wrap:wrap;gap:.3rem;margin:.1rem .4rem .1rem 0}input,select,button,textarea{font:inherit;padding:.15rem .4rem}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2rem}small{color:#5b6b7a}.said{background:#fff4d6;padding:.5rem .8rem}"""


def page(state: dict[str, Json], said: str = "") -> str:
    """Return the whole page; ``said``: what came of the last act."""
    communes = "".join(_commune(item) for item in state["agencies"]) or "<p>Chưa có đơn vị nào. Cấp phiếu đăng ký máy để bắt đầu.</p>"
    note = f'<p class="said">{escape(said)}</p>' if said else ""
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Tỉnh thử nghiệm</title><style>{STYLE}</style></head><body>
<h1>Tỉnh thử nghiệm</h1>{note}
<p><small>Giờ máy chủ {escape(state["server_time"])} · đợt {escape(state["server_epoch"])}</small></p>
{_form("ticket", {}, _input("agency", "Mã đơn vị, ví dụ H36.50.05", required=True), "Cấp phiếu đăng ký máy")}
<h2>Công bố danh mục</h2>
<form method="post" action="/page/publish_catalogue">{_input("version", "Phiên bản, ví dụ 2026.12.1", required=True)}
{_input("effective_from", "Hiệu lực từ, YYYY-MM-DD", required=True)}<textarea name="content" rows="3" cols="60" required
placeholder='Tệp procedures/1, ví dụ {{"schema":"procedures/1","items":[…]}}'></textarea><button>Công bố</button></form>
{communes}</body></html>"""


def _commune(item: dict[str, Json]) -> str:
    agency = item["agency"]
    named = (f'{one["name"]} ({one["device"]}{", đã khóa" if one["revoked"] else ""})' for one in item["devices"])
    devices = ", ".join(named) or "chưa có máy"
    head = f'<h2>{escape(item["name"])}</h2><p><small>{escape(devices)} · {item["ops"]} bản ghi · {len(item["files"])} tệp</small></p>'
    assign = _form("assign", {"agency": agency}, _input("ChuHoSo", "Người nộp trực tuyến", required=True) + _input("MaTTHC", "Mã thủ tục")
                   + _input("TenTTHC", "Tên thủ tục") + _input("TrichYeuHoSo", "Trích yếu"), "Giao hồ sơ trực tuyến")
    message = _form("send_message", {"agency": agency}, _input("text_vi", "Lời nhắn", required=True), "Gửi lời nhắn")
    return head + assign + message + _attention(agency, item["attention"]) + _dossiers(agency, item["dossiers"]) + _days(item["days"])


def _dossiers(agency: str, listed: list[dict[str, Json]]) -> str:
    lines = "".join(_dossier(agency, item) for item in listed)
    heads = "".join(f"<th>{word}</th>" for word in ("Mã", "Thủ tục, người nộp", "Trạng thái", "Hẹn trả", "Việc của chuyên viên"))
    return f"<table><tr>{heads}</tr>{lines}</table>"


def _dossier(agency: str, item: dict[str, Json]) -> str:
    named = {"agency": agency, "dossier_id": item["dossier_id"]}
    acts = ""
    if item["reassigned_to"] is None:
        targets = "".join(f'<option value="{to}">{to} {escape(RULES["status_names"][to])}</option>' for to in MOVES.get(item["status"], ()))
        if targets:
            acts += _form("move", named, f'<select name="to">{targets}</select>' + _input("reason", "Lý do"), "Chuyển")
        if "5" in MOVES.get(item["status"], ()):
            acts += _form("ask_supplement", named, _input("items", "Giấy tờ cần bổ sung", required=True), "Yêu cầu bổ sung")
        if item["status"] in ("4", "5", "6", "9"):
            due_field = _input("new_due", "YYYY-MM-DDThh:mm:ss+07:00", required=True)
            acts += _form("extend", named, due_field + _input("reason", "Lý do", required=True), "Gia hạn")
        if item["MaHoSo"].startswith("TAM-"):
            acts += _form("give_code", named, "", "Cấp mã chính thức")
    codes = "<br>".join(escape(code) for code in item["codes"])
    due = item["NgayHenTra"]
    shown = f"{due[6:8]}/{due[4:6]}/{due[:4]} {due[8:10]}:{due[10:12]}" if due else ""
    return (f'<tr><td>{codes}<br><small>rev {item["rev"]}</small></td><td>{escape(item["TenTTHC"])}<br>{escape(item["ChuHoSo"])}</td>'
            f'<td>{item["status"]} {escape(item["status_name"])}</td><td>{shown}</td><td>{acts}</td></tr>')


def _attention(agency: str, listed: list[dict[str, Json]]) -> str:
    if not listed:
        return ""
    lines = ""
    for item in listed:
        named, verdict = {"agency": agency, "op_id": item["op_id"]}, item["verdict"]
        why, acts = verdict.get("reason") or verdict.get("code") or "", ""
        if why == "awaiting_province":
            acts = _form("decide_correction", {**named, "accept": "true"}, "", "Đồng ý sửa") + _form(
                "decide_correction", {**named, "accept": "false"}, "", "Không đồng ý")
        if why == "code_in_use":
            acts = _form("settle_code", named, "", "Cấp mã thứ hai")
        lines += f'<tr><td>{escape(item["code"] or "")}</td><td>{escape(item["type"])}</td><td>{escape(why)}</td><td>{acts}</td></tr>'
    return f"<table><tr><th>Cần xử lý</th><th>Sự kiện</th><th>Vì sao</th><th></th></tr>{lines}</table>"


def _days(listed: list[dict[str, Json]]) -> str:
    lines = ""
    for item in listed:
        counts = ", ".join(f'{escape(RULES["status_names"][key])}: {count}' for key, count in sorted(item["by_status"].items()))
        lines += f'<tr><td>{escape(item["day"])}</td><td>{item["total"]}</td><td>{counts}</td></tr>'
    return f"<table><tr><th>Ngày nhận</th><th>Số hồ sơ</th><th>Theo trạng thái</th></tr>{lines}</table>" if lines else ""


def _form(verb: str, hidden: dict[str, str], fields: str, button: str) -> str:
    kept = "".join(f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in hidden.items())
    return f'<form method="post" action="/page/{verb}">{kept}{fields}<button>{escape(button)}</button></form>'


def _input(name: str, hint: str, *, required: bool = False) -> str:
    return f'<input name="{escape(name)}" placeholder="{escape(hint)}" aria-label="{escape(hint)}"{" required" if required else ""}>'
