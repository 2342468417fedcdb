"""How long work lets itself be followed, step by step."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

Step = TypeVar("Step")


class Follow(Protocol):
    """Something that gives back the steps of a task one by one, and may show how far it is."""

    def __call__(self, steps: Sequence[Step], task: str) -> Iterable[Step]:
        """The steps, in order."""


def told(tell: Callable[[str], None]) -> Follow:
    """Following by one line at the start of each task."""

    def follow(steps: Sequence[Step], task: str) -> Iterable[Step]:
        tell(f"{task}: {len(steps)} steps")
        return steps

    return follow
