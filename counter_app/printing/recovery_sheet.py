"""The recovery sheet on A4: what it is, which desk it opens, the secret in groups and as QR, how to use and keep it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from counter_app.domain.moments import day_of, read_local
from counter_app.printing.blocks import Area, Block, Gap, row_blocks
from counter_app.printing.canvas import Canvas
from counter_app.printing.codes import qr
from counter_app.printing.receipt import A4
from counter_app.printing.receipt_head import centred
from counter_app.printing.receipt_tail import signatures
from counter_app.printing.typefaces import Face
from counter_app.services.documents.forms import FormWords, form_in_force

FORM = "recovery"
_QR_SIDE, _GROUP_SIZE, _GROUP_LEAD, _GROUPS_IN_A_LINE = 42.0, 24.0, 13.0, 2


@dataclass(frozen=True, slots=True)
class _Secret:
    """The groups of the secret, large and numbered, with the QR code beside them."""

    area: Area
    secret: str

    @property
    def _groups(self) -> list[str]:
        return self.secret.split("-")

    @property
    def height(self) -> float:
        """The groups or the QR code, with the frame."""
        return max(_QR_SIDE, -(-len(self._groups) // _GROUPS_IN_A_LINE) * _GROUP_LEAD) + 12

    def draw(self, canvas: Canvas, y: float) -> None:
        """Draw the frame, the groups and the code."""
        area = self.area
        canvas.frame(area.left, y + 2, area.width, self.height - 4, 1.2)
        rows = -(-len(self._groups) // _GROUPS_IN_A_LINE)
        first = y + (self.height - rows * _GROUP_LEAD) / 2 + 9
        column = (area.width - _QR_SIDE - 18) / _GROUPS_IN_A_LINE
        for number, group in enumerate(self._groups):
            x = area.left + 6 + number % _GROUPS_IN_A_LINE * column
            baseline = first + number // _GROUPS_IN_A_LINE * _GROUP_LEAD
            canvas.text(x, baseline, f"{number + 1}.", Face.REGULAR, 11)
            canvas.text(x + 7, baseline, area.typefaces.printable(group), Face.BOLD, _GROUP_SIZE)
        canvas.fill(qr(self.secret, area.right - _QR_SIDE - 6, y + (self.height - _QR_SIDE) / 2, _QR_SIDE))


def recovery_page(canvas: Canvas, content: dict[str, Any]) -> Canvas:
    """Draw the sheet from ``{"unit_name", "commune", "province", "agency", "desk", "device", "made_at", "recovery"}``.

    ``recovery`` is the secret as ``XXXXX-XXXXX-…``, ``made_at`` a local time.
    """
    form = form_in_force(FORM, day_of(read_local(content["made_at"])))
    area = Area(canvas.typefaces, A4.left, A4.width - A4.left - A4.right, A4.scale)
    y = A4.top
    for block in _blocks(area, form, content):
        block.draw(canvas, y)
        y += block.height
    hint = form.say("signature_hint")
    signers = [{"role": form.say(role), "hint": hint, "name": ""} for role in ("signature_maker", "signature_keeper")]
    signed = signatures(area, {"signatures": signers})
    signed.draw(canvas, y + 4, signed.height)
    return canvas


def _blocks(area: Area, form: FormWords, content: dict[str, Any]) -> list[Block]:
    made_at = f"{read_local(content['made_at']):%H:%M %d/%m/%Y}"
    unit = ", ".join(word for word in (content["unit_name"], content["commune"], content["province"]) if word)
    facts = [("commune", unit), *((key, content[key]) for key in ("agency", "desk", "device")), ("made_at", made_at)]
    return [
        centred(area, form.say("title"), Face.BOLD, 16, 9), Gap(4),
        *_paragraphs(area, [form.say("purpose")]), Gap(3),
        *(block for key, value in facts for block in row_blocks(area, [_cell(form.say(key), value)])), Gap(4),
        *_heading(area, form.say("words")), _Secret(area, content["recovery"]),
        *_paragraphs(area, [form.say("words_hint")]), Gap(4),
        *_heading(area, form.say("how_title")), *_paragraphs(area, form.words["how"]), Gap(4),
        *_heading(area, form.say("keep_title")), *_paragraphs(area, form.words["keep"])]


def _heading(area: Area, text: str) -> list[Block]:
    return row_blocks(area, [_cell("", text, strong=True)])


def _paragraphs(area: Area, texts: Sequence[str]) -> list[Block]:
    return [block for text in texts for block in row_blocks(area, [_cell("", text)])]


def _cell(label: str, value: str, *, strong: bool = False) -> dict[str, Any]:
    return {"label": label, "value": value, "after": "", "strong": strong, "right": False}
