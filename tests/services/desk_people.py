"""People and passwords for tests of login and users: hashing that costs nothing."""

from counter_app.domain.people import Actor, Role, User
from tests.fakes import FakeDatabase

ADMINISTRATOR = Actor("u-0001", Role.ADMINISTRATOR)
CLERK = Actor("u-0002", Role.CLERK)


class PlainHasher:
    """Keeps passwords readable; counts how often one was looked at."""

    def __init__(self):
        self.looks = 0

    def hash(self, password):
        return f"plain:{password}"

    def verify(self, password_hash, password):
        self.looks += 1
        return password_hash == f"plain:{password}"


def person(user_id, login, role, **members):
    members.setdefault("password_hash", f"plain:{login}-password")
    return User(user_id, login, members.pop("full_name", "Trần Thị Ví Dụ"), role, **members)


def database_with(*users):
    database = FakeDatabase()
    with database.write() as uow:
        for user in users:
            uow.users.add(user)
        uow.commit()
    return database


def two_people():
    return database_with(person("u-0001", "admin", Role.ADMINISTRATOR), person("u-0002", "mai", Role.CLERK, full_name="Đỗ Thị Thí Điểm"))


def stored(database, user_id):
    with database.read() as uow:
        return uow.users.get(user_id)


def audited(database):
    """Return the audit trail as (who, what, about whom)."""
    with database.read() as uow:
        return [(entry.user_id, entry.action, entry.subject) for entry in uow.audit.entries()]
