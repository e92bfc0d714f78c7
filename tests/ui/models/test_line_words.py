"""How the line reads."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.errors import Problem
from counter_app.domain.moments import local
from counter_app.services.line.desk import LineView, Queue, QueueKind
from counter_app.services.line.keeper import Doing, LineNews
from counter_app.services.line.province import PassEnd, Standing, Trouble
from counter_app.services.line.rhythm import Why
from counter_app.services.line.terms import LineSettings
from counter_app.services.repositories.line import LinePass
from ui.models.line_words import (
    age_words,
    moment_words,
    news_words,
    pass_times,
    pass_words,
    queue_rows,
    queue_word,
    size_words,
    time_words,
    trouble_words,
)
from ui.pages.sync.problems import act_of, act_source
from ui.pages.sync.side import LineSheet

NOW = local(2026, 11, 20, 9, 42)
COUNTS = {"saved": 0, "sending": 0, "province_has": 0, "attention": 0}
PASS = LinePass("p", "d", NOW - timedelta(minutes=5), NOW)


@pytest.mark.parametrize(("size", "words"), [
    (0, "0 B"), (999, "999 B"), (1000, "1 KB"), (12_345, "12 KB"), (999_499, "999 KB"), (3_440_000, "3.4 MB"), (250_000_000, "250 MB"),
    (5_000_000_000, "5.0 GB"), (7_000_000_000_000, "7000 GB")])
def test_sizes(translation, size, words):
    assert size_words(size) == words


def test_vietnamese_sizes_have_a_comma(translation):
    translation.choose("vi")
    assert size_words(3_440_000) == "3,4 MB"


@pytest.mark.parametrize(("seconds", "words"), [
    (-5, "0 s"), (0, "0 s"), (59, "59 s"), (60, "1 min"), (1500, "25 min"), (3600, "1 h 0 min"), (4200, "1 h 10 min"),
    (86_400, "24 h 0 min"), (172_800, "2 days")])
def test_times(translation, seconds, words):
    assert time_words(seconds) == words


def test_ages_and_moments(translation):
    assert age_words(None, NOW) == "–"
    assert age_words(NOW - timedelta(minutes=25), NOW) == "25 min"
    assert moment_words(None, NOW) == "not yet"
    assert [moment_words(at, NOW) for at in (local(2026, 11, 20, 8, 5), local(2026, 11, 19, 16, 30), local(2025, 1, 2))] == [
        "08:05", "19/11 16:30", "02/01/2025"]


@pytest.mark.parametrize("doing", list(Doing))
@pytest.mark.parametrize("why", list(Why))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_state_of_the_line_has_words_in_both_languages(translation, doing, why, language):
    translation.choose(language)
    words = news_words(LineNews(doing, NOW, why, 90))
    assert words
    assert "{" not in words
    translation.choose("en")
    assert (language == "en") == (words == news_words(LineNews(doing, NOW, why, 90)))


def test_before_the_first_news_nothing_is_said():
    assert (news_words(None), trouble_words(None)) == ("", "")


@pytest.mark.parametrize("doing", list(Doing))
@pytest.mark.parametrize("why", list(Why))
def test_why_there_is_no_line_is_said_in_full_while_there_is_none(doing, why):
    cut = LineNews(doing, NOW, why, 90, PassEnd(trouble=Problem("NOT_THE_PROVINCE")))
    assert bool(trouble_words(cut)) == (doing is Doing.WAITING and why is Why.FAILED)
    assert trouble_words(replace(cut, end=PassEnd())) == trouble_words(replace(cut, end=None)) == ""


def test_what_can_be_done_about_a_network_that_wants_a_login_stands_beside_the_queues(theme, host):
    sheet = LineSheet(theme, host)
    sheet.show_line(LineView(LineSettings(), {}), LineNews(Doing.WAITING, NOW, Why.FAILED, 90, PassEnd(trouble=Problem("NOT_THE_PROVINCE"))), NOW)
    assert "log in to the network" in sheet.trouble.text()
    assert not sheet.trouble.isHidden()
    sheet.show_news(LineNews(Doing.WORKING, NOW, Why.FAILED, 0, PassEnd(trouble=Problem("NOT_THE_PROVINCE"))))
    assert (sheet.now.isHidden(), sheet.trouble.isHidden()) == (False, True)


def view(waiting, **members):
    queues = tuple(Queue(kind, waiting.get(kind, 0)) for kind in QueueKind)
    return LineView(LineSettings(), COUNTS, "Xã", Standing(), queues=queues, **members)


@pytest.mark.parametrize(("changed", "working", "facts", "files"), [
    ({}, False, "saved on this PC", "saved on this PC"), ({}, True, "sending", "sending"),
    ({"settings": LineSettings(paused=True)}, True, "saved on this PC, sending pauses", "saved on this PC, sending pauses"),
    ({"settings": LineSettings(metered=True), "allowance": 0}, True, "sending", "saved on this PC, waits for an unmetered line"),
    ({"settings": LineSettings(daily_mb=1), "allowance": 0}, True, "sending", "saved on this PC, goes on tomorrow"),
    ({"settings": LineSettings(daily_mb=1), "allowance": 5}, True, "sending", "sending"),
])
def test_each_queue_says_what_it_waits_for(translation, changed, working, facts, files):
    found = {each.queue.kind: each for each in queue_rows(replace(view({QueueKind.NEW: 2, QueueKind.FILES: 12}), **changed), working=working)}
    assert (found[QueueKind.NEW].progress, found[QueueKind.FILES].progress) == (facts, files)
    assert found[QueueKind.NEW].state == ("sending" if facts == "sending" else "saved")
    assert (found[QueueKind.RESULTS].progress, found[QueueKind.RESULTS].state) == ("nothing waits", "")


def test_queues_have_their_words(translation):
    assert len({queue_word(kind) for kind in QueueKind}) == len(QueueKind)


@pytest.mark.parametrize(("members", "words"), [
    ({}, "in touch, nothing new"), ({"passes": 7}, "in touch 7 times, nothing new"),
    ({"sent": 3, "received": 2}, "sent 3 · received 2"), ({"uploaded": 4}, "files arrived: 4"),
])
def test_what_became_of_a_pass(translation, members, words):
    assert pass_words(replace(PASS, **members)) == words


def test_a_pass_that_was_stopped_says_why_after_what_it_did(translation):
    assert pass_words(replace(PASS, sent=1, trouble="NO_CONTACT")).startswith("sent 1 · The province could not be reached.")
    assert "some_new_code" in pass_words(replace(PASS, trouble="some_new_code"))


def test_several_passes_tell_from_when_to_when(translation):
    assert pass_times(PASS, NOW) == "09:37"
    assert pass_times(replace(PASS, passes=2), NOW) == "09:37 – 09:42"
    assert pass_times(replace(PASS, passes=2, ended_at=PASS.began_at), NOW) == "09:37", "several within a minute"


@pytest.mark.parametrize(("trouble", "act"), [
    (Trouble("conflict", Problem("CONFLICT_OTHER"), "op", "H"), "compare"), (Trouble("rejected", Problem("REJECTED_OTHER"), "op", "H"), "open"),
    (Trouble("file", Problem("FILE_NOT_TAKEN"), "", "H", "ab"), "send_again"), (Trouble("file", Problem("FILE_MALWARE"), "", "H", "ab"), "open"),
    (Trouble("file", Problem("FILE_UNREADABLE_THERE"), "", "H", "ab"), "open"), (Trouble("file", Problem("FILE_TYPE_REFUSED"), "", "H", "ab"), "open"),
    (Trouble("access", Problem("SYNC_TOKEN")), "try_again"),
    (Trouble("access", Problem("SYNC_REVOKED")), "enrol"), (Trouble("access", Problem("SYNC_KEY_GONE")), "enrol"),
    (Trouble("access", Problem("PORTAL_ACCOUNT")), "enrol"), (Trouble("new kind", Problem("X"), "", "H"), "open"), (Trouble("new kind", Problem("X")), ""),
])
def test_each_problem_has_one_act_or_none(trouble, act):
    assert act_of(trouble) == act
    assert bool(act_source(trouble)) == bool(act)


def test_the_end_of_a_pass_is_not_part_of_the_words(translation):
    news = LineNews(Doing.WAITING, NOW, Why.RESTING, 240, PassEnd(sent=3))
    assert news_words(news) == "All quiet, looks again in 4 min"
