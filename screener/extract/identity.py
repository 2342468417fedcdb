"""The name of a text: the same words at the same address are the same document."""

import hashlib


def document_id(url: str, title: str, text: str) -> str:
    r"""The hex SHA-256 over url, title and text joined by "\x1f", as UTF-8 that lets surrogates pass."""
    return hashlib.sha256(f"{url}\x1f{title}\x1f{text}".encode("utf-8", "surrogatepass")).hexdigest()
