#!/bin/sh
# Install a .deb in a bare system that is made for it (bookworm is Debian 12, jammy is Ubuntu 22.04), and let the installed program do a day's work there.
set -eu
deb=$1
suite=${2:-bookworm}
root=${3:-build/bare-$suite}
here=$(dirname "$(readlink -f "$0")")
case "$suite" in
jammy) mirror=http://archive.ubuntu.com/ubuntu; keys="--no-check-gpg" ;;  # Debian doesn't ship Ubuntu's keys; nothing of this root is kept
*) mirror=http://deb.debian.org/debian; keys="" ;;
esac
[ -d "$root/usr" ] || debootstrap --variant=minbase $keys "$suite" "$root" "$mirror"
[ "$suite" != jammy ] || echo "deb $mirror $suite main universe" >"$root/etc/apt/sources.list"
cp "$deb" "$root/tmp/quay-mot-cua.deb"
start=$(date +%s)
chroot "$root" sh -c 'export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends --allow-downgrades --reinstall /tmp/quay-mot-cua.deb' >"$root/tmp/install.log" 2>&1 ||
    { tail -20 "$root/tmp/install.log"; exit 1; }
echo "✓ installed on $suite with what it needs in $(($(date +%s) - start)) s"
rm -rf "$root/tmp/desk"
exec python3 "$here/verify.py" --with "chroot $root env COUNTER_STATE_DIR=/tmp/desk/state COUNTER_KEY_FILE=/tmp/desk/desk.key" \
    --folder "$root/tmp/desk" --seen-as /tmp/desk /usr/bin/counter
