"""Facts: what an ad states in numbers and names, each with its quote."""

from screener.detect.facts.reading import MEASURED, facts_of, found_in, with_measures
from screener.detect.facts.reference import Reference, load_reference

__all__ = ["MEASURED", "Reference", "facts_of", "found_in", "load_reference", "with_measures"]
