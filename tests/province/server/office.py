"""What the province decides beside the single dossier: waiting ops, communes, devices, people, messages, numbers, switches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from tests.province.server import fold, journal, judging, leases, people, records
from tests.province.server.catalogue import CatalogueFile, publish_catalogue
from tests.province.server.contract import EVENTS, Json
from tests.province.server.enrolment import issue_ticket
from tests.province.server.feed import publish
from tests.province.server.province import SWITCHES, Province
from tests.province.server.specialist import Specialist, SpecialistError
from tests.province.server.store import row, rows
from tests.province.server.tables import agencies, devices, ops


@dataclass(frozen=True, slots=True)
class Office:
    """The acts of the province's office."""

    province: Province

    def add_agency(self, agency: str, name: str) -> None:
        """Let a commune take part; nothing happens when it does already."""
        with self.province.store.writing() as connection:
            if row(connection, select(agencies).where(agencies.c.agency == agency)) is None:
                connection.execute(insert(agencies).values(agency=agency, name=name, position=0))

    def ticket(self, agency: str, base_url: str, *, days: int = 7, digit: int | None = None) -> dict[str, str]:
        """Return an enrolment ticket for one computer, as the contract writes it."""
        self.add_agency(agency, f"Trung tâm Phục vụ hành chính công {agency}")
        return issue_ticket(self.province, agency, base_url, days=days, digit=digit)

    def decide_correction(self, agency: str, op_id: str, *, accept: bool) -> None:
        """Answer a correction that waits for the province: apply it, or refuse it."""
        with self.province.store.writing(agency) as connection:
            waiting = self._waiting(connection, agency, op_id, "province")
            dossier = records.load(connection, agency, waiting["dossier_id"])
            if not accept or dossier is None:
                journal.decide(self.province, connection, waiting, judging.rejected("refused_by_province", "facts.changes"))
                return
            changed = fold.apply(dossier, waiting["body"], dossier.status)
            records.save(self.province, connection, dossier)
            records.publish_update(self.province, connection, dossier, changed, op_id=op_id)
            journal.decide(self.province, connection, waiting, {"outcome": "applied", "rev": dossier.rev})

    def settle_code(self, agency: str, op_id: str, code: str | None = None) -> str:
        """After ``code_in_use``: take the second dossier in and give it an official code beside the printed one; returns that code."""
        with self.province.store.writing(agency) as connection:
            waiting = row(connection, select(ops).where(ops.c.agency == agency, ops.c.op_id == op_id, ops.c.first.is_(None)))
            if waiting is None or waiting["verdict"].get("reason") != "code_in_use":
                raise SpecialistError(f"{op_id} is no op whose code is in use")
            dossier = fold.created(waiting["body"])
            dossier.agency = agency
            records.save(self.province, connection, dossier)
            records.publish_update(self.province, connection, dossier, [*dossier.ho_so, "codes", "intake"], op_id=op_id)
            given = Specialist(self.province).add_code(connection, dossier, code)
            journal.decide(self.province, connection, waiting, {"outcome": "applied", "rev": 1})
            return given

    def revoke_device(self, device: str) -> None:
        """Lock a computer out; its serials stay its own until the lease ends."""
        with self.province.store.reading() as connection:
            agency = connection.scalar(select(devices.c.agency).where(devices.c.device == device))
        with self.province.store.writing(str(agency)) as connection:
            connection.execute(update(devices).where(devices.c.device == device).values(revoked=True))
            data = {"subject": "device", "id": device, "action": "lock", "from": self.province.clock.text()}
            publish(self.province, connection, str(agency), "access.revoked", data)

    def approve_device(self, device: str) -> None:
        """Let a computer back in by its key alone, where the province wants to be asked."""
        with self.province.store.writing() as connection:
            connection.execute(update(devices).where(devices.c.device == device).values(approved=True))

    def set_users(self, agency: str, users: list[dict[str, Json]]) -> dict[str, Json]:
        """Publish who works at a commune; returns the signed list."""
        with self.province.store.writing(agency) as connection:
            return people.set_users(self.province, connection, agency, users)

    def lock_user(self, agency: str, user_id: str, action: str = "lock") -> None:
        """Lock a person out at once, and publish the list that says so."""
        with self.province.store.writing(agency) as connection:
            document = people.newest(connection, agency)
            users = [{**user, "state": "locked"} if user["user_id"] == user_id else user for user in document["users"]] if document else []
            data = {"subject": "user", "id": user_id, "action": action, "from": self.province.clock.text()}
            publish(self.province, connection, agency, "access.revoked", data)
            people.set_users(self.province, connection, agency, users)

    def send_message(
        self, agency: str, text_vi: str, *, level: str = "info", from_unit: str = "Văn phòng tỉnh", valid_until: str | None = None,
    ) -> None:
        """Tell the commune something."""
        data = {"level": level, "text_vi": text_vi, "from_unit": from_unit, "valid_until": valid_until or self.province.clock.day(7)}
        with self.province.store.writing(agency) as connection:
            publish(self.province, connection, agency, "message", data)

    def publish_raw(self, agency: str, kind: str, data: dict[str, Json], dossier_id: str | None = None) -> None:
        """Publish an entry of any kind, also one that no desk knows yet."""
        with self.province.store.writing(agency) as connection:
            publish(self.province, connection, agency, kind, data, dossier_id=dossier_id)

    def number_mode(self, device: str, mode: str) -> None:
        """Let a device print ``official`` or ``provisional`` codes from now on."""
        with self.province.store.reading() as connection:
            agency = str(connection.scalar(select(devices.c.agency).where(devices.c.device == device)))
        with self.province.store.writing(agency) as connection:
            leases.set_mode(connection, device, mode)
            lent = leases.leases_of(connection, device, self.province.clock.day())
            publish(self.province, connection, agency, "lease.updated", {"leases": lent}, device=device)

    def publish_catalogue(self, version: str, effective_from: str, files: list[dict[str, Json]]) -> dict[str, Json]:
        """Publish a catalogue; ``files``: name, kind, and ``content`` as text. Returns the signed manifest."""
        made = [CatalogueFile(**{**file, "content": file["content"].encode()}) for file in files]
        return publish_catalogue(self.province, version, effective_from, made)

    def switch(self, **values: Json) -> None:
        """Set switches (``province.SWITCHES``); event types that are known again are judged at once."""
        unknown = set(values) - set(SWITCHES)
        if unknown:
            raise SpecialistError(f"no such switch: {sorted(unknown)}")
        self.province.switch(**values)
        for agency in self._everybody() if "hidden_types" in values else ():
            with self.province.store.writing(agency) as connection:
                for kind in EVENTS:
                    journal.judge_again(self.province, connection, agency, f"type:{kind}")

    def attention(self, agency: str) -> list[dict[str, Json]]:
        """Return the ops that a person must look at: conflicts, rejected ones and waiting corrections."""
        with self.province.store.reading() as connection:
            found = rows(connection, select(ops).where(ops.c.agency == agency, ops.c.attention).order_by(ops.c.number))
        named = ("op_id", "dossier_id", "type", "verdict")
        return [{**{name: item[name] for name in named}, "code": (item["body"]["ho_so"] or {}).get("MaHoSo")} for item in found]

    def _everybody(self) -> list[str]:
        with self.province.store.reading() as connection:
            return list(connection.execute(select(agencies.c.agency)).scalars())

    @staticmethod
    def _waiting(connection: Any, agency: str, op_id: str, held_for: str) -> Any:
        query = select(ops).where(ops.c.agency == agency, ops.c.op_id == op_id, ops.c.held_for == held_for, ops.c.attention)
        found = row(connection, query)
        if found is None:
            raise SpecialistError(f"{op_id} waits for no decision")
        return found
