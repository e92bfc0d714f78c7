"""What a person reads off a paper, made tidy and looked at before it is kept."""

from __future__ import annotations

from counter_app.domain.digitised import PaperDetails
from counter_app.domain.result_codes import is_result_code
from counter_app.services.acts.texts import CODE, NAME, Texts


def checked_details(details: PaperDetails, texts: Texts) -> PaperDetails:
    """Return the tidy details of a paper; what is wrong is noted at the name of its member.

    Found: RESULT_CODE_UNKNOWN, no KQ code by its grammar; VALIDITY_ENDS_FIRST, it ends before it begins; as :meth:`.Texts.may`.
    """
    code = texts.may(details.result_code, "result_code", CODE).upper()
    if code and not is_result_code(code):
        texts.forbid("RESULT_CODE_UNKNOWN", "result_code", text=code)
    if details.valid_from and details.valid_to and details.valid_to < details.valid_from:
        texts.forbid("VALIDITY_ENDS_FIRST", "valid_to")
    return PaperDetails(
        result_code=code, number=texts.may(details.number, "number", CODE), issued_on=details.issued_on,
        issuer=texts.may(details.issuer, "issuer", NAME), signer=texts.may(details.signer, "signer", NAME),
        valid_from=details.valid_from, valid_to=details.valid_to, checked_by=texts.may(details.checked_by, "checked_by", NAME))


def require_details(details: PaperDetails) -> PaperDetails:
    """Return the tidy details of a paper.

    Raises:
        RuleBrokenError: everything that :func:`checked_details` finds.
    """
    texts = Texts()
    clean = checked_details(details, texts)
    texts.close()
    return clean
