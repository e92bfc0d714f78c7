"""A release as data: what is written is read again, and nothing that is off is taken for one."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.services.updating.release import (
    ReleaseFile,
    ReleaseKind,
    all_files,
    read_files,
    read_head,
    read_release,
    write_files,
    write_release,
)
from tests.updating.releases import a_release

SHA = "0123456789abcdef" * 4
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["format", "product", "kind", "files", "path", "size", "sha256", "version"]), inner, max_size=4), max_leaves=12)


@given(st.sampled_from(ReleaseKind), st.integers(0, 2**52), st.from_regex(r"[0-9]{1,3}\.[0-9]{1,3}(\.[0-9]{1,3})?", fullmatch=True))
def test_a_head_is_read_as_it_was_written(kind, sequence, version):
    release = a_release(kind=kind, sequence=sequence, version=version)
    assert read_release(json.loads(json.dumps(write_release(release)))) == release


@given(st.lists(st.builds(ReleaseFile, st.from_regex(r"[a-z]{1,8}(/[a-z.]{1,8}[a-z]){0,3}", fullmatch=True), st.integers(0, 2**31), st.just(SHA), st.booleans()),
                min_size=1, max_size=8, unique_by=lambda file: file.path))
def test_a_list_is_read_as_it_was_written(files):
    assert read_files(write_files(files)) == tuple(sorted(files, key=lambda file: file.path))


@pytest.mark.parametrize("path", [
    "../evil.py", "app/../../evil", "/etc/passwd", "C:/windows/x", "app\\x.py", "app//x.py", "./app/x.py", "app/", "", ".", "..", "app/x\0.py",
    "app/nul:", "app/a?.py", "app/trailing.", "app/trailing ", "a" * 401, "app/" + "b" * 201, "app/x|y",
])
def test_no_path_leads_out_of_the_version(path):
    with pytest.raises(ValueError):
        read_files({"files": [{"path": path, "size": 1, "sha256": SHA}]})


@pytest.mark.parametrize("files", [
    [], [{"path": "a", "size": 1, "sha256": SHA}, {"path": "A", "size": 1, "sha256": SHA}], [{"path": "a", "size": -1, "sha256": SHA}],
    [{"path": "a", "size": 1, "sha256": SHA.upper()}], [{"path": "a", "size": 1, "sha256": SHA[1:]}], [{"path": "a", "size": True, "sha256": SHA}],
    [{"path": 3, "size": 1, "sha256": SHA}], [{"path": "a", "size": 1, "sha256": SHA, "run": "yes"}], [{"path": "a", "size": 2**40, "sha256": SHA}], "a",
])
def test_a_list_that_is_off_is_refused(files):
    with pytest.raises(ValueError):
        read_files({"files": files})


@pytest.mark.parametrize(("member", "value"), [
    ("format", 2), ("product", "another"), ("kind", "virus"), ("version", "../0.2.0"), ("version", ".hidden"), ("version", "0.2.0/x"), ("version", ""),
    ("sequence", -1), ("sequence", "200"), ("sequence", 2**60), ("schema", "12"), ("schema", None), ("oldest_schema", "000x"), ("files", None),
    ("files", {"path": "files.json", "size": 2**30, "sha256": SHA}), ("system", ""), ("brings_vi", 5),
])
def test_a_head_that_is_off_is_refused(member, value):
    with pytest.raises(ValueError):
        read_release({**write_release(a_release()), member: value})


@given(st.sampled_from(sorted(write_release(a_release()))))
def test_no_member_that_counts_may_be_missing(member):
    document = {name: value for name, value in write_release(a_release()).items() if name != member}
    if member in ("released", "brings_vi", "brings_en"):
        assert read_release(document) == replace(a_release(), **{member: ""})
    else:
        with pytest.raises(ValueError):
            read_release(document)


@given(json_values)
def test_any_other_document_is_refused_and_breaks_nothing(value):
    for read in (read_release, read_files):
        with pytest.raises(ValueError):
            read(value)


@pytest.mark.parametrize("data", [b"", b"[]", b"3", b"null", b"<html>login</html>", b"\xff\xfe", b"[" * 200_000, b'{"a": '])
def test_what_is_no_object_is_no_head(data):
    with pytest.raises(ValueError):
        read_head(data)


def listed(*paths):
    return json.dumps(write_files([ReleaseFile(path, 1, SHA) for path in paths])).encode()


def test_lists_of_folders_stand_in_the_list():
    inner = {"lists/site+one.json": listed("site/one/a.py"), "lists/site+two.json": listed("site/two/a.py", "site/two/b.py")}
    found = all_files(listed("run.exe", *inner), lambda file: inner[file.path])
    assert {each.path for each in found} == {"run.exe", *inner, "site/one/a.py", "site/two/a.py", "site/two/b.py"}


@pytest.mark.parametrize("inner", [
    b"", b"{}", b"<html>", b"[" * 200_000, listed("run.exe"), listed("RUN.EXE"), listed("lists/deeper.json"), listed("../evil"), listed("lists/x.json")])
def test_a_list_of_a_folder_that_is_off_is_refused(inner):
    with pytest.raises(ValueError):
        all_files(listed("run.exe", "lists/x.json"), lambda file: inner)


def test_what_it_brings_is_told_in_the_language_asked_for():
    assert (a_release().brings("vi"), a_release().brings("en"), a_release(brings_en="").brings("en")) == ("Mới", "New", "Mới")
