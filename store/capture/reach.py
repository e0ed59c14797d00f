"""Which addresses a page may be fetched from. Pure: it judges addresses, it resolves nothing.

- Only public addresses: the tables below are the IANA special-purpose registries, written out because `is_global`
  differs between Pythons. IPv6 is public inside 2000::/3 only.
- An IPv4 address embedded in an IPv6 address (mapped, NAT64, 6to4, ISATAP) is judged as such.
- One address that is not public refuses the whole name: a mixture is what rebinding attacks look like.
- The user's word, a `Rule`, covers addresses that are not public. Of a name with several addresses, then, only what is
  covered or public is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from store.address import normalise
from store.errors import AddressError

IPAddress = IPv4Address | IPv6Address

NOT_PUBLIC_4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24"
        " 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
    ).split()
)
PUBLIC_6 = IPv6Network("2000::/3")
NOT_PUBLIC_6 = tuple(IPv6Network(text) for text in "2001::/23 2001:db8::/32 3fff::/20".split())
NAT64 = IPv6Network("64:ff9b::/96")
ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: the upper half of an interface identifier that ends in an IPv4 address
FAKE = IPv4Network("198.18.0.0/15")  # what "fake-IP" resolvers of proxies answer for every name
LOOPBACK = (IPv4Address("127.0.0.1"), IPv6Address("::1"))


class Refused(Exception):
    """`address` may not be connected to."""

    def __init__(self, address: IPAddress) -> None:
        super().__init__(str(address))
        self.address = address


def plain(address: IPAddress) -> IPAddress:
    """An IPv4-mapped IPv6 address as the IPv4 address it is."""
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that packets to this IPv6 address end at, if it is of such a kind."""
    number = int(address)
    if address.ipv4_mapped or address in NAT64 or number >> 32 & 0xFFFFFFFF in ISATAP:
        return IPv4Address(number & 0xFFFFFFFF)
    return address.sixtofour


def is_public(address: IPAddress) -> bool:
    """Can anybody on the Internet reach this address?"""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in NOT_PUBLIC_4)
    inner = embedded(address)
    if inner is not None:
        return is_public(inner)
    return address in PUBLIC_6 and not any(address in network for network in NOT_PUBLIC_6)


def is_fake(address: IPAddress) -> bool:
    """Is it of the range that "fake-IP" resolvers answer from?"""
    return plain(address) in FAKE


def literal(host: str) -> IPAddress | None:
    """The address a host is, if it is no name."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Rule:
    """The user's word for a host name, or a network, or any address; at `port`, or at every port (None)."""

    host: str | None = None
    network: IPv4Network | IPv6Network | None = None
    port: int | None = None

    @classmethod
    def parse(cls, text: str) -> Rule:
        """An entry of `allow_private`: `host:port`, an address, a port or a CIDR. Raises ValueError."""
        text = text.strip()
        if text.isdecimal():
            return cls(port=_port(text))
        try:
            return cls(network=ip_network(text.strip("[]"), strict=False))
        except ValueError:
            pass
        host, colon, port = text.rpartition(":")
        if not colon:
            raise ValueError(text)
        return cls.at(_host(host), _port(port))

    @classmethod
    def at(cls, host: str, port: int) -> Rule:
        """The rule for one host, a name or an address without brackets, at one port."""
        address = literal(host)
        return cls(host=host, port=port) if address is None else cls(network=ip_network(plain(address)), port=port)

    def covers(self, host: str, port: int, address: IPAddress) -> bool:
        """Does the word hold for this address, met under this host and port?"""
        if self.port not in (None, port):
            return False
        if self.host is not None:
            return self.host == host
        return self.network is None or plain(address) in self.network


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be reached: public addresses, and what the user's `rules` cover; `typed` is the word for one URL."""

    rules: tuple[Rule, ...] = ()
    typed: Rule | None = None

    @classmethod
    def parse(cls, entries: Iterable[str]) -> Reach:
        """From the entries of `allow_private`. Raises ValueError."""
        return cls(tuple(Rule.parse(entry) for entry in entries))

    def with_typed(self, host: str, port: int) -> Reach:
        """The same, and this host at this port: the user typed it and asked for it."""
        return replace(self, typed=Rule.at(host, port))

    def admit(self, host: str, port: int, addresses: Sequence[IPAddress]) -> list[IPAddress]:
        """Those of a host's addresses that may be connected to, in their order. Raises Refused."""
        strangers = [address for address in addresses if not is_public(address)]
        covered = [address for address in strangers if self._covers(host, port, address)]
        if strangers and not covered:
            raise Refused(next((address for address in strangers if is_fake(address)), strangers[0]))
        return [address for address in addresses if address in covered or address not in strangers]

    def is_private_by_word(self, host: str, port: int, addresses: Sequence[IPAddress]) -> bool:
        """Would only the user's word let us connect? Such hosts are ours, not the proxy's."""
        return any(not is_public(address) and self._covers(host, port, address) for address in addresses)

    def vouches(self, host: str, port: int) -> bool:
        """Is this host named as private, as can be told without resolving? Such a host is nobody's to be polite to."""
        if any(rule.host == host and rule.port == port for rule in self.rules if rule.host is not None):
            return True
        address = literal(host)
        if address is not None:
            return self.is_private_by_word(host, port, [address])
        return host == "localhost" and self.is_private_by_word(host, port, LOOPBACK)

    def _covers(self, host: str, port: int, address: IPAddress) -> bool:
        rules = self.rules if self.typed is None else (*self.rules, self.typed)
        return any(rule.covers(host, port, address) for rule in rules)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ValueError(text)
    return int(text)


def _host(text: str) -> str:
    """A host as URLs carry it, so that what the user typed is found again."""
    try:
        host = urlsplit(normalise(f"http://{text}/")).hostname
    except AddressError:
        host = None
    if not host:
        raise ValueError(text)
    return host
