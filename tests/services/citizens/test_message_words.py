"""The words of messages and the commune's wishes: what is stored is read back, every message fits, nothing personal has a place."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier import DeliveryMethod
from counter_app.domain.message import SMS_LENGTH, MessageChannel, Occasion
from counter_app.services.citizens.message_words import MessageSettings, from_stored, short_hours, to_stored, words_in_force
from tests.builders import dossier, fake_desk, procedure

WORDS = words_in_force(date(2026, 11, 20))
CALENDAR = fake_desk().calendar.calendar()
WISHES = st.builds(
    MessageSettings, st.sampled_from(MessageChannel), st.booleans(), st.integers(0, 365),
    st.lists(st.sampled_from(Occasion), unique=True).map(tuple))


@given(WISHES)
def test_wishes_are_read_as_they_were_stored(wishes):
    assert from_stored(to_stored(wishes)) == wishes


def test_who_wished_nothing_is_told_of_all_but_the_receipt():
    assert set(from_stored(None).occasions) == set(Occasion) - {Occasion.RECEIVED}


@pytest.mark.parametrize("occasion", Occasion)
@given(name=st.text(st.sampled_from("ăâbc đêgh ỗữ"), min_size=1, max_size=400), delivery=st.sampled_from(DeliveryMethod))
def test_without_accents_every_message_fits_one_sms_however_long_the_procedure(occasion, name, delivery):
    made = WORDS.write(
        occasion, dossier(delivery=delivery), procedure(short_name=name), "Xã Đắk Mil", "07:30-11:30, 13:30-17:30", without_accents=True)
    assert len(made) <= SMS_LENGTH
    assert made.isascii()
    assert "H36.50.05-261101-0001" in made
    assert "{" not in made


@pytest.mark.parametrize("occasion", Occasion)
@pytest.mark.parametrize("accents", [True, False])
@pytest.mark.parametrize("delivery", DeliveryMethod)
def test_no_message_names_anybody(occasion, accents, delivery):
    told = dossier(delivery=delivery, summary="Bí mật", note="Bí mật")
    made = WORDS.write(occasion, told, None, "Xã Đắk Mil", "07:30-11:30", without_accents=not accents)
    for secret in ("067190000123", "Ví Dụ", "Vi Du", "Bí mật", "Bi mat", "Thôn", "0900"):
        assert secret not in made


def test_without_a_procedure_the_name_is_the_one_that_was_kept():
    told = dossier(procedure_name="Thủ tục đã bãi bỏ")
    made = WORDS.write(Occasion.RESULT_READY, told, None, "Xã Đắk Mil", "07:30-11:30", without_accents=False)
    assert "Thủ tục đã bãi bỏ" in made
    short = WORDS.write(Occasion.RESULT_READY, told, procedure(short_name="Khai sinh"), "Xã Đắk Mil", "", without_accents=False)
    assert "Khai sinh" in short


def test_a_result_by_post_is_told_otherwise_where_the_words_know_how():
    texts = {delivery: WORDS.write(Occasion.RESULT_READY, dossier(delivery=delivery), None, "Xã", "08:00", without_accents=False)
             for delivery in DeliveryMethod}
    assert (texts[DeliveryMethod.POSTAL] != texts[DeliveryMethod.DESK]) == ("text_postal" in WORDS.occasions[Occasion.RESULT_READY])
    assert texts[DeliveryMethod.ONLINE] == texts[DeliveryMethod.DESK]


@pytest.mark.parametrize("occasion", Occasion)
def test_every_occasion_has_a_title_and_an_end(occasion):
    assert WORDS.title(occasion)
    assert timedelta(days=1) <= WORDS.lasts(occasion) <= timedelta(days=60)


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_there_are_words_for_every_day(day):
    assert words_in_force(day).version


@given(st.dates(date(2026, 1, 1), date(2027, 12, 20)))
def test_the_hours_told_are_those_of_a_day_when_somebody_is_there(day):
    told = short_hours(CALENDAR, day)
    assert told
    for part in told.split(", "):
        start, end = part.split("-")
        assert start < end


def test_hours_of_a_closed_desk_are_none():
    from counter_app.domain.calendar import WorkCalendar
    from tests.domain.calendars import CLOSED_WEEK, document

    assert short_hours(WorkCalendar.from_document(document(**CLOSED_WEEK)), date(2026, 11, 20)) == ""


def test_words_of_another_place_are_told_of_that_place():
    made = WORDS.write(Occasion.RECEIVED, dossier(), None, "  Xã   Mới ", "", without_accents=False)
    assert "Xã Mới" in made
    assert replace(WORDS, place="Quầy {commune}").write(Occasion.RECEIVED, dossier(), None, "Xã Mới", "", without_accents=False) != made
