"""A web server that serves a folder over a line as bad as it is told to be."""

import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Served:
    """What is served and how: ``cut_after`` bytes of each body the line breaks; ``answer`` stands in for every reply."""

    def __init__(self, folder):
        self.folder, self.cut_after, self.answer, self.ranges = Path(folder), None, None, True
        self.asked: list[tuple[str, str]] = []
        self.sent = 0
        self.address = ""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, served, *given):
        self.served = served
        super().__init__(*given)

    def log_message(self, *_):
        pass

    def do_GET(self):
        wanted = self.headers.get("Range", "")
        self.served.asked.append((self.path, wanted))
        if self.served.answer is not None:
            return self._reply(*self.served.answer)
        path = self.served.folder / self.path.lstrip("/")
        if not path.is_file():
            return self._reply(404, b"nothing here")
        content = path.read_bytes()
        if not wanted or not self.served.ranges:
            return self._reply(200, content)
        start = int(wanted.removeprefix("bytes=").rstrip("-"))
        if start >= len(content):
            return self._reply(416, b"", {"Content-Range": f"bytes */{len(content)}"})
        return self._reply(206, content[start:], {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"})

    def _reply(self, status, body, headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        cut = self.served.cut_after if status in (200, 206) and "objects" in self.path else None
        self.wfile.write(body[:cut])
        self.served.sent += len(body[:cut])
        self.close_connection = cut is not None
        self.wfile.flush()


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that hangs up is part of the trial."""


@contextmanager
def serving(folder):
    """Serve a folder at ``address`` until the end of the block."""
    served = Served(folder)
    server = Server(("127.0.0.1", 0), partial(Handler, served))
    served.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01))
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
