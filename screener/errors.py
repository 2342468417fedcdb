"""The errors this program raises on purpose.

ScreenerError
├── ItemError        one page, row or document cannot be used: it is skipped with its reason, the run goes on
│   ├── FetchError       the page did not arrive (carries a SkipReason)
│   └── ExtractError     the page arrived, but no text could be read from it (carries a SkipReason)
└── RunError         the run cannot go on, or must not start
    ├── SettingsError    screener.toml, an option or an input file is wrong (exit 2)
    ├── RuleError        a rule file is wrong
    ├── ModelError       a model is damaged, or does not fit this program
    ├── StoreError       the database cannot be used
    └── BusyError        another scan of the same data folder is running (exit 75)
"""

from collections.abc import Iterator
from contextlib import contextmanager

from screener.records import SkipReason


class ScreenerError(Exception):
    """The base of every error raised on purpose; its text is fit to be shown to a user."""


class ItemError(ScreenerError):
    """One item cannot be used; `reason` says why, in the words of the report."""

    def __init__(self, reason: SkipReason, detail: str = "") -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.detail = detail


class FetchError(ItemError):
    """The page did not arrive.

    `retry_after_seconds` is set when the server named a time before which it wants no request.
    """

    def __init__(self, reason: SkipReason, detail: str = "", retry_after_seconds: float | None = None) -> None:
        super().__init__(reason, detail)
        self.retry_after_seconds = retry_after_seconds


class ExtractError(ItemError):
    """The page arrived, but no text could be read from it."""


class RunError(ScreenerError):
    """The run cannot go on, or must not start."""


class SettingsError(RunError):
    """A setting, an option or an input file is wrong; the text names it and says what is allowed."""


class RuleError(RunError):
    """A rule file is wrong; the text names file, rule and reason."""


class ModelError(RunError):
    """A model folder is damaged, or was made for other features or rules than this program has."""


class StoreError(RunError):
    """The database cannot be opened, read or written."""


class BusyError(RunError):
    """Another scan of the same data folder is running."""


@contextmanager
def refusing_model(problem: str) -> Iterator[None]:
    """Reading a model's bytes: whatever goes wrong is a ModelError that begins with the problem."""
    try:
        yield
    except Exception as error:  # a forged archive fails in any way inside zipfile, zlib and numpy: none is a traceback
        raise ModelError(f"{problem}: {error}") from error
