"""Reading a text: what it is, where the work would be, and which indicators its words raise."""

from screener.detect.detector import Detector, load_detector

__all__ = ["Detector", "load_detector"]
