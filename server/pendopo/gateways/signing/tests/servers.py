"""Servers that behave like those we sign with, over real HTTP: a timestamp server, and BSrE."""

import json
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import Message
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from pendopo.foundation import clock
from pendopo.gateways.signing.keystore import lock
from pendopo.gateways.signing.local import LocalSigner
from pendopo.gateways.signing.port import Passphrase, SignatureOrder
from pendopo.gateways.signing.tests.papers import letter


class _Quiet(BaseHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the library's name)
        """Tests print nothing."""

    def body(self) -> bytes:
        return self.rfile.read(int(self.headers["Content-Length"]))

    def answer(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def timestamp_server(status: int = 200) -> Iterator[str]:
    """Stamps what it is sent (RFC 3161), or answers every request with another status."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Penanda waktu uji")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(
            key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
    )

    class Stamps(_Quiet):
        def do_POST(self) -> None:
            request = tsp.TimeStampReq.load(self.body())
            if status != 200:
                self.answer(status, "text/plain", b"away")
                return
            stamped = stamper.request_tsa_response(request)
            self.answer(200, "application/timestamp-reply", stamped.dump())

    with _serving(Stamps) as url:
        yield url


@dataclass
class Bsre:
    """BSrE as we know it: who may sign, and what it was asked."""

    url: str = ""
    user: str = "kantor"
    password: str = "rahasia-layanan"
    nik: str = "3374010101700001"
    passphrase: str = "kata sandi penanda"
    expired: bool = False
    broken: bool = False
    mood: str = ""  # how it misbehaves; see `_Service._moody`
    stamps_at: str = ""  # the address of a timestamp server
    asked: list[dict[str, str]] = field(default_factory=list)


# What BSrE says when it refuses, as published client programs tell.
_REFUSES: dict[str, tuple[int, dict[str, Any]]] = {
    "revoked": (400, {"error": "Sertifikat elektronik telah dicabut", "status_code": 2998}),
    "unstarted": (400, {"error": "Sertifikat elektronik belum diterbitkan", "status_code": 2997}),
    "itext": (400, {"error": "Proses signing gagal : InvalidPdfException: Rebuild failed"}),
    "inside": (500, {"error": "Internal Server Error", "status_code": 500}),
    "forbidden": (403, {"error": "Forbidden"}),
}
# Answers of status 200 that are no signed letter.
_ODD = {
    "html": b"<html>Selamat datang di jaringan kami</html>",
    "empty": b"",
    "json": b'{"message": "diterima"}',
    "rest": b"%PDF-1.7\nterputus di tengah",
}


class _Service(_Quiet):
    bsre: Bsre
    signer: LocalSigner
    locked: bytes
    own: Passphrase

    def do_GET(self) -> None:
        self._json(404 if self._is_ours() else 401, {"error": "User tidak terdaftar"})

    def do_POST(self) -> None:
        content = self.body()
        if self.bsre.broken:
            self.answer(503, "text/html", b"<h1>Service Unavailable</h1>")
        elif not self._is_ours():
            self._json(401, {"error": "Unauthorized"})
        elif self.path == "/api/sign/pdf":
            self._sign(*_form(self.headers, content))
        elif self.path == "/api/sign/verify":
            self._verify(*_form(self.headers, content))
        else:
            self._json(404, {"error": "Not Found"})

    def _is_ours(self) -> bool:
        wanted = b64encode(f"{self.bsre.user}:{self.bsre.password}".encode()).decode()
        return bool(self.headers["Authorization"] == f"Basic {wanted}")

    def _json(self, status: int, said: dict[str, Any]) -> None:
        self.answer(status, "application/json", json.dumps(said).encode())

    def _sign(self, form: dict[str, str], files: dict[str, bytes]) -> None:
        self.bsre.asked.append(form)
        if self.bsre.mood:
            self._moody(form, files)
        elif form["nik"] != self.bsre.nik:
            self._json(400, {"error": "User tidak terdaftar", "status_code": 2011})
        elif self.bsre.expired:
            self._json(400, {"error": "Sertifikat Anda telah expired", "status_code": 2999})
        elif form["passphrase"] != self.bsre.passphrase:
            said = "Proses signing gagal : Passphrase anda salah"
            self._json(400, {"error": said, "status_code": 2031})
        else:
            self.answer(200, "application/pdf", self._signed(form, files["file"]))

    def _signed(self, form: dict[str, str], pdf: bytes) -> bytes:
        order = SignatureOrder(self.own, "BSrE", form["reason"], form["location"])
        return LocalSigner(self.locked, self.bsre.stamps_at).sign(pdf, order)

    def _moody(self, form: dict[str, str], files: dict[str, bytes]) -> None:
        """Answers as no service should."""
        mood = self.bsre.mood
        if mood in _REFUSES:
            self._json(*_REFUSES[mood])
        elif mood in _ODD:
            self.answer(200, "application/pdf", _ODD[mood])
        elif mood == "unsigned":
            self.answer(200, "application/pdf", files["file"])
        elif mood == "other":
            self.answer(200, "application/pdf", self._signed(form, letter()))
        elif mood == "changed":
            signed = bytearray(self._signed(form, files["file"]))
            signed[len(files["file"]) // 2] ^= 1
            self.answer(200, "application/pdf", bytes(signed))
        elif mood == "huge":
            self.answer(200, "application/pdf", b"%PDF-" + bytes(41 * 2**20))
        elif mood == "elsewhere":
            self.send_response(307)
            self.send_header("Location", f"{self.bsre.url}/api/sign/pdf?lagi")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._dawdle(drips=mood == "drips")

    def _dawdle(self, *, drips: bool) -> None:
        """Says nothing, or a little again and again, until the other side has gone."""
        if drips:
            self.send_response(200)
            self.end_headers()
        gone = time.monotonic() + 30
        self.connection.settimeout(0.2)
        while time.monotonic() < gone:
            try:
                if drips:
                    self.wfile.write(b"%")
                if not self.connection.recv(1):
                    return
            except TimeoutError:
                continue
            except OSError:
                return

    def _verify(self, form: dict[str, str], files: dict[str, bytes]) -> None:
        verdict = self.signer.verify(files["signed_file"])
        details = [
            {
                "info_signer": {"signer_name": each.signer, "cert_user_certified": True},
                "signature_document": {
                    "document_integrity": each.intact and each.whole,
                    "signed_using_tsa": each.stamped,
                },
            }
            for each in verdict.signatures
        ]
        self._json(200, {"jumlah_signature": len(details), "details": details})


@contextmanager
def bsre_server(key: Any, passphrase: str = "kata sandi penanda") -> Iterator[Bsre]:
    """Signs with ``key`` (an `Unlocked`) whoever names the known NIK and passphrase."""
    bsre, own = Bsre(passphrase=passphrase), Passphrase("kunci di dalam BSrE")
    locked = lock(key, own)
    ours = {"bsre": bsre, "own": own, "locked": locked, "signer": LocalSigner(locked)}
    with _serving(type("Service", (_Service,), ours)) as url:
        bsre.url = url
        yield bsre


def _form(headers: Message, content: bytes) -> tuple[dict[str, str], dict[str, bytes]]:
    """Fields and files of a multipart body."""
    head = f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode()
    fields, files = {}, {}
    for part in BytesParser().parsebytes(head + content).get_payload():
        assert isinstance(part, Message)
        name = str(part.get_param("name", header="content-disposition"))
        value = part.get_payload(decode=True)
        assert isinstance(value, bytes)
        if part.get_filename():
            files[name] = value
        else:
            fields[name] = value.decode()
    return fields, files
