"""A private CUPS server on a socket of its own, with PDF printers; nothing of the system's printing is touched."""

import os
import shutil
import subprocess
import time
from pathlib import Path

_CUPSD = shutil.which("cupsd", path="/usr/sbin:/usr/bin:/sbin")
_PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd")

_CONFIG = """
Listen {root}/cups.sock
Browsing Off
DefaultAuthType None
WebInterface No
LogLevel error
MaxJobs 20
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_FILES = """
ServerRoot {root}
RequestRoot {root}/spool
StateDir {root}/state
CacheDir {root}/cache
TempDir {root}/spool/tmp
AccessLog {root}/access.log
ErrorLog {root}/error.log
PageLog {root}/page.log
FileDevice Yes
PassEnv PATH
{user}
"""
_DIRECT_PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "DIRECT.PPD"
*Manufacturer: "Generic"
*Product: "(Generic)"
*ModelName: "Generic PDF"
*ShortNickName: "Generic PDF"
*NickName: "Generic PDF"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*cupsVersion: 2.4
*cupsFilter2: "application/pdf application/vnd.cups-pdf 0 pdftopdf"
*OpenUI *PageSize/Page Size: PickOne
*OrderDependency: 10 AnySetup *PageSize
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]/ImagingBBox null>>setpagedevice"
*PageSize A5/A5: "<</PageSize[420 595]/ImagingBBox null>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*OrderDependency: 10 AnySetup *PageRegion
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]/ImagingBBox null>>setpagedevice"
*PageRegion A5/A5: "<</PageSize[420 595]/ImagingBBox null>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*ImageableArea A5/A5: "0 0 420 595"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension A5/A5: "420 595"
*VariablePaperSize: True
*MaxMediaWidth: 1000
*MaxMediaHeight: 3000
*CustomPageSize True: "pop pop pop <</PageSize[5 -2 roll]/ImagingBBox null>>setpagedevice"
*ParamCustomPageSize Width: 1 points 72 1000
*ParamCustomPageSize Height: 2 points 72 3000
*ParamCustomPageSize WidthOffset: 3 points 0 0
*ParamCustomPageSize HeightOffset: 4 points 0 0
*ParamCustomPageSize Orientation: 5 int 0 0
*HWMargins: 0 0 0 0
*DefaultResolution: 600dpi
*Resolution 600dpi/600dpi: "<</HWResolution[600 600]>>setpagedevice"
"""


def missing():
    """Say what keeps the server from being started here, or nothing."""
    if _CUPSD is None or shutil.which("lpadmin", path=os.environ["PATH"] + ":/usr/sbin") is None:
        return "cups is not installed"
    return ""


class CupsServer:
    """A running server. ``environment`` leads programs to it."""

    def __init__(self, root):
        self.root = root
        self.environment = os.environ | {"CUPS_SERVER": str(root / "cups.sock"), "PATH": os.environ["PATH"] + ":/usr/sbin"}
        for folder in ("spool/tmp", "state", "cache", "ppd", "ssl"):
            (root / folder).mkdir(parents=True)
        (root / "cupsd.conf").write_text(_CONFIG.format(root=root))
        user = "User lp\nGroup lp\nSystemGroup root" if os.geteuid() == 0 else ""
        (root / "cups-files.conf").write_text(_FILES.format(root=root, user=user))
        command = [_CUPSD, "-f", "-c", str(root / "cupsd.conf"), "-s", str(root / "cups-files.conf")]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait(self):
        """Wait until it answers; tell whether it does."""
        for _ in range(100):
            if self._process.poll() is not None:
                return False
            if self._run("lpstat", "-r").returncode == 0 and (self.root / "cups.sock").exists():
                return True
            time.sleep(0.1)
        return False

    def add_file_printer(self, name):
        """Add a printer that understands PDF and keeps what it gets in a file; return the file."""
        out = self.root / f"{name}.pdf"
        out.touch()
        out.chmod(0o666)
        ppd = self.root / "direct.ppd"
        ppd.write_text(_DIRECT_PPD)
        self._add(name, f"file://{out}", ppd)
        return out

    def add_cups_pdf(self, name):
        """Add a printer of the cups-pdf backend."""
        self._add(name, "cups-pdf:/", _PPD)

    def idle(self, name):
        """Wait until the printer has nothing to do; tell whether that came about."""
        for _ in range(300):
            if not self._run("lpstat", "-o", name).stdout.strip():
                return True
            time.sleep(0.1)
        return False

    def stop(self):
        """End the server that was started here."""
        self._process.terminate()
        self._process.wait(timeout=20)

    def _add(self, name, uri, ppd):
        added = self._run("lpadmin", "-p", name, "-E", "-v", uri, "-P", str(ppd))
        assert added.returncode == 0, added.stderr

    def _run(self, *command):
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=30, check=False)
