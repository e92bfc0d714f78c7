"""What the desk tells the province of its files is what the contract takes: schema, fold and record agree after every act."""

import pytest

from counter_app.domain.digitised import FileTarget
from counter_app.domain.life import ReceiverKind, ResultPaper
from counter_app.services.acts.results import ResultReady
from counter_app.services.acts.returning import ReturnResults
from counter_app.services.scanning.library import ReusePaper, TakeOut
from counter_app.services.scanning.signing import SigningService, SignPapers
from tests.builders import CLERK, fake_desk
from tests.fakes_scanning import DEVICE, scans
from tests.fakes_signing import LIBRARY, PIN, FakeSigner, Watch
from tests.services.lives import disagreements, folded, schema_faults
from tests.services.scanning.test_library import filed, received
from tests.services.verbs import ADMINISTRATOR


@pytest.fixture
def place(tmp_path):
    return scans(fake_desk(), tmp_path)


def agrees(place):
    assert disagreements(place.desk) == []
    assert folded(place.desk)[1] == []
    ops = [event for event in place.desk.state.events if event.lane]
    assert [(event.type, faults) for event in ops if (faults := schema_faults(event))] == []
    return [event.type for event in ops]


def test_papers_results_reuse_and_taking_out(place):
    first, second = received(place), received(place)
    paper, bad = filed(place, first), filed(place, first, "TP02", "bad")
    place.library.take_out(TakeOut(first, bad.file_id, "Quét nhầm trang"), CLERK)
    filed(place, first, "TP02", "good")
    place.library.reuse(ReusePaper(second, "TP02", paper.op_id), CLERK)
    place.desk.life.perform(ResultReady(first, (ResultPaper("", "Giấy xác nhận", "KQ.G15.000023", number="12/XN"),)), CLERK)
    (result,) = place.dossier(first).results
    filed(place, first, result.result_id, "result", target=FileTarget.RESULT)
    place.library.reuse(ReusePaper(second, "G15-1", place.papers()[-1].op_id), CLERK)
    place.desk.life.perform(ReturnResults((first,), ReceiverKind.APPLICANT, unpaid_reason="Hộ nghèo"), CLERK)
    types = agrees(place)
    assert (types.count("attachment.linked"), types.count("attachment.unlinked")) == (6, 1)


def test_the_whole_stack_of_a_dossier_that_is_closed(place):
    code = received(place)
    place.desk.life.perform(ResultReady(code), CLERK)
    place.desk.life.perform(ReturnResults((code,), ReceiverKind.APPLICANT, unpaid_reason="Hộ nghèo"), CLERK)
    filed(place, code, "")
    assert agrees(place)[-1] == "attachment.linked"
    assert place.desk.state.events[-1].ho_so["HoSoCoThanhPhanSoHoa"] == "1"


def test_the_files_stay_in_the_record_of_every_later_act(place):
    code = received(place)
    filed(place, code)
    place.desk.life.perform(ResultReady(code), CLERK)
    agrees(place)
    assert len(place.desk.state.events[-1].ho_so["TaiLieuNop"]) == 1


def test_signed_papers_and_results(place, tmp_path):
    code = received(place)
    filed(place, code)
    place.desk.life.perform(ResultReady(code, (ResultPaper("", "Giấy xác nhận", number="12/XN"),)), CLERK)
    (result,) = place.dossier(code).results
    filed(place, code, result.result_id, "result", target=FileTarget.RESULT)
    signer = FakeSigner(place.desk.clock.now())
    service = SigningService(
        place.desk.life.acting, place.desk.database, place.desk.clock, place.desk.settings, store=place.store, signer=signer,
        folder=tmp_path / "signing", device=DEVICE)
    service.choose_library(LIBRARY, ADMINISTRATOR)
    waiting = tuple(paper.op_id for paper in service.waiting(CLERK))
    done = service.sign(SignPapers(waiting, signer.found[0], PIN), CLERK, Watch())
    assert [paper.target for paper in done.papers] == [FileTarget.COMPONENT, FileTarget.RESULT]
    types = agrees(place)
    assert (types.count("attachment.linked"), types.count("attachment.unlinked")) == (4, 1)
