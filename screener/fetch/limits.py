"""How much time, how many bytes and how many attempts a fetch may take."""

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The bounds of one fetch.

    `total_seconds` covers DNS, connecting, redirects, retries and robots.txt, but not the waiting that
    politeness asks for. Byte limits hold for the bytes on the wire and for the decoded ones, each on its own.
    """

    connect_seconds: float = 5.0
    read_seconds: float = 10.0
    total_seconds: float = 20.0
    header_bytes: int = 100 * KIB
    body_bytes: int = 5 * MIB
    feed_bytes: int = 10 * MIB
    robots_bytes: int = 500 * KIB
    redirects: int = 5
    retries: int = 2
    retry_after_default_seconds: float = 3600.0
    retry_after_max_seconds: float = 7 * 24 * 3600.0
