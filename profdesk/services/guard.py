"""What every verb that opens a workspace begins with: whether the user has its right, and how far it goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from profdesk.domain import rights
from profdesk.domain.access import Actor
from profdesk.domain.rights import Right

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

P = ParamSpec("P")
T = TypeVar("T")
A = TypeVar("A")
NAMED = "right"
"""The attribute of a verb that names its right, or what tells it from the verb's first argument."""


def needs(
    right: Right,
) -> Callable[
    [Callable[Concatenate[Workspace, Actor, P], T]],
    Callable[Concatenate[Workspace, Actor, P], T],
]:
    """Let a verb run for users with the right alone, on behalf of an actor whose ``reach`` is what it grants.

    A verb that calls another is checked again there, by that one's right.
    """

    def guarded(verb: Callable[Concatenate[Workspace, Actor, P], T]) -> Callable[Concatenate[Workspace, Actor, P], T]:
        @wraps(verb)
        def checked(workspace: Workspace, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return verb(workspace, rights.granted(actor, right), *args, **kwargs)

        setattr(checked, NAMED, right)
        return checked

    return guarded


def needs_by(
    right_of: Callable[[A], Right],
) -> Callable[
    [Callable[Concatenate[Workspace, Actor, A, P], T]],
    Callable[Concatenate[Workspace, Actor, A, P], T],
]:
    """The same for a verb whose right depends on what it is asked for: the argument after the actor."""

    def guarded(
        verb: Callable[Concatenate[Workspace, Actor, A, P], T],
    ) -> Callable[Concatenate[Workspace, Actor, A, P], T]:
        @wraps(verb)
        def checked(workspace: Workspace, actor: Actor, what: A, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return verb(workspace, rights.granted(actor, right_of(what)), what, *args, **kwargs)

        setattr(checked, NAMED, right_of)
        return checked

    return guarded


def right_of(verb: Callable[..., Any], *args: Any) -> Right:
    """The right that a verb needs when it is called with ``args`` after the actor."""
    named = getattr(verb, NAMED)
    return named if isinstance(named, Right) else named(args[0])
