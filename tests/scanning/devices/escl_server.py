"""A real eSCL scanner on loopback, as good or as bad as a test wants it; also read by SANE's own client."""

import io
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PIL import Image

NAMES = 'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"'
PROFILE = """<scan:SettingProfiles><scan:SettingProfile>
<scan:ColorModes>{modes}</scan:ColorModes>
<scan:DocumentFormats>{formats}</scan:DocumentFormats>
<scan:SupportedResolutions><scan:DiscreteResolutions>{resolutions}</scan:DiscreteResolutions></scan:SupportedResolutions>
</scan:SettingProfile></scan:SettingProfiles>"""
INPUT = """<scan:{name}><scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth><scan:MinHeight>16</scan:MinHeight>
<scan:MaxHeight>4200</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>{profile}</scan:{name}>"""


def sheet(number, size=(414, 585), kind="JPEG"):
    """A page with its number as a row of dark bars, so that a mix-up is seen."""
    image = Image.new("RGB", size, (250, 245, 235))
    for bar in range(number):
        image.paste((20, 30, 90), (20 + bar * 24, 20, 34 + bar * 24, 120))
    out = io.BytesIO()
    image.save(out, kind, dpi=(50, 50))
    return out.getvalue()


@dataclass
class Behaviour:
    """What the scanner has and does. Page numbers count from 1; a fault at page n comes instead of that page."""

    pages: list = field(default_factory=lambda: [sheet(n) for n in (1, 2, 3)])
    sources: tuple = ("Platen", "AdfSimplex", "AdfDuplex")
    modes: tuple = ("RGB24", "Grayscale8")
    formats: tuple = ("image/jpeg",)
    resolutions: tuple = (75, 100, 200, 300, 600)
    loaded: bool = True
    fault_at: int = 0
    fault: str = ""
    """jam, open, door, mispick, disconnect, hang, slow, status-500, wrong, empty, half, huge, gone (the scanner is unplugged), strange."""
    end_code: int = 404
    busy_posts: int = 0
    busy_pages: int = 0
    retry_after: str = ""
    post_code: int = 201
    location: str = ""
    told_more: int = 0
    paper_left: bool = False
    silent_status: bool = False
    silent_at_end: int = 0
    """So many status answers fail after the last page."""
    no_jobs: bool = False
    job_state: str = "Completed"
    adf_names: bool = True
    capabilities: bytes = b""
    status: bytes = b""
    settle: int = 0
    """So many status answers say Processing after the last page."""
    page_s: float = 0.0
    """What the motor needs for a page."""


class Scanner:
    """A server on a free port; ``behaviour`` may be changed between feeds, ``seen`` keeps what was asked."""

    def __init__(self, behaviour=None):
        self.behaviour = behaviour or Behaviour()
        self.seen, self.settings, self.deleted = [], [], []
        self.given = self.asked_status = 0
        self.adf, self.job, self.glass = "", "", False
        self.lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}/eSCL"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.unplug()

    def unplug(self):
        """Be gone: nothing listens any more."""
        self._server.shutdown()
        self._server.server_close()

    def state(self):
        """Return the feeder's state as the device names it."""
        if self.adf:
            return self.adf
        left = len(self.behaviour.pages) - self.given
        return "ScannerAdfLoaded" if (self.behaviour.loaded and left > 0) or self.behaviour.paper_left else "ScannerAdfEmpty"


def _handler(scanner):  # noqa: C901  one small method a fault
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def do_GET(self):
            scanner.seen.append(("GET", self.path))
            if self.path == "/eSCL/ScannerCapabilities":
                self.send(200, scanner.behaviour.capabilities or capabilities(scanner.behaviour), "text/xml")
            elif self.path == "/eSCL/ScannerStatus":
                self.status()
            elif self.path.endswith("/NextDocument") and scanner.job and scanner.job in self.path:
                self.document()
            else:
                self.send(404)

        def do_DELETE(self):
            scanner.deleted.append(self.path)
            scanner.job = ""
            self.send(200)

        def do_POST(self):
            behaviour = scanner.behaviour
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            scanner.settings.append(body)
            scanner.seen.append(("POST", self.path))
            if behaviour.busy_posts:
                behaviour.busy_posts -= 1
                return self.send(503, headers={"Retry-After": behaviour.retry_after} if behaviour.retry_after else {})
            if behaviour.post_code != 201:
                return self.send(behaviour.post_code)
            scanner.job = f"job-{len(scanner.settings)}"
            scanner.given, scanner.adf, scanner.glass = 0, "", ">Platen<" in body
            location = behaviour.location or "http://another.host.example:1/eSCL/ScanJobs/{job}"
            return self.send(201, headers={"Location": location.format(job=scanner.job)})

        def status(self):
            behaviour = scanner.behaviour
            scanner.asked_status += 1
            if behaviour.silent_status:
                return self.send(500)
            if behaviour.silent_at_end and scanner.given == len(behaviour.pages):
                behaviour.silent_at_end -= 1
                return self.send(503)
            job_state = behaviour.job_state
            if behaviour.settle and scanner.given == len(behaviour.pages):
                behaviour.settle -= 1
                job_state = "Processing"
            return self.send(200, behaviour.status or status(scanner, job_state), "text/xml")

        def document(self):
            behaviour = scanner.behaviour
            with scanner.lock:
                number = scanner.given + 1
            if behaviour.busy_pages:
                behaviour.busy_pages -= 1
                return self.send(503)
            time.sleep(behaviour.page_s)
            if behaviour.fault and number == behaviour.fault_at:
                return getattr(self, "fault_" + behaviour.fault.replace("-", "_"))(number)
            last = 1 if scanner.glass else len(behaviour.pages)
            if number > last or (not scanner.glass and not behaviour.loaded):
                return self.send(behaviour.end_code)
            scanner.given = number
            return self.send(200, behaviour.pages[number - 1], "image/jpeg")

        def fault_jam(self, _):
            scanner.adf = "ScannerAdfJam"
            self.send(scanner.behaviour.end_code)

        def fault_open(self, _):
            scanner.adf = "ScannerAdfHatchOpen"
            self.send(scanner.behaviour.end_code)

        def fault_door(self, _):
            scanner.adf = "ScannerAdfDoorOpen"
            self.send(scanner.behaviour.end_code)

        def fault_mispick(self, _):
            scanner.adf = "ScannerAdfMispick"
            self.send(scanner.behaviour.end_code)

        def fault_status_500(self, _):
            self.send(500)

        def fault_wrong(self, _):
            self.send(200, b"<html>Please log in</html>", "text/html")

        def fault_empty(self, _):
            self.send(200, b"", "image/jpeg")

        def fault_half(self, number):
            page = scanner.behaviour.pages[number - 1]
            self.send(200, page[: len(page) // 2], "image/jpeg")

        def fault_strange(self, _):
            self.send(302, headers={"Location": "http://127.0.0.1:9/secret"})

        def fault_jam_and_hang_up(self, number):
            scanner.adf = "ScannerAdfJam"
            self.fault_disconnect(number)

        def fault_disconnect(self, number):
            page = scanner.behaviour.pages[number - 1]
            self.begin(len(page))
            self.wfile.write(page[: len(page) // 2])
            self.wfile.flush()
            self.close_connection = True
            self.connection.close()

        def fault_gone(self, number):
            scanner.unplug()
            self.fault_disconnect(number)

        def fault_hang(self, _):
            time.sleep(30)

        def fault_slow(self, number):
            """One byte now and then, for ever."""
            page = scanner.behaviour.pages[number - 1]
            self.begin(len(page))
            try:
                for byte in page:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                self.close_connection = True

        def fault_huge(self, _):
            self.begin(10**10)
            try:
                while True:
                    self.wfile.write(bytes(65536))
            except OSError:
                self.close_connection = True

        def begin(self, length):
            self.send_response(200)
            self.send_header("Content-Type", "image/jpeg")
            self.send_header("Content-Length", str(length))
            self.end_headers()

        def send(self, code, body=b"", kind="text/plain", headers=None):
            self.send_response(code)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Handler


def capabilities(behaviour):
    """Return what the scanner says of itself."""
    profile = PROFILE.format(
        modes="".join(f"<scan:ColorMode>{mode}</scan:ColorMode>" for mode in behaviour.modes),
        formats="".join(
            f"<pwg:DocumentFormat>{kind}</pwg:DocumentFormat><scan:DocumentFormatExt>{kind}</scan:DocumentFormatExt>" for kind in behaviour.formats),
        resolutions="".join(
            f"<scan:DiscreteResolution><scan:XResolution>{dpi}</scan:XResolution><scan:YResolution>{dpi}</scan:YResolution></scan:DiscreteResolution>"
            for dpi in behaviour.resolutions))
    inputs = {name: INPUT.format(name=f"{name}InputCaps", profile=profile) for name in behaviour.sources}
    platen = f"<scan:Platen>{inputs['Platen']}</scan:Platen>" if "Platen" in inputs else ""
    feeder = "".join(inputs[name] for name in ("AdfSimplex", "AdfDuplex") if name in inputs)
    adf = f"<scan:Adf>{feeder}<scan:FeederCapacity>50</scan:FeederCapacity></scan:Adf>" if feeder else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><scan:ScannerCapabilities {NAMES}><pwg:Version>2.6</pwg:Version>'
        f"<pwg:MakeAndModel>Loopback Office 1</pwg:MakeAndModel><scan:UUID>00000000-0000-4000-8000-000000000001</scan:UUID>{platen}{adf}"
        "</scan:ScannerCapabilities>").encode()


def status(scanner, job_state):
    """Return what the scanner is doing."""
    behaviour = scanner.behaviour
    jobs = "" if behaviour.no_jobs or not scanner.settings else (
        f"<scan:Jobs><scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/job-{len(scanner.settings)}</pwg:JobUri><pwg:JobUuid>x</pwg:JobUuid><scan:Age>1</scan:Age>"
        f"<pwg:ImagesCompleted>{scanner.given + behaviour.told_more}</pwg:ImagesCompleted><pwg:ImagesToTransfer>0</pwg:ImagesToTransfer>"
        f"<pwg:JobState>{job_state}</pwg:JobState></scan:JobInfo></scan:Jobs>")
    adf = f"<scan:AdfState>{scanner.state()}</scan:AdfState>" if behaviour.adf_names else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><scan:ScannerStatus {NAMES}><pwg:Version>2.6</pwg:Version><pwg:State>Idle</pwg:State>{adf}{jobs}'
        "</scan:ScannerStatus>").encode()
