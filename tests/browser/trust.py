"""A device that trusts one root besides those that all devices trust, as after `/sertifikat`."""

import shutil
import subprocess
from pathlib import Path


def why_not() -> str:
    """Why no such device can be made here; empty when it can."""
    return "" if shutil.which("certutil") else "certutil is not installed (libnss3-tools)"


def home_that_trusts(root: Path, folder: Path) -> Path:
    """A home folder for Chromium, whose store of authorities holds ``root`` and nothing else."""
    store = folder / ".pki" / "nssdb"
    store.mkdir(parents=True)
    certutil = ["certutil", "-d", f"sql:{store}"]
    subprocess.run([*certutil, "-N", "--empty-password"], check=True, capture_output=True)
    adding = ["-A", "-n", "Pendopo", "-t", "C,,", "-i", str(root)]
    subprocess.run([*certutil, *adding], check=True, capture_output=True)
    return folder
