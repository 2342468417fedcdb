"""The closed lists of words that records use."""

from enum import StrEnum


class Kind(StrEnum):
    """What a text is; flags count only in ads, and in testimonies that give a contact, which recruit."""

    AD = "ad"
    WARNING = "warning"
    NEWS = "news"
    QUESTION = "question"
    TESTIMONY = "testimony"
    OTHER = "other"


class Scope(StrEnum):
    """Where the work offered in a text would be."""

    OVERSEAS = "overseas"
    DOMESTIC = "domestic"
    UNKNOWN = "unknown"


class Polarity(StrEnum):
    """Whether a flag raises the risk, or is a claim that speaks for the ad."""

    RISK = "risk"
    PROTECTIVE = "protective"


class FactKind(StrEnum):
    """What an ad can state besides its signs, in the order in which it is shown."""

    JOB = "job"
    DESTINATION = "destination"
    TRANSIT = "transit"
    ORIGIN = "origin"
    EMPLOYER = "employer"
    AGENCY = "agency"
    LICENCE = "licence"
    JOB_ORDER = "job order"
    VISA = "visa"
    PAY = "pay"
    ALLOWANCE = "allowance"
    COST = "cost"
    DEDUCTION = "deduction"
    PENALTY = "penalty"
    LOAN = "loan"
    HOURS = "hours"
    DAYS_OFF = "days off"
    CONTRACT_LENGTH = "contract length"
    AGE = "age"
    SEX = "sex"
    DEPARTURE = "departure"


class Band(StrEnum):
    """What is asked of the analyst: nothing, a look when there is time, a look now."""

    CLEAR = "clear"
    REVIEW = "review"
    ALERT = "alert"


class SourceKind(StrEnum):
    """How a source lists its items."""

    LISTING = "listing"
    FEED = "feed"
    SITEMAP = "sitemap"
    FILE = "file"


class SkipReason(StrEnum):
    """Why a URL ended without a finding; each is shown and counted in the report."""

    ROBOTS_DISALLOWED = "robots_disallowed"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    NOT_FOUND = "not_found"
    HTTP_ERROR = "http_error"
    RETRY_LATER = "retry_later"
    REDIRECT_LIMIT = "redirect_limit"
    BLOCKED_ADDRESS = "blocked_address"
    BLOCKED_SCHEME = "blocked_scheme"
    BAD_URL = "bad_url"
    BAD_HTTP = "bad_http"
    BAD_ENCODING = "bad_encoding"
    TLS_ERROR = "tls_error"
    NET_ERROR = "net_error"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    UNSUPPORTED_TYPE = "unsupported_type"
    EMPTY = "empty"
    UNPARSED = "unparsed"
    BAD_ROW = "bad_row"
    SITE_LIMIT = "site_limit"
