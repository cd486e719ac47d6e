"""The way the real networks are met: over TLS, with a certificate that has to be right."""

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coop.publishing import NotSent, Published, Unknown
from publishers.x.publisher import Keys, X
from tests.publishers.conftest import attempt
from tests.sandbox.x.running import PracticeX


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    if not shutil.which("openssl"):
        pytest.skip("no openssl here to make a certificate with: posting over TLS not tried")
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "certificate.pem", folder / "key.pem"
    wanted = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    named = ["-subj", "/CN=practice", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(
        ["openssl", "req", *wanted, *named, "-keyout", key, "-out", made], check=True, capture_output=True
    )
    return made, key


@pytest.fixture(scope="module")
def secure(certificate) -> Iterator[PracticeX]:
    running = PracticeX(*certificate)
    yield running
    running.stop()


@pytest.fixture
def publisher(secure, certificate) -> X:
    secure.control("reset", all=True)
    given = secure.control("keys")
    keys = Keys(
        given["X_API_KEY"], given["X_API_SECRET"], given["X_ACCESS_TOKEN"], given["X_ACCESS_TOKEN_SECRET"]
    )
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    return X(keys, "FenmarchDigital", api_url=secure.url, seconds=1, tls=trusting)


def test_a_post_goes_out_over_tls(secure, publisher):
    assert isinstance(publisher.publish(attempt("Safely")), Published)
    assert secure.texts() == ["Safely"]


def test_a_certificate_nobody_vouches_for_is_never_written_to(secure, publisher):
    outcome = replace(publisher, tls=None).publish(attempt("To whom?"))
    assert outcome == NotSent("X could not be reached: its certificate could not be trusted")
    assert secure.control("ledger") == []


@pytest.mark.parametrize("fault", ["hang", "drip", "drop", "cut", "reset"])
def test_what_fails_after_sending_over_tls_is_unknown(secure, publisher, fault):
    secure.fault(fault, "after", seconds=0.05)
    assert isinstance(publisher.publish(attempt("Lost on the way")), Unknown)
    assert secure.texts() == ["Lost on the way"]
