"""Texts of an intake: every one of them is tidied and measured, what is wrong is told where the headless commands name it."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier import Applicant, ApplicantKind, DocumentLine, FeeLine, FeeMethod, Submitter
from counter_app.domain.text import tidy
from counter_app.services.intake import texts as intake_texts
from counter_app.services.intake.terms import ReceiveDossier
from counter_app.services.intake.texts import Findings, tidy_texts

PLAIN = ReceiveDossier(
    "1.004873", Applicant(ApplicantKind.PERSON, "Trần Thị Ví Dụ", "067190000123"), submitter=Submitter("Lê Văn Mẫu"),
    documents=(DocumentLine("Tờ khai", 1), DocumentLine("Giấy", 1)), fees=(FeeLine("", "Lệ phí", 15_000, FeeMethod.CASH),))
PARTS = {
    "": (intake_texts.COMMAND, lambda change: replace(PLAIN, **change)),
    "applicant.": (intake_texts.APPLICANT, lambda change: replace(PLAIN, applicant=replace(PLAIN.applicant, **change))),
    "submitter.": (intake_texts.SUBMITTER, lambda change: replace(PLAIN, submitter=replace(PLAIN.submitter, **change))),
    "documents.1.": (
        intake_texts.DOCUMENT, lambda change: replace(PLAIN, documents=(PLAIN.documents[0], replace(PLAIN.documents[1], **change)))),
    "fees.0.": (intake_texts.FEE, lambda change: replace(PLAIN, fees=(replace(PLAIN.fees[0], **change),))),
}
EVERY = [(prefix, name, limit) for prefix, (limits, _) in PARTS.items() for name, limit in limits.items()]


def checked(command):
    found = Findings()
    return tidy_texts(command, found), found


def told(problems):
    return [(problem.code, problem.field) for problem in problems]


def path_of(prefix, name):
    return prefix + intake_texts.PATHS.get(name, name)


def value_of(command, prefix, name):
    part = {"": command, "applicant.": command.applicant, "submitter.": command.submitter}.get(prefix)
    if part is None:
        part = command.documents[1] if prefix.startswith("documents") else command.fees[0]
    return getattr(part, name)


@pytest.mark.parametrize(("prefix", "name", "limit"), EVERY)
def test_every_text_has_its_longest_length_and_its_place(prefix, name, limit):
    change = PARTS[prefix][1]
    assert told(checked(change({name: "a" * limit}))[1].problems) == []
    assert told(checked(change({name: "a" * (limit + 1)}))[1].problems) == [("TEXT_TOO_LONG", path_of(prefix, name))]


@pytest.mark.parametrize(("prefix", "name", "limit"), EVERY)
@pytest.mark.parametrize(("typed", "kept", "problems", "warnings"), [
    ("  Thôn\t 3 ", "Thôn 3", [], []), ("Tho\u0302n", "Thôn", [], []), ("Th\u200bôn", "Thôn", [], ["TEXT_CLEANED"]),
    ("\u202eThôn", "Thôn", [], ["TEXT_CLEANED"]), ("Thôn😀", "Thôn😀", ["TEXT_UNPRINTABLE"], []), ("a\nb", "a b", [], [])])
def test_every_text_is_tidied_and_what_was_taken_out_is_told(prefix, name, limit, typed, kept, problems, warnings):
    assert limit >= len(kept)
    command, found = checked(PARTS[prefix][1]({name: typed}))
    assert value_of(command, prefix, name) == kept
    assert told(found.problems) == [(code, path_of(prefix, name)) for code in problems]
    assert told(found.warnings) == [(code, path_of(prefix, name)) for code in warnings]


@pytest.mark.parametrize(("kind", "limits"), [
    (Applicant, intake_texts.APPLICANT), (Submitter, intake_texts.SUBMITTER), (DocumentLine, intake_texts.DOCUMENT),
    (FeeLine, intake_texts.FEE), (ReceiveDossier, intake_texts.COMMAND)])
def test_no_text_of_a_citizen_is_forgotten(kind, limits):
    """A new text member must be given a longest length, or stand here: what the program itself puts there, nobody types."""
    without = {"paper", "fee_line_id", "collector", "draft_id"}
    texts = {field.name for field in fields(kind) if field.type == "str"} - without
    assert texts - limits.keys() == set()


@given(st.text(max_size=40))
def test_any_name_comes_out_tidy_and_the_same_again(typed):
    command, found = checked(replace(PLAIN, applicant=replace(PLAIN.applicant, full_name=typed)))
    assert command.applicant.full_name == tidy(typed)
    again, more = checked(command)
    assert again == command
    assert more.warnings == []
    assert told(more.problems) == told(found.problems)


def test_what_is_not_there_stays_away():
    command = replace(PLAIN, submitter=None, documents=None, fees=None)
    assert checked(command)[0] == command
    assert checked(replace(PLAIN, documents=(), fees=()))[0].documents == ()


def test_everything_else_stays_as_it_was():
    command, found = checked(replace(PLAIN, sets=7, wants_message=True))
    assert command == replace(PLAIN, sets=7, wants_message=True)
    assert (found.problems, found.warnings) == ([], [])
