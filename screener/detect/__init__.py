"""Reading a text: what it is, where the work would be, and which indicators its words raise."""

from screener.detect.detector import Detector
from screener.detect.explaining import Explanation, Silenced, Undone
from screener.detect.learntflags import FlagModel, dump_flags, read_flags
from screener.detect.learntkinds import KindModel, cues, dump_kinds, kind_buckets, read_kinds
from screener.detect.loading import load_detector
from screener.detect.rulefiles import Refusal
from screener.detect.rules import Rule

__all__ = [
    "Detector",
    "Explanation",
    "FlagModel",
    "KindModel",
    "Refusal",
    "Rule",
    "Silenced",
    "Undone",
    "cues",
    "dump_flags",
    "dump_kinds",
    "kind_buckets",
    "load_detector",
    "read_flags",
    "read_kinds",
]
