"""What `deploy/` says agrees with the code: its command, its settings, and units one can read."""

import re
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

from pendopo.project.cli import _parser
from pendopo.project.deployment import CONFIG_VARIABLE, setting_names

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
FILES = [path for path in sorted(DEPLOY.rglob("*")) if path.is_file()]
UNITS = sorted(DEPLOY.glob("systemd/*.service"))


def unit(path: Path) -> ConfigParser:
    parsed = ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string(path.read_text())
    return parsed


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"\bPENDOPO_[A-Z_]+\b", path.read_text()))
    assert named <= {*setting_names(), CONFIG_VARIABLE}


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_a_command_that_there_is(path: Path) -> None:
    program, *words = unit(path)["Service"]["ExecStart"].split()
    assert program.endswith("/.venv/bin/pendopo")
    assert _parser().parse_args(words).command
    assert unit(path)["Service"]["User"] == "pendopo"


def test_the_container_runs_the_same_command_as_one_user() -> None:
    service = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["pendopo"]
    recipe = (DEPLOY / "Dockerfile").read_text()
    assert service["command"] == ["pendopo", "run"]
    assert recipe.rstrip().endswith('CMD ["pendopo", "run"]')
    assert "\nUSER pendopo\n" in recipe
    assert service["build"]["dockerfile"] == "deploy/Dockerfile"


def test_what_the_image_copies_is_there() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Dockerfile").read_text(), re.M)
    names = [name for line in copied for name in line.split()]
    assert len(names) >= 6
    assert [name for name in names if not (DEPLOY.parent / name).exists()] == []


def test_systemd_reads_the_units() -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd-analyze here")
    timers = sorted(DEPLOY.glob("systemd/*.timer"))
    done = subprocess.run(
        ["systemd-analyze", "verify", *UNITS, *timers], capture_output=True, text=True
    )
    # The program is where it is installed, not here.
    said = [line for line in done.stderr.splitlines() if "is not executable" not in line]
    assert said == []
