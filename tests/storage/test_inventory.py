"""A database in numbers, on both engines."""

from counter_app.storage.schema import HEAD
from counter_app.storage.tables import metadata


def test_every_table_is_counted_and_nothing_else_is_told(database):
    before = database.facts()
    with database.write() as uow:
        uow.settings.put("commune", "Xã Đắk Mil")
        uow.commit()
    after = database.facts()
    assert set(after.rows) == {table.name for table in metadata.sorted_tables}
    assert {name for name in after.rows if after.rows[name] != before.rows[name]} == {"setting"}
    assert after.rows["setting"] == before.rows["setting"] + 1
    assert "Đắk" not in repr(after)


def test_engine_schema_and_size_are_told(database):
    facts = database.facts()
    assert facts.kind in ("sqlite", "postgresql")
    assert facts.version[0].isdigit()
    assert facts.schema == HEAD
    assert facts.size_bytes > 10_000
