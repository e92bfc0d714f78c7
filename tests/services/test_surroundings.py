import errno
from pathlib import Path

import pytest

from counter_app.services.surroundings import disk_fault
from counter_app.support import messages


@pytest.mark.parametrize(("number", "code"), [
    (errno.ENOSPC, "DISK_FULL"), (errno.EACCES, "FOLDER_NOT_ALLOWED"), (errno.EROFS, "FOLDER_NOT_ALLOWED"), (errno.ENOENT, "FILE_NOT_FOUND"),
    (errno.EISDIR, "FILE_IS_FOLDER"), (errno.EIO, "FILE_FAILED"), (errno.ENOLCK, "DISK_WITHOUT_LOCKS"),
])
def test_each_fault_says_which_file_and_what_to_do(number, code):
    error = disk_fault(OSError(number, "x"), "/data/desk.db")
    assert error.code == code
    for lang in messages.LANGUAGES:
        assert "/data/desk.db" in messages.sentence(error.problems[0], lang)


def test_the_file_may_come_from_the_error_itself():
    with pytest.raises(OSError) as caught:
        Path("/no/such/file").read_bytes()
    assert disk_fault(caught.value).problems[0].params["path"] == "/no/such/file"
    assert disk_fault(OSError("odd")).code == "FILE_FAILED"
