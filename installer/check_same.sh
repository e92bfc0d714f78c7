#!/bin/sh
# Build the installers of the last commit twice, in two places, and compare them byte by byte. What is different is named.
set -eu
kind=$1
work=$(readlink -m "${2:-build/same}")
root=$(readlink -f "$(dirname "$0")/..")
commit=$(git -C "$root" rev-parse HEAD)  # the same for both, whatever is committed meanwhile
rm -rf "$work"
for place in one a-longer-name/two; do
    mkdir -p "$work/$place"
    git clone -q "$root" "$work/$place/checkout"
    git -C "$work/$place/checkout" checkout -q --detach "$commit"
    (cd "$work/$place/checkout" && "$root/.venv/bin/python" -m installer.package "$kind" --quick --work "$work/$place/parts" --out "$work/$place/dist" >/dev/null)
done
for path in "$work/one/dist"/*; do
    name=$(basename "$path")
    if cmp -s "$path" "$work/a-longer-name/two/dist/$name"; then echo "✓ $name: $(sha256sum "$path" | cut -d' ' -f1)"; else echo "✗ $name differs"; failed=1; fi
done
exit "${failed:-0}"
