"""The in-memory doubles of what scanning needs: its repositories, the folder of encrypted files, the room where pages are worked on."""

from __future__ import annotations

from tests.fakes_people import _Values


class FakeStoredFiles(_Values):
    key = "stored_id"

    def with_content(self, sha256):
        return next((each for each in self.stored.values() if each.sha256 == sha256 and each.destroyed_at is None), None)

    def everything(self):
        yield from self.found(lambda each: True, lambda each: "")


class FakeDigitalPapers(_Values):
    key = "op_id"

    def of_dossier(self, dossier_id):
        return self.found(lambda each: each.dossier_id == dossier_id, lambda each: each.filed_at)

    def of_owner(self, owner, *, limit):
        mine = self.found(lambda each: owner and each.owner == owner and each.unlinked_at is None, lambda each: "")
        return sorted(mine, key=lambda each: each.filed_at, reverse=True)[:limit]

    def of_file(self, stored_id):
        return self.found(lambda each: each.stored_id == stored_id, lambda each: each.filed_at)

    def due(self, on, *, limit):
        late = self.found(
            lambda each: each.kept_until and each.kept_until < on and not each.archived_on and not each.unlinked_at,
            lambda each: each.kept_until)
        return late[:limit]

    def archived(self, start, end):
        return self.found(lambda each: each.archived_on and start <= each.archived_on <= end, lambda each: each.filed_at)

    def everything(self):
        yield from self.found(lambda each: True, lambda each: each.filed_at)


class FakeBatches(_Values):
    key = "batch_id"

    def of_device(self, device):
        return self.found(lambda each: each.device == device, lambda each: each.opened_at)

    def remove(self, batch_id):
        self.stored.pop(batch_id, None)
