"""Who signed a Windows file (Authenticode), by ``osslsigncode`` and ``openssl``."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

AUTHORITIES = Path(__file__).with_name("authorities.pem")
_CHAIN = ("-CAfile", str(AUTHORITIES), "-no-CApath", "-no-CAstore", "-partial_chain", "-no_check_time",
          "-purpose", "any")  # fmt: skip
"""Trusted are those authorities alone; a certificate may have ended since, as those of signers soon do."""


def signer(data: bytes, suffix: str) -> str:
    """Return the organisation that signed a .exe, .dll, .pyd or (``suffix``) .cat of just these bytes.

    Raises ValueError where there is no signature, it is not of these bytes, or no authority of
    ``authorities.pem`` stands behind it.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        signature, who = folder / "signature.der", folder / "signer.pem"
        if suffix == ".cat":
            signature.write_bytes(data)
        else:
            _extract(folder, data, signature)
        asked = ("-verify", "-inform", "DER", "-in", signature, "-signer", who, "-out", folder / "signed")
        if _run("openssl", "smime", *asked, *_CHAIN).returncode:
            raise ValueError("signed by nobody whom a known authority stands behind")
        said = _run("openssl", "x509", "-in", who, "-noout", "-subject", "-nameopt", "sep_multiline").stdout
    found = re.search(r"^\s*O=(.+)$", said, re.MULTILINE)
    if found is None:
        raise ValueError("no organisation named in the signature")
    return found[1]


def _extract(folder: Path, data: bytes, signature: Path) -> None:
    """Take the first signature out of a binary; each that it bears has to be of just this binary."""
    binary = folder / "binary"
    binary.write_bytes(data)
    digests = re.findall(
        r"(?:Current|Calculated) message digest *: *([0-9A-F]+)",
        _run("osslsigncode", "verify", binary).stdout,
    )
    if not digests or digests[::2] != digests[1::2]:
        raise ValueError("not signed, or changed since")
    _run("osslsigncode", "extract-signature", "-in", binary, "-out", signature)


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
