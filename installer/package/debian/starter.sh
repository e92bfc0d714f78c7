#!/bin/sh
# Starts the version that "current" names. By the name it is called: counter (without a window) or quay-mot-cua.
# A version whose window was tried twice and never "confirmed" is left for the one that "previous" names, as on Windows.
here=$(dirname "$(readlink -f "$0")")
version=$(cat "$here/current")
case $(basename "$0") in
    counter) module=counter_app ;;
    *) module=ui ;;
esac
folder=$here/versions/$version
if [ $module = ui ] && [ ! -e "$folder/confirmed" ]; then
    if [ -e "$folder/tried-twice" ] && [ -s "$here/previous" ]; then
        folder=$here/versions/$(cat "$here/previous")
    elif [ -e "$folder/tried" ]; then
        : > "$folder/tried-twice"
    else
        : > "$folder/tried"
    fi
fi
exec "$folder/bin/python3.11" -X utf8 -m "$module" "$@"
