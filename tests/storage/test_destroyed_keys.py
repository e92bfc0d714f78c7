"""What is destroyed is gone from the file of the database too: whoever has its key and looks at every byte finds nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from counter_app.domain.archive import OpenBatch, StoredFile
from counter_app.domain.moments import local
from tests.storage.samples import KEY, opened

NOW = local(2026, 11, 20, 9, 42)
PAGE, SALT, IV, MAC = 4096, 16, 16, 64
"""How SQLCipher lays its pages out: the first begins with the salt, each ends with its vector and its proof."""
MANY = 60
"""So many that some fill whole pages, which become free."""


def in_the_clear(url):
    """Return every byte of the pages of a closed database as they are encrypted."""
    data, out = Path(url.removeprefix("sqlite:///")).read_bytes(), []
    for at in range(0, len(data), PAGE):
        page = data[at:at + PAGE]
        vector = page[PAGE - IV - MAC:PAGE - MAC]
        decryptor = Cipher(algorithms.AES(KEY), modes.CBC(vector)).decryptor()
        out.append(decryptor.update(page[0 if at else SALT:PAGE - IV - MAC]))
    return b"".join(out)


def key_of(n):
    return f"{n:02x}" * 32


def stored(n):
    return StoredFile(f"s-{n:03}", f"{n:064x}", 54_000, key_of(n), NOW)


@pytest.fixture
def url(new_url):
    made = new_url("sqlite")
    database = opened(made)
    with database.write() as uow:
        for n in range(MANY):
            uow.files.add(stored(n))
            uow.batches.add(OpenBatch(f"b-{n:03}", key_of(n + 100), "one", NOW, "u-0001"))
            uow.page_words.add_page(f"s-{n:03}", 1, [f"quaivat{n:03}"] * 40)
        uow.commit()
    database.close()
    return made


def left(url, n):
    """Tell what of a file and a batch can be found."""
    data = in_the_clear(url)
    return [words.encode() in data for words in (key_of(n), key_of(n + 100), f"quaivat{n:03}")]


@pytest.mark.parametrize("gone", [range(7, 8), range(MANY - 1)], ids=["one", "nearly all"])
def test_a_destroyed_key_and_forgotten_words_are_nowhere_in_the_file(url, gone):
    assert left(url, 7) == left(url, MANY - 1) == [True, True, True]
    database = opened(url)
    with database.write() as uow:
        for n in gone:
            uow.files.update(replace(stored(n), key="", destroyed_at=NOW, destroyed_by="u-0002", destroyed_reason="hết hạn"))
            uow.batches.remove(f"b-{n:03}")
            uow.page_words.forget(f"s-{n:03}")
        uow.commit()
    database.close()
    assert left(url, 7) == [False, False, False]
    assert left(url, MANY - 1) == [True, True, True]
