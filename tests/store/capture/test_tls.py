"""Secure connections with a real server: what is wrong has a name, and old servers are met where the user says so.

The certificates are made by the `openssl` program.
"""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
import warnings
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pages import article
from store.capture.fetch import Fetcher, FetchSettings, Page
from store.capture.limits import server_of
from store.capture.secure import Secure
from store.errors import (
    CertificateExpired,
    CertificateMismatch,
    ConnectionFailed,
    FetchError,
    TLSFailed,
    TLSTooOld,
    UnknownIssuer,
)
from tui.wording import words

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="NO TLS TESTS: the openssl program is not installed")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = article().encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


class Server(HTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A refused handshake is what these tests are about."""


class Authority:
    """Makes certificates, signed by itself (`ca.pem`) or by themselves."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = str(folder / "ca.pem")
        self.make("ca", "-x509", "-addext", "keyUsage=keyCertSign", "-days", "30")

    def make(self, name: str, *options: str, bits: int = 2048) -> None:
        key = ("-newkey", f"rsa:{bits}", "-nodes", "-keyout", f"{name}.key")
        self._run("req", *key, "-subj", f"/CN={name}", *options, "-out", f"{name}.pem")

    def sign(self, name: str, names: str, days: int = 30, bits: int = 2048) -> Path:
        """A chain of one with its key, for these names, in one file."""
        self.make(name, bits=bits)
        extensions = self.folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName={names}\nauthorityKeyIdentifier=keyid\nbasicConstraints=CA:FALSE\n")
        signer = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", extensions.name)
        self._run("x509", "-req", "-sha256", "-in", f"{name}.pem", *signer, "-days", str(days), "-out", f"{name}.crt")
        return self._joined(name, ".crt")

    def alone(self, name: str, names: str) -> Path:
        """A certificate that signed itself."""
        self.make(name, "-x509", "-addext", f"subjectAltName={names}", "-days", "30")
        return self._joined(name, ".pem")

    def _joined(self, name: str, ending: str) -> Path:
        whole = self.folder / f"{name}.both"
        whole.write_text((self.folder / f"{name}{ending}").read_text() + (self.folder / f"{name}.key").read_text())
        return whole

    def _run(self, *arguments: str) -> None:
        assert OPENSSL is not None
        subprocess.run([OPENSSL, *arguments], cwd=self.folder, check=True, capture_output=True, timeout=60)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def sound(authority: Authority) -> Path:
    return authority.sign("sound", "IP:127.0.0.1,DNS:localhost")


Serve = Callable[..., int]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a server with a certificate, give its port; `old` ones know TLS 1.0 only."""
    running: list[Server] = []

    def start(certificate: Path, *, old: bool = False, ciphers: str = "DEFAULT") -> int:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
        context.load_cert_chain(certificate)
        if ciphers != "DEFAULT":
            context.maximum_version = ssl.TLSVersion.TLSv1_2  # TLS 1.3 has ciphers of its own
        if old:
            context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
            with warnings.catch_warnings(action="ignore"):  # it is deprecated indeed
                context.maximum_version = ssl.TLSVersion.TLSv1
        server = Server(("127.0.0.1", 0), Handler)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        running.append(server)
        return server.server_port

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def fetched(port: int, authority: Authority | None, *legacy: str, host: str = "127.0.0.1") -> Page | FetchError:
    settings = FetchSettings(
        allow_private=("127.0.0.0/8", "::1"), total_seconds=5.0, retries=0, legacy_tls=legacy,
        ca_file=authority.file if authority else None,
    )  # fmt: skip
    fetcher = Fetcher(settings)
    try:
        page = fetcher.fetch(f"https://{host}:{port}/")
        assert isinstance(page, Page)
        return page
    except FetchError as error:
        return error
    finally:
        fetcher.close()


def test_a_sound_certificate_gives_the_page(serve: Serve, authority: Authority, sound: Path) -> None:
    assert isinstance(fetched(serve(sound), authority), Page)


def test_an_expired_certificate_is_named(serve: Serve, authority: Authority) -> None:
    error = fetched(serve(authority.sign("expired", "IP:127.0.0.1", days=-1)), authority)

    assert isinstance(error, CertificateExpired)
    assert error.facts["detail"] == "expired"


def test_a_certificate_for_another_host_is_named(serve: Serve, authority: Authority) -> None:
    error = fetched(serve(authority.sign("elsewhere", "DNS:elsewhere.example")), authority)

    assert isinstance(error, CertificateMismatch)


def test_an_unknown_issuer_is_named_also_where_old_tls_is_allowed(
    serve: Serve, authority: Authority, sound: Path
) -> None:
    stranger = fetched(serve(sound), None)
    alone = fetched(port := serve(authority.alone("alone", "IP:127.0.0.1")), authority)
    allowed = fetched(port, authority, f"127.0.0.1:{port}")

    assert [type(error) for error in (stranger, alone, allowed)] == [UnknownIssuer] * 3
    assert isinstance(alone, UnknownIssuer)
    assert "self" in str(alone.facts["detail"])


def test_an_old_server_is_named_with_the_line_that_helps_and_then_it_is_read(
    serve: Serve, authority: Authority, sound: Path
) -> None:
    port = serve(sound, old=True)

    error = fetched(port, authority)
    page = fetched(port, authority, f"127.0.0.1:{port}")

    assert isinstance(error, TLSTooOld)
    assert f'legacy_tls = ["127.0.0.1:{port}"]' in words(error).hint
    assert isinstance(page, Page)


def test_old_tls_is_for_the_named_host_and_port_only(serve: Serve, authority: Authority, sound: Path) -> None:
    port, other = serve(sound, old=True), serve(sound, old=True)
    entries = (f"127.0.0.1:{port}", "127.0.0.1", f"www.localhost:{other}")

    assert isinstance(fetched(other, authority, *entries), TLSTooOld)
    assert isinstance(fetched(port, authority, *entries, host="localhost"), TLSTooOld)


def test_a_short_key_is_old_too(serve: Serve, authority: Authority) -> None:
    port = serve(authority.sign("short", "IP:127.0.0.1", bits=1024))

    assert isinstance(fetched(port, authority), TLSTooOld)
    assert isinstance(fetched(port, authority, f"127.0.0.1:{port}"), Page)


def test_a_server_with_old_ciphers_only_is_old_too(serve: Serve, authority: Authority, sound: Path) -> None:
    port = serve(sound, ciphers="AES128-SHA")

    assert isinstance(fetched(port, authority), TLSTooOld)
    assert isinstance(fetched(port, authority, f"127.0.0.1:{port}"), Page)


def test_an_expired_certificate_stays_refused_on_an_old_server(serve: Serve, authority: Authority) -> None:
    port = serve(authority.sign("both", "IP:127.0.0.1", days=-1), old=True)

    assert isinstance(fetched(port, authority, f"127.0.0.1:{port}"), CertificateExpired)


def test_what_is_no_tls_stays_a_failure_without_a_line_that_would_not_help(site: object) -> None:
    error = fetched(site.port, None)  # type: ignore[attr-defined]

    assert isinstance(error, TLSFailed | ConnectionFailed)


def test_only_named_servers_get_the_old_terms() -> None:
    secure = Secure(FetchSettings(legacy_tls=("www.sx.gov.cn",)))
    usual, lenient = secure.terms(legacy=False), secure.terms(legacy=True)

    assert secure.is_legacy("www.sx.gov.cn", 443)
    assert not secure.is_legacy("www.sx.gov.cn", 8443)
    assert not secure.is_legacy("sx.gov.cn", 443)
    assert usual.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert not usual.options & 0x4
    assert lenient.options & 0x4  # servers without secure renegotiation
    assert lenient.check_hostname
    assert lenient.verify_mode is ssl.CERT_REQUIRED
    assert not any("NULL" in cipher["name"] or "ADH" in cipher["name"] for cipher in lenient.get_ciphers())


@pytest.mark.parametrize(
    ("entry", "server"),
    [("www.Example.gov.cn", ("www.example.gov.cn", 443)), ("a.cn:8443", ("a.cn", 8443)), ("[::1]:5", ("::1", 5)),
     ("https://a.cn/path", ("a.cn", 443)), ("政务.cn", ("xn--zfr164b.cn", 443))],
)  # fmt: skip
def test_entries_are_read_as_addresses_are(entry: str, server: tuple[str, int]) -> None:
    assert server_of(entry) == server


@pytest.mark.parametrize("entry", ["", "a b", "http://a.cn", "a.cn:x", "ftp://a.cn"])
def test_what_is_no_server_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        server_of(entry)
