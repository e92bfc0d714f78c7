"""Messages fit an SMS, go to whom agreed to it, and are called off when they are no longer true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier import RESOLVED, Status, Submitter
from counter_app.domain.message import SMS_LENGTH, MessageChannel, Occasion, address_of, fitted, still_true
from counter_app.domain.text import unaccented
from tests.builders import applicant, dossier

SMS, EMAIL, CALL, ZALO = MessageChannel.SMS, MessageChannel.EMAIL, MessageChannel.CALL, MessageChannel.ZALO
LETTERS = st.text("aăâđêôơưýẾỘĐ -–…()", max_size=300)


@given(LETTERS)
def test_a_name_of_any_length_leaves_a_whole_sms(name):
    said = fitted("Hồ sơ {code} ({procedure}) xong.", name, without_accents=True, code="H36.50.05-261120-0001")
    assert len(said) <= SMS_LENGTH
    assert said.isascii()
    assert said.startswith("Ho so H36.50.05-261120-0001 (")
    assert said.endswith(") xong.")


def test_a_short_name_stays_whole_and_keeps_its_accents_where_wanted():
    assert fitted("{procedure} xong", "Đăng ký", without_accents=False) == "Đăng ký xong"
    assert fitted("{procedure} xong", "Đăng ký", without_accents=True) == "Dang ky xong"


def test_a_template_without_room_is_a_mistake_of_whoever_wrote_it():
    with pytest.raises(ValueError, match="161"):
        fitted("x" * 161 + "{procedure}", "a", without_accents=True)


@given(st.text(max_size=60))
def test_plain_letters_are_ascii_and_stay_as_they_are(text):
    plain = unaccented(text)
    assert plain.isascii()
    assert unaccented(plain) == plain


def test_accents_fall_off_letter_by_letter():
    assert unaccented("Đã có kết quả – Ưỡn ở đường…") == "Da co ket qua - Uon o duong..."


@pytest.mark.parametrize(("wanted", "phone", "email", "where"), [
    (SMS, "0900", "a@b", (SMS, "0900")), (ZALO, "0900", "", (ZALO, "0900")), (SMS, "", "a@b", (EMAIL, "a@b")),
    (EMAIL, "0900", "a@b", (EMAIL, "a@b")), (EMAIL, "0900", "", (CALL, "0900")), (EMAIL, "", "", None), (SMS, "", "", None),
    (CALL, "0900", "a@b", (CALL, "0900"))])
def test_the_way_that_is_there_is_taken(wanted, phone, email, where):
    known = dossier(applicant=applicant(phone=phone, email=email), wants_message=True)
    assert address_of(known, wanted) == where
    assert address_of(replace(known, wants_message=False), wanted) is None


def test_who_stood_at_the_desk_is_called():
    known = dossier(submitter=Submitter("Lò Văn Mẫu", phone="0911"), wants_message=True)
    assert address_of(known, SMS) == (SMS, "0911")
    assert address_of(replace(known, submitter=Submitter("Lò Văn Mẫu")), SMS) == (SMS, applicant().phone)


@pytest.mark.parametrize("status", Status)
def test_what_is_true_depends_on_where_the_dossier_stands(status):
    true = {each for each in Occasion if still_true(each, dossier(status=status, extension_count=1))}
    told = {Occasion.RESULT_READY, Occasion.NOT_COLLECTED} if status is Status.RESULT_READY else set()
    if status not in RESOLVED:
        told |= {Occasion.RECEIVED, Occasion.DUE_TOMORROW, Occasion.EXTENDED}
    if status is Status.AWAITING_SUPPLEMENT:
        told.add(Occasion.SUPPLEMENT_WANTED)
    assert true == told
    assert not still_true(Occasion.EXTENDED, dossier(status=status, extension_count=0))
