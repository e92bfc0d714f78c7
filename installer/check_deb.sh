#!/bin/sh
# Install a .deb in a bare Debian 12 that is made for it, and let the installed program do a day's work there.
set -eu
deb=$1
root=${2:-build/bare}
here=$(dirname "$(readlink -f "$0")")
[ -d "$root/usr" ] || debootstrap --variant=minbase bookworm "$root" http://deb.debian.org/debian
cp "$deb" "$root/tmp/quay-mot-cua.deb"
chroot "$root" sh -c 'export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends --allow-downgrades --reinstall /tmp/quay-mot-cua.deb' >"$root/tmp/install.log" 2>&1 ||
    { tail -20 "$root/tmp/install.log"; exit 1; }
rm -rf "$root/tmp/desk"
exec python3 "$here/verify.py" --with "chroot $root env COUNTER_STATE_DIR=/tmp/desk/state COUNTER_KEY_FILE=/tmp/desk/desk.key" \
    --folder "$root/tmp/desk" --seen-as /tmp/desk /usr/bin/counter
