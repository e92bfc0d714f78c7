"""The catalogue of the province: fetched whole, checked, and put in place at once, or not at all (contract 9)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from counter_app.services.line.province import Terms
from counter_app.sync import catalogue
from counter_app.sync.one_pass import CATALOGUE_FOLDER
from tests.builders import DEVICE
from tests.province.server.seed import VERSION, calendar, procedures
from tests.sync.proxy import BadLine, Fault

CODE = "1.004873"


class OneFault(BadLine):
    """A line on which the requests for one place go wrong, each time as ``plan`` says next."""

    place = "/catalogue/"

    def next_fault(self):
        return super().next_fault() if self.place in self.seen[-1][1] else None


@pytest.fixture
def over(enrolled, province):
    with OneFault(province.url) as running:
        with enrolled.database.write() as uow:
            uow.settings.put(f"province/{DEVICE}", uow.settings.get(f"province/{DEVICE}") | {"base_url": running.url})
            uow.commit()
        yield running


def published(province, version, day, *, days_off=(), limit=None, **files):
    """Publish a version in which a procedure takes another time, and some more days are off."""
    listed, dates = procedures(), calendar()
    for item in listed["items"]:
        if item["MaTTHC"] == CODE and limit:
            item["cases"][0]["limit"] = {"value": limit, "unit": "ngay_lam_viec"}
    dates["days_off"] += [{"day": each, "name": "Nghỉ theo thông báo của tỉnh"} for each in days_off]
    contents = {"procedures": listed, "calendar": dates, **files}
    told = [{"name": f"{kind}.json", "kind": kind, "content": json.dumps(content, ensure_ascii=False)} for kind, content in contents.items()]
    return province.do("publish_catalogue", version=version, effective_from=day, files=told)


def limit_of(line, day):
    return line.desk.catalogue.get(CODE, day).time_limit.limit.value


def installed(line):
    return line.relation()["catalogue"], line.relation()["catalogue_wanted"], line.relation()["catalogue_fault"]


@pytest.mark.usefixtures("whole_catalogue")
def test_the_published_catalogue_takes_effect_on_its_day_and_dossiers_keep_theirs(enrolled, province):
    today = enrolled.clock.now().date()
    before = enrolled.run()
    assert before.troubles == ()
    assert installed(enrolled) == (VERSION, "", "")
    own, soon = limit_of(enrolled, today), today + timedelta(days=10)
    published(province, "2027.1", soon.isoformat(), limit=9)
    enrolled.run()
    enrolled.clock.forward(seconds=9)
    assert installed(enrolled) == ("2027.1", "", "")
    assert (limit_of(enrolled, today), limit_of(enrolled, soon)) == (own, 9)
    version = enrolled.dossier(enrolled.first.dossier_id).procedure_version
    assert version == enrolled.first.procedure_version
    assert enrolled.desk.catalogue.version(version) is not None
    enrolled.verify()


def test_what_only_the_desk_knows_of_a_procedure_stays(enrolled, province):
    today = enrolled.clock.now().date()
    own = enrolled.desk.catalogue.get(CODE, today)
    enrolled.run()
    enrolled.clock.forward(seconds=9)
    new = enrolled.desk.catalogue.get(CODE, today)
    assert new.catalogue_version == VERSION
    assert (new.short_name, new.desk_rank, new.channels, new.on_the_spot) == (own.short_name, own.desk_rank, own.channels, own.on_the_spot)
    shown = {each.name: each.shown_only for each in new.documents}
    assert [shown[each.name] for each in own.documents if each.name in shown] == [each.shown_only for each in own.documents if each.name in shown]


def test_days_off_come_and_no_printed_due_date_moves(enrolled, province):
    first = enrolled.first
    day = first.due_at.date()
    published(province, "2027.1", enrolled.clock.now().date().isoformat(), days_off=[day.isoformat()])
    enrolled.run()
    enrolled.clock.forward(seconds=90)
    assert not enrolled.desk.calendar.calendar().is_counting_day(day)
    here = enrolled.dossier(first.dossier_id)
    assert (here.due_at, here.printed_due_at, here.due_history) == (first.due_at, first.printed_due_at, first.due_history)
    assert enrolled.take_in().due_at.date() != day


def test_hours_change_on_the_day_that_is_named_and_not_before(enrolled, province):
    enrolled.run()
    soon = enrolled.clock.now().date() + timedelta(days=3)
    published(province, "2027.1", soon.isoformat(), calendar={**calendar(), "working_hours": {"mon": ["08:00-12:00"]}})
    before = enrolled.desk.calendar.document().profiles
    for days, changed in ((0, False), (2, False), (1, True)):
        enrolled.clock.forward(days=days, seconds=90)
        enrolled.run()
        enrolled.clock.forward(seconds=90)
        assert (enrolled.desk.calendar.document().profiles != before) is changed
    assert enrolled.relation()["catalogue_due"] == ""
    enrolled.verify()


@pytest.mark.usefixtures("whole_catalogue")
@pytest.mark.parametrize("at", [1, 300, 700, 999])
def test_a_file_that_is_cut_off_goes_on_where_it_was(enrolled, over, province, at):
    over.plan = [None, Fault("cut_reply", at)]
    enrolled.run()
    assert installed(enrolled) == (VERSION, "", "")
    files = [headers for _, path, headers, _ in over.seen if "/catalogue/" in path and "manifest" not in path]
    assert all(headers["accept-encoding"] == "identity" for headers in files)
    ranges = [headers["range"] for headers in files if "range" in headers]
    assert len(ranges) == 1, "what came before the cut is not asked for again"
    assert not (enrolled.folder / "state" / CATALOGUE_FOLDER).exists()


@pytest.mark.usefixtures("whole_catalogue")
def test_a_desk_that_is_restarted_goes_on_with_what_it_has(enrolled, over, province):
    over.plan = [None, *[Fault("cut_reply", 900), Fault("silent")] * 4]
    enrolled.client.once(Terms())
    (part,) = (enrolled.folder / "state" / CATALOGUE_FOLDER).iterdir()
    have = part.stat().st_size
    over.plan = []
    enrolled.client.once(Terms())
    wanted = [headers.get("range") for _, path, headers, _ in over.seen if part.name in path]
    assert have > 1000
    assert wanted[-1] == f"bytes={have}-"
    assert installed(enrolled) == (VERSION, "", "")


def test_a_damaged_file_is_thrown_away_said_and_fetched_anew(enrolled, over, province):
    enrolled.run()
    over.plan = [None, Fault("flip_reply", 990)]
    published(province, "2027.1", "2027-01-01", limit=7)
    told = enrolled.client.once(Terms())
    assert told.trouble is None
    (trouble,) = enrolled.client.standing().troubles
    assert (trouble.kind, trouble.problem.code, trouble.problem.params) == ("catalogue", "CATALOGUE_NOT_WHOLE", {"version": "2027.1"})
    assert installed(enrolled)[0] == VERSION
    assert enrolled.run().troubles == ()
    assert installed(enrolled) == ("2027.1", "", "")


@pytest.mark.parametrize("part", ["/catalogue/manifest", "/catalogue/"])
@pytest.mark.parametrize(("code", "trouble"), [
    ("bad_request", None), ("not_found", None), ("server_error", "PROVINCE_BUSY")])
def test_a_catalogue_that_is_refused_holds_no_scan_up(enrolled, province, part, code, trouble):
    sha = enrolled.file(enrolled.first, b"%PDF" * 1000)
    province.do("fault", path=part, code=code, times=9)
    end = enrolled.client.once(Terms())
    assert (end.uploaded, end.trouble.code if end.trouble else None, end.lasting) == (1, trouble, False)
    assert installed(enrolled) == ("", VERSION, "" if trouble else "CATALOGUE_NOT_WHOLE")
    assert [each.kind for each in enrolled.client.standing().troubles] == ([] if trouble else ["catalogue"])
    assert [each["state"] for each in province.state()["files"] if each["sha256"] == sha] == ["verified"]


@pytest.mark.parametrize(("code", "wait"), [("rate_limited", 40), ("maintenance", 40)])
def test_a_province_that_asks_for_time_is_not_sent_scans_meanwhile(enrolled, province, code, wait):
    enrolled.file(enrolled.first, b"%PDF" * 1000)
    province.do("fault", path="/catalogue/", code=code, retry_after=wait)
    end = enrolled.client.once(Terms())
    assert (end.uploaded, end.trouble.code, end.retry_after) == (0, "PROVINCE_BUSY", wait)


def test_a_manifest_that_the_province_did_not_sign_changes_nothing(enrolled, over, province):
    enrolled.run()
    enrolled.clock.forward(seconds=9)
    before = enrolled.desk.catalogue.versions()
    made = published(province, "2027.1", "2027-01-01", limit=7)
    signed = json.dumps(made).index(made["signature"])
    over.place = "/catalogue/manifest"
    over.plan = [Fault("flip_reply", 1000 * (signed + 20) // len(json.dumps(made)))]
    (trouble,) = enrolled.run().troubles
    assert trouble.problem.code in ("CATALOGUE_NOT_SIGNED", "NO_CONTACT")
    enrolled.clock.forward(seconds=9)
    assert enrolled.desk.catalogue.versions() == before


@pytest.mark.parametrize("wrong", [
    {"MaTTHC": "not a code"}, {"cases": [{"code": "", "name": "", "limit": {"value": 0, "unit": "ngay"}, "cutoff": None}]},
    {"fees": [{"MaPhiLePhi": "P", "name": "x", "amount_vnd": 1, "unit": "", "collect_stage": "1", "exemption": "", "basis": ""}]},
])
def test_a_version_with_an_entry_that_is_none_is_not_put_in_place_not_even_in_part(enrolled, province, wrong):
    enrolled.run()
    listed = procedures()
    listed["items"][0] |= wrong
    off = (enrolled.clock.now().date() + timedelta(days=20)).isoformat()
    published(province, "2027.1", enrolled.clock.now().date().isoformat(), days_off=[off], procedures=listed)
    (trouble,) = enrolled.run().troubles
    assert trouble.problem.code == "CATALOGUE_NOT_USABLE"
    enrolled.clock.forward(seconds=90)
    assert installed(enrolled)[0] == VERSION
    assert date.fromisoformat(off) not in enrolled.desk.calendar.document().off
    published(province, "2027.2", "2027-01-01", limit=5)
    assert enrolled.run().troubles == ()
    assert installed(enrolled) == ("2027.2", "", "")


def test_a_metered_line_carries_no_catalogue(enrolled, over, province):
    enrolled.client.once(Terms(file_bytes=0))
    assert not [path for path in over.paths() if path.startswith("/catalogue")]
    assert installed(enrolled) == ("", VERSION, "")
    enrolled.client.once(Terms())
    assert installed(enrolled) == (VERSION, "", "")


def test_a_catalogue_that_is_too_large_as_a_whole_is_not_begun(enrolled, over, province, monkeypatch):
    enrolled.run()
    before = len(over.seen)
    forms = {"note": "x" * 1500}
    sizes = [len(json.dumps(each, ensure_ascii=False).encode()) for each in (procedures(), calendar(), forms)]
    monkeypatch.setattr(catalogue, "MOST_BYTES", sum(sizes) - 1)
    published(province, "2027.1", enrolled.clock.now().date().isoformat(), forms=forms)
    enrolled.run()
    assert installed(enrolled) == (VERSION, "2027.1", "CATALOGUE_NOT_WHOLE")
    assert not [path for _, path, *_ in over.seen[before:] if path.startswith("/desk/v1/catalogue/") and "manifest" not in path]


def test_the_same_version_is_fetched_once(enrolled, over, province):
    enrolled.run()
    over.seen.clear()
    province.restore(province.backup())
    enrolled.run()
    assert not [path for path in over.paths() if path.startswith("/catalogue")]
