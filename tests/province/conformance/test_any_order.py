"""However ops arrive, and however often, each has one effect (invariants 1, 2, 4, 6)."""

import hashlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SEEDED = settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


def history(desk, dossiers, notes):
    """Return ops of some dossiers, in the order in which they were recorded; every third note is about none that the province knows."""
    firsts = [desk.received()[0] for _ in range(dossiers)]
    written = []
    for number in range(notes):
        about = firsts[number % dossiers]
        lost = {**about, "dossier_id": about["dossier_id"][:-1] + ("0" if about["dossier_id"][-1] != "0" else "1")}
        written.append(desk.note(lost if number % 3 == 2 else about, f"{number}"))
    return [*firsts, *written]


@SEEDED
@given(data=st.data(), dossiers=st.integers(1, 3), notes=st.integers(0, 9))
def test_i2_any_parts_sent_in_any_order_end_in_equal_journals(desk, data, dossiers, notes):
    desk.new_lane()
    ops = history(desk, dossiers, notes)
    reached = 0
    for _ in range(data.draw(st.integers(0, 6))):
        first = data.draw(st.integers(0, len(ops) - 1))
        part = ops[first : first + data.draw(st.integers(1, 5))]
        results = desk.push(*part)["results"]
        for place, (op, result) in enumerate(zip(part, results, strict=True), first):
            if place < reached:
                assert result["outcome"] == "duplicate" or result["replayed"]
            elif first > reached:
                assert result["missing"] == {"want_from": reached + 1}
            else:
                assert result["reason"] == "dependency" if result["outcome"] == "held" else result["outcome"] == "applied"
            assert result["seq"] == op["seq"]
        reached = max(reached, first + len(part)) if first <= reached else reached
        assert desk.acked() == reached
    desk.push(*ops)
    assert desk.get("/ops", device=desk.device, epoch=desk.epoch, from_seq=1)["ops"] == ops
    hashes = b"".join(bytes.fromhex(op["hash"]) for op in ops)
    whole = {"device": desk.device, "epoch": desk.epoch, "from_seq": 1, "to_seq": len(ops), "count": len(ops), "digest": hashlib.sha256(hashes).hexdigest()}
    assert desk.send("/reconcile", {"ranges": [whole]})["ranges"][0]["match"]
    for op in ops[:dossiers]:
        about = [other for other in ops if other["dossier_id"] == op["dossier_id"]]
        assert desk.get(f"/dossiers/{op['dossier_id']}")["dossiers"][0]["rev"] == len(about)
