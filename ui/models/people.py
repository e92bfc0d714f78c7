"""Roles in words, as the login, the list of people and its forms say them."""

from __future__ import annotations

from counter_app.domain.people import Role
from counter_app.support import messages
from ui.notices import language


def role_word(role: Role) -> str:
    """Return the word of a role in the language of the window."""
    return messages.text(f"ROLE_{role.name}", language())
