"""Scans on their way: verified with their own bytes, cut anywhere, behind the small facts, nothing in the clear left behind."""

from __future__ import annotations

import secrets
import time
from dataclasses import replace

import pytest

from counter_app.services.line.province import Terms
from counter_app.support.messages import LANGUAGES, sentence
from tests.province.conformance.desk import Desk as Asker
from tests.sync.lines import AGENCY, nothing_is_pretended
from tests.sync.proxy import Fault
from tests.sync.test_bad_line import over
from tests.sync.thin_line import Nature, ThinLine

SIZE = 300_000


@pytest.fixture
def ready(enrolled):
    """A desk whose facts are all delivered, with one scan that waits."""
    enrolled.run()
    enrolled.content = secrets.token_bytes(SIZE)
    enrolled.sha256 = enrolled.file(enrolled.first, enrolled.content)
    return enrolled


def held(province, sha256):
    """Return the bytes of a file as the province gives them back."""
    asker = Asker(province.ticket(AGENCY))
    asker.enrol()
    reply = asker.call("GET", f"/blobs/{sha256}")
    return reply.content if reply.status_code == 200 else None


def upload(line, sha256):
    with line.database.read() as uow:
        return uow.uploads.get(sha256)


def nothing_in_the_clear(line):
    return not [each for each in (line.folder / "state").rglob("*") if each.is_file() and each.stat().st_size > 1000]


def test_a_scan_arrives_with_its_own_bytes_and_is_sent_once(ready, province, bad_line):
    over(ready, bad_line.url)
    assert (ready.client.standing().files, ready.client.standing().file_bytes) == (1, SIZE)
    told = ready.run()
    assert (told.uploaded, told.files, told.file_bytes, told.troubles) == (1, 0, 0, ())
    assert held(province, ready.sha256) == ready.content
    assert upload(ready, ready.sha256).state == "verified"
    assert nothing_in_the_clear(ready)
    bad_line.seen.clear()
    assert ready.run().uploaded == 0
    assert not [path for path in bad_line.paths() if path.startswith(("/uploads", "/blobs"))]


def test_facts_go_before_files_and_a_new_one_goes_between_two_chunks(ready, province, bad_line):
    over(ready, bad_line.url)
    ready.note(ready.first.code)
    due = ready.client._files[0]

    class Writing:
        """The clerk writes a note while the file is on its way."""

        def unseal(self, *given):
            due.unseal(*given)
            ready.note(ready.first.code)

    ready.client._files = (Writing(), ready.client._files[1])
    ready.run()
    kinds = [(method, path.partition("/")[2].partition("/")[0]) for (method, *_), path in zip(bad_line.seen, bad_line.paths(), strict=True)]
    first_patch, pushes = kinds.index(("PATCH", "uploads")), [place for place, kind in enumerate(kinds) if kind == ("POST", "push")]
    last_patch = len(kinds) - 1 - kinds[::-1].index(("PATCH", "uploads"))
    assert pushes[0] < first_patch < pushes[1] < last_patch
    assert nothing_is_pretended(ready, province).keys() == {op["op_id"] for op, _ in ready.ops()}


@pytest.mark.parametrize("kind", ["cut_request", "cut_reply", "lost_reply", "twice", "portal"])
@pytest.mark.parametrize("at", [2, 5])
def test_i19_any_fault_during_an_upload_ends_with_the_right_bytes(ready, province, bad_line, kind, at):
    over(ready, bad_line.url)
    bad_line.plan = [*[None] * at, Fault(kind)]
    assert ready.run().files == 0
    assert held(province, ready.sha256) == ready.content
    assert nothing_in_the_clear(ready)


def test_after_a_cut_at_most_one_chunk_is_sent_again(ready, province, bad_line):
    over(ready, bad_line.url)
    bad_line.plan = [*[None] * 6, Fault("cut_request", 600)]
    ready.run()
    bodies = sum(len(body) for method, _, _, body in bad_line.seen if method == "PATCH")
    assert bodies <= SIZE + max(len(body) for method, _, _, body in bad_line.seen if method == "PATCH")
    assert held(province, ready.sha256) == ready.content


def test_a_flipped_bit_on_the_way_is_sent_again(ready, province, bad_line):
    over(ready, bad_line.url)
    bad_line.plan = [*[None] * 6, Fault("flip_request")]
    assert ready.run().troubles == ()
    assert held(province, ready.sha256) == ready.content
    assert upload(ready, ready.sha256).tries == 1


def test_a_file_that_arrives_damaged_three_times_is_a_person_s_and_the_next_one_goes_on(ready, province, bad_line):
    over(ready, bad_line.url)
    other = ready.file(ready.first, secrets.token_bytes(SIZE * 2))
    province.do("fault", path="/uploads", method="PATCH", code="checksum_mismatch", times=3)
    told = ready.run()
    assert [(each.kind, each.problem.code) for each in told.troubles] == [("file", "FILE_NOT_TAKEN")]
    assert (upload(ready, ready.sha256).state, upload(ready, other).state) == ("attention", "verified")


def test_a_file_that_is_damaged_here_is_not_sent_and_the_next_one_goes_on(ready, province):
    other = ready.file(ready.first, secrets.token_bytes(SIZE * 2))
    (damaged,) = [each for each in (ready.folder / "files").rglob("*") if each.is_file() and each.stat().st_size < SIZE * 1.5]
    damaged.write_bytes(damaged.read_bytes()[:-1])
    told = ready.run()
    assert [each.kind for each in told.troubles] == ["file"]
    assert held(province, ready.sha256) is None
    assert upload(ready, other).state == "verified"


def test_an_upload_that_is_gone_begins_again(ready, province):
    province.do("fault", path="/uploads", method="PATCH", code="upload_gone", times=1)
    assert ready.run().files == 0
    assert held(province, ready.sha256) == ready.content


@pytest.mark.parametrize("method", ["HEAD", "PATCH"])
def test_an_upload_that_another_request_still_holds_is_waited_for_and_nobody_is_told_of_a_login_page(ready, province, bad_line, method):
    """After a cut the province may take the request that was cut for a living one, for as long as a stall is."""
    over(ready, bad_line.url)
    province.do("fault", path="/uploads", method=method, code="upload_locked", times=30)
    end = ready.client.once(Terms())
    assert (end.trouble.code, end.lasting, end.uploaded) == ("PROVINCE_BUSY", False, 0)
    assert len([path for verb, path, _, _ in bad_line.seen if verb == method and "/uploads/" in path]) == 1, "asked again after a wait, not at once"
    province.do("calm")
    assert ready.run().files == 0
    assert held(province, ready.sha256) == ready.content


def test_a_file_the_province_has_already_is_not_sent(ready, province, bad_line):
    ready.run()
    with ready.database.write() as uow:
        uow._connection.exec_driver_sql("DELETE FROM upload")
        uow.commit()
    over(ready, bad_line.url)
    assert ready.run().uploaded == 1
    assert not [method for method, *_ in bad_line.seen if method == "PATCH"]


def test_a_line_that_breaks_in_every_chunk_carries_a_scan_without_a_wait(ready, province):
    """What arrived of a chunk is kept there, and the rest follows at once."""
    def waited(seconds):  # for a moment at least: the province may still be at what a cut left of the chunk before
        ready.waits.append(seconds)
        time.sleep(0.05)

    ready.client._sleep = waited
    with ThinLine(province.url, Nature(bytes_per_s=400_000, cut_every=40_000)) as thin:
        over(ready, thin.url)
        assert ready.run().files == 0
        assert thin.cuts >= 7
        assert thin.up < 5 * SIZE  # what was under way at a cut is lost; how much, the bench tells on a quiet machine
    assert held(province, ready.sha256) == ready.content
    assert max(ready.waits, default=0) <= 8, "each piece is a step forward"


@pytest.mark.parametrize("lost", range(3, 9))
def test_i19_a_file_that_is_still_being_checked_is_not_verified_by_a_lost_reply(ready, province, bad_line, lost):
    """Whichever reply is lost: the next question may be answered with 200, and yet the file waits for its check."""
    province.do("switch", slow_check=True)
    over(ready, bad_line.url)
    bad_line.plan = [*[None] * lost, Fault("lost_reply")]
    ready.run()
    assert upload(ready, ready.sha256).state == "announced"
    province.do("end_check", agency=AGENCY, sha256=ready.sha256)
    ready.run()
    assert upload(ready, ready.sha256).state == "verified"


@pytest.mark.parametrize(("reason", "code"), [
    ("checksum_mismatch", "FILE_NOT_TAKEN"), ("unreadable", "FILE_UNREADABLE_THERE"), ("malware", "FILE_MALWARE"),
    ("type_not_allowed", "FILE_TYPE_REFUSED"),
])
def test_a_file_that_the_province_can_not_use_is_told_with_its_dossier_and_why(ready, province, reason, code):
    province.do("switch", slow_check=True)
    ready.run()
    province.do("end_check", agency=AGENCY, sha256=ready.sha256, reason=reason)
    (trouble,) = ready.run().troubles
    assert (trouble.kind, trouble.problem.code, trouble.dossier_code, trouble.sha256) == ("file", code, ready.first.code, ready.sha256)
    for lang in LANGUAGES:
        told = sentence(trouble.problem, lang)
        assert ready.first.code in told
        assert "Tờ khai" in told
        assert "{" not in told


def test_a_file_that_was_taken_off_its_dossier_needs_nobody_any_more(ready, province):
    province.do("switch", slow_check=True)
    ready.run()
    province.do("end_check", agency=AGENCY, sha256=ready.sha256, reason="malware")
    assert len(ready.run().troubles) == 1
    with ready.database.write() as uow:
        (paper,) = uow.papers.of_dossier(ready.first.dossier_id)
        uow.papers.update(replace(paper, unlinked_at=ready.clock.now()))
        uow.commit()
    assert ready.client.standing().troubles == ()
