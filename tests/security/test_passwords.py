import unicodedata

from counter_app.security.passwords import Argon2Passwords

CHEAP = Argon2Passwords(memory_kib=64, passes=1)


def test_the_right_password_fits_and_no_other():
    stored = CHEAP.hash("mật khẩu 1")
    assert CHEAP.verify(stored, "mật khẩu 1")
    assert not CHEAP.verify(stored, "mật khẩu 2")
    assert not CHEAP.verify(stored, "")


def test_the_same_password_is_stored_differently_each_time():
    assert CHEAP.hash("mật khẩu 1") != CHEAP.hash("mật khẩu 1")


def test_composed_and_decomposed_spelling_are_one_password():
    stored = CHEAP.hash(unicodedata.normalize("NFC", "mật khẩu"))
    assert CHEAP.verify(stored, unicodedata.normalize("NFD", "mật khẩu"))


def test_a_damaged_hash_fits_nothing():
    for stored in ("", "x", "$argon2id$v=19$m=64,t=1,p=2$broken"):
        assert not CHEAP.verify(stored, "mật khẩu")


def test_the_desks_cost_is_that_of_rfc_9106():
    stored = Argon2Passwords().hash("mật khẩu")
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,")
