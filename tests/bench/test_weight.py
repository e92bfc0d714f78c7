"""Memory is what the kernel says, in MiB."""

import subprocess
import sys

from bench.weight import memory, most_memory

HELD = """
from bench.weight import memory, most_memory
before = memory()
block = b"x" * 64 * 2**20
with_block = memory()
del block
print(before, with_block, memory(), most_memory())
"""


def test_a_process_held_at_least_what_it_holds():
    now = memory()
    assert 5 < now <= most_memory() + 1 < 100_000


def test_a_block_is_weighed_while_it_is_held_and_remembered_afterwards():
    told = subprocess.run([sys.executable, "-c", HELD], check=True, capture_output=True, text=True).stdout
    before, with_block, after, most = map(float, told.split())
    assert 63 < with_block - before < 70
    assert after < before + 5
    assert most > with_block - 1, "the kernel counts in batches"
