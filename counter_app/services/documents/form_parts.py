"""Parts that the contents of all forms are made of: head, codes, cells, times and sums as they are written on paper.

A cell is ``{"label", "value", "after", "strong", "right"}``: an empty value prints as a dotted line; ``right`` sets it at the right
edge. A column of a table is ``{"title", "group", "width"}``, its width in mm on A5, 0 for the one that takes the rest;
``left`` sets its texts at the left, as those of the widest column are.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from counter_app.domain.codes import slip_qr
from counter_app.domain.dossier import Dossier
from counter_app.domain.moments import VIETNAM
from counter_app.domain.text import tidy
from counter_app.services.desk.settings import DeskProfile
from counter_app.services.documents.forms import FormWords

Cell = dict[str, Any]
_KINDS_OF_COMMUNE = ("Xã ", "Phường ", "Đặc khu ", "Thị trấn ")
_PROVISIONAL_START = "TAM-"


def place_name(commune: str) -> str:
    """Return the place that papers are dated at: the commune's name without its kind."""
    return next((commune[len(kind):] for kind in _KINDS_OF_COMMUNE if commune.startswith(kind)), commune)


def head(desk: DeskProfile, form: FormWords, number: dict[str, str], on: datetime) -> dict[str, Any]:
    """Return agency, nation, motto, number and place with date; ``number`` is ``{"label", "value", "after"}``."""
    commune = tidy(desk.commune)
    return {
        "nation": form.say("nation"), "motto": form.say("motto"),
        "superior": superior_of(desk, form).upper(),
        "unit": _keep_together(unit_of(desk, form).upper(), commune.upper()),
        "number": number,
        "place_and_date": form.say("place_and_date", place=place_name(commune), **parts(on)),
    }


def codes(code: str, form: FormWords) -> dict[str, str]:
    """Return the code, what its QR code holds and what marks it; an empty code prints no codes."""
    return {
        "text": code, "qr": slip_qr(code) if code else "",
        "mark": form.say("provisional") if code.startswith(_PROVISIONAL_START) else "", "look_up": form.say("look_up")}


def superior_of(desk: DeskProfile, form: FormWords) -> str:
    """Return the name of the agency that the centre belongs to."""
    return tidy(desk.superior) or form.say("superior", commune=tidy(desk.commune))


def unit_of(desk: DeskProfile, form: FormWords) -> str:
    """Return the name of the centre, the commune's kind in small letters where the name is made of it."""
    commune = tidy(desk.commune)
    if commune.startswith(_KINDS_OF_COMMUNE):
        commune = commune[0].lower() + commune[1:]
    return tidy(desk.unit_name) or form.say("unit", commune=commune)


def cell(label: str, value: str, *, after: str = "", strong: bool = False, right: bool = False) -> Cell:
    """Return a cell with its value tidy."""
    return {"label": label, "value": tidy(value), "after": after, "strong": strong, "right": right}


def column(title: str, width: float = 0, *, left: bool = False) -> dict[str, Any]:
    """Return a column of a table; ``left``: texts of several words, not set in the middle."""
    return {"title": title, "group": "", "width": width, "left": left}


def frame(desk: DeskProfile, form: FormWords, on: datetime, *, code: str = "", number: str = "") -> dict[str, Any]:
    """Return what every form has around its body. ``number`` is a form's number as printed, ``07/TTPVHCC``; lists have none."""
    ordinal, slash, suffix = number.partition("/")
    after = f"/{suffix}" if slash else f"/{tidy(desk.number_suffix) or form.number_suffix}" if form.number_suffix else ""
    label = form.say("number") if after else ""
    return {
        "form": form.form, "version": form.version, "title": form.say("title"), "legal_reference": form.legal_reference,
        "copies": list(form.words["copies"]), "papers": list(form.words["papers"]), "landscape": bool(form.words.get("landscape")),
        "marks": [form.say("practice")] if desk.practice else [],
        "head": head(desk, form, {"label": label, "value": ordinal, "after": after}, on), "code": codes(code, form),
        "foot": [], "page": str(form.words["page"])}


def applicant_rows(dossier: Dossier, form: FormWords, label: str, unit: str = "") -> list[list[Cell]]:
    """Return whose dossier it is: the unit where the form names it, the name, address, telephone and e-mail."""
    say, applicant = form.say, dossier.applicant
    after = f"({say('submitter', name=tidy(dossier.submitter.full_name))})" if dossier.submitter else ""
    return [
        *([[cell("", unit)]] if unit else []), [cell(label, applicant.full_name.upper(), after=after, strong=True)],
        [cell(say("address"), applicant.address)], [cell(say("phone"), applicant.phone), cell(say("email"), applicant.email)]]


def request_row(dossier: Dossier, form: FormWords) -> list[Cell]:
    """Return the procedure with its code."""
    after = f"({dossier.procedure_code})" if dossier.procedure_code else ""
    return [cell(form.say("request"), dossier.procedure_name, after=after, strong=True)]


def signer(form: FormWords, role: str, name: str) -> dict[str, str]:
    """Return one who signs; ``role`` is the key of the word above the signature."""
    return {"role": form.say(role), "title": "", "hint": form.say("signature_hint"), "name": tidy(name)}


def head_signer(form: FormWords, name: str, title: str) -> dict[str, str]:
    """Return the head of the agency with the title he signs under, who also puts the seal."""
    role = form.say("signature_head")
    return {"role": role, "title": tidy(title).upper(), "hint": form.say("signature_head_hint"), "name": tidy(name)}


def parts(moment: datetime) -> dict[str, str]:
    """Return day, month, year, hour and minute of a moment in Vietnam, for the words of a form."""
    local = moment.astimezone(VIETNAM)
    return {"day": f"{local:%d}", "month": f"{local:%m}", "year": f"{local:%Y}", "hour": f"{local:%H}", "minute": f"{local:%M}"}


def due_words(moment: datetime, form: FormWords) -> str:
    """Return an appointment with its weekday: ``09 giờ 42 phút, thứ Năm, 26/11/2026``."""
    return form.say("due_moment", weekday=form.words["weekdays"][moment.astimezone(VIETNAM).weekday()], **parts(moment))


def figures(amount: int) -> str:
    """Return an amount as written in Vietnam: ``15.000``."""
    return f"{amount:,}".replace(",", ".")


def _keep_together(text: str, part: str) -> str:
    """Put no-break spaces into a part of a text, so that a name stays on its line."""
    return text.replace(part, part.replace(" ", "\u00a0")) if part else text
