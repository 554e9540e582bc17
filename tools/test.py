"""Every check, then all tests: `python3 tools/test.py [fast] [pytest arguments]`. It ends with
pytest's closing line.

The checks run two at a time; what failed is shown before pytest starts, and makes the exit code 1
in the end. `fast` leaves out the tests with real media and browsers.
"""

import subprocess
import sys
from pathlib import Path

from jobs import ROOT, Job, explain, run_side_by_side

BIN = ROOT / ".venv" / "bin"
CLIENT = ROOT / "client"
DOOR = ROOT / "engine" / "caddy"
PYTHON_CODE = ["server", "tests", "tools", "conftest.py"]
DATA = ROOT / ".build" / "check"  # settings are read by some checks; yours stay untouched
AT_ONCE = 2
# Real media, real browsers, and the tests with installations of their own: one is killed and
# started for half a minute, the other checks passwords with Argon2 for two.
SLOW = [
    "tests/media",
    "tests/browser",
    "tests/flows/test_supervisor.py",
    "tests/flows/test_sign_in.py",
    "tests/flows/test_sign_in_invitations.py",
    "tests/flows/test_sign_in_second_factor.py",
    "tests/flows/test_sign_in_sso.py",
]


def checks() -> list[Job]:
    """All that looks at the code without running the product."""

    def check(name: str, *words: str, folder: Path = ROOT, remedy: str = "") -> Job:
        program = [str(BIN / words[0])] if (BIN / words[0]).exists() else [words[0]]
        job = Job(name, lambda job: job.run([*program, *words[1:]], folder), remedy)
        job.environment["PENDOPO_DATA"] = str(DATA)
        return job

    return [
        check("types", "mypy"),
        check("svelte-check", "npm", "run", "--silent", "check", folder=CLIENT),
        check("ruff", "ruff", "check", *PYTHON_CODE),
        check("format", "ruff", "format", "--check", *PYTHON_CODE, remedy="Run `make format`."),
        check("imports", "lint-imports", remedy="docs/architecture.md says who may import whom."),
        check("migrations", "pendopo", "manage", "makemigrations", "--check", "--dry-run"),
        check(
            "messages",
            "python",
            "tools/messages.py",
            "--check",
            remedy="Run `make messages`, then translate.",
        ),
        check(
            "biome", "npm", "run", "--silent", "lint", folder=CLIENT, remedy="Run `make format`."
        ),
        check("go", "go", "test", "./...", folder=DOOR),
        check("vitest", "npm", "run", "--silent", "test", folder=CLIENT),
        check("size", "npm", "run", "--silent", "size", folder=CLIENT),
    ]


def main(arguments: list[str]) -> int:
    """0 when all is well."""
    fast = arguments[:1] == ["fast"]
    rest = arguments[1:] if fast else arguments
    failed = run_side_by_side(checks(), AT_ONCE, stop_at_failure=False)
    for job in failed:
        print(explain(job))
    if failed:
        print(
            f"CHECKS THAT FAILED: {', '.join(job.name for job in failed)}. "
            "The tests run all the same."
        )
    left_out = [f"--ignore={path}" for path in SLOW] if fast else []
    tests = subprocess.run([BIN / "pytest", *left_out, *rest], cwd=ROOT, check=False)
    return 1 if failed or tests.returncode else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
