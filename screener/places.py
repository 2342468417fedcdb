"""Where what comes with the program lies; imports nothing, so that a cheap command stays cheap."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
IN_CHECKOUT = {
    "models": Path("models"),
    "sample": Path("corpus/sample"),
    "examples": Path("corpus/examples"),
    "second": Path("corpus/second"),
    "floors.json": Path("corpus/floors.json"),
}


def shipped(name: str) -> Path:
    """The folder or file of what comes with the program: in the wheel, or in the checkout beside the package."""
    installed = _PACKAGE / "shipped" / name
    return installed if installed.exists() else _PACKAGE.parent / IN_CHECKOUT[name]
