# Every task of the project. `make run` and `make test` do all their own set-up on a fresh machine.
PY := .venv/bin/python
.PHONY: help run test setup setup-dev demo check audit bench shots manual soak lock installer-windows installer-debian installer-check installer-wine installer-same update

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## */\1\t/p' Makefile | expand -t 20

run: setup  ## open the window; without a screen: the demonstration, under out/
	@$(PY) -m ui.start --out out

test: setup-dev  ## all tests
	@$(PY) -m pytest -n 3 --dist worksteal -q

setup:  ## virtual environment and dependencies for running
	@python3 installer/prepare.py run

setup-dev:  ## the same, with what tests and checks need
	@python3 installer/prepare.py test

demo: setup  ## a whole day at a fresh desk, left in out/demo
	@.venv/bin/counter demo --out out/demo

check: setup-dev  ## ruff, mypy strict, import contracts
	@.venv/bin/ruff check . && .venv/bin/mypy && .venv/bin/lint-imports

audit:  ## known vulnerabilities of what is shipped (asks PyPI), bandit, secrets
	@python3 installer/audit.py

bench: setup-dev  ## measure against the named peers; writes docs/benchmarks.md
	@$(PY) -m bench

shots: setup-dev  ## real screenshots: of every page in out/shots, of the manual in docs/images
	@$(PY) -m bench.shots --out out/shots && $(PY) docs/make_images.py

manual: setup-dev  ## the manual and the cards with the keys as PDF, left in docs/pdf
	@$(PY) -m installer.manual

soak: setup-dev  ## the long tests, and all others at every step and with many more examples
	@KILL_STRIDE=1 $(PY) -m pytest -n 3 --dist worksteal -q -m "soak or not soak" --hypothesis-profile=soak

installer-windows:  ## set-up program and MSI for Windows x64, in dist (built on Debian 12)
	@python3 installer/prepare.py package && $(PY) -m installer.package windows

installer-debian:  ## the .deb for Debian 12 and Ubuntu 22.04, in dist
	@python3 installer/prepare.py package && $(PY) -m installer.package debian

installer-check: installer-debian  ## the .deb in a bare Debian 12 and Ubuntu 22.04: installed, a day's work done (needs root)
	@for suite in bookworm jammy; do installer/check_deb.sh dist/*.deb $$suite || exit 1; done

installer-wine: installer-windows  ## the set-up program in wine, where there is one: installed, a day's work done, removed
	@installer/check_wine.sh dist/*.exe

installer-same:  ## all installers of the last commit, built twice and compared
	@python3 installer/prepare.py package && for kind in debian windows; do installer/check_same.sh $$kind || exit 1; done

update:  ## signed releases of what was built, in dist (UPDATE_KEY_FILE: the key; EARLIER: another version's folder, for a zip of what changed)
	@for version in build/package/stand/versions/* build/package/deb/opt/quay-mot-cua/versions/*; do \
		test ! -d $$version || $(PY) -m installer.package.updates program $$version $(if $(EARLIER),--earlier $(EARLIER)) || exit 1; done

lock: setup-dev  ## resolve the dependencies again (needs uv on the PATH)
	@installer/lock.sh
