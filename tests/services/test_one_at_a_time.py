"""Work that is one's alone, whoever else wants to begin it: another program, another thread, or the same one again."""

import threading

import pytest

from counter_app.domain.errors import SurroundingsError
from counter_app.services.one_at_a_time import alone
from tests.support.other_program import holding


@pytest.fixture
def lock(tmp_path):
    return tmp_path / "state" / "work.lock"


def refusal(lock):
    with pytest.raises(SurroundingsError) as refused, alone(lock, "BACKUP_ELSEWHERE"):
        pass
    return refused.value.code


def test_another_program_is_in_the_way_until_it_dies(lock):
    with holding(lock):
        assert refusal(lock) == "BACKUP_ELSEWHERE"
    with alone(lock, "BACKUP_ELSEWHERE"):
        pass


def test_another_thread_of_the_same_program_is_in_the_way_too(lock):
    told = []
    with alone(lock, "BACKUP_ELSEWHERE"):
        other = threading.Thread(target=lambda: told.append(refusal(lock)))
        other.start()
        other.join()
        assert refusal(lock) == "BACKUP_ELSEWHERE", "and so is whoever holds it already"
    assert told == ["BACKUP_ELSEWHERE"]


def test_somebody_who_was_refused_takes_nothing_from_who_works(lock):
    """A lock by process goes with the first of its handles that is closed: a third would come in beside the first."""
    with alone(lock, "BACKUP_ELSEWHERE"):
        refusal(lock)
        with pytest.raises(AssertionError), holding(lock):
            pass


def test_work_that_fails_lets_go(lock):
    with pytest.raises(ZeroDivisionError), alone(lock, "BACKUP_ELSEWHERE"):
        raise ZeroDivisionError
    with alone(lock, "BACKUP_ELSEWHERE"):
        pass


def test_a_folder_that_can_not_be_made_is_told_of(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert refusal(tmp_path / "file" / "lock") in {"FOLDER_IS_FILE", "FILE_NOT_FOUND"}
