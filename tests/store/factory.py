"""Records with good defaults, each in one call."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from screener.records import (
    Band,
    Combination,
    Contact,
    Document,
    Fact,
    FactKind,
    Finding,
    Flag,
    JobPosting,
    Kind,
    Money,
    Page,
    Part,
    Polarity,
    Reason,
    Scope,
    Score,
    Skip,
    SkipReason,
    Span,
)
from screener.store import QueueItem, RunStart, Store

NOW = datetime(2026, 11, 1, 8, 30, 15, 123456, tzinfo=UTC)
URL = "https://papan.example/lowongan/1"
TEXT = "Operator di Kamboja, gaji USD 900 per bulan, WA 0812-3456-7890, paspor kami simpan."
SPAN = Span(start=64, end=70)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def page(url: str = URL, body: bytes = b"<p>Operator</p>", **changes: object) -> Page:
    fields: dict[str, object] = {
        "url": url,
        "final_url": url + "/",
        "status": 200,
        "headers": {"etag": '"a1"', "last-modified": "Sun, 01 Nov 2026 08:00:00 GMT"},
        "body": body,
        "digest": hashlib.sha256(body).hexdigest(),
        "fetched_at": NOW,
        "source": "papan",
    }
    return Page(**{**fields, **changes})  # type: ignore[arg-type]


POSTING = JobPosting(
    title="Operator",
    base_salary=Money(
        minimum=Decimal("900.00"), maximum=Decimal("1E+3"), currency="USD", period="month", quote="USD 900"
    ),
    date_posted=datetime(2026, 10, 30, tzinfo=UTC),
)
CONTACT = Contact(kind="whatsapp", value="+6281234567890", span=Span(start=48, end=62), quote="0812-3456-7890")
FLAG = Flag(
    indicator="retention_of_identity_documents",
    severity=3,
    rule="passport.kept",
    span=SPAN,
    quote="paspor",
    polarity=Polarity.RISK,
    detail="paspor kami simpan",
)
FACTS = (
    Fact(kind=FactKind.DESTINATION, value="KH", span=Span(start=12, end=19), quote="Kamboja"),
    Fact(
        kind=FactKind.PAY,
        value="USD 900 a month",
        span=Span(start=26, end=43),
        quote="USD 900 per bulan",
        money=Money(minimum=Decimal("900.00"), maximum=None, currency="USD", period="month", quote="USD 900"),
        detail="above the usual range",
    ),
)
COMBINATION = Combination(
    key="held-abroad",
    title="Papers kept at a place known for it",
    explanation="Each alone has innocent causes; together they are how people are held.",
    effect="raises",
    severity=3,
    parts=(
        Part(of="retention_of_identity_documents", span=SPAN, quote="paspor"),
        Part(of="fact:destination", span=Span(start=9, end=16), quote="Kamboja", field="title"),
    ),
    about="retention_of_identity_documents",
)
REASONS = (
    Reason(feature="flag:passport", value=1.0, contribution=2.1),
    Reason(feature="bias", value=0.1 + 0.2, contribution=-1e-17),
)


def document(url: str = URL, text: str = TEXT, carried: Mapping[str, object] | None = None) -> Document:
    return Document(
        id=sha(url + text),
        url=url,
        text=text,
        title="Operator Kamboja",
        language="id",
        published=NOW,
        page_digest=sha("page"),
        source="papan",
        posting=POSTING,
        contacts=(CONTACT,),
        links=("https://wa.me/6281234567890",),
        carried={} if carried is None else carried,
    )


def finding(
    of: Document | None = None,
    probability: float = 0.75,
    screened_at: datetime = NOW,
    flags: tuple[Flag, ...] = (FLAG,),
) -> Finding:
    of = document() if of is None else of
    score = Score(probability=probability, band=Band.ALERT, model="m1", threshold=0.6, reasons=REASONS)
    return Finding(
        id=sha(of.id + "m1"),
        document=of,
        kind=Kind.AD,
        scope=Scope.OVERSEAS,
        flags=flags,
        score=score,
        ruleset="r1",
        screened_at=screened_at,
        facts=FACTS,
        combinations=(COMBINATION,),
    )


def skip(url: str = URL, reason: SkipReason = SkipReason.TIMEOUT) -> Skip:
    return Skip(url=url, reason=reason, detail="20 s", source="papan")


def item(url: str = URL, source: str = "papan") -> QueueItem:
    return QueueItem(url=url, source=source, role="item")


def index(url: str = "https://papan.example/", source: str = "papan") -> QueueItem:
    return QueueItem(url=url, source=source, role="index")


def begin(store: Store, settings_digest: str = "s1", model: str = "m1", ruleset: str = "r1") -> RunStart:
    return store.begin_run(code_version="0.1.0", model=model, ruleset=ruleset, settings_digest=settings_digest, now=NOW)


def finished_run(store: Store, findings: Mapping[str, Finding]) -> int:
    """The id of a new run with these findings by URL, closed as finished."""
    run = begin(store).id
    store.enqueue(run, [item(url) for url in findings])
    for url, one in findings.items():
        store.finish_finding(run, url, one, None)
    store.finish_run(run, NOW)
    return run
