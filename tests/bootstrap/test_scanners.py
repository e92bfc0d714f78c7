"""Ways to scanners are made late: a desk that never scans loads nothing of them."""

import subprocess
import sys

import pytest

from counter_app.bootstrap.scanners import device_service
from counter_app.domain.errors import RuleBrokenError
from counter_app.services.scanning.profiles import profile_named

HEAVY = ("counter_app.scanning.devices", "requests", "lxml", "PIL", "numpy", "cv2", "pikepdf", "zxingcpp", "pyhanko", "comtypes")


def loaded_after(statement):
    told = f"import sys\n{statement}\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    return subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.strip()


def test_opening_the_house_loads_nothing_of_scanning():
    assert loaded_after("import counter_app.bootstrap") == "[]"


def test_making_the_service_loads_nothing_either():
    assert loaded_after("from counter_app.bootstrap.scanners import device_service\ndevice_service()") == "[]"


def test_looking_for_scanners_loads_no_decoder_and_no_network_library():
    statement = "from counter_app.bootstrap.scanners import device_service\ntry: device_service().abilities('none:x')\nexcept Exception: pass"
    assert loaded_after(statement) == "['counter_app.scanning.devices']"


@pytest.mark.parametrize(("platform", "own", "other"), [("linux", "sane", "wia"), ("win32", "wia", "sane")])
def test_each_system_has_its_own_way_and_all_have_network_and_folder(monkeypatch, tmp_path, platform, own, other):
    monkeypatch.setattr("counter_app.bootstrap.scanners.sys.platform", platform)
    service = device_service(lambda: ["192.168.1.20"], lambda: [tmp_path])
    with pytest.raises(RuleBrokenError, match="SCAN_DEVICE_UNKNOWN"):
        service.abilities(f"{other}:x")
    assert service.abilities(f"folder:{tmp_path}").sources == ()
    assert set(service._scanners) == {own, "escl", "folder"}


def test_a_desk_has_it_with_the_scanners_entered_there(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("counter_app.scanning.devices.discovery.discover", tuple)
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    (tmp_path / "dll.conf").write_text("")
    desk.counter.scanner_places.add("escl:192.168.1.20", desk.actor)
    found = desk.counter.scanning.devices()
    assert "escl:http://192.168.1.20/eSCL" in [device.id for device in found.devices]
    with pytest.raises(RuleBrokenError, match="SCAN_DEVICE_UNKNOWN"):
        desk.counter.scanning.scan("wia:x", profile_named("glass"), tmp_path, None)
