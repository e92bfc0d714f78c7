"""What the tests of all ways to scanners share: somebody who looks on, profiles, and what must hold of every feed."""

from dataclasses import replace
from pathlib import Path

from PIL import Image

from counter_app.services.scanning.profiles import profile_named
from counter_app.support import messages

GLASS, FEEDER, BOTH_SIDES = profile_named("glass"), profile_named("one_side"), profile_named("dossier")


def at(profile, dpi):
    """The profile at another resolution: small pages are quick."""
    return replace(profile, dpi=dpi)


class Onlooker:
    """Keeps what arrives and stops wanting after some pages, or after being asked so often."""

    def __init__(self, stop_after=None, stop_at_percent=None):
        self.pages, self.percents, self.asked = [], [], 0
        self._stop_after, self._stop_at_percent = stop_after, stop_at_percent

    def arrived(self, page):
        assert page.path.exists(), "told of before it is there"
        self.pages.append(page)

    def progressed(self, percent):
        self.percents.append(percent)

    def wanted(self):
        self.asked += 1
        if self._stop_at_percent is not None and any(percent >= self._stop_at_percent for percent in self.percents):
            return False
        return self._stop_after is None or len(self.pages) < self._stop_after


def check(end, watch, folder: Path, *, first=1):
    """What every feed promises: as many pages as it says, whole, in their order and under their names; nothing else left; sentences for all."""
    assert end.pages == len(watch.pages)
    assert [page.ordinal for page in watch.pages] == list(range(first, first + end.pages))
    for page in watch.pages:
        assert page.path == folder / f"page-{page.ordinal:04d}{page.path.suffix}"
        with Image.open(page.path) as image:
            image.load()
            assert image.size == page.size_px
            assert {"PNG": ".png", "JPEG": ".jpg"}[image.format] == page.path.suffix
    assert [path.name for path in sorted(folder.iterdir()) if not path.name.startswith("page-")] == []
    assert not list(folder.glob("*.part"))
    for problem in filter(None, (end.stopped, *end.notes)):
        for lang in messages.LANGUAGES:
            said = messages.sentence(problem, lang)
            assert said != problem.code
            assert "{" not in said
    if end.stopped is not None and end.pages:
        assert str(end.pages) in messages.sentence(end.stopped, "vi")


def sides(watch):
    return [page.side for page in watch.pages]
