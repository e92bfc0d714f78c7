#!/bin/sh
# Try the set-up program (or the MSI) in wine 8: installed without a question, a day's work done, removed again, the data still there.
# wine 8 lacks a little of Windows 10: for this run alone stand-ins are laid into the installed folder; none of it is ever shipped.
set -eu
package=$(readlink -f "$1")
work=$(readlink -m "${2:-build/wine}")
here=$(dirname "$(readlink -f "$0")")
command -v wine >/dev/null || { echo "wine is missing: nothing was tried"; exit 0; }
export WINEPREFIX="$work/prefix" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml="
unset DISPLAY
said() { "$@" </dev/null 2>&1 | cat; }  # a Windows program without a screen wants a pipe to speak into
rm -rf "$work"
mkdir -p "$work/shims"
said wineboot --init >/dev/null
said wine winecfg -v win10 >/dev/null
home="$WINEPREFIX/drive_c/users/$(id -un)/AppData/Local"
program="$home/Programs/QuayMotCua"
case "$package" in
*.msi) start=$(date +%s); said wine msiexec /i "$package" /qn ;;
*) start=$(date +%s); said wine "$package" /S ;;
esac
[ -f "$program/counter.exe" ] || { echo "✗ nothing was installed"; exit 1; }
echo "✓ installed in $(($(date +%s) - start)) s: $(du -sm "$program" | cut -f1) MB"

version="$program/versions/$(cat "$program/current")"
compiler=x86_64-w64-mingw32-gcc
"$compiler" -shared -o "$version/bcryptprimitives.dll" "$here/package/windows/wine/prng.c" -ladvapi32
sed 's/^LIBRARY.*/LIBRARY xpi-ms-win-crt-math-l1-1-0.dll/' "$here/package/windows/wine/math.def" >"$work/shims/math.def"
"$compiler" -shared -fno-builtin -o "$version/xpi-ms-win-crt-math-l1-1-0.dll" "$here/package/windows/wine/math.c" "$work/shims/math.def" -lucrtbase
find "$version/site/numpy" -name '*.pyd' -exec sed -i 's/api-ms-win-crt-math-l1-1-0/xpi-ms-win-crt-math-l1-1-0/g' {} +
rm -f "$version/dlls/_wmi.pyd"

mkdir -p "$work/desk" "$home/QuayMotCua"
echo kept >"$home/QuayMotCua/of-the-desk"
python3 "$here/verify.py" --with wine --folder "$work/desk" --seen-as "Z:$work/desk" "$program/counter.exe"
case "$package" in
*.msi) said wine msiexec /x "$package" /qn ;;
*) said wine "$program/uninstall.exe" /S ;;
esac
for second in $(seq 60); do [ -e "$program/counter.exe" ] && sleep 1; done
[ ! -e "$program/counter.exe" ] || { echo "✗ it was not removed"; exit 1; }
[ -f "$home/QuayMotCua/of-the-desk" ] || { echo "✗ data of the desk went with the program"; exit 1; }
echo "✓ removed, and the data of the desk was left"
