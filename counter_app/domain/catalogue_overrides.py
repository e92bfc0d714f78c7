"""The commune's and the province's own decisions on top of the catalogue: another limit, or the amount of a fee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from counter_app.domain.catalogue import Procedure, ProcedureOverride
from counter_app.domain.catalogue_reading import LONGEST_LIMIT, MOST_VND
from counter_app.domain.catalogue_words import limit_words
from counter_app.domain.errors import Problem

LONGEST_DECISION = 100


def national_code(code: str) -> str:
    """Return the first two groups of a code: local systems add suffixes, ``1.012753.H19`` is 1.012753 (domain guide 2)."""
    return ".".join(code.split(".")[:2])


def with_overrides(procedure: Procedure, overrides: Sequence[ProcedureOverride], on: date) -> Procedure:
    """Return the procedure as the decisions in force on that day make it; the later decision wins, all of them are named."""
    for override in sorted(overrides, key=lambda decision: decision.effective_from):
        if override.procedure_code in (procedure.code, national_code(procedure.code)) and in_force(override, on):
            procedure = _applied(procedure, override)
    return procedure


def in_force(override: ProcedureOverride, on: date) -> bool:
    """Tell whether the decision holds for a dossier received on that day."""
    return override.effective_from <= on and (override.effective_to is None or on <= override.effective_to)


def override_problems(override: ProcedureOverride, procedure: Procedure) -> list[Problem]:
    """Return what is wrong with a decision about a procedure: DECISION_MISSING, DECISION_DATES, DECISION_EMPTY (neither limit nor fee, or
    both), LIMIT_IMPOSSIBLE, FEE_NAME_UNKNOWN, FEE_IMPOSSIBLE, each at its field.
    """
    problems: list[Problem] = []
    if not 0 < len(override.decision_number.strip()) <= LONGEST_DECISION:
        problems.append(Problem("DECISION_MISSING", "decision_number"))
    if override.effective_to and override.effective_to < override.effective_from:
        problems.append(Problem("DECISION_DATES", "effective_to"))
    if (override.limit is None) == (override.fee_name == ""):
        problems.append(Problem("DECISION_EMPTY", "limit"))
    if override.limit and not 1 <= override.limit.value <= LONGEST_LIMIT:
        problems.append(Problem("LIMIT_IMPOSSIBLE", "limit", {"most": LONGEST_LIMIT}))
    return problems + (_fee_problems(override, procedure) if override.fee_name else [])


def _fee_problems(override: ProcedureOverride, procedure: Procedure) -> list[Problem]:
    problems: list[Problem] = []
    names = [fee.name for fee in procedure.fees]
    if override.fee_name not in names:
        problems.append(Problem("FEE_NAME_UNKNOWN", "fee_name", {"names": "; ".join(names)}))
    if override.amount_vnd is None or not 0 <= override.amount_vnd <= MOST_VND:
        problems.append(Problem("FEE_IMPOSSIBLE", "amount_vnd"))
    return problems


def _applied(procedure: Procedure, override: ProcedureOverride) -> Procedure:
    named = (*procedure.overridden_by, override.decision_number)
    if override.limit is not None:
        text = f"{limit_words(override.limit)} ({override.decision_number})"
        return replace(procedure, time_limit=replace(procedure.time_limit, limit=override.limit, text=text), overridden_by=named)
    fees = tuple(
        replace(fee, amount_vnd=override.amount_vnd, text=override.decision_number) if fee.name == override.fee_name else fee
        for fee in procedure.fees
    )
    return replace(procedure, fees=fees, overridden_by=named)
