"""The town's own proxy: it ends TLS with a certificate made for this test, takes in whole requests, and tells the site
who came, as the README asks.
"""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from parentsite.foundation.clock import SystemClock
from tests.bench.load import HOST

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


@contextmanager
def ending_tls(folder: Path, port: int, behind: int) -> Iterator[None]:
    """Listen on `port` with TLS and pass on to the site that is served on `behind`."""
    proxy = ThreadingHTTPServer((HOST, port), _passing_on_to(behind))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(folder))
    proxy.socket = context.wrap_socket(proxy.socket, server_side=True, do_handshake_on_connect=False)
    listening = threading.Thread(target=proxy.serve_forever, args=(0.05,))
    listening.start()
    try:
        yield
    finally:
        proxy.shutdown()
        listening.join()
        proxy.server_close()


def _passing_on_to(behind: int) -> type[BaseHTTPRequestHandler]:
    class Passing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = [(name, value) for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP]
            told += [("X-Forwarded-For", self.client_address[0]), ("X-Forwarded-Proto", "https")]
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            site = HTTPConnection(HOST, behind)
            site.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in (*told, ("Content-Length", str(len(body)))):
                site.putheader(name, value)
            site.endheaders(body)
            answer = site.getresponse()
            said = answer.read()
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)
            site.close()

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """A town's proxy may log; this one is silent."""

    return Passing


def _certificate(folder: Path) -> Path:
    """A certificate for this machine that nobody else vouches for, with its key; good for two days around now."""
    key, now = ec.generate_private_key(ec.SECP256R1()), SystemClock().now()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .sign(key, SHA256())
    )
    path = folder / "tls.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))
    return path
