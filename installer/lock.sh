#!/bin/sh
# Resolve the dependencies again, for every platform, with hashes and without addresses.
set -eu
compile="uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header"
$compile pyproject.toml -o requirements.lock
$compile --extra dev pyproject.toml -o requirements-dev.lock
echo "setuptools>=77" | $compile - -o installer/build-tools.lock
$compile installer/bench-tools.in -o installer/bench-tools.lock
$compile installer/package-tools.in -o installer/package-tools.lock
$compile installer/audit-tools.in -o installer/audit-tools.lock
