# Every task of the project. `make run` and `make test` do all their own set-up on a fresh machine.
PY := .venv/bin/python
.PHONY: help run test setup setup-dev demo check bench shots soak lock

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## */\1\t/p' Makefile | expand -t 10

run: setup  ## open the window; without a screen: the demonstration, under out/
	@$(PY) -m ui.start --out out

test: setup-dev  ## all tests
	@$(PY) -m pytest -n 2 -q

setup:  ## virtual environment and dependencies for running
	@python3 installer/prepare.py run

setup-dev:  ## the same, with what tests and checks need
	@python3 installer/prepare.py test

demo: setup  ## a whole day at a fresh desk, left in out/demo
	@.venv/bin/counter demo --out out/demo

check: setup-dev  ## ruff, mypy strict, import contracts
	@.venv/bin/ruff check . && .venv/bin/mypy && .venv/bin/lint-imports

bench: setup-dev  ## measure against the named peers; writes docs/benchmarks.md
	@$(PY) -m bench

shots: setup-dev  ## real screenshots of every page, left in out/shots
	@$(PY) -m bench.shots --out out/shots

soak: setup-dev  ## the long tests
	@$(PY) -m pytest -n 2 -q -m soak

lock: setup-dev  ## resolve the dependencies again (needs uv on the PATH)
	@installer/lock.sh
