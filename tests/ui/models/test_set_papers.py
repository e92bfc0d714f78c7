"""Which paper each page of a set is, while a person decides."""

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.digitised import WHOLE, FileTarget
from counter_app.domain.scan_batch import Batch, BatchPage, arrived
from counter_app.domain.scan_batch_acts import Assign, Several, act
from counter_app.services.scanning.habits import PartPages
from ui.models.set_papers import PaperOption, SetPage, acts_of, as_before, named_from, torn

ALL, FORM, EXTRACT = (
    PaperOption("Tất cả", FileTarget.COMPONENT, WHOLE), PaperOption("Tờ khai", FileTarget.COMPONENT, "TP01"),
    PaperOption("Trích lục", FileTarget.COMPONENT, "TP02"))
RESULT = PaperOption("Giấy xác nhận", FileTarget.RESULT, "TP02")
OPTIONS = (ALL, FORM, EXTRACT, RESULT)
HABIT = (PartPages("TP01", 1), PartPages("TP02", 2))


def pages(*papers):
    return tuple(SetPage(f"p{at}", at, paper) for at, paper in enumerate(papers, start=1))


def papers(made):
    return [page.paper for page in made]


def test_a_figure_names_the_page_and_those_behind_it_that_were_the_same():
    made = named_from(pages(ALL, ALL, ALL, ALL), 0, FORM)
    assert papers(made) == [FORM] * 4
    made = named_from(made, 1, EXTRACT)
    assert papers(made) == [FORM, EXTRACT, EXTRACT, EXTRACT]
    assert papers(named_from(made, 0, ALL)) == [ALL, EXTRACT, EXTRACT, EXTRACT], "what was named otherwise already stays"


def test_as_the_last_time():
    assert papers(as_before(pages(ALL, ALL, ALL), HABIT, OPTIONS)) == [FORM, EXTRACT, EXTRACT]
    assert papers(as_before(pages(ALL, ALL), HABIT, OPTIONS)) == [ALL, ALL], "another number of pages is not guessed at"
    assert papers(as_before(pages(ALL, ALL, ALL), HABIT, OPTIONS[:2])) == [ALL] * 3, "nor where a paper is gone"


def test_pages_of_a_paper_lie_together():
    assert torn(pages(FORM, EXTRACT, FORM)) == "Tờ khai"
    assert torn(pages(FORM, FORM, EXTRACT)) == torn(pages(EXTRACT, RESULT)) == ""


def batch_of(count):
    batch = Batch()
    for at in range(1, count + 1):
        batch = arrived(batch, BatchPage(f"p{at}", 200, "front", (1654, 2339)))
    return act(batch, Assign("p1", "H36.50.05-261120-0001"))


@given(st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=8))
def test_the_acts_make_a_set_of_each_paper_and_are_one_step_of_undo(chosen):
    made = pages(*chosen)
    before = batch_of(len(made))
    after = act(before, Several(acts_of(made, "H36.50.05-261120-0001")))
    told = [(PaperOption("", group.target, group.part), sheet.page_id) for group in after.layout for sheet in group.sheets]
    assert [(each.target, each.part) for each, _ in told] == [(page.paper.target, page.paper.part) for page in made]
    assert [page_id for _, page_id in told] == [page.page_id for page in made], "no page is lost or moved"
    assert len(after.past) - len(before.past) <= 1
    assert all(group.code == "H36.50.05-261120-0001" for group in after.layout)
