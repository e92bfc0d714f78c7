"""The in-memory doubles of the repositories of messages, complaints and typing tasks."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.message import MessageState
from counter_app.domain.typing_task import TypingState


class _Values:
    """Values by their id; ``stored`` is the dictionary in the state."""

    key = ""

    def __init__(self, stored):
        self.stored = stored

    def add(self, value):
        assert getattr(value, self.key) not in self.stored
        self.stored[getattr(value, self.key)] = value

    def update(self, value):
        if getattr(value, self.key) in self.stored:
            self.stored[getattr(value, self.key)] = value

    def get(self, key):
        return self.stored.get(key)

    def everything(self):
        return iter(self.found(lambda each: True, lambda each: ""))

    def found(self, wanted, order):
        return sorted(filter(wanted, self.stored.values()), key=lambda each: (order(each), getattr(each, self.key)))


class FakeMessages(_Values):
    key = "message_id"

    def of_dossier(self, dossier_id):
        return self.found(lambda each: each.dossier_id == dossier_id, lambda each: each.queued_at)

    def waiting(self, now, *, limit):
        return self.found(lambda each: each.state is MessageState.WAITING and each.expires_at > now, lambda each: each.queued_at)[:limit]

    def expire(self, now):
        late = [each for each in self.stored.values() if each.state is MessageState.WAITING and each.expires_at <= now]
        for each in late:
            self.update(replace(each, state=MessageState.EXPIRED, changed_at=now))
        return len(late)

    def ended(self):
        ends = MessageState.CALLED, MessageState.HANDED_OVER, MessageState.CANCELLED
        return (each.message_id for each in self.stored.values() if each.state in ends)


class FakeComplaints(_Values):
    key = "complaint_id"

    def of_dossier(self, dossier_id):
        return self.found(lambda each: each.dossier_id == dossier_id, lambda each: each.received_at)

    def listed(self, *, is_open, limit):
        if is_open:
            return self.found(lambda each: each.answered_at is None, lambda each: each.answer_due)[:limit]
        by_id = self.found(lambda each: True, lambda each: "")
        return sorted(by_id, key=lambda each: each.received_at, reverse=True)[:limit]


class FakeTypingTasks(_Values):
    key = "task_id"

    def of_dossiers(self, dossier_ids):
        return self.found(lambda each: each.dossier_id in dossier_ids, lambda each: each.opened_at)

    def open_ones(self, *, limit):
        return self.found(lambda each: each.state is TypingState.OPEN, lambda each: each.opened_at)[:limit]

    def ended(self):
        return (each.task_id for each in self.stored.values() if each.state is not TypingState.OPEN)
