"""Page to Document: characters, main text, declared posting, contacts, language. No network, no clock."""

from screener.extract.charset import decode
from screener.extract.contacts import contacts
from screener.extract.html import main_text
from screener.extract.identity import document_id
from screener.extract.language import LanguageIdentifier
from screener.extract.page import extract
from screener.extract.rows import document_from_row
from screener.extract.structured import job_posting

__all__ = [
    "LanguageIdentifier",
    "contacts",
    "decode",
    "document_from_row",
    "document_id",
    "extract",
    "job_posting",
    "main_text",
]
