"""Which description belongs to which action of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.context import DeskContext
from ui.dialogs.acts import asking, at_once, collecting, extending, settling, working
from ui.dialogs.acts.description import ActFacts, ActForm
from ui.dialogs.acts.dialog import ActDialog

FORMS: dict[str, Callable[[ActFacts], ActForm]] = {
    "accept_online": asking.accept_online, "print_requested": asking.print_requested, "request_supplement": asking.request_supplement,
    "receive_supplement": asking.receive_supplement, "refuse": asking.refuse,
    "halt": asking.halt, "withdraw": asking.withdraw, "hand_over": working.hand_over, "complete_step": working.complete_step,
    "result_ready": working.result_ready, "send_by_post": working.send_by_post, "delivered": working.delivered,
    "extend": extending.extend, "collect_fee": settling.collect_fee, "reverse_fee": settling.reverse_fee, "rate": settling.rate,
    "add_code": settling.add_code, "link": settling.link, "undo_act": settling.undo_act, "correct": settling.correct,
    "decide_at_once": at_once.decide_at_once,
}


def open_act(context: DeskContext, action_id: str, facts: ActFacts, parent: QWidget) -> ActDialog:
    """Open the dialog of an act over a page, without blocking it.

    Raises:
        KeyError: the act has no dialog.
    """
    form = FORMS[action_id](facts)
    if action_id == "extend":
        dialog: ActDialog = extending.ExtendDialog(context, form, facts.code, parent)
    elif action_id == "collect_fee":
        dialog = collecting.CollectDialog(context, form, facts.dossier, parent)
    else:
        dialog = ActDialog(context, form, parent)
    dialog.open()
    return dialog
