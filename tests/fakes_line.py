"""The line in memory: its repository."""

from __future__ import annotations

from dataclasses import replace

from counter_app.services.repositories.line import WaitingOps


class FakeLine:
    def __init__(self, state):
        self.state = state

    def add(self, value):
        self.state.passes[value.pass_id] = value

    update = add

    def waiting(self):
        unsent = {op_id for op_id, (state, _) in self.state.outbox.items() if state in ("saved", "sending")}
        found = {}
        for event in self.state.events:
            if event.op_id in unsent:
                known = found.setdefault(event.type, WaitingOps(event.type, 0, 0, event.occurred_at))
                found[event.type] = replace(known, count=known.count + 1, size=known.size + 1)
        return [found[name] for name in sorted(found)]

    def latest(self, device, *, limit):
        ours = [each for each in self.state.passes.values() if each.device == device]
        return sorted(ours, key=lambda each: (each.began_at, each.pass_id), reverse=True)[:limit]

    def file_bytes(self, device, since):
        return sum(each.file_bytes for each in self.state.passes.values() if each.device == device and each.began_at >= since)

    def forget(self, device, before):
        old = [each.pass_id for each in self.state.passes.values() if each.device == device and max(each.began_at, each.ended_at) < before]
        for pass_id in old:
            del self.state.passes[pass_id]
