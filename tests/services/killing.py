"""Processes that are really killed, at each step of an act: what is between two calls of a database, a guard or a folder."""

from __future__ import annotations

import os
import sys

STRIDE = int(os.environ.get("KILL_STRIDE", "5"))
"""Every so manieth step is killed; `make soak` kills at each."""


def killed(opened, act, step, fall=None):
    """Fork, open the desk anew with a bomb in the child, act there, and tell whether it was killed at the step before the end.

    ``opened`` takes the bomb, ``act`` what it returns; ``fall`` is what befalls the machine at that moment.
    """
    child = os.fork()
    if child == 0:
        try:
            bomb = Bomb(step, fall)
            made = opened(bomb)
            bomb.armed = True
            act(made)
        finally:
            os._exit(1 if sys.exc_info()[0] else 0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 9), "the child failed by itself"
    return status == 9


class Bomb:
    """Kills the process, without any farewell, at the n-th step after it was armed; ``fall`` happens just before."""

    def __init__(self, steps, fall=None):
        self.left, self.armed, self._fall = steps, False, fall

    def tick(self):
        if self.armed:
            self.left -= 1
            if self.left == 0:
                if self._fall:
                    self._fall()
                os._exit(9)


class Wrapped:
    """A database, a unit or a repository whose every call is a step before it; after what is durable comes one more."""

    def __init__(self, inner, bomb):
        self._inner, self._bomb = inner, bomb

    def __getattr__(self, name):
        found = getattr(self._inner, name)
        if not callable(found):
            return Wrapped(found, self._bomb)

        def call(*given, **named):
            self._bomb.tick()
            answer = found(*given, **named)
            if name in ("commit", "advance"):
                self._bomb.tick()
            return Wrapped(answer, self._bomb) if name in ("write", "read") else answer

        return call

    def __enter__(self):
        self._inner.__enter__()
        return self

    def __exit__(self, *error):
        self._bomb.tick()
        return self._inner.__exit__(*error)


class WrappedGuard(Wrapped):
    def hold(self):
        return WrappedHold(self._inner.hold(), self._bomb)


class WrappedHold(Wrapped):
    def __enter__(self):
        self._bomb.tick()
        held = self._inner.__enter__()
        return GuardInHand(held, self._bomb)


class GuardInHand(Wrapped):
    """Properties of the guard are plain values; only its two writes are steps."""

    def __getattr__(self, name):
        found = getattr(self._inner, name)
        return super().__getattr__(name) if name in ("advance", "settle", "begin") else found
