"""Rules worked out a second time, slowly and from the text of the rule, against what the program does."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from counter_app.domain.catalogue import CatalogueInfo, Fee, Procedure, ProcedureOverride, TimeLimit
from counter_app.domain.catalogue_index import CatalogueIndex
from counter_app.domain.catalogue_overrides import with_overrides
from counter_app.domain.deadline_terms import Limit, LimitUnit
from counter_app.domain.errors import RuleBrokenError
from counter_app.domain.masking import initials, mask_id
from counter_app.domain.moments import local
from counter_app.domain.number_words import LARGEST, in_words
from counter_app.domain.text import fold, matches, money, read_day, tidy, unprintable, words, write_day
from counter_app.services.desk.catalogue import CatalogueService
from tests.builders import procedure
from tests.fakes import FakeClock, FakeDatabase

DAY_ONE = date(2026, 1, 1)
offsets = st.integers(0, 60)


class TestNumberWords:
    """A second counter, which knows only how one number follows another and how Vietnamese puts groups of three together."""

    ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")

    def tens(self, number):
        """Say 0 to 99 from a table that is written out by the ten."""
        ten, one = divmod(number, 10)
        if ten == 0:
            return self.ONES[one]
        head = "mười" if ten == 1 else f"{self.ONES[ten]} mươi"
        tail = {0: "", 1: "một" if ten == 1 else "mốt", 4: "bốn" if ten == 1 else "tư", 5: "lăm"}.get(one, self.ONES[one])
        return f"{head} {tail}".strip()

    def three(self, number, inside):
        """Say 0 to 999; inside a larger number the hundreds are said though they are none."""
        hundred, rest = divmod(number, 100)
        if not hundred and not inside:
            return self.tens(rest)
        link = "" if rest == 0 else (f"linh {self.ONES[rest]}" if rest < 10 else self.tens(rest))
        return f"{self.ONES[hundred]} trăm {link}".strip()

    def count(self, number):
        """Say any number by its groups of three, from the left; empty groups are not said, but the billion is where it has any."""
        if number == 0:
            return "không"
        groups = f"{number:,}".split(",")
        said, begun = [], False
        for place, group in zip(range(len(groups) - 1, -1, -1), groups, strict=True):
            if int(group):
                said.append(self.three(int(group), inside=begun))
                begun = True
                if place % 3:
                    said.append(("", "nghìn", "triệu")[place % 3])
            if begun and place and place % 3 == 0 and number // 1000**place:
                said.append("tỷ")
        return " ".join(said)

    @given(st.integers(0, LARGEST) | st.integers(0, 10**5) | st.integers(0, 17).map(lambda power: 10**power))
    @example(10**9)
    @example(10**12 + 5)
    @example(1_000_000_015)
    @example(LARGEST)
    def test_the_words_are_those_of_the_second_counter(self, number):
        assert in_words(number) == self.count(number)

    def test_the_first_two_thousand_and_the_borders_one_by_one(self):
        for number in [*range(2001), *(base + step for base in (10**4, 10**5, 10**6, 10**7, 10**9) for step in range(-2, 120))]:
            assert in_words(number) == self.count(number)

    @given(st.integers(0, LARGEST))
    def test_they_are_clean_words(self, number):
        said = in_words(number)
        assert said == tidy(said) == said.lower()
        assert set(said.split()) <= {*self.ONES, "mười", "mươi", "trăm", "nghìn", "triệu", "tỷ", "linh", "mốt", "tư", "lăm"}


def folded_by_the_rule(text):
    """The search rule of domain guide 15, step by step as it is written."""
    out = []
    for sign in unicodedata.normalize("NFD", text):
        if unicodedata.category(sign).startswith("M") or sign in "'’‘‛ʼʻʹˈ′`´＇":
            continue
        low = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"}.get(sign, sign).lower()
        for each in unicodedata.normalize("NFD", low):
            if not unicodedata.category(each).startswith("M"):
                out.append(each if each.isalnum() else " ")
    return " ".join("".join(out).split())


vietnamese = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ 0123456789.-’'/()", max_size=40)


class TestSearch:
    """Folding and matching, by the words of the rule."""

    @given(vietnamese)
    @example("Đặng Thị H’Mẫu")
    @example("ĐẮK MIL/2026")
    def test_folding(self, text):
        assert fold(text) == folded_by_the_rule(text)

    @given(vietnamese)
    def test_how_it_was_typed_does_not_matter(self, text):
        assert fold(unicodedata.normalize("NFD", text)) == fold(text) == fold(text.upper()) == fold(text.lower()) == fold(tidy(text))

    @given(vietnamese, vietnamese)
    def test_matching_is_that_every_word_begins_some_word(self, query, text):
        asked, stored = folded_by_the_rule(query).split(), folded_by_the_rule(text).split()
        expected = bool(asked) and all(any(word.startswith(part) for word in stored) for part in asked)
        assert matches(words(query), fold(text)) == expected

    @given(vietnamese, st.data())
    def test_any_beginnings_of_its_words_in_any_order_find_a_text(self, text, data):
        stored = fold(text).split()
        if not stored:
            return
        chosen = data.draw(st.lists(st.sampled_from(stored), min_size=1, max_size=3))
        query = " ".join(word[:data.draw(st.integers(1, len(word)))] for word in chosen)
        assert matches(words(query), fold(text))
        assert not matches(words(f"{query} {stored[0]}zzz"), fold(text))

    def test_old_and_new_places_of_the_tone_are_the_same(self):
        for old, new in (("Hòa", "Hoà"), ("Thủy", "Thuỷ"), ("Khỏe", "Khoẻ")):
            assert fold(old) == fold(new)


decisions = st.builds(
    lambda start, length, value, name, amount, number: ProcedureOverride(
        "1.004873", f"{number}/QĐ", DAY_ONE + timedelta(days=start), None if name else Limit(value, LimitUnit.WORKING_DAY), name,
        amount if name else None, None if length is None else DAY_ONE + timedelta(days=start + length)),
    offsets, st.none() | st.integers(0, 30), st.integers(1, 60), st.sampled_from(["", "", "Lệ phí", "Phí lạ"]), st.integers(0, 10**6),
    st.integers(1, 99))
BASE = procedure(fees=(Fee("Lệ phí", 15000, "case", exemption_note="Miễn"), Fee("Phí khác", None)))


def distinct(made):
    """Keep decisions that begin on different days: which of two of one day wins is not settled by any rule."""
    return list({each.effective_from: each for each in made}.values())


class TestDecisions:
    """The commune's own decisions on top of the catalogue, by the day of receipt."""

    @given(st.lists(decisions, max_size=5).map(distinct), offsets)
    def test_the_last_one_in_force_on_the_day_of_receipt_counts(self, made, offset):
        on = DAY_ONE + timedelta(days=offset)
        holding = [each for each in made if each.effective_from <= on and (each.effective_to is None or each.effective_to >= on)]
        holding.sort(key=lambda each: each.effective_from)
        found = with_overrides(BASE, made, on)
        limits = [each.limit for each in holding if each.limit]
        amounts = [each.amount_vnd for each in holding if each.fee_name == "Lệ phí"]
        assert found.time_limit.limit == (limits[-1] if limits else BASE.time_limit.limit)
        assert found.fees[0].amount_vnd == (amounts[-1] if amounts else 15000)
        assert found.overridden_by == tuple(each.decision_number for each in holding)

    @given(st.lists(decisions, max_size=4).map(distinct), offsets)
    def test_what_no_decision_names_stays(self, made, offset):
        found = with_overrides(BASE, made, DAY_ONE + timedelta(days=offset))
        assert found.fees[1] == BASE.fees[1]
        assert found.fees[0].exemption_note == "Miễn"
        kept = replace(found, time_limit=BASE.time_limit, fees=BASE.fees, overridden_by=())
        assert kept == BASE

    @given(st.lists(decisions, max_size=3).map(distinct), offsets)
    def test_in_whatever_order_they_were_entered(self, made, offset):
        on = DAY_ONE + timedelta(days=offset)
        assert len({with_overrides(BASE, order, on) for order in permutations(made)}) == 1


def catalogue_of(version, active_from, imported, *procedures):
    info = CatalogueInfo(version, version, local(2026, 1, 1) + timedelta(minutes=imported), len(procedures), active_from)
    return info, [replace(each, version_id=f"{version}/{each.code}", catalogue_version=version) for each in procedures]


spans = st.tuples(offsets, st.none() | st.integers(0, 40))


class TestDayOfReceipt:
    """Which catalogue, which version, which decision: the day of receipt decides, whatever is asked before or after."""

    @settings(max_examples=30, deadline=None)
    @given(st.lists(offsets, min_size=1, max_size=3, unique=True), st.lists(decisions, max_size=3).map(distinct), spans,
           st.lists(offsets, min_size=1, max_size=8))
    def test_the_service_answers_as_the_rule_says(self, starts, made, span, asked):
        begin, length = DAY_ONE + timedelta(days=span[0]), span[1]
        end = None if length is None else begin + timedelta(days=length)
        database = FakeDatabase()
        limited = {}
        with database.write() as uow:
            for number, start in enumerate(starts, start=1):
                known = replace(BASE, time_limit=TimeLimit(Limit(100 + number, LimitUnit.DAY), "x"), effective_from=begin, effective_to=end)
                info, procedures = catalogue_of(f"v{number}", DAY_ONE + timedelta(days=start), number, known)
                uow.catalogue.add(info, procedures)
                limited[start] = 100 + number
            for each in made:
                uow.catalogue.add_override(each)
            uow.commit()
        service = CatalogueService(database, FakeClock())
        for offset in asked:
            on = DAY_ONE + timedelta(days=offset)
            begun = [start for start in starts if start <= offset]
            there = bool(begun) and begin <= on and (end is None or on <= end)
            if not there:
                with pytest.raises(RuleBrokenError, match="PROCEDURE_OUT_OF_FORCE" if begun else "PROCEDURE_UNKNOWN"):
                    service.get("1.004873", on)
                assert service.in_force(on) == ()
                continue
            catalogue = limited[max(begun)]
            deciding = [each for each in sorted(made, key=lambda each: each.effective_from)
                        if each.limit and each.effective_from <= on and (each.effective_to is None or on <= each.effective_to)]
            expected = deciding[-1].limit if deciding else Limit(catalogue, LimitUnit.DAY)
            assert service.get("1.004873", on).time_limit.limit == expected
            assert service.match("1.0048", on) == [service.get("1.004873", on)]

    def test_a_version_once_taken_in_under_is_found_whatever_comes_after(self):
        database = FakeDatabase()
        with database.write() as uow:
            uow.catalogue.add(*catalogue_of("v1", DAY_ONE, 1, BASE))
            uow.catalogue.add(*catalogue_of("v2", DAY_ONE + timedelta(days=1), 2))
            uow.commit()
        service = CatalogueService(database, FakeClock())
        assert service.version("v1/1.004873").time_limit == BASE.time_limit
        assert service.in_force(DAY_ONE + timedelta(days=1)) == ()


class TestSmallThings:
    """What stands in every list and on every slip."""

    @given(st.text(max_size=20))
    def test_a_masked_number_shows_four_signs_at_most(self, number):
        masked = mask_id(number)
        assert len(masked) == len(number)
        shown = 4 if len(number) > 4 else 0
        assert masked == "•" * (len(number) - shown) + number[len(number) - shown:]

    @given(st.dates(min_value=date(1800, 1, 1)))
    def test_days_are_read_as_they_are_written(self, day):
        spellings = (write_day(day), day.isoformat(), f"{day:%d%m%Y}", f"{day.day}.{day.month}.{day.year}", f" {day.day}-{day.month}-{day.year} ")
        assert {read_day(spelled) for spelled in spellings if day.year >= 1800} == {day}

    @given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 9999))
    def test_a_day_that_is_none_is_refused(self, day, month, year):
        try:
            expected = date(year, month, day) if year >= 1800 else None
        except ValueError:
            expected = None
        if expected is None:
            with pytest.raises(RuleBrokenError, match="DATE_IMPOSSIBLE@x"):
                read_day(f"{day:02d}/{month:02d}/{year:04d}", "x")
        else:
            assert read_day(f"{day:02d}/{month:02d}/{year:04d}") == expected

    @given(st.integers(0, 10**13))
    def test_money_has_a_dot_after_each_three_digits(self, amount):
        said = money(amount)
        assert int(said.removesuffix(" đ").replace(".", "")) == amount
        assert all(len(group) == 3 for group in said.removesuffix(" đ").split(".")[1:])

    @given(st.lists(st.text("ABCĐÊabc", min_size=1, max_size=5), max_size=5))
    def test_initials_are_those_of_the_last_two_words(self, parts):
        assert initials(" ".join(parts)) == "".join(part[0] for part in parts[-2:]).upper()

    @given(st.text(max_size=40))
    def test_tidying_twice_changes_nothing_more(self, text):
        once = tidy(text)
        assert tidy(once) == once == unicodedata.normalize("NFC", once)
        assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in once)
        assert not any(sign in unprintable(once) for sign in "aăâđêôơưẠỵ 0.,")


def test_a_procedure_is_found_by_every_beginning_of_its_code():
    index = CatalogueIndex([BASE, procedure("1.004874", "Khác")])
    for length in range(1, len("1.004873")):
        found: list[Procedure] = index.match("1.004873"[:length])
        assert BASE in found, "1.004873"[:length]
    assert index.match("1.004873") == [BASE]
