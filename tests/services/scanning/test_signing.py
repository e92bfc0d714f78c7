"""Signing a batch: the signed file takes the place of the unsigned one once and for all; what is not signed waits; the PIN is nowhere."""

import logging
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from counter_app.domain.canonical import first_broken
from counter_app.domain.digitised import FileTarget, PaperState, completeness
from counter_app.domain.dossier import DocumentLine
from counter_app.domain.errors import DeskError, broken, failed
from counter_app.domain.events import ATTACHMENT_LINKED, ATTACHMENT_UNLINKED
from counter_app.domain.life import ResultPaper
from counter_app.domain.scan_batch_acts import Assign
from counter_app.services.acts.results import ResultReady
from counter_app.services.scanning.filing import FileBatch
from counter_app.services.scanning.library import ReusePaper, TakeOut
from counter_app.services.scanning.signing import SigningService, SignPapers
from counter_app.services.trail.row_notes import digest
from tests.builders import CLERK, HEAD, INSPECTOR, command, fake_desk
from tests.fakes_scanning import DEVICE, scans
from tests.fakes_signing import LIBRARY, PIN, FakeSigner, Watch
from tests.services.verbs import ADMINISTRATOR

PAPERS = (DocumentLine("Tờ khai", 1, component_code="G15-1"), DocumentLine("Trích lục", 0, 1, component_code="G15-2"))


class Signing:
    """A desk in memory with scans, and a token."""

    def __init__(self, folder):
        self.place = scans(fake_desk(), folder)
        self.desk, self.folder = self.place.desk, folder / "signing"
        self.signer = FakeSigner(self.desk.clock.now())
        self.service = self.again()
        self.service.choose_library(LIBRARY, ADMINISTRATOR)

    def again(self):
        """As the next start of the program has it."""
        return SigningService(
            self.desk.life.acting, self.desk.database, self.desk.clock, self.desk.settings, store=self.place.store, signer=self.signer,
            folder=self.folder, device=DEVICE)

    def filed(self, *parts):
        """File a page for each of some papers of a new dossier; return its code."""
        code = self.desk.intake.receive(command(documents=PAPERS), CLERK).code
        for part in parts or ("G15-1",):
            batch_id = self.place.begin(f"page of {code} {part}")
            (page,) = self.place.batches.view(batch_id).batch.pages
            self.place.batches.act(batch_id, Assign(page.page_id, code, part=part))
            assert self.place.filing.file(FileBatch(batch_id), CLERK).complete
        return code

    def sign(self, papers=None, *, pin=PIN, watch=None, actor=CLERK, certificate=None):
        papers = self.service.waiting(CLERK) if papers is None else papers
        wanted = SignPapers(tuple(each.op_id for each in papers), certificate or self.signer.found[0], pin)
        return self.service.sign(wanted, actor, watch or Watch())

    def waiting(self, code=""):
        return [each.part for each in self.service.waiting(CLERK, code)]

    def events(self, code):
        dossier = self.place.dossier(code)
        with self.desk.database.read() as uow:
            return uow.events.of_dossier(dossier.dossier_id)


@pytest.fixture
def signing(tmp_path):
    return Signing(tmp_path)


def code_of(act):
    with pytest.raises(DeskError) as error:
        act()
    return error.value.code


def test_the_signed_file_takes_the_place_of_the_unsigned_one(signing):
    code = signing.filed()
    (before,) = signing.service.waiting(CLERK)
    signed = signing.sign()
    (after,) = signed.papers
    assert (signed.unsigned, signed.stopped) == ((), None)
    (file,) = [each for each in signing.place.dossier(code).files if not each.unlinked]
    assert (file.signed_by, file.certificate, file.signed_at) == (CLERK.user_id, "1234AB", signing.desk.clock.now())
    assert (after.signed_by, after.certificate, after.sha256) == (CLERK.user_id, "1234AB", file.sha256)
    assert (after.part, after.pages, after.content_sha256, after.filename) == (
        before.part, before.pages, before.content_sha256, before.filename)
    assert after.sha256 != before.sha256
    out = signing.folder / "looked.pdf"
    signing.place.library.look(after.op_id, out, CLERK)
    assert sha256(out.read_bytes()).hexdigest() == after.sha256
    assert b"\nsigned Trung t" in out.read_bytes()
    assert signing.waiting() == []
    assert completeness(signing.place.dossier(code)).components is False, "the second paper is not scanned"


def test_the_province_hears_of_another_file_in_its_place(signing):
    code = signing.filed()
    signing.sign()
    linked, unlinked, again = signing.events(code)[-3:]
    assert [each.type for each in (linked, unlinked, again)] == [ATTACHMENT_LINKED, ATTACHMENT_UNLINKED, ATTACHMENT_LINKED]
    assert unlinked.facts["file_id"] == linked.facts["file_id"] != again.facts["file_id"]
    assert unlinked.facts["reason"] == again.facts["reason"] == "Thay bằng tệp đã ký số"
    assert (again.facts["certificate"], again.facts["signed_by"]) == ("1234AB", CLERK.user_id)
    assert "certificate" not in linked.facts, "what nobody signed says nothing of it"
    papers = again.ho_so["TaiLieuNop"]
    assert [each["IsDeleted"] for each in papers] == ["True", "False"]
    assert first_broken(signing.desk.state.audit) is None


def test_the_file_of_a_result_keeps_its_name(signing):
    code = signing.filed()
    signing.desk.life.perform(ResultReady(code, (ResultPaper("", "Trích lục khai sinh", number="12/TL"),)), CLERK)
    (result,) = signing.place.dossier(code).results
    batch_id = signing.place.begin("the result")
    (page,) = signing.place.batches.view(batch_id).batch.pages
    signing.place.batches.act(batch_id, Assign(page.page_id, code, FileTarget.RESULT, result.result_id))
    assert signing.place.filing.file(FileBatch(batch_id), CLERK).complete
    papers = [each for each in signing.service.waiting(CLERK) if each.target is FileTarget.RESULT]
    signed = signing.sign(papers).papers[0]
    dossier = signing.place.dossier(code)
    assert signed.file_id == result.result_id
    assert dossier.results[0].sha256 == signed.sha256
    assert [each.unlinked != "" for each in dossier.files if each.target is FileTarget.RESULT] == [True, False]
    assert signing.events(code)[-1].type == ATTACHMENT_LINKED


def test_the_register_names_who_signed_with_which_certificate(signing):
    signing.filed()
    signing.sign()
    scanned, signed = signing.desk.logbooks.page("digitised", 2026, 1, 1, CLERK).lines
    assert "Ký số" not in scanned.content["people"]
    assert "Ký số: " in signed.content["people"]
    assert "(1234AB)" in signed.content["people"]


def test_the_mark_bears_the_agency_and_the_moment(signing):
    signing.filed()
    signing.sign()
    profile = signing.desk.settings.profile()
    (mark,) = signing.signer.marks
    assert mark.agency == (profile.unit_name or profile.commune)
    assert mark.at == signing.desk.clock.now()
    assert mark.at.utcoffset() == timedelta(hours=7)


def test_what_was_shelved_stays_where_it_lies(signing):
    signing.filed()
    (paper,) = signing.service.waiting(CLERK)
    signing.place.library.shelve([paper.op_id], "H-7", "C-2", CLERK)
    (signed,) = signing.sign().papers
    assert (signed.box, signed.folder, signed.kept_until) == ("H-7", "C-2", paper.kept_until)


def test_the_same_stack_again_is_known_after_it_was_signed(signing):
    code = signing.filed()
    signing.sign()
    batch_id = signing.place.begin(f"page of {code} G15-1")
    (page,) = signing.place.batches.view(batch_id).batch.pages
    signing.place.batches.act(batch_id, Assign(page.page_id, code, part="G15-1"))
    (filed,) = signing.place.filing.file(FileBatch(batch_id), CLERK).files
    assert filed.known
    assert filed.file.signed_by == CLERK.user_id
    assert signing.waiting() == []


def test_a_signed_paper_that_is_used_again_is_signed_and_waits_for_nothing(signing):
    signing.filed()
    (signed,) = signing.sign().papers
    other = signing.desk.intake.receive(command(documents=PAPERS), CLERK).code
    signing.place.library.reuse(ReusePaper(other, "G15-1", signed.op_id), CLERK)
    paper = signing.place.papers()[-1]
    assert (paper.state, paper.signed_by, paper.certificate) == (PaperState.REUSED_COMPONENT, CLERK.user_id, "1234AB")
    assert signing.waiting() == []


# --- what waits -----------------------------------------------------------------------------------------------------------


def test_what_waits_can_be_seen_for_all_and_for_one_dossier(signing):
    first, second = signing.filed("G15-1", "G15-2"), signing.filed()
    assert signing.waiting() == ["G15-1", "G15-2", "G15-1"]
    assert (signing.waiting(first), signing.waiting(second)) == (["G15-1", "G15-2"], ["G15-1"])
    entry = signing.desk.state.audit[-1]
    assert (entry.action, entry.details) == ("files.listed", {"files": 1})
    assert len(signing.service.waiting(INSPECTOR)) == 3, "an inspector may see what is not signed"
    assert code_of(lambda: signing.service.waiting(CLERK, "H36.50.05-261120-9999")) == "DOSSIER_UNKNOWN"


def test_what_was_taken_out_or_lies_with_another_counter_waits_for_nobody_here(signing):
    code = signing.filed("G15-1", "G15-2")
    first, second = signing.service.waiting(CLERK)
    signing.place.library.take_out(TakeOut(code, first.file_id, "quét nhầm"), CLERK)
    assert signing.waiting() == ["G15-2"]
    signing.place.store.destroy(second.stored_id)
    assert signing.waiting() == []


# --- a batch --------------------------------------------------------------------------------------------------------------


def test_a_batch_tells_how_far_it_is_and_opens_the_token_once(signing):
    signing.filed("G15-1", "G15-2")
    signing.filed()
    watch = Watch()
    assert len(signing.sign(watch=watch).papers) == 3
    assert watch.told == [(1, 3), (2, 3), (3, 3)]
    assert signing.signer.pins == [PIN]
    assert signing.signer.opened == 0
    assert list(signing.folder.iterdir()) == [], "nothing lies in the clear"


def test_stopping_leaves_the_rest_waiting(signing):
    signing.filed("G15-1", "G15-2")
    signed = signing.sign(watch=Watch(most=1))
    assert [each.part for each in signed.papers] == ["G15-1"]
    assert [(each.paper.part, each.problem.code) for each in signed.unsigned] == [("G15-2", "SIGNING_STOPPED")]
    assert signed.stopped.code == "SIGNING_STOPPED"
    assert signing.waiting() == ["G15-2"]


def test_one_bad_file_does_not_keep_the_others(signing):
    signing.filed("G15-1", "G15-2")
    signing.signer.faults[1] = broken("SIGN_NOT_ARCHIVAL")
    signed = signing.sign()
    assert [each.part for each in signed.papers] == ["G15-2"]
    assert [(each.paper.part, each.problem.code) for each in signed.unsigned] == [("G15-1", "SIGN_NOT_ARCHIVAL")]
    assert signed.stopped is None
    assert signing.waiting() == ["G15-1"]


@pytest.mark.parametrize("code", ["TOKEN_GONE", "TOKEN_SILENT", "TOKEN_CRASHED", "DISK_FULL"])
def test_a_token_pulled_out_or_a_full_disk_ends_the_batch_and_what_is_done_stays_done(signing, code):
    signing.filed("G15-1", "G15-2")
    signing.filed()
    signing.signer.faults[2] = failed(code)
    signed = signing.sign()
    assert [each.part for each in signed.papers] == ["G15-1"]
    assert [each.problem.code for each in signed.unsigned] == [code, code]
    assert signed.stopped.code == code
    assert len(signing.signer.marks) == 2, "the token is not asked again"
    assert len(signing.waiting()) == 2
    assert list(signing.folder.iterdir()) == []
    assert [each.part for each in signing.sign().papers] == ["G15-2", "G15-1"]


def test_a_damaged_file_is_told_and_the_next_one_is_signed(signing):
    signing.filed("G15-1", "G15-2")
    first = signing.service.waiting(CLERK)[0]
    path = signing.place.store._path(first.stored_id)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    signed = signing.sign()
    assert [each.problem.code for each in signed.unsigned] == ["SEALED_FILE_DAMAGED"]
    assert signed.stopped is None
    assert [each.part for each in signed.papers] == ["G15-2"]


@pytest.mark.parametrize("code", ["TOKEN_PIN_WRONG", "TOKEN_PIN_LAST", "TOKEN_PIN_LOCKED", "TOKEN_NO_KEY", "TOKEN_MISSING"])
def test_a_token_that_does_not_open_signs_nothing(signing, code):
    signing.filed()
    signing.signer.refusal = failed(code)
    assert code_of(signing.sign) == code
    assert signing.signer.pins == [PIN], "a PIN is tried once"
    assert signing.waiting() == ["G15-1"]


def test_what_somebody_else_signed_meanwhile_is_not_signed_twice(signing):
    code = signing.filed()
    papers = signing.service.waiting(CLERK)
    signing.sign(papers)
    count = len(signing.events(code))
    signed = signing.sign(papers)
    assert [each.problem.code for each in signed.unsigned] == ["SIGN_NOT_WAITING"]
    assert (len(signing.events(code)), len(signing.signer.marks)) == (count, 1)


def test_what_is_signed_by_another_while_the_token_works_is_kept_as_that_one_left_it(signing):
    signing.filed()
    papers = signing.service.waiting(CLERK)
    plain, other = signing.signer.sign, []

    def overtaken(source, mark, out):
        if not other:
            other.append("once")
            signing.sign(papers)
        plain(source, mark, out)

    signing.signer.sign = overtaken
    assert [each.problem.code for each in signing.sign(papers).unsigned] == ["SIGN_NOT_WAITING"]
    assert len([each for each in signing.place.papers() if each.signed_by]) == 1


def test_killed_between_signing_and_record_the_paper_waits_and_is_signed_once(signing, monkeypatch):
    code = signing.filed()

    class Killed(BaseException):
        pass

    def die(*_):
        raise Killed

    monkeypatch.setattr("counter_app.services.scanning.signing.put_in_place", die)
    with pytest.raises(Killed):
        signing.sign()
    monkeypatch.undo()
    assert signing.waiting() == ["G15-1"]
    signing.service = signing.again()
    assert len(signing.sign().papers) == 1
    assert [each.signed_by for each in signing.place.dossier(code).files if not each.unlinked] == [CLERK.user_id]
    assert signing.waiting() == []


def test_what_a_killed_program_left_in_the_clear_is_gone_at_the_start(signing):
    left = signing.folder / "sign-left"
    left.mkdir(parents=True)
    (left / "paper.pdf").write_bytes(b"%PDF")
    signing.filed()
    signing.sign()
    assert left.exists(), "another program may just be signing"
    signing.again().tidy()
    assert list(signing.folder.iterdir()) == []


# --- before anything ------------------------------------------------------------------------------------------------------


def test_what_is_wrong_is_said_before_the_token_is_asked(signing):
    signing.filed()
    (good,), now = signing.signer.found, signing.desk.clock.now()
    assert code_of(lambda: signing.sign(())) == "SIGN_NOTHING"
    assert code_of(lambda: signing.sign(pin="")) == "PIN_EMPTY"
    late, early = replace(good, valid_to=now - timedelta(seconds=1)), replace(good, valid_from=now + timedelta(seconds=1))
    assert code_of(lambda: signing.sign(certificate=late)) == "CERTIFICATE_EXPIRED"
    assert code_of(lambda: signing.sign(certificate=early)) == "CERTIFICATE_TOO_EARLY"
    assert code_of(lambda: signing.sign(actor=INSPECTOR)) == "NOT_ALLOWED"
    assert code_of(lambda: signing.service.sign(SignPapers(("op-x",), good, PIN), CLERK, Watch())) == "FILE_UNKNOWN"
    assert signing.signer.pins == []


def test_the_library_is_chosen_by_who_runs_the_desk_for_this_counter(signing):
    assert signing.service.library() == LIBRARY
    entry = next(each for each in signing.desk.state.audit if each.action == "signing.library_chosen")
    held = {f"setting/{entry.subject}": digest(str(LIBRARY))}
    assert (entry.user_id, entry.details) == (ADMINISTRATOR.user_id, {"file": "token.so", "holds": held})
    assert code_of(lambda: signing.service.choose_library(Path("/x.so"), HEAD)) == "NOT_ALLOWED"
    other = SigningService(
        signing.desk.life.acting, signing.desk.database, signing.desk.clock, signing.desk.settings, store=signing.place.store,
        signer=signing.signer, folder=signing.folder, device="another")
    assert other.library() is None
    assert code_of(lambda: other.certificates(CLERK)) == "TOKEN_LIBRARY_NOT_CHOSEN"


def test_a_library_is_kept_without_a_token_and_not_where_it_is_none(signing):
    signing.signer.refusal = failed("TOKEN_MISSING")
    assert code_of(lambda: signing.service.choose_library(Path("/new.so"), ADMINISTRATOR)) == "TOKEN_MISSING"
    assert signing.service.library() == Path("/new.so")
    signing.signer.refusal = failed("TOKEN_LIBRARY_WRONG", path="/bad.so")
    assert code_of(lambda: signing.service.choose_library(Path("/bad.so"), ADMINISTRATOR)) == "TOKEN_LIBRARY_WRONG"
    assert signing.service.library() == Path("/new.so")


def test_the_pin_is_nowhere(signing, caplog):
    caplog.set_level(logging.DEBUG)
    signing.filed()
    signing.signer.faults[1] = failed("TOKEN_GONE")
    command_ = SignPapers(("op",), signing.signer.found[0], PIN)
    signing.sign()
    signing.sign()
    told = f"{command_!r} {caplog.text} {vars(signing.service)} {signing.desk.state!r}"
    assert PIN not in told
    for path in signing.folder.parent.rglob("*"):
        assert not path.is_file() or PIN.encode() not in path.read_bytes()
