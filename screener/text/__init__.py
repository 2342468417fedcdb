"""Text in one plain spelling, with the way back to the original: folding, and undoing disguises."""

from screener.text.folded import LENGTH_MAX, Disguise, Folded
from screener.text.folding import fold
from screener.text.runs import SEPARATORS
from screener.text.unmasking import unmask

__all__ = ["LENGTH_MAX", "SEPARATORS", "Disguise", "Folded", "fold", "unmask"]
