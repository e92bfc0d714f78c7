"""Records of what a write touched."""

import pytest

from counter_app.services.changes import KINDS, Changes


def test_records_add_up():
    both = Changes.of("dossiers") | Changes.of("books", "dossiers")
    assert both == Changes(frozenset({"dossiers", "books"}))
    assert both.touch("books", "users")
    assert not both.touch("users")
    assert not Changes().touch(*KINDS)


def test_a_misspelt_kind_is_a_bug():
    with pytest.raises(ValueError, match="dossier"):
        Changes.of("dossier")
