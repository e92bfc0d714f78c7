"""A certification request from its last key to its printed number: three lines, their numbers durable, the stamp lines ready to print.

``python -m bench.certifying ROOT COUNT`` certifies at a kept desk's copy and prints how many milliseconds each visit took; the
measurement runs it as a process of its own.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from bench.desk import NEXT_MORNING, KeptDesk, child_environment
from bench.made import identity_number, name
from bench.measure import spread
from bench.moment import LOGIN, PASSWORD, StandingClock
from bench.report import Line, Table
from bench.work import Work
from counter_app.domain.certification import CertificationKind, CertifiedLine
from counter_app.domain.dossier import Applicant, ApplicantKind
from counter_app.services.certification.terms import Certify

COUNT, UNCOUNTED = 200, 10
LIMIT_MS = 1000
LINES = (
    CertifiedLine(CertificationKind.COPY, "Bằng tốt nghiệp trung học phổ thông", 1, 3),
    CertifiedLine(CertificationKind.COPY, "Thẻ căn cước", 2, 5), CertifiedLine(CertificationKind.SIGNATURE, "Sơ yếu lý lịch"))


def run(work: Work) -> Table:
    """Measure over a copy of the desk with many dossiers."""
    kept, count = work.desk(), work.times(COUNT)
    with work.folder("certifying") as place:
        desk = kept.copy(place / "desk")
        words = [sys.executable, "-m", "bench.certifying", str(desk.root), str(count + UNCOUNTED)]
        done = subprocess.run(words, env=child_environment(desk.environment), check=True, capture_output=True, text=True)
    took = json.loads(done.stdout.splitlines()[-1])[UNCOUNTED:]
    return Table(
        "certifying", "Certification: last key to printed number",
        f"{count} visits of three lines (two kinds of paper and a signature: two dossiers, three numbers, three fees, two results given "
        f"back) through CertificationService.certify in a desk with {kept.count:,} dossiers, encrypted, synchronous=FULL, until the lines "
        f"of the numbers are a finished PDF; {UNCOUNTED} more are not counted.",
        (Line("form handed over to the numbers ready to print", spread(took), at_most=LIMIT_MS),),
    )


def main() -> None:
    """Certify visit after visit."""
    clock, chance = StandingClock(NEXT_MORNING), random.Random()
    counter = KeptDesk(Path(sys.argv[1]), 0).open(clock)
    actor = counter.login.acting(LOGIN, PASSWORD)
    took = []
    for _ in range(int(sys.argv[2])):
        clock.moment += timedelta(seconds=1)
        person = Applicant(ApplicantKind.PERSON, name(chance), identity_number(chance), address="Thôn 3, xã Đắk Mil, tỉnh Lâm Đồng")
        start = time.perf_counter()
        done = counter.certification.certify(Certify(person, LINES, stamps=True), actor)
        counter.slips.document(done.stamp_print_id)
        took.append((time.perf_counter() - start) * 1000)
    counter.close()
    print(json.dumps(took))


if __name__ == "__main__":
    main()
