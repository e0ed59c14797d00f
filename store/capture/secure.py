"""TLS: the terms on which a host is met, and what a failed handshake means.

Certificates are always checked. The hosts of `legacy_tls`, each at its port, are met on terms that OpenSSL has given
up: TLS 1.0 and 1.1, SHA-1, short keys, no secure renegotiation. Nobody else is.
"""

from __future__ import annotations

import ssl

from store.capture.limits import FetchSettings, server_of
from store.errors import (
    CertificateExpired,
    CertificateMismatch,
    FetchError,
    TLSFailed,
    TLSTooOld,
    UnknownIssuer,
)

_LEGACY_SERVER_CONNECT = getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)  # the ssl module names it since Python 3.12
_OLD_CIPHERS = "DEFAULT:!aNULL:!eNULL:@SECLEVEL=0"
# OpenSSL's numbers (x509_vfy.h)
_DATES = {9: "not valid yet", 10: "expired"}
_OTHER_NAME = frozenset({62, 64})  # host, address
_ISSUER = frozenset({2, 18, 19, 20, 21, 27})
_WEAK = frozenset({66, 67, 68})  # key, issuer's key, digest
_OLD = frozenset(
    "UNSUPPORTED_PROTOCOL TLSV1_ALERT_PROTOCOL_VERSION UNSAFE_LEGACY_RENEGOTIATION_DISABLED NO_PROTOCOLS_AVAILABLE"
    " DH_KEY_TOO_SMALL EE_KEY_TOO_SMALL CA_KEY_TOO_SMALL CA_MD_TOO_WEAK WRONG_SIGNATURE_TYPE WRONG_CIPHER_RETURNED"
    " LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED NO_SUITABLE_SIGNATURE_ALGORITHM TLSV1_ALERT_INSUFFICIENT_SECURITY"
    " SSLV3_ALERT_HANDSHAKE_FAILURE UNSUPPORTED_SSL_VERSION VERSION_TOO_LOW".split()
)


class Secure:
    """The two sets of terms, and who is met on which."""

    def __init__(self, settings: FetchSettings) -> None:
        self._old = frozenset(server_of(entry) for entry in settings.legacy_tls)
        self._usual = _checking(settings.ca_file)  # 10 ms: made once
        self._lenient = _eased(_checking(settings.ca_file)) if self._old else self._usual

    def is_legacy(self, host: str, port: int) -> bool:
        """Has the user named this host, at this port?"""
        return (host, port) in self._old

    def terms(self, *, legacy: bool) -> ssl.SSLContext:
        """What to shake hands with."""
        return self._lenient if legacy else self._usual

    def named(self, failed: TLSFailed, host: str, port: int) -> FetchError:
        """The failure of this host by its own name, where OpenSSL tells it apart."""
        cause = failed.__context__  # httpcore raises it once more, `from None`
        if not isinstance(cause, ssl.SSLError) or failed.host != host:  # the proxy's own
            return failed
        code = getattr(cause, "verify_code", 0)
        if code in _DATES:
            return CertificateExpired(failed.url, host, _DATES[code])
        if code in _OTHER_NAME:
            return CertificateMismatch(failed.url, host)
        if code in _ISSUER:
            return UnknownIssuer(failed.url, host, failed.detail)
        if (code in _WEAK or cause.reason in _OLD) and not self.is_legacy(host, port):
            return TLSTooOld(failed.url, host, _entry(host, port), failed.detail)
        return failed


def _checking(ca_file: str | None) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=ca_file)
    if ca_file:
        context.load_default_certs()
    return context


def _eased(context: ssl.SSLContext) -> ssl.SSLContext:
    context.options |= _LEGACY_SERVER_CONNECT
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers(_OLD_CIPHERS)
    return context


def _entry(host: str, port: int) -> str:
    """A server as `legacy_tls` names it."""
    name = f"[{host}]" if ":" in host else host
    return name if port == 443 else f"{name}:{port}"
