"""Which addresses may be reached: judged when connecting, and the judged address is the one connected to."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from queue import Empty, SimpleQueue

from screener.errors import FetchError
from screener.fetch.deadline import Deadline
from screener.fetch.urls import authority
from screener.records import SkipReason

Resolve = Callable[[str, int], Sequence[str]]
Connect = Callable[[str, int, float], socket.socket]

# ipaddress.is_global is not used: it calls 64:ff9b::/96, 2002::/16 and multicast global in Python 3.11.
# Source: IANA special-purpose address registries (RFC 6890), read as "nobody publishes job ads there".
BLOCKED: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT, and the metadata service of one cloud
        "127.0.0.0/8",
        "168.63.129.16/32",  # a cloud platform's agent, reachable only from inside
        "169.254.0.0/16",  # link-local: cloud metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved and broadcast
        "::/3",  # loopback, IPv4-mapped, NAT64 (64:ff9b::/96), discard
        "2001::/23",  # Teredo, benchmarks, ORCHID
        "2001:db8::/32",
        "2002::/16",  # 6to4: carries an IPv4 address
        "3fff::/20",  # documentation
        "4000::/2",  # not allocated
        "8000::/1",  # not allocated, unique local, link-local, multicast
    )
)


def resolve(host: str, port: int) -> list[str]:
    """All addresses that the system's resolver gives for a name, without repeats; raises OSError."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def connect(address: str, port: int, timeout_seconds: float) -> socket.socket:
    """A connected TCP socket; raises OSError."""
    sock = socket.create_connection((address, port), timeout_seconds)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def blocking_network(address: str) -> IPv4Network | IPv6Network | None:
    """The blocked network that an address is in, or None; raises ValueError for what is no address."""
    judged = ip_address(address)
    return next((network for network in BLOCKED if judged in network), None)


@dataclass(frozen=True, kw_only=True)
class Guard:
    """Opens sockets to permitted addresses only.

    `routes` maps an exact "host:port" to the "ip:port" that is connected to instead (as curl's --connect-to);
    `allow` holds the "host:port" pairs whose addresses are not judged.
    """

    allow: frozenset[str]
    routes: Mapping[str, str]
    resolve: Resolve
    connect: Connect
    connect_seconds: float

    def reach(self, host: str, port: int, deadline: Deadline) -> socket.socket:
        """A socket connected to a judged address of the host; raises FetchError."""
        targets = self._targets(host, port, deadline)
        failure = FetchError(SkipReason.NET_ERROR, f"{host} has no address")
        for address, number in targets:
            try:
                with network_faults(f"connecting to {address}"):
                    return self.connect(address, number, min(self.connect_seconds, deadline.left()))
            except FetchError as error:
                failure = error
        raise failure

    def _targets(self, host: str, port: int, deadline: Deadline) -> list[tuple[str, int]]:
        key = authority(host, port)
        if key in self.routes:
            address, _, number = self.routes[key].rpartition(":")
            return [(address.strip("[]"), int(number))]
        addresses = [host] if _is_literal(host) else self._resolved(host, port, deadline)
        if key not in self.allow:
            _judge(host, addresses)
        return [(address, port) for address in addresses]

    def _resolved(self, host: str, port: int, deadline: Deadline) -> Sequence[str]:
        """Look a name up in a thread of its own, because getaddrinfo knows no timeout."""
        answers: SimpleQueue[Sequence[str] | OSError | UnicodeError] = SimpleQueue()
        threading.Thread(target=self._look_up, args=(host, port, answers), daemon=True).start()
        try:
            answer = answers.get(timeout=deadline.left())
        except Empty:
            raise FetchError(SkipReason.TIMEOUT, f"no address for {host} in time") from None
        if isinstance(answer, UnicodeError):
            raise FetchError(SkipReason.BAD_URL, f"{host} cannot be a host name") from answer
        if isinstance(answer, OSError):
            raise FetchError(SkipReason.NET_ERROR, f"no address for {host}: {answer}") from answer
        return answer

    def _look_up(self, host: str, port: int, answers: "SimpleQueue[Sequence[str] | OSError | UnicodeError]") -> None:
        try:
            answers.put(self.resolve(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)


@contextmanager
def network_faults(doing: str) -> Iterator[None]:
    """A context in which errors of sockets and TLS become FetchErrors."""
    try:
        yield
    except TimeoutError as error:
        raise FetchError(SkipReason.TIMEOUT, f"no progress while {doing}") from error
    except ssl.SSLError as error:
        raise FetchError(SkipReason.TLS_ERROR, f"{doing}: {error}") from error
    except OSError as error:
        raise FetchError(SkipReason.NET_ERROR, f"{doing}: {error}") from error


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _judge(host: str, addresses: Sequence[str]) -> None:
    """One bad address condemns the whole answer: a mixed one is how rebinding gets past a filter."""
    for address in addresses:
        network = blocking_network(address)
        if network is not None:
            raise FetchError(SkipReason.BLOCKED_ADDRESS, f"{host} is {address}, in {network}")
