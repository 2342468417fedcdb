"""The network: everything that leaves this machine for a page goes through `Fetcher`."""

from screener.fetch.client import Fetcher, Request
from screener.fetch.limits import Limits
from screener.fetch.samplesite import SampleSite, serve
from screener.fetch.schedule import fetch_many

__all__ = ["Fetcher", "Limits", "Request", "SampleSite", "fetch_many", "serve"]
