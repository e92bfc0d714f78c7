#!/bin/sh
# Starts the version that "current" names. By the name it is called: counter (without a window) or quay-mot-cua.
here=$(dirname "$(readlink -f "$0")")
version=$here/versions/$(cat "$here/current")
case $(basename "$0") in
    counter) module=counter_app ;;
    *) module=ui ;;
esac
exec "$version/bin/python3.11" -X utf8 -m "$module" "$@"
