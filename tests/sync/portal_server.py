"""A small system that knows dossiers only as national records, over real HTTP on loopback. It can be told to misbehave."""

import base64
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

UNIT, USER, PASSWORD = "H36.50.05", "xa-mau", "mat-khau-mau"
MEMBERS = 36


class PortalServer:
    """What it holds, and what it shall do wrong next: ``wrong`` is taken from the front, one for each request but log-ins."""

    def __init__(self):
        self.records, self.history, self.rows, self.files = {}, [], [], {}
        self.asked, self.wrong, self.refused = [], [], set()
        self.sessions, self.tells_rows = 0, True
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.answer(self, body)

            def log_message(self, *_):
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def answer(self, request, body):
        fault = self.wrong.pop(0) if self.wrong and request.path == "/service" else ""
        if fault == "busy":
            self.say(request, {}, status=503)
        elif fault == "later":
            self.say(request, {}, status=429, wait=77)
        elif fault == "portal":
            self.say(request, b"<html>Wi-Fi</html>", kind="text/html")
        elif fault == "before":
            request.close_connection = True
        else:
            told = self.log_in(body) if request.path == "/login" else self.serve(body, over=fault == "over")
            if fault == "after":
                request.close_connection = True
            elif fault == "nonsense":
                self.say(request, b"[]")
            elif fault == "half":
                self.say(request, told, cut=5)
            else:
                self.say(request, told)

    def say(self, request, told, *, status=200, kind="application/json", cut=0, wait=None):
        data = told if isinstance(told, bytes) else json.dumps(told).encode()
        request.send_response(status)
        request.send_header("Content-Type", kind)
        if wait is not None:
            request.send_header("Retry-After", str(wait))
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data[:len(data) - cut])
        request.close_connection = True

    def log_in(self, body):
        if (body["username"], body["password"]) != (USER, PASSWORD):
            return {"error_code": "01", "message": "Sai tài khoản"}
        self.sessions += 1
        return {"error_code": 0, "session": f"s{self.sessions}"}

    def serve(self, body, *, over):
        self.asked.append(body["service"])
        if over or body.get("session") != f"s{self.sessions}" or body.get("madonvi") != UNIT:
            return {"error_code": "session_expired"}
        return {"TraCuuHoSo": self.look_up, "DongBoHoSoMC": self.take, "CapNhatTienDoHoSoMC": self.progress, "TaiTep": self.file}[
            body["service"]](body)

    def look_up(self, body):
        code = body["mahoso"]
        rows = {"DanhSachTienDo": [{**row, "Id": at} for at, row in enumerate(self.rows) if row["MaHoSo"] == code]} if self.tells_rows else {}
        return {"error_code": "00", "result": [{**self.records[code], **rows}] if code in self.records else []}

    def take(self, body):
        [record] = body["data"]
        code = record["MaHoSo"]
        if len(record) != MEMBERS or code in self.refused:
            return {"error_code": "12", "message": "Dữ liệu không hợp lệ"}
        if (code in self.records) != (body["isUpdating"] == "True"):
            return {"error_code": "13", "message": "Hồ sơ đã có hoặc chưa có"}
        self.records[code] = record
        self.history.append((code, record["TrangThaiHoSo"]))
        return {"error_code": "00"}

    def progress(self, body):
        self.rows += body["data"]
        return {"error_code": "00"}

    def file(self, body):
        [file] = body["data"]
        name = file["TenTep"]
        if name in self.refused:
            return {"error_code": "14"}
        self.files[name] = base64.b64decode(file["NoiDung"])
        return {"error_code": "00", "link": f"/tep/{len(self.files)}"}
