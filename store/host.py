"""The host of a web address in its one spelling.

Rules: percent-decoded, mapped by UTS 46 (non-transitional) and written in A-labels, lower case, without the trailing
dot. Only letters, digits, `-` and `_`, in labels of at most 63 characters, 253 in all: what DNS can hold. A host whose
last label is a number is an IPv4 address and stands as four decimal numbers; IPv6 stands in brackets, as RFC 5952,
section 4, has it (all hexadecimal, as browsers write it).

`idna` and `ipaddress` load only for a host that needs them: this module is on the way of `pagelog list`.
"""

from __future__ import annotations

import re
from typing import Literal

HostReason = Literal["no host", "host", "number", "ipv6"]

_ESCAPED_BYTE = re.compile(rb"%([0-9A-Fa-f]{2})")
_PLAIN_NAME = re.compile(r"[a-z0-9._-]+")
_NOT_A_NAME = re.compile(r"[^a-z0-9._\u0080-\U0010ffff-]")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_DECIMAL_BYTE = re.compile(r"0|[1-9][0-9]{0,2}")
_ZEROS = re.compile(r"\b0(?::0)+\b")
_LONGEST_LABEL = 63
_LONGEST_NAME = 253
_JOINERS = "\u200c\u200d"


class BadHost(ValueError):
    """The host names nothing on the web; `reason` is a `HostReason`."""

    def __init__(self, reason: HostReason) -> None:
        super().__init__(reason)
        self.reason: HostReason = reason


def normal_host(written: str) -> str:
    """The host of a URL, brackets included, as it is stored: pure ASCII. Raises `BadHost`."""
    if written.startswith("["):
        return f"[{_ipv6(written.removeprefix('[').removesuffix(']'))}]"
    name = _percent_decoded(written)
    if name.isascii():
        name = name.lower()  # no other letters: UTS 46 knows better than `lower` what to do with them
    if not name.isascii() or "xn--" in name:
        name = _a_labels(name)
    name = name.removesuffix(".")
    if not name:
        raise BadHost("no host")
    if not _is_name(name):
        raise BadHost("host")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]) and not _is_ipv4(labels):
        raise BadHost("number")
    return name


def _percent_decoded(written: str) -> str:
    """Bytes that a shell or file handed over undecoded come as surrogates: they are judged as the bytes they were."""
    try:
        octets = written.encode("utf-8", "surrogateescape")
        return _ESCAPED_BYTE.sub(lambda escape: bytes.fromhex(escape[1].decode()), octets).decode("utf-8")
    except UnicodeError:
        raise BadHost("host") from None


def _is_name(name: str) -> bool:
    if not _PLAIN_NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        return False
    return all(0 < len(label) <= _LONGEST_LABEL for label in name.split("."))


def _is_ipv4(labels: list[str]) -> bool:
    """Four plain decimal numbers: neither `127.1` nor `0x7f.0.0.1`, nor `010.0.0.1`, which some read as octal."""
    return len(labels) == 4 and all(_DECIMAL_BYTE.fullmatch(label) and int(label) <= 255 for label in labels)


def _ipv6(written: str) -> str:
    """Not `str(IPv6Address)`: its spelling of `::ffff:1.2.3.4` changed with Python 3.13, and ids must not."""
    from ipaddress import AddressValueError, IPv6Address

    if "%" in written:  # a zone means something on one machine only
        raise BadHost("ipv6")
    try:
        octets = IPv6Address(written).packed
    except AddressValueError:
        raise BadHost("ipv6") from None
    groups = ":".join(f"{high << 8 | low:x}" for high, low in zip(octets[::2], octets[1::2], strict=True))
    zeros = max(_ZEROS.findall(groups), key=len, default=None)  # the first of the longest
    if zeros is None:
        return groups
    before, _, after = groups.partition(zeros)
    return f"{before.removesuffix(':')}::{after.removeprefix(':')}"


def _a_labels(name: str) -> str:
    """UTS 46 as browsers apply it: emoji and `_` are fine, hyphens anywhere, joiners and right-to-left are checked.

    `idna.encode` is stricter (IDNA 2008): it would refuse hosts that exist, such as `r3---sn-4g5e.example` or `i❤.ws`.
    """
    from idna import uts46_remap

    try:
        mapped = uts46_remap(name, std3_rules=False)
        if _NOT_A_NAME.search(mapped):
            raise BadHost("host")
        return ".".join(_a_label(label) for label in mapped.split("."))
    except BadHost:
        raise
    except ValueError:  # idna's errors are UnicodeErrors, which are ValueErrors, as is all that punycode raises
        raise BadHost("host") from None


def _a_label(label: str) -> str:
    if len(label) > _LONGEST_LABEL:  # a longer one is never shorter as an A-label, and punycode takes quadratic time
        raise BadHost("host")
    if label.startswith("xn--"):
        _check_u_label(_u_label(label))
        return label
    if label.isascii():
        return label
    _check_u_label(label)
    return f"xn--{label.encode('punycode').decode('ascii')}"


def _u_label(a_label: str) -> str:
    """What an A-label stands for; one that is not the only spelling of it would make two links of one page."""
    from idna import uts46_remap

    encoded = a_label.removeprefix("xn--").encode("ascii")
    label = encoded.decode("punycode")
    if label.isascii() or label.encode("punycode") != encoded or uts46_remap(label, std3_rules=False) != label:
        raise BadHost("host")
    return label


def _check_u_label(label: str) -> None:
    from idna import check_bidi, check_initial_combiner, valid_contextj

    check_initial_combiner(label)
    check_bidi(label)
    if not all(valid_contextj(label, at) for at, character in enumerate(label) if character in _JOINERS):
        raise BadHost("host")
    if "." in label or _NOT_A_NAME.search(label):
        raise BadHost("host")
