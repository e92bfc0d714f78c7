"""The cards with the keys: their keys are those of the window, each role has one, each is one page."""

from dataclasses import replace

import pypdfium2
import pytest

from counter_app.domain.people import Role
from docs.make_keys import words
from installer.manual import cards
from installer.manual.card_words import CARDS, Block, Card
from ui.actions import ACTION_BY_ID, key_text

TITLES = words()
BLOCKS = [(card, block) for card in CARDS for block in card.blocks]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    path = tmp_path_factory.mktemp("cards") / "the-phim.pdf"
    cards.write(path)
    pdf = pypdfium2.PdfDocument(path)
    yield [pdf[at].get_textpage().get_text_bounded() for at in range(len(pdf))]
    pdf.close()


def test_there_is_one_for_each_role_and_one_for_the_scanner():
    assert len(CARDS) == len(Role) + 1
    assert len({card.title for card in CARDS}) == len(CARDS)


@pytest.mark.parametrize(("card", "block"), BLOCKS, ids=lambda part: part.title)
def test_every_action_has_a_key_and_a_title_and_belongs_to_one_page(card, block):
    assert all(key and title for key, title in cards.lines(block, TITLES))
    assert len({ACTION_BY_ID[each].page for each in block.actions if ACTION_BY_ID[each].page != "*"}) <= 2
    assert len(set(block.actions)) == len(block.actions)


def test_each_card_is_a_page_with_its_title_keys_and_sentences(pages):
    assert len(pages) == len(CARDS)
    for card, page in zip(CARDS, pages, strict=True):
        assert card.title in page
        for block in card.blocks:
            assert block.title in page
            for key, title in cards.lines(block, TITLES):
                assert key in page
                assert title.rstrip("…") in page


def test_another_key_changes_the_card(monkeypatch, tmp_path):
    cards.write(tmp_path / "before.pdf")
    monkeypatch.setitem(ACTION_BY_ID, "receive", replace(ACTION_BY_ID["receive"], keys=("Ctrl+Alt+F9",)))
    cards.write(tmp_path / "after.pdf")
    texts = []
    for name in ("before.pdf", "after.pdf"):
        pdf = pypdfium2.PdfDocument(tmp_path / name)
        texts.append(pdf[0].get_textpage().get_text_bounded())
        pdf.close()
    assert [text.count("Ctrl+Alt+F9") for text in texts] == [0, 2]


def test_the_same_table_gives_the_same_bytes(tmp_path):
    for name in ("a.pdf", "b.pdf"):
        cards.write(tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_sentence_names_keys_by_their_action():
    assert cards.sentence("Rời ghế: {lock}.") == f"Rời ghế: <b>{key_text(ACTION_BY_ID['lock'].keys[0])}</b>."
    with pytest.raises(KeyError):
        cards.sentence("{no_such_action}")


def test_an_action_without_a_key_has_no_place_on_a_card():
    with pytest.raises(IndexError):
        list(cards.lines(Block("x", ("numbers",)), TITLES))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.title)
def test_the_columns_keep_the_order_and_are_as_even_as_can_be(card):
    left, right = cards.columns(card)
    assert (*left, *right) == card.blocks
    assert left
    assert right


def test_a_card_that_holds_too_much_is_refused(monkeypatch, tmp_path):
    full = Card("x", "y", tuple(Block(f"b{at}", ("lock",) * 12) for at in range(8)), ("một câu",))
    monkeypatch.setattr(cards, "CARDS", (full,))
    with pytest.raises(ValueError, match="more than a page"):
        cards.write(tmp_path / "x.pdf")


def test_a_title_too_long_to_be_read_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(cards, "words", lambda: {**TITLES, "Lock the screen": "Khóa màn hình " * 6})
    with pytest.raises(ValueError, match="too long for a card"):
        cards.write(tmp_path / "x.pdf")
