"""Citizens are told through a queue that follows the dossier, and nothing personal is in what they are told."""

from __future__ import annotations

import csv
import string
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.dossier import DeliveryMethod
from counter_app.domain.errors import RuleBrokenError, SurroundingsError, failed
from counter_app.domain.life import ReceiverKind, ResultPaper
from counter_app.domain.message import SMS_LENGTH, MessageChannel, MessageState, Occasion
from counter_app.services.acts.endings import Withdraw
from counter_app.services.acts.extensions import Extend
from counter_app.services.acts.results import ResultReady
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.acts.supplements import ReceiveSupplement, RequestSupplement
from counter_app.services.citizens.message_words import (
    SHIPPED,
    MessageSettings,
    OwnWords,
    example,
    from_stored,
    source,
    to_stored,
    words_in_force,
)
from counter_app.support.resources import shipped_json
from tests.builders import CLERK, HEAD, INSPECTOR, NOW, applicant, command, fake_desk

READY = (ResultPaper("", "Giấy xác nhận tình trạng hôn nhân", number="215/XN"),)
ADMINISTRATOR = replace(CLERK, role=type(CLERK.role).ADMINISTRATOR)


@pytest.fixture
def desk():
    return fake_desk()


@pytest.fixture
def messages(desk):
    return desk.citizens.messages


def receive(desk, **changes):
    return desk.intake.receive(command(**{"fees": (), "wants_message": True, **changes}), CLERK).code


def told(desk):
    return [(each.occasion, each.state) for each in sorted(desk.state.messages.values(), key=lambda each: each.message_id)]


def waiting(desk):
    return [line.message.occasion for line in desk.citizens.messages.waiting(CLERK)]


def test_each_act_is_told_once_and_takes_the_place_of_older_news(desk):
    code = receive(desk)
    assert told(desk) == [], "a receipt is in the person's hand already"
    desk.life.supplements.request(RequestSupplement(code, ("Tờ khai",), "thiếu"), CLERK)
    assert waiting(desk) == [Occasion.SUPPLEMENT_WANTED]
    desk.life.supplements.receive(ReceiveSupplement(code, ("Tờ khai",)), CLERK)
    assert waiting(desk) == [], "brought already"
    desk.life.extensions.extend(Extend(code, Limit(2, LimitUnit.WORKING_DAY), "xác minh", "Chủ tịch"), CLERK)
    assert waiting(desk) == [Occasion.EXTENDED]
    desk.life.results.ready(ResultReady(code, READY), CLERK)
    assert waiting(desk) == [Occasion.RESULT_READY]
    desk.life.returning.return_(ReturnResults((code,), ReceiverKind.APPLICANT, "Trần Thị Ví Dụ", "067190000123"), CLERK)
    assert waiting(desk) == []
    assert {state for _, state in told(desk)} == {MessageState.CANCELLED}


def test_without_consent_nobody_is_told(desk):
    desk.life.results.ready(ResultReady(receive(desk, wants_message=False), READY), CLERK)
    assert told(desk) == []


def test_the_receipt_is_told_where_the_commune_wants_it(desk, messages):
    messages.save_wishes(MessageSettings(occasions=(Occasion.RECEIVED,)), ADMINISTRATOR)
    code = receive(desk)
    desk.life.results.ready(ResultReady(code, READY), CLERK)
    assert told(desk) == [(Occasion.RECEIVED, MessageState.CANCELLED)]


def test_a_message_stands_or_falls_with_its_act(desk):
    code = receive(desk)
    desk.database.fault = failed("DISK_FULL")
    with pytest.raises(SurroundingsError):
        desk.life.results.ready(ResultReady(code, READY), CLERK)
    assert told(desk) == []


def test_a_dossier_that_ends_tells_nobody_any_more(desk):
    code = receive(desk)
    desk.life.supplements.request(RequestSupplement(code, ("Tờ khai",), "thiếu"), CLERK)
    desk.life.endings.withdraw(Withdraw(code, "không cần nữa", papers_returned=True), CLERK)
    assert told(desk) == [(Occasion.SUPPLEMENT_WANTED, MessageState.CANCELLED)]


def test_the_number_and_the_words_are_kept_and_hold_nothing_personal(desk):
    code = receive(desk, applicant=applicant(full_name="Lò Thị Bí Mật"))
    desk.life.results.ready(ResultReady(code, READY), CLERK)
    (message,) = desk.state.messages.values()
    assert (message.recipient, message.channel) == ("0900 000 012", MessageChannel.SMS)
    assert message.body == (
        f"TT PVHCC Xa Dak Mil: ho so {code} (Xac nhan tinh trang hon nhan) da xong. Moi den nhan, 07:30-11:30, 13:30-17:30.")
    for secret in ("067190000123", "Bi Mat", "215/XN"):
        assert secret not in message.body


ALLOWED = {"code", "procedure", "place", "hours"}
"""All that a message may name (domain guide 13): no identity number, nothing of the result."""


def test_shipped_words_name_only_what_is_allowed_and_fit():
    for version in shipped_json(SHIPPED)["versions"]:
        for occasion in Occasion:
            texts = [text for key, text in version["occasions"][occasion].items() if key.startswith("text")]
            assert texts
            for text in texts:
                assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= ALLOWED
    assert words_in_force(NOW.date().replace(year=2001)).version == "messages/1"


def test_a_long_name_is_cut_never_the_rest(desk):
    from tests.builders import CATALOGUE_VERSION

    code = receive(desk)
    known = desk.state.procedures[CATALOGUE_VERSION]
    at = next(i for i, each in enumerate(known) if each.code == "1.004873")
    known = [*known]
    known[at] = replace(known[at], short_name="Xác nhận " * 40)
    desk.state.procedures[CATALOGUE_VERSION] = known
    desk.life.results.ready(ResultReady(code, READY), CLERK)
    (message,) = desk.state.messages.values()
    assert len(message.body) <= SMS_LENGTH
    assert "...) da xong" in message.body


def test_reminders_come_with_time_once(desk, messages):
    code = receive(desk)
    assert messages.remind(CLERK).count == 0
    (dossier,) = desk.state.dossiers.values()
    desk.clock.moment = dossier.due_at.replace(hour=8) - timedelta(days=1)
    assert messages.remind(CLERK).count == 1
    assert messages.remind(CLERK).count == 0
    assert waiting(desk) == [Occasion.DUE_TOMORROW]
    desk.life.results.ready(ResultReady(code, READY), CLERK)
    desk.clock.forward(days=6)
    assert messages.remind(CLERK).count == 0
    desk.clock.forward(days=1)
    assert messages.remind(CLERK).count == 1
    assert waiting(desk) == [Occasion.NOT_COLLECTED]
    assert messages.remind(CLERK).count == 0
    desk.clock.forward(days=7, minutes=1)
    assert messages.remind(CLERK).count == 1, "and again, as long as it lies here"


def test_no_reminders_where_the_commune_wants_none(desk, messages):
    desk.life.results.ready(ResultReady(receive(desk), READY), CLERK)
    messages.save_wishes(MessageSettings(remind_after_days=0), ADMINISTRATOR)
    desk.clock.forward(days=20)
    assert messages.remind(CLERK).count == 0


def test_what_is_too_late_is_not_told_and_says_so(desk, messages):
    desk.life.results.ready(ResultReady(receive(desk), READY), CLERK)
    messages.save_wishes(MessageSettings(remind_after_days=0), ADMINISTRATOR)
    desk.clock.forward(days=31)
    assert messages.waiting(CLERK) == []
    messages.remind(CLERK)
    assert told(desk) == [(Occasion.RESULT_READY, MessageState.EXPIRED)]


def test_a_call_closes_what_waits_for_the_dossier(desk, messages):
    code = receive(desk)
    desk.life.results.ready(ResultReady(code, READY), CLERK)
    assert messages.called(code, CLERK, "nghe máy").count == 1
    (message,) = desk.state.messages.values()
    assert (message.state, message.changed_by, message.note) == (MessageState.CALLED, CLERK.user_id, "nghe máy")
    with pytest.raises(RuleBrokenError, match="NOBODY_TO_CALL"):
        messages.called(code, CLERK)
    assert desk.state.audit[-1].action == "message.called"


def test_cancelling_needs_a_reason(desk, messages):
    code = receive(desk)
    desk.life.results.ready(ResultReady(code, READY), CLERK)
    with pytest.raises(RuleBrokenError, match="REASON_EMPTY"):
        messages.cancel(code, " ", CLERK)
    messages.cancel(code, "đã gặp ở quầy", CLERK)
    assert told(desk) == [(Occasion.RESULT_READY, MessageState.CANCELLED)]


def test_the_province_gets_a_file_and_calls_stay(desk, messages, tmp_path):
    desk.life.results.ready(ResultReady(receive(desk), READY), CLERK)
    messages.save_wishes(MessageSettings(channel=MessageChannel.CALL), ADMINISTRATOR)
    desk.life.results.ready(ResultReady(receive(desk), READY), CLERK)
    out = tmp_path / "tin.csv"
    assert messages.hand_over(out, CLERK).count == 1
    with out.open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert line["recipient"] == "0900 000 012"
    assert {state for _, state in told(desk)} == {MessageState.HANDED_OVER, MessageState.WAITING}
    with pytest.raises(RuleBrokenError, match="NO_MESSAGES"):
        messages.hand_over(out, CLERK)
    assert out.exists()


def test_a_file_that_can_not_be_written_hands_nothing_over(desk, messages, tmp_path):
    desk.life.results.ready(ResultReady(receive(desk), READY), CLERK)
    (tmp_path / "file").write_text("")
    with pytest.raises(SurroundingsError):
        messages.hand_over(tmp_path / "file" / "x.csv", CLERK)
    assert told(desk) == [(Occasion.RESULT_READY, MessageState.WAITING)]


def test_the_call_list_is_printed_from_what_waits(desk, messages):
    with pytest.raises(RuleBrokenError, match="NO_MESSAGES"):
        messages.call_list(CLERK)
    code = receive(desk)
    desk.life.results.ready(ResultReady(code, READY), CLERK)
    printed = messages.call_list(CLERK).decode()
    assert code in printed
    assert "067190000123" not in printed
    assert desk.state.audit[-1].action == "messages.listed"


@pytest.mark.parametrize("act", [
    lambda messages, tmp: messages.waiting(INSPECTOR), lambda messages, tmp: messages.remind(INSPECTOR),
    lambda messages, tmp: messages.called("x", INSPECTOR), lambda messages, tmp: messages.hand_over(tmp / "x.csv", INSPECTOR),
    lambda messages, tmp: messages.call_list(INSPECTOR), lambda messages, tmp: messages.save_wishes(MessageSettings(), HEAD)])
def test_who_may_not_is_refused(messages, tmp_path, act):
    with pytest.raises(RuleBrokenError, match="NOT_ALLOWED"):
        act(messages, tmp_path)


def test_wishes_come_back_and_impossible_days_are_refused(messages):
    wishes = MessageSettings(MessageChannel.ZALO, without_accents=False, remind_after_days=3, occasions=(Occasion.EXTENDED,))
    messages.save_wishes(wishes, ADMINISTRATOR)
    assert messages.wishes() == wishes == from_stored(to_stored(wishes))
    with pytest.raises(RuleBrokenError, match="REMINDER_DAYS_IMPOSSIBLE"):
        messages.save_wishes(replace(wishes, remind_after_days=366), ADMINISTRATOR)


PLACE, HOURS = "TT PVHCC Xã Đắk Mil", "07:30-11:30, 13:30-17:30"


def ready_text(desk):
    """Return what the applicant of a result is told."""
    desk.life.results.ready(ResultReady(receive(desk), READY), CLERK)
    return next(each for each in desk.state.messages.values() if each.occasion is Occasion.RESULT_READY)


def own(**changes):
    return MessageSettings(own=(OwnWords(**{"occasion": Occasion.RESULT_READY} | changes),))


def test_the_communes_own_words_are_sent_and_expire_when_it_says(desk, messages):
    messages.save_wishes(own(text=" Hồ sơ {code}  đã có kết quả tại {place}. ", expires_after_days=3), ADMINISTRATOR)
    sent = ready_text(desk)
    assert sent.body.startswith("Ho so H36.50.05-261120-0001 da co ket qua tai TT PVHCC")
    assert "  " not in sent.body
    assert sent.expires_at - sent.queued_at == timedelta(days=3)


@pytest.mark.parametrize("changes", [{}, {"text_postal": "Gửi bưu điện: {code}."}])
def test_where_the_commune_writes_nothing_the_programs_words_are_sent(desk, messages, changes):
    messages.save_wishes(own(**changes), ADMINISTRATOR)
    sent = ready_text(desk)
    assert "da xong. Moi den nhan" in sent.body
    assert sent.expires_at - sent.queued_at == timedelta(days=30)


def test_a_result_that_goes_by_post_has_words_of_its_own(desk, messages):
    messages.save_wishes(own(text="Mời đến nhận {code}", text_postal="Bưu điện giao {code}"), ADMINISTRATOR)
    code = receive(desk, delivery=DeliveryMethod.POSTAL, delivery_address="Thôn 3")
    desk.life.results.ready(ResultReady(code, READY), CLERK)
    assert [each.body for each in desk.state.messages.values()] == [f"Buu dien giao {code}"]


@pytest.mark.parametrize(("text", "code"), [
    ("{name}", "MESSAGE_WORD_UNKNOWN"), ("{code.x}", "MESSAGE_WORD_UNKNOWN"), ("{code!r}", "MESSAGE_WORD_UNKNOWN"),
    ("{code:>99}", "MESSAGE_WORD_UNKNOWN"), ("{}", "MESSAGE_WORD_UNKNOWN"), ("{0}", "MESSAGE_WORD_UNKNOWN"), ("{code", "MESSAGE_WORD_UNKNOWN"),
    ("code}", "MESSAGE_WORD_UNKNOWN"), ("{code:{hours}}", "MESSAGE_WORD_UNKNOWN"), ("a" * 161, "MESSAGE_TOO_LONG"),
    ("{code} " + "a" * 140, "MESSAGE_TOO_LONG")])
def test_a_text_that_can_not_be_sent_is_refused_at_its_place(messages, text, code):
    before = messages.wishes()
    for member in ("text", "text_postal"):
        with pytest.raises(RuleBrokenError) as caught:
            messages.save_wishes(own(**{member: text}), ADMINISTRATOR)
        assert [(each.code, each.field) for each in caught.value.problems] == [(code, f"own.result_ready.{member}")]
    assert messages.wishes() == before


@pytest.mark.parametrize("days", [0, -1, 366])
def test_days_that_nothing_lasts_are_refused(messages, days):
    with pytest.raises(RuleBrokenError) as caught:
        messages.save_wishes(own(expires_after_days=days), ADMINISTRATOR)
    assert [(each.code, each.field) for each in caught.value.problems] == [("MESSAGE_DAYS_IMPOSSIBLE", "own.result_ready.expires_after_days")]


@given(st.text(st.sampled_from("aáđ {}!:.[]0coderhusplac"), max_size=40))
def test_what_is_taken_can_be_sent_about_every_dossier(text):
    try:
        short = example(text, PLACE, HOURS, without_accents=True)
    except RuleBrokenError:
        return
    assert len(short) <= SMS_LENGTH
    assert len(example(text, PLACE, HOURS, "Thủ tục rất dài " * 20, without_accents=True)) <= SMS_LENGTH


def test_longer_hours_than_there_is_room_for_bring_the_programs_words_back(desk):
    words = words_in_force(NOW.date()).with_own([OwnWords(Occasion.RESULT_READY, "{code} {hours} " + "a" * 100)])
    code = receive(desk)
    dossier = next(each for each in desk.state.dossiers.values() if each.code == code)
    write = partial(words.write, Occasion.RESULT_READY, dossier, None, "Xã Đắk Mil", without_accents=True)
    assert "a" * 100 in write("07:30-11:30")
    assert "da xong" in write("07:30-11:30, 13:30-17:30, 18:00-20:00, 20:30-22:00")


def test_settings_of_before_the_own_words_are_read():
    old = {name: value for name, value in to_stored(MessageSettings()).items() if name != "own"}
    assert from_stored(old) == MessageSettings()


def test_whoever_writes_texts_knows_with_what(desk, messages):
    writing = messages.writing()
    assert (writing.wishes, writing.words.version, writing.hours) == (MessageSettings(), "messages/1", HOURS)
    assert writing.place.startswith("TT PVHCC ")
    assert all(source())
