"""The commands. This is the only place that prints; `--help` imports neither spaCy nor scikit-learn."""

from screener.cli.app import main

__all__ = ["main"]
