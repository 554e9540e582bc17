"""Sees to what the browser and network tests need from the system: Chromium, ip, socat, certutil.

Standard library only.
"""

import os
import shutil
import subprocess
import sys

NEEDED = {  # program → Debian package
    "chromium": "chromium",
    "ip": "iproute2",
    "socat": "socat",
    "certutil": "libnss3-tools",
}


def main() -> int:
    """Install what is missing, where that is ours to do; 1 with a sentence where it is not."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    packages = [
        package for program, package in NEEDED.items() if not shutil.which(program, path=path)
    ]
    if not packages:
        return 0
    install = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(
            f"The browser tests need {', '.join(packages)}: run `sudo {install}` "
            "(or what your system has for that), then again.",
            file=sys.stderr,
        )
        return 1
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update", install):
        print(f"$ {command}", flush=True)
        done = subprocess.run(
            command.split(), env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(
                done.stdout[-2000:],
                done.stderr[-2000:],
                f"`{command}` failed: install {', '.join(packages)} by hand.",
                file=sys.stderr,
            )
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
