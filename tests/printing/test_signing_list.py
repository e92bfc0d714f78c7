"""The list that goes to the signer: every number once, signed once, at the end, below what it comes to."""

import pytest

from counter_app.services.acts.acting import Printing
from tests.builders import CLERK, fake_desk
from tests.printing.reading import Pdf, problems
from tests.printing.samples import PRINTER
from tests.services.certifying import copy, visit

EACH = 20


def listed(count):
    """Return the content of the list of so many numbers."""
    desk = fake_desk()
    for first in range(0, count, EACH):
        lines = [copy(f"Giấy tờ số {at:03d}x") for at in range(first, min(first + EACH, count))]
        desk.certification.certify(visit(*lines, signed=False), CLERK)
    print_id = desk.certified.print_signing_list(CLERK, Printing(paper="a4"))
    return next(form.content for form in desk.state.prints if form.print_id == print_id)


@pytest.mark.parametrize("count", [1, 8, 12, 20, 45, 70])
def test_it_is_signed_once_below_its_total(count):
    content = listed(count)
    roles = [signer["role"] for signer in content["body"][-1]["signatures"]]
    with Pdf(PRINTER.form(content, "a4")) as pdf:
        assert [problem for page in range(len(pdf)) for problem in problems(pdf, page)] == []
        pages = [" ".join(pdf.text(page).split()) for page in range(len(pdf) // len(content["copies"]))]
    assert len(roles) == 2
    for role in roles:
        assert [role in page for page in pages] == [False] * (len(pages) - 1) + [True]
    whole = " ".join(pages)
    assert all(whole.count(f"{at:03d}x") == 1 for at in range(count)), "no line is lost or told twice"
