"""One device's way to its province during a pass: contact proven first, tokens renewed once, what was agreed on kept in the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, BinaryIO, TypeVar

from counter_app.domain.events import JsonObject
from counter_app.domain.moments import wire as envelope_time
from counter_app.services.line.province import Relation, keep_relation, relation_of
from counter_app.services.ports import Clock, Database
from counter_app.sync.faults import RefusedError
from counter_app.sync.hello import Hello, hello
from counter_app.sync.signing import proven
from counter_app.sync.token import Pair, refreshed
from counter_app.sync.wire import Reply, Wire

Answer = TypeVar("Answer")


class Link:
    """Speaks for the device ``local``, whose key is ``seed``. Every call raises LineError as :meth:`Wire.call`."""

    def __init__(self, wire: Wire, database: Database, clock: Clock, local: str, seed: bytes) -> None:
        self.wire = wire
        self._database = database
        self._clock = clock
        self.local = local
        self._seed = seed
        self._hello: Hello | None = None
        with database.read() as uow:
            self.relation: Relation = relation_of(uow, local)

    def keep(self, **changes: Any) -> None:  # noqa: ANN401  members of Relation
        """Change what is agreed on, durably, before anything else is said."""
        with self._database.write() as uow:
            self.relation = replace(relation_of(uow, self.local), **changes)
            keep_relation(uow, self.local, self.relation)
            uow.commit()

    def read_again(self) -> None:
        """Take over what a transaction of the pass has stored."""
        with self._database.read() as uow:
            self.relation = relation_of(uow, self.local)

    def prove(self) -> Hello:
        """Prove contact. A gateway that was restored is read from the beginning (contract 3.4)."""
        said = self._hello = hello(self.wire, self.relation.keys)
        day = max(said.server_day, self.relation.server_day)
        changes: dict[str, Any] = {"proven_at": envelope_time(self._clock.now()), "server_day": day}
        if said.next_key is not None and said.next_key[0] not in self.relation.keys:
            changes["keys"] = {**self.relation.keys, said.next_key[0]: said.next_key[1]}
        if said.exchange_key:
            changes["exchange_key"] = said.exchange_key
        self.keep(**changes, **self.relation.beginning_anew(said.server_epoch))
        return said

    def get(self, path: str, params: Mapping[str, str | int] | None = None) -> Reply:
        """Ask with the device's token."""

        def _ask(token: str) -> Reply:
            return self.wire.get(path, token=token, params=params)

        return self._with_token(_ask)

    def post(self, path: str, body: JsonObject | bytes, *, encoding: str = "", status: int = 200) -> Reply:
        """Send with the device's token."""

        def _send(token: str) -> Reply:
            return self.wire.post(path, body, token=token, encoding=encoding, status=status)

        return self._with_token(_send)

    def bare(self, method: str, path: str, headers: Mapping[str, str], data: bytes | None = None) -> Reply:
        """Send with the device's token what has no JSON in it."""

        def _send(token: str) -> Reply:
            return self.wire.bare(method, path, token=token, headers=headers, data=data)

        return self._with_token(_send)

    def fetch(self, path: str, target: BinaryIO, *, tag: str, most: int) -> None:
        """Fetch the rest of a file with the device's token; as :meth:`Wire.fetch`."""

        def _fetch(token: str) -> None:
            self.wire.fetch(path, target, token=token, tag=tag, most=most)

        self._with_token(_fetch)

    def prove_and_post(self, path: str, purpose: str, wish: JsonObject, *, status: int) -> Reply:
        """Send a wish with the proof of the device's key; a stale challenge is fetched anew once."""

        def _send(challenge: str) -> Reply:
            return self.post(path, proven(purpose, {**wish, "challenge": challenge}, self._seed), status=status)

        return self._with_challenge(_send)

    def _with_token(self, ask: Callable[[str], Answer]) -> Answer:
        """Ask; a token that is refused is renewed once, and the pair before the newest is kept until the newest has worked."""
        try:
            reply = ask(self._access())
        except RefusedError as error:
            if error.status != 401:
                raise
            self._renew()
            reply = ask(self._access())
        if len(self.relation.tokens) > 1:
            self.keep(tokens=self.relation.tokens[:1])
        return reply

    def _access(self) -> str:
        return self.relation.tokens[0][0] if self.relation.tokens else ""

    def _renew(self) -> None:
        """Get another pair: by the newest refresh token, by the one before it, at last by the key alone."""
        known = self.relation.tokens
        for refresh in (*(pair[1] for pair in known), ""):
            try:
                pair = self._refreshed(refresh)
            except RefusedError as error:
                if error.status != 401 or not refresh:
                    raise
            else:
                self.keep(tokens=(pair, *known[:1]))
                return

    def _refreshed(self, refresh: str) -> Pair:
        def _ask(challenge: str) -> Pair:
            return refreshed(self.wire, self.relation.device, refresh, challenge=challenge, seed=self._seed)

        return self._with_challenge(_ask)

    def _with_challenge(self, ask: Callable[[str], Answer]) -> Answer:
        said = self._hello or self.prove()
        try:
            return ask(said.challenge)
        except RefusedError as error:
            if error.code != "challenge_stale":
                raise
        return ask(self.prove().challenge)
