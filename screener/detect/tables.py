"""Reading a TOML data file into records, with an error that names the file and the entry."""

from pathlib import Path
from typing import TypeVar

import tomli
from pydantic import TypeAdapter, ValidationError

from screener.errors import RuleError

_T = TypeVar("_T")


def read_table(path: Path, adapter: TypeAdapter[_T], key: str | None = None) -> _T:
    """What `adapter` makes of a TOML file or of its table `key`. Raises RuleError that names file, entry and reason."""
    try:
        data = tomli.loads(path.read_text(encoding="utf-8"))
        return adapter.validate_python(data[key] if key else data)
    except ValidationError as error:
        raise RuleError(f"{path.name}: {_first(error)}\n{error}") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise RuleError(f"{path.name}: {error}") from error
    except KeyError as error:
        raise RuleError(f"{path.name}: there is no [[{key}]] table") from error


def _first(error: ValidationError) -> str:
    problem = error.errors()[0]
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
