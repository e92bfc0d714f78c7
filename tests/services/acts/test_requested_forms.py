"""The province decides, the desk prints: forms 02 to 05 with the province's reason and the desk's number, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.dossier import PRINT_REQUESTED, Status
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.events import SLIP_PRINTED
from counter_app.domain.life import Supplement
from counter_app.services.acts.requested_forms import PrintRequested
from counter_app.services.verifying.service import VerifyService
from tests.builders import CLERK, INSPECTOR, NOW, fake_desk
from tests.services.line.test_incoming import applied, entry, taken_in, updated


@pytest.fixture
def desk():
    return fake_desk()


@pytest.fixture
def dossier(desk):
    return taken_in(desk)


def asked(desk, dossier, form, **data):
    applied(desk, entry("print.requested", dossier.dossier_id, None, form=form, **{"reason": "Chờ xác minh", "decided_by": "Sở Tư pháp"} | data))


def printed(desk, dossier):
    done = desk.life.requested.print_forms(PrintRequested(dossier.code), CLERK)
    return done, [next(each for each in desk.state.prints if each.print_id == print_id) for print_id in done.print_ids]


def texts(value):
    """Return every text that a form's content holds."""
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)]
    if isinstance(value, list | tuple):
        return [text for each in value for text in texts(each)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(("form", "data", "says"), [
    ("02", {"items": ["Giấy khai sinh", "Bản án ly hôn"]}, ["1. Giấy khai sinh", "2. Bản án ly hôn", "Chờ xác minh"]),
    ("03", {}, ["Chờ xác minh"]),
    ("04", {"new_due": "2026-12-04T17:00:00+07:00"}, ["17 giờ 00 phút, thứ Sáu, 04/12/2026", "01"]),
    ("05", {}, ["Chờ xác minh", "Sở Tư pháp"]),
])
def test_each_form_carries_what_the_province_decided_and_a_number_of_the_desk(desk, dossier, form, data, says):
    asked(desk, dossier, form, **data)
    done, (paper,) = printed(desk, dossier)
    assert (done.forms, paper.form, paper.issue) == ((form,), form, 1)
    said = texts(paper.content)
    assert [each for each in says if not any(each in text for text in said)] == []
    assert paper.content["head"]["number"]["value"] == "01"
    assert paper.content["code"]["text"] == dossier.code
    assert "Sở Tư pháp" not in [signer["name"] for signer in paper.content["signatures"]], "an office signs nothing"
    assert [job.print_id for job in desk.state.jobs.values()][-1:] == [paper.print_id]


def test_the_op_of_the_print_answers_and_the_mark_goes(desk, dossier):
    asked(desk, dossier, "03")
    done, _ = printed(desk, dossier)
    here = desk.state.dossiers[dossier.dossier_id]
    assert (here.attention, done.dossier) == ((), here)
    told = [event for event in desk.state.events if event.lane and event.type == SLIP_PRINTED][-1]
    assert (told.facts["form"], told.facts["issue"]) == ("03", 1)
    with pytest.raises(RuleBrokenError) as error:
        desk.life.requested.print_forms(PrintRequested(dossier.code), CLERK)
    assert (error.value.code, error.value.problems[0].field) == ("NOTHING_REQUESTED", "code")


def test_other_marks_stay(desk, dossier):
    asked(desk, dossier, "02")
    here = desk.state.dossiers[dossier.dossier_id]
    desk.state.dossiers[dossier.dossier_id] = replace(here, attention=("clash", *here.attention))
    assert printed(desk, dossier)[0].dossier.attention == ("clash",)


def test_the_appointment_on_an_apology_is_the_printed_one_from_then_on(desk, dossier):
    applied(desk, updated(dossier, 3, {"NgayHenTra": "20261204170000"}))
    asked(desk, dossier, "04", new_due="2026-12-04T17:00:00+07:00")
    assert desk.state.dossiers[dossier.dossier_id].printed_due_at == dossier.due_at
    done, (paper,) = printed(desk, dossier)
    assert done.dossier.printed_due_at.isoformat() == "2026-12-04T17:00:00+07:00"
    assert f"{dossier.due_at:%d/%m/%Y}" in " ".join(texts(paper.content)), "the citizen holds a slip with the old one"
    told = [event for event in desk.state.events if event.type == SLIP_PRINTED][-1]
    assert told.facts["printed_due"] == "2026-12-04T17:00:00+07:00"


@pytest.mark.parametrize("new_due", [None, "mai", 7, "9999-12-31T23:59:59-11:00"])
def test_an_appointment_that_nobody_can_read_gives_way_to_that_of_the_record(desk, dossier, new_due):
    asked(desk, dossier, "04", new_due=new_due)
    done, _ = printed(desk, dossier)
    assert done.dossier.printed_due_at == dossier.due_at


def test_an_apology_without_any_appointment_is_refused_and_nothing_is_printed(desk, dossier):
    asked(desk, dossier, "04")
    here = desk.state.dossiers[dossier.dossier_id]
    desk.state.dossiers[dossier.dossier_id] = replace(here, due_at=None, printed_due_at=None)
    before = len(desk.state.prints)
    with pytest.raises(RuleBrokenError) as error:
        desk.life.requested.print_forms(PrintRequested(dossier.code), CLERK)
    assert (error.value.code, len(desk.state.prints)) == ("EXTENSION_WITHOUT_DUE", before)


def test_a_second_apology_says_that_it_is_the_second(desk, dossier):
    for day in (4, 11):
        asked(desk, dossier, "04", new_due=f"2026-12-{day:02d}T17:00:00+07:00")
        _, (paper,) = printed(desk, dossier)
    assert paper.form == "04/2"
    assert "02" in texts(paper.content["body"])


def test_several_requests_are_printed_at_once_and_the_newest_of_a_form_counts(desk, dossier):
    asked(desk, dossier, "02", items=["Giấy khai sinh"])
    asked(desk, dossier, "02", items=["Bản án ly hôn"])
    asked(desk, dossier, "04", new_due="2026-12-04T17:00:00+07:00")
    done, papers = printed(desk, dossier)
    assert done.forms == ("02", "04")
    assert "Bản án ly hôn" in " ".join(texts(papers[0].content))
    assert "Giấy khai sinh" not in " ".join(texts(papers[0].content))
    asked(desk, dossier, "03")
    assert printed(desk, dossier)[0].forms == ("03",), "what was printed is printed"


def test_what_somebody_marked_as_seen_is_printed_no_more_with_the_next_request(desk, dossier):
    asked(desk, dossier, "02", items=["Giấy khai sinh"])
    desk.life.settling.look_at(dossier.code, CLERK)
    asked(desk, dossier, "04", new_due="2026-12-04T17:00:00+07:00")
    assert printed(desk, dossier)[0].forms == ("04",)


def test_papers_that_the_request_does_not_name_are_those_of_the_record(desk, dossier):
    here = desk.state.dossiers[dossier.dossier_id]
    wanted = Supplement("s", NOW, "Cán bộ tỉnh", ("Hộ chiếu",), "Chờ xác minh")
    asked(desk, dossier, "02")
    desk.state.dossiers[dossier.dossier_id] = replace(desk.state.dossiers[here.dossier_id], supplements=(wanted,))
    assert "Hộ chiếu" in " ".join(texts(printed(desk, dossier)[1][0].content))


def test_without_any_paper_named_the_reason_stands_for_them(desk, dossier):
    asked(desk, dossier, "02", items=["  "])
    assert any("Chờ xác minh" in text for text in texts(printed(desk, dossier)[1][0].content["body"][2]))


def test_a_form_that_nobody_knows_is_only_looked_at(desk, dossier):
    asked(desk, dossier, "77")
    done, papers = printed(desk, dossier)
    assert (papers, done.dossier.attention) == ([], ())


def test_a_refusal_that_the_province_decided_is_printed_for_a_dossier_that_is_over(desk, dossier):
    applied(desk, updated(dossier, 3, {"TrangThaiHoSo": "3"}))
    asked(desk, dossier, "03")
    assert desk.state.dossiers[dossier.dossier_id].status is Status.NOT_ACCEPTED
    assert printed(desk, dossier)[0].forms == ("03",)


def test_who_only_reads_prints_nothing(desk, dossier):
    asked(desk, dossier, "02")
    with pytest.raises(RuleBrokenError) as error:
        desk.life.requested.print_forms(PrintRequested(dossier.code), INSPECTOR)
    assert error.value.code == "NOT_ALLOWED"
    assert desk.state.dossiers[dossier.dossier_id].attention == (PRINT_REQUESTED,)


def test_what_was_printed_so_holds(desk, dossier):
    asked(desk, dossier, "04", new_due=f"{dossier.due_at + timedelta(days=7):%Y-%m-%dT%H:%M:%S+07:00}")
    printed(desk, dossier)
    assert VerifyService(desk.database).run().differences == ()
