"""The verb verify: exit 0 and counts while all agrees, exit 5 and where it does not."""

from __future__ import annotations

import pytest

from counter_app.bootstrap import open_counter
from counter_app.cli.main import main
from counter_app.services.verifying.service import CHECKS
from tests.cli.test_dossier_verbs import call, taken

__all__ = ["call", "taken"]


def edit(desk_dir, statement):
    """Change the database as somebody with the key and a tool does."""
    counter = open_counter(desk_dir)
    with counter.database.write() as uow:
        for (name,) in uow._connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
            uow._connection.exec_driver_sql(f"DROP TRIGGER {name}")
        assert uow._connection.exec_driver_sql(statement).rowcount == 1
        uow.commit()
    counter.close()


def test_a_desk_that_agrees_is_verified(call, taken):
    assert taken["code"]
    code, value = call("verify")
    assert (code, value["verified"], value["differences"]) == (0, True, [])
    assert list(value["checked"]) == [*CHECKS, "files", "batches", "guard", "marks"]
    assert value["checked"]["dossiers"] == value["checked"]["numbers"] == 1
    assert value["checked"]["audit"] > 1


@pytest.mark.parametrize(("lang", "words"), [("vi", "Hãy so với giấy tờ"), ("en", "Compare it with the papers")])
def test_a_hand_in_the_database_is_exit_5_and_says_where(call, taken, desk_dir, lang, words):
    edit(desk_dir, "UPDATE dossier SET due_at = '2029-01-01T00:00:00'")
    code, value = call("verify", lang=lang)
    assert (code, value["verified"]) == (5, False)
    (told,) = value["differences"]
    assert set(told) == {"what", "where", "kind", "message"}
    assert (told["what"], told["where"], told["kind"]) == ("dossiers", taken["code"], "altered")
    assert "NgayHenTra" in told["message"]
    assert words in told["message"]


@pytest.mark.parametrize(("lang", "words"), [("vi", ("nhật ký ", "sổ phí và khoản thu 3", "mã hồ sơ 1")), ("en", ("audit trail: ", "used numbers: 1"))])
def test_people_hear_what_was_looked_at_in_their_language(taken, desk_dir, capsys, lang, words):
    assert main(["--data-dir", str(desk_dir), "--lang", lang, "verify"]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in words), said


def test_people_read_the_place_and_what_to_do(taken, desk_dir, capsys):
    edit(desk_dir, "UPDATE book_line SET ref = 'x' WHERE book = 'fees'")
    assert main(["--data-dir", str(desk_dir), "verify"]) == 5
    said = capsys.readouterr().out
    assert "[bị cắt mất] sổ phí và khoản thu · " in said
    assert "báo người phụ trách kỹ thuật" in said


def cut(desk_dir, entries):
    edit(desk_dir, "UPDATE setting SET value = value WHERE key LIKE 'desk/%'")  # takes away what forbids it
    counter = open_counter(desk_dir)
    with counter.database.write() as uow:
        uow._connection.exec_driver_sql(f"DELETE FROM audit WHERE seq > (SELECT max(seq) FROM audit) - {entries}")
        uow.commit()
    counter.database.close()


def test_looks_that_were_cut_off_the_trail_show_after_every_close(call, taken, desk_dir):
    """Each verb ends by marking how far the trail has come, beside the number guard."""
    assert call("show", taken["code"])[0] == 0
    assert call("verify")[1]["checked"]["marks"] > 0
    cut(desk_dir, 1)
    code, value = call("verify")
    assert (code, [(each["what"], each["kind"]) for each in value["differences"]]) == (5, [("marks", "truncated")])


def test_a_verb_that_changes_nothing_writes_no_mark(call, taken, home):
    (file,) = (home / "state").rglob("trail.marks")
    before = file.read_bytes()
    assert call("verify")[0] == 0
    assert call("verify")[0] == 0
    assert file.read_bytes() == before


def test_work_that_was_broken_off_is_told_and_is_no_disagreement(call, taken, desk_dir):
    left = desk_dir / "files" / "00" / ("0" * 32)
    left.parent.mkdir(parents=True)
    left.write_bytes(b"a file that was being filed when the power went")
    code, value = call("verify")
    assert (code, value["verified"]) == (0, True)
    assert [(each["what"], each["kind"]) for each in value["differences"]] == [("files", "unfinished")]


def test_a_printed_page_is_held_against_the_trail(call, taken, tmp_path):
    made = call("day-page", "--out", tmp_path / "day.pdf")[1]
    page = f"{made['day']}:{made['audit_count']}:{made['paper_code'].lower()}"
    code, value = call("verify", "--page", page)
    assert (code, value["checked"]["pages"]) == (0, 1)
    code, value = call("verify", "--page", page[:-8] + "AAAAAAAA", "--page", page)
    assert (code, [(each["what"], each["kind"]) for each in value["differences"]]) == (5, [("pages", "altered")])


@pytest.mark.parametrize("page", ["", "2026-11-20", "2026-11-20:x:AAAAAAAA", "20/11/2026:3:AAAAAAAA", "2026-11-20:3:A:B"])
def test_a_page_that_can_not_be_read_is_a_wrong_call(desk_dir, page, capsys):
    assert main(["--data-dir", str(desk_dir), "verify", "--page", page]) == 2
    assert "--page" in capsys.readouterr().err
