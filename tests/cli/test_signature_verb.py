"""The verb signatures: exit 0 where everything holds and is trusted, 5 where a person must look; at a desk and without one."""

from __future__ import annotations

import json

import pytest

from counter_app.bootstrap import open_counter
from counter_app.cli.main import main
from counter_app.domain.moments import read_local
from counter_app.scanning.signing.pdf import sign_pdf
from tests.cli.test_dossier_verbs import call
from tests.scanning.signing import samples

__all__ = ["call"]
MEMBERS = {"owner", "issuer", "serial", "signed_at", "intact", "whole", "altered", "trust", "holds", "message"}


@pytest.fixture
def signed(tmp_path):
    out = tmp_path / "signed.pdf"
    sign_pdf(samples.paper(tmp_path), samples.MARK, out, samples.signer())
    return out


@pytest.fixture
def alone(tmp_path, capsys):
    """Calls the verb where no desk is."""

    def run(path, *words):
        code = main(["--data-dir", str(tmp_path / "no-desk"), *words, "--json", "signatures", str(path)])
        return code, json.loads(capsys.readouterr().out)

    return run


def test_without_a_desk_the_content_is_checked_and_nobody_is_trusted(alone, signed):
    code, value = alone(signed)
    (found,) = value["signatures"]
    assert (code, value["file"], set(found)) == (5, str(signed), MEMBERS)
    assert (found["owner"], found["serial"], found["holds"], found["whole"], found["trust"]) == (
        samples.AGENCY, "1234AB", True, True, "unknown")
    assert read_local(found["signed_at"]).year >= 2026
    assert "còn nguyên" in found["message"]
    assert "chưa kiểm được nơi cấp" in found["message"]


def test_at_a_desk_that_trusts_the_issuer_all_is_well(call, desk_dir, signed, tmp_path):
    root = tmp_path / "root.cer"
    root.write_bytes(samples.der(samples.root()))
    counter = open_counter(desk_dir)
    counter.signatures.trust(root, counter.login.acting("", ""))
    counter.close()
    code, value = call("signatures", signed, lang="en")
    assert (code, value["signatures"][0]["trust"]) == (0, "trusted")
    assert "trusted issuer: CA Thử Nghiệm" in value["signatures"][0]["message"]


def test_a_changed_file_says_so(alone, signed):
    data = bytearray(signed.read_bytes())
    data[data.index(b"stream") + 200] ^= 1
    signed.write_bytes(data)
    code, value = alone(signed, "--lang", "en")
    assert (code, value["signatures"][0]["holds"]) == (5, False)
    assert "not what was signed" in value["signatures"][0]["message"]


def test_a_file_without_signatures_and_what_is_no_pdf(alone, tmp_path):
    assert alone(samples.paper(tmp_path)) == (5, {"file": str(tmp_path / "paper.pdf"), "signatures": []})
    (tmp_path / "none.pdf").write_bytes(b"GIF89a")
    code, value = alone(tmp_path / "none.pdf")
    assert (code, value["error"]["code"]) == (3, "SIGN_DAMAGED")
    code, value = alone(tmp_path / "gone.pdf")
    assert (code, value["error"]["code"]) == (4, "FILE_NOT_FOUND")


def test_people_read_a_sentence_for_each(signed, tmp_path, capsys):
    assert main(["--data-dir", str(tmp_path / "no-desk"), "signatures", str(signed)]) == 5
    said = capsys.readouterr().out
    assert said.startswith(f"1. {samples.AGENCY}, ký lúc ")
    assert main(["--data-dir", str(tmp_path / "no-desk"), "signatures", str(samples.paper(tmp_path))]) == 5
    assert "chưa có chữ ký số nào" in capsys.readouterr().out
