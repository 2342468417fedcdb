"""Where documents come from: listings, feeds and sitemaps to addresses, files to rows. Pure."""

from screener.discover.files import rows_of, rows_of_stream
from screener.discover.listings import Listing, links_of
from screener.discover.rows import BadRow, Row
from screener.discover.urls import canonical

__all__ = ["BadRow", "Listing", "Row", "canonical", "links_of", "rows_of", "rows_of_stream"]
