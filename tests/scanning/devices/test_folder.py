"""A copier scans to a folder: whole files become pages in their order, every other one a sentence, and nothing moves before it is safe."""

import fcntl
import io
import os
import threading
import time

import pikepdf
import pytest
from PIL import Image

from counter_app.domain.errors import RuleBrokenError, SurroundingsError
from counter_app.scanning.devices.folder import FolderScanner
from counter_app.scanning.devices.watch_folder import ACCEPTED, FolderLimits, WatchFolder, digest
from counter_app.services.scanning.devices import DeviceService, TakenFile
from counter_app.services.scanning.paper import ForeignLimits
from tests.scanning.devices.escl_server import sheet
from tests.scanning.devices.onlooker import BOTH_SIDES, FEEDER, Onlooker, check, sides
from tests.scanning.devices.test_escl import bars

QUICK = FolderLimits(quiet_s=0.05, patience_s=0.3)


@pytest.fixture
def copier(tmp_path):
    """The folder that the copier writes to."""
    folder = tmp_path / "copier"
    folder.mkdir()
    return folder


def put(folder, name, data, age_s=60):
    """A file that was written some time ago, by a clock that may be another one."""
    path = folder / name
    path.write_bytes(data)
    os.utime(path, (time.time() - age_s,) * 2)
    return path


def pdf(*numbers, **options):
    """A PDF with a sheet on each page."""
    document = pikepdf.new()
    for number in numbers:
        document.add_blank_page(page_size=(200, 283))
        page = document.pages[-1]
        image = pikepdf.Stream(document, sheet(number))
        image.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 414, "/Height": 585,
                      "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode})
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=document.make_indirect(image)))
        page.Contents = pikepdf.Stream(document, b"q 200 0 0 283 0 0 cm /I Do Q")
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def scan(copier, pages, scanner=None, profile=FEEDER, watch=None, first=1):
    watch = watch or Onlooker()
    service = DeviceService(lambda: [scanner or FolderScanner(limits=QUICK)])
    end = service.scan(f"folder:{copier}", profile, pages, watch, first=first)
    check(end, watch, pages, first=first)
    return end, watch, service


def notes(end):
    return [(problem.code, problem.params.get("name", "")) for problem in end.notes]


def test_files_become_pages_in_the_order_of_their_coming(copier, pages):
    put(copier, "b.jpg", sheet(1), age_s=90)
    put(copier, "a.pdf", pdf(2, 3), age_s=80)
    put(copier, "c.png", sheet(4, kind="PNG"), age_s=70)
    end, watch, _ = scan(copier, pages)
    assert (end.pages, end.stopped, end.notes) == (4, None, ())
    assert [bars(page) for page in watch.pages][0::3] == [1, 4]
    assert [file.path.name for file in end.files] == ["b.jpg", "a.pdf", "c.png"]
    assert sorted(path.name for path in copier.iterdir()) == ["a.pdf", "b.jpg", "c.png"], "nothing moves before it is accepted"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_with_other_things_behind_it_comes_as_it_looks_and_stops_nothing(copier, pages, kind):
    """Phones put a film or a second picture behind the first."""
    put(copier, "a.jpg", sheet(1, kind=kind) + bytes(9000), age_s=90)
    put(copier, "b.jpg", sheet(2), age_s=80)
    end, watch, _ = scan(copier, pages)
    assert (end.pages, end.stopped, notes(end)) == (2, None, [])
    assert [bars(page) for page in watch.pages] == [1, 2]


def test_pages_of_files_are_fronts_whatever_the_profile(copier, pages):
    put(copier, "a.pdf", pdf(1, 2))
    end, watch, _ = scan(copier, pages, profile=BOTH_SIDES)
    assert sides(watch) == ["front", "front"]
    assert end.notes == ()


def test_what_was_accepted_lies_aside_and_is_not_taken_again(copier, pages):
    put(copier, "a.jpg", sheet(1))
    end, _, service = scan(copier, pages)
    service.accept(f"folder:{copier}", end)
    assert [path.name for path in copier.iterdir()] == [ACCEPTED]
    assert (copier / ACCEPTED / "a.jpg").read_bytes() == sheet(1)
    again, _, _ = scan(copier, pages, first=2)
    assert again.stopped.code == "SCAN_FOLDER_EMPTY"


def test_the_same_content_under_another_name_is_a_duplicate_even_later(copier, pages):
    put(copier, "a.jpg", sheet(1), age_s=90)
    put(copier, "copy of a.jpg", sheet(1), age_s=80)
    end, _, service = scan(copier, pages)
    assert (end.pages, notes(end)) == (1, [("SCAN_FILE_TWICE", "copy of a.jpg")])
    service.accept(f"folder:{copier}", end)
    later, _, _ = scan(copier, pages, FolderScanner(limits=QUICK), first=2)
    assert (later.pages, notes(later)) == (0, [("SCAN_FILE_TWICE", "copy of a.jpg")])


def test_two_files_of_one_name_are_both_kept_aside(copier, pages):
    for number in (1, 2):
        put(copier, "scan.jpg", sheet(number))
        end, _, service = scan(copier, pages, first=number)
        service.accept(f"folder:{copier}", end)
    assert sorted(path.name for path in (copier / ACCEPTED).iterdir()) == ["scan (2).jpg", "scan.jpg", "sha256.txt"]


def test_a_file_that_changed_before_it_was_accepted_stays(copier, pages):
    path = put(copier, "a.jpg", sheet(1))
    end, _, service = scan(copier, pages)
    path.write_bytes(sheet(2))
    service.accept(f"folder:{copier}", end)
    assert path.read_bytes() == sheet(2)


def test_a_file_is_accepted_although_the_program_was_killed_between_list_and_move(copier, pages):
    path = put(copier, "a.jpg", sheet(1))
    (copier / ACCEPTED).mkdir()
    (copier / ACCEPTED / "sha256.txt").write_text(digest(path) + "\n")
    end, _, _ = scan(copier, pages)
    assert (end.pages, notes(end)) == (0, [("SCAN_FILE_TWICE", "a.jpg")])


def test_a_file_elsewhere_is_never_moved(copier, pages, tmp_path):
    other = put(tmp_path, "other.jpg", sheet(1))
    WatchFolder(copier, QUICK).accept(other, digest(other))
    assert other.exists()


@pytest.mark.parametrize(("name", "data", "code"), [
    ("empty.pdf", b"", "FOREIGN_EMPTY"), ("letter.docx", b"PK\x03\x04" + b"x" * 2000, "FOREIGN_NO_PAGES"),
    ("torn.pdf", b"%PDF-1.7\n" + b"x" * 3000, "FOREIGN_DAMAGED"), ("torn.jpg", sheet(1)[:2000], "FOREIGN_DAMAGED"),
    ("locked.pdf", pdf(1, encryption=pikepdf.Encryption(user="u", owner="o")), "FOREIGN_PROTECTED"),
    ("pages.pdf", pdf(1), "FOREIGN_TOO_MANY_PAGES"),
])
def test_a_file_that_is_no_stack_has_its_sentence_and_stays(copier, pages, name, data, code):
    put(copier, name, data, age_s=90)
    put(copier, "good.jpg", sheet(1), age_s=80)
    limits = ForeignLimits(most_pages=0) if code == "FOREIGN_TOO_MANY_PAGES" else ForeignLimits()
    if code == "FOREIGN_TOO_MANY_PAGES":
        (copier / "good.jpg").unlink()
    end, _, service = scan(copier, pages, FolderScanner(limits=QUICK, foreign=limits))
    assert notes(end) == [(code, name)]
    assert [file.path.name for file in end.files] == ([] if code == "FOREIGN_TOO_MANY_PAGES" else ["good.jpg"])
    service.accept(f"folder:{copier}", end)
    assert (copier / name).exists()


def test_a_file_of_two_gigabytes_is_not_read(copier, pages, monkeypatch):
    path = copier / "huge.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(2 * 2**30)
        file.seek(0, os.SEEK_END)
        file.write(b"%%EOF")
    monkeypatch.setattr("counter_app.scanning.devices.folder.digest", lambda *_: pytest.fail("it was read"))
    end, _, _ = scan(copier, pages)
    assert notes(end) == [("FOREIGN_TOO_LARGE", "huge.pdf")]


def test_an_image_bomb_is_refused(copier, pages):
    image = Image.new("1", (10_000, 9_000))
    image.save(copier / "bomb.png")
    end, _, _ = scan(copier, pages)
    assert notes(end) == [("FOREIGN_PAGE_TOO_LARGE", "bomb.png")]


def test_a_file_that_fails_in_its_middle_gives_no_page_at_all(copier, pages):
    good = pdf(1, 2)
    put(copier, "half.tif", _tiff_with_a_broken_second_page())
    put(copier, "good.pdf", good, age_s=50)
    end, _, _ = scan(copier, pages)
    assert end.pages == 2
    assert [code for code, _ in notes(end)] == ["FOREIGN_DAMAGED"]


def _tiff_with_a_broken_second_page():
    out = io.BytesIO()
    first, second = Image.effect_noise((200, 200), 90), Image.effect_noise((200, 200), 90)
    first.save(out, "TIFF", save_all=True, append_images=[second], compression="tiff_lzw")
    data = bytearray(out.getvalue())
    data[len(data) * 2 // 3:len(data) * 2 // 3 + 600] = b"\xff" * 600
    return bytes(data)


def test_a_file_that_is_being_written_is_waited_for(copier, pages):
    whole, path = pdf(1, 2), copier / "slow.pdf"

    def write():
        with path.open("wb") as file:
            for at in range(0, len(whole), len(whole) // 6):
                file.write(whole[at:at + len(whole) // 6])
                file.flush()
                time.sleep(0.1)

    thread = threading.Thread(target=write)
    thread.start()
    while not path.exists():
        time.sleep(0.01)
    end, _, _ = scan(copier, pages, FolderScanner(limits=FolderLimits(quiet_s=0.05, patience_s=20)))
    thread.join()
    assert (end.pages, end.stopped, end.notes) == (2, None, ())


def test_a_file_that_never_stands_still_is_left_and_told(copier, pages):
    path, stop = copier / "endless.pdf", threading.Event()

    def write():
        with path.open("wb") as file:
            while not stop.wait(0.01):
                file.write(b"%PDF-1.7 and on")
                file.flush()

    thread = threading.Thread(target=write)
    thread.start()
    while not path.exists():
        time.sleep(0.01)
    try:
        end, _, _ = scan(copier, pages)
    finally:
        stop.set()
        thread.join()
    assert (end.pages, end.stopped.code, notes(end)) == (0, "SCAN_FOLDER_EMPTY", [("SCAN_FILE_UNFINISHED", "endless.pdf")])


def test_a_file_that_another_program_holds_is_left_and_told(copier, pages):
    path = put(copier, "held.jpg", sheet(1))
    put(copier, "free.jpg", sheet(2))
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        end, watch, _ = scan(copier, pages)
    assert notes(end) == [("SCAN_FILE_HELD", "held.jpg")]
    assert [bars(page) for page in watch.pages] == [2]
    again, watch, _ = scan(copier, pages, first=2)
    assert [bars(page) for page in watch.pages] == [2, 1] or [bars(page) for page in watch.pages] == [1, 2]
    assert again.notes == ()


def test_what_is_no_scan_is_not_looked_at(copier, pages, tmp_path):
    for name in (".hidden.pdf", "~$letter.pdf", "scan.pdf.part", "scan.TMP", "Thumbs.db", "desktop.ini"):
        put(copier, name, pdf(1))
    (copier / "folder.pdf").mkdir()
    secret = put(tmp_path, "secret.jpg", sheet(1))
    (copier / "link.jpg").symlink_to(secret)
    os.mkfifo(copier / "pipe.pdf")
    end, _, _ = scan(copier, pages)
    assert (end.stopped.code, end.notes) == ("SCAN_FOLDER_EMPTY", ())


def test_a_file_that_is_gone_again_is_told(copier, pages, monkeypatch):
    put(copier, "a.jpg", sheet(1), age_s=90)
    gone = put(copier, "b.jpg", sheet(2))

    class Mischief(Onlooker):
        def arrived(self, page):
            super().arrived(page)
            gone.unlink(missing_ok=True)

    end, _, _ = scan(copier, pages, watch=Mischief())
    assert (end.pages, notes(end)) == (1, [("FOREIGN_UNREADABLE", "b.jpg")])


def test_cancelling_keeps_whole_files(copier, pages):
    for number in range(1, 6):
        put(copier, f"{number}.jpg", sheet(number), age_s=90 - number)
    end, watch, _ = scan(copier, pages, watch=Onlooker(stop_after=2))
    assert (end.pages, end.stopped.code) == (2, "SCAN_CANCELLED")
    assert [file.path.name for file in end.files] == ["1.jpg", "2.jpg"]
    assert [bars(page) for page in watch.pages] == [1, 2]


def test_a_folder_that_is_gone_is_told(tmp_path, pages):
    end, _, service = scan(tmp_path / "nowhere", pages)
    assert end.stopped.code == "SCAN_FOLDER_GONE"
    with pytest.raises(SurroundingsError, match="SCAN_FOLDER_GONE"):
        service.abilities(f"folder:{tmp_path / 'nowhere'}")


def test_a_folder_that_goes_away_in_the_middle_is_told(copier, pages):
    put(copier, "a.pdf", b"%PDF-1.7 unfinished")

    class Mischief(Onlooker):
        def wanted(self):
            if (copier / "a.pdf").exists():
                (copier / "a.pdf").unlink()
                copier.rmdir()
            return True

    end, _, _ = scan(copier, pages, watch=Mischief())
    assert end.stopped.code == "SCAN_FOLDER_GONE"


def test_pages_never_go_into_the_folder_that_they_come_from(copier):
    with pytest.raises(RuleBrokenError, match="SCAN_FOLDER_PAGES"):
        DeviceService(lambda: [FolderScanner(limits=QUICK)]).scan(f"folder:{copier}", FEEDER, copier, Onlooker())


def test_more_pages_than_a_feed_may_have_leave_whole_files_only(copier, pages, monkeypatch):
    monkeypatch.setattr("counter_app.scanning.devices.folder.MOST_PAGES", 3)
    put(copier, "a.pdf", pdf(1, 2), age_s=90)
    put(copier, "b.pdf", pdf(3, 4), age_s=80)
    end, _, _ = scan(copier, pages)
    assert (end.pages, end.stopped.code, [file.path.name for file in end.files]) == (2, "SCAN_TOO_MANY", ["a.pdf"])


def test_the_folders_of_the_desk_are_its_devices(copier):
    (device,) = FolderScanner(lambda: [copier]).devices()
    assert (device.id, device.name, device.way) == (f"folder:{copier}", "copier", "folder")
    assert FolderScanner().devices() == ()


def test_nothing_is_accepted_for_a_device_without_files(copier, pages):
    put(copier, "a.jpg", sheet(1))
    end, _, service = scan(copier, pages)
    path = copier / "a.jpg"
    assert end.files == (TakenFile(path, digest(path)),)
    service.accept(f"folder:{copier}", type(end)(0))
    assert path.exists()


class _Clock:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_a_file_is_ready_only_after_it_has_stood_still(copier):
    clock = _Clock()
    folder = WatchFolder(copier, FolderLimits(quiet_s=2, patience_s=30), clock)
    path = put(copier, "a.jpg", sheet(1), age_s=-3600)
    assert folder.look().unfinished == (path,), "a clock that is an hour ahead proves nothing"
    clock.now += 1.9
    assert folder.look().ready == ()
    put(copier, "a.jpg", sheet(2))
    clock.now += 1.9
    assert folder.look().ready == (), "it has changed"
    clock.now += 2
    assert folder.look().ready == (path,)


def test_a_file_without_an_end_is_given_up_waiting_for(copier):
    clock = _Clock()
    folder = WatchFolder(copier, FolderLimits(quiet_s=2, patience_s=30), clock)
    path = put(copier, "a.pdf", b"%PDF-1.7 torn")
    folder.look()
    clock.now += 29
    assert folder.look().unfinished == (path,)
    clock.now += 1
    assert folder.look().ready == (path,)
