"""Which release is taken: only one that is newer, for this system, and that can read this desk's data. No clock is asked."""

from __future__ import annotations

from counter_app.domain.errors import broken
from counter_app.services.updating.release import Release, ReleaseKind

ANY_SYSTEM = "any"


def is_newer(offered: Release, installed: Release) -> bool:
    """Tell whether a release comes after what is installed."""
    return offered.sequence > installed.sequence


def in_use(offered: Release, installed: Release, data: Release | None) -> Release:
    """Return what a release would take the place of: this version, or the newest forms and books in use."""
    return data if offered.kind is ReleaseKind.DATA and data is not None and is_newer(data, installed) else installed


def require_fit(offered: Release, installed: Release, schema: str) -> None:
    """Refuse a release that this desk must not take. ``schema`` is the state of its data.

    Raises:
        RuleBrokenError: UPDATE_OTHER_SYSTEM, it is for another kind of computer; UPDATE_OLDER, the same or an older one; UPDATE_SAME_NAME,
            another release under the version that runs; UPDATE_SCHEMA, it doesn't know the data yet, or no longer.
    """
    if offered.system not in (installed.system, ANY_SYSTEM):
        raise broken("UPDATE_OTHER_SYSTEM", None, version=offered.version, system=offered.system, here=installed.system)
    if not is_newer(offered, installed):
        raise broken("UPDATE_OLDER", None, version=offered.version, installed=installed.version)
    if offered.kind is ReleaseKind.PROGRAM and offered.version.casefold() == installed.version.casefold():
        raise broken("UPDATE_SAME_NAME", None, version=offered.version)
    if offered.kind is ReleaseKind.PROGRAM and not offered.oldest_schema <= schema <= offered.schema:
        raise broken("UPDATE_SCHEMA", None, version=offered.version, schema=schema, oldest=offered.oldest_schema, newest=offered.schema)


def require_way_back(before: Release, schema: str) -> None:
    """Refuse to go back to a version that can't read the data as it is now.

    Raises:
        RuleBrokenError: UPDATE_BACK_SCHEMA.
    """
    if before.schema < schema:
        raise broken("UPDATE_BACK_SCHEMA", None, version=before.version, schema=schema, newest=before.schema)
