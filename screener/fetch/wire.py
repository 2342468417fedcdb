"""One question and its answer: paced, retried, bounded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import httpx

from screener.errors import FetchError
from screener.fetch import retry
from screener.fetch.answer import Answer, Intake, receive
from screener.fetch.deadline import Deadline
from screener.fetch.faults import mapped
from screener.fetch.limits import Limits
from screener.fetch.pace import Pace
from screener.fetch.stream import Meter
from screener.records import SkipReason


@dataclass(frozen=True, kw_only=True)
class Question:
    """One URL to ask for, with what may be taken in as its answer."""

    url: httpx.URL
    headers: Mapping[str, str]
    intake: Intake
    delay_seconds: float
    deadline: Deadline


@dataclass(frozen=True, kw_only=True)
class Wire:
    """Asks questions over one client; usable from several threads."""

    client: httpx.Client
    pace: Pace
    limits: Limits
    sleep: Callable[[float], None]
    now: Callable[[], datetime]

    def ask(self, question: Question) -> Answer:
        """The final answer, whatever its status; raises FetchError."""
        for pause in retry.pauses(self.limits.retries):
            wait, outcome = self._attempt(question, pause)
            if wait is None or not question.deadline.allows(wait):
                return _answered(outcome)
            self.sleep(wait)
        _, outcome = self._attempt(question, 0.0)
        return _answered(outcome)

    def _attempt(self, question: Question, pause: float) -> tuple[float | None, Answer | FetchError]:
        """What came back, and the seconds after which asking again makes sense."""
        try:
            answer = self._once(question)
        except FetchError as error:
            return (pause if error.reason is SkipReason.NET_ERROR else None), error
        return retry.wait_seconds(answer.status, answer.retry_after_seconds, pause), answer

    def _once(self, question: Question) -> Answer:
        host = question.url.host
        self._respect_hold(host)
        with self.pace.turn(host, question.delay_seconds) as waited:
            question.deadline.push_back(waited)
            self._respect_hold(host)
            answer = self._exchange(question)
            if answer.status in retry.REFUSALS and answer.retry_after_seconds is not None:
                self.pace.hold(host, answer.retry_after_seconds)
        return answer

    def _respect_hold(self, host: str) -> None:
        left = self.pace.hold_left(host)
        if left > 0:
            raise FetchError(SkipReason.RETRY_LATER, f"{host} asked to be left alone", left)

    def _exchange(self, question: Question) -> Answer:
        meter = Meter(
            deadline=question.deadline,
            header_bytes=self.limits.header_bytes,
            read_seconds=self.limits.read_seconds,
        )
        with mapped(meter):
            request = self.client.build_request(
                "GET", question.url, headers=question.headers, extensions={"meter": meter}
            )
            response = self.client.send(request, stream=True, follow_redirects=False)
            try:
                return receive(response, question.intake, self._retry_after(response))
            finally:
                response.close()

    def _retry_after(self, response: httpx.Response) -> float | None:
        if response.status_code < HTTPStatus.BAD_REQUEST:
            return None
        return retry.retry_after_seconds(response.headers.get("retry-after"), self.now(), self.limits)


def _answered(outcome: Answer | FetchError) -> Answer:
    if isinstance(outcome, FetchError):
        raise outcome
    return outcome
