"""Looking at signatures: of files and papers, audited where a citizen's paper is touched; the issuers that the commune trusts."""

import pytest

from counter_app.domain.errors import DeskError
from counter_app.services.scanning.signatures import SignatureService
from counter_app.services.scanning.signing_ports import Trust
from tests.builders import CLERK, HEAD, INSPECTOR
from tests.fakes_signing import FakeSignatures
from tests.services.scanning.test_signing import Signing
from tests.services.verbs import ADMINISTRATOR


@pytest.fixture
def signing(tmp_path):
    return Signing(tmp_path)


@pytest.fixture
def looking(signing):
    return SignatureService(
        signing.desk.database, signing.desk.clock, store=signing.place.store, reader=FakeSignatures(), folder=signing.folder)


def root_file(tmp_path, content=FakeSignatures.ROOT):
    path = tmp_path / "root.cer"
    path.write_bytes(content)
    return path


def code_of(act):
    with pytest.raises(DeskError) as error:
        act()
    return error.value.code


def test_the_signatures_of_a_paper_are_a_look(signing, looking):
    signing.filed()
    (before,) = signing.service.waiting(CLERK)
    assert looking.of_paper(before.op_id, CLERK) == ()
    (after,) = signing.sign().papers
    (found,) = looking.of_paper(after.op_id, INSPECTOR)
    assert (found.owner, found.trust) == (signing.signer.marks[0].agency, Trust.UNKNOWN)
    entry = signing.desk.state.audit[-1]
    assert (entry.action, entry.user_id, entry.subject, entry.details) == (
        "signatures.read", INSPECTOR.user_id, after.dossier_id, {"file": after.file_id})
    assert list(signing.folder.iterdir()) == [], "nothing lies in the clear"


def test_a_paper_that_is_not_there_or_destroyed(signing, looking):
    signing.filed()
    (paper,) = signing.service.waiting(CLERK)
    assert code_of(lambda: looking.of_paper("op-x", CLERK)) == "FILE_UNKNOWN"
    signing.place.library.keep([paper.op_id], signing.desk.clock.now().date().replace(year=2020), HEAD)
    signing.place.library.destroy(paper.stored_id, "hết hạn", HEAD)
    assert code_of(lambda: looking.of_paper(paper.op_id, CLERK)) == "FILE_DESTROYED"


def test_any_file_can_be_looked_at_and_leaves_no_entry(signing, looking, tmp_path):
    path, count = tmp_path / "any.pdf", len(signing.desk.state.audit)
    path.write_bytes(b"paper\nsigned UBND|now\nsigned CA|then")
    assert [each.owner for each in looking.of_file(path, CLERK)] == ["UBND", "CA"]
    assert len(signing.desk.state.audit) == count


def test_a_trusted_issuer_holds_for_all_counters_until_it_is_dropped(signing, looking, tmp_path):
    path = tmp_path / "any.pdf"
    path.write_bytes(b"paper\nsigned UBND|now")
    root = looking.trust(root_file(tmp_path), ADMINISTRATOR)
    assert looking.trust(root_file(tmp_path), ADMINISTRATOR) == root, "twice is once"
    assert looking.roots() == (root,)
    assert looking.of_file(path, CLERK)[0].trust is Trust.TRUSTED
    looking.distrust(root.fingerprint, ADMINISTRATOR)
    assert looking.roots() == ()
    assert looking.of_file(path, CLERK)[0].trust is Trust.UNKNOWN
    acts = [(each.action, each.details["fingerprint"]) for each in signing.desk.state.audit if each.action.startswith("signing.root")]
    assert acts[-1] == ("signing.root_dropped", root.fingerprint)
    assert acts[0] == ("signing.root_trusted", root.fingerprint)


def test_only_who_runs_the_desk_says_whom_to_trust(looking, tmp_path):
    assert code_of(lambda: looking.trust(root_file(tmp_path), HEAD)) == "NOT_ALLOWED"
    assert code_of(lambda: looking.distrust("any", HEAD)) == "NOT_ALLOWED"
    assert code_of(lambda: looking.distrust("any", ADMINISTRATOR)) == "ROOT_UNKNOWN"
    assert code_of(lambda: looking.trust(root_file(tmp_path, b"none"), ADMINISTRATOR)) == "ROOT_UNREADABLE"
    assert looking.roots() == ()
