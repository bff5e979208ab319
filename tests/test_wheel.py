"""The built wheel, installed into an empty environment, does the whole job from any folder."""

import os
import subprocess
import sys
import venv
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from conftest import EXAMPLE, ROOT

DAY = ["--as-of", "2024-09-30"]
SCENARIOS = ("launch", "promotion", "brand", "region", "growth")
MOST_PACKAGES = 22  # itself included; typer with rich is eight of them
MOST_MIB = 40

pytestmark = pytest.mark.slow  # builds, and installs from the package index


def call(*command, cwd, code=0, **env):
    """Run a command with nothing in its environment but what it needs."""
    kept = {
        key: os.environ[key] for key in os.environ if key.startswith(("PIP_", "HTTP", "http", "SSL", "HOME"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=kept | {"PATH": "/usr/bin:/bin", "MKTEXEC_TODAY": "2024-09-30", "LC_ALL": "C.UTF-8"} | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == code, done.stdout.decode() + done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
    call(*pip, "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(tmp_path_factory, wheel):
    """Return the folder of programs of an environment that holds the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    pip = [folder / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    call(*pip, "--only-binary", ":all:", wheel, cwd=folder)
    return folder / "bin"


@pytest.fixture(scope="module")
def inside(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_wheel_holds_the_package_and_its_templates_and_nothing_else(inside):
    assert {name.split("/")[0].split("-")[0] for name in inside} == {"mktexec"}
    templates = {Path(name).name for name in inside if name.startswith("mktexec/templates/")}
    campaigns = {f"{one}.{lang}.yaml.j2" for one in SCENARIOS for lang in ("en", "zh")}
    assert templates == campaigns | {"chart.j2", "flow.svg.j2", "gantt.svg.j2", "gantt.html.j2"}
    suffixes = {Path(name).suffix for name in inside if ".dist-info/" not in name}
    assert suffixes == {".py", ".j2"}


def test_every_module_is_in_the_wheel(inside):
    source = ROOT / "src"
    modules = {path.relative_to(source).as_posix() for path in source.rglob("*.py")}
    assert modules <= set(inside)


def test_the_wheel_says_what_it_needs(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith("/METADATA")]
        metadata = Parser().parsestr(archive.read(name).decode())
    assert (metadata["Name"], metadata["Requires-Python"], metadata["License-Expression"]) == (
        "mktexec",
        ">=3.11",
        "MIT",
    )
    assert metadata.get_payload().strip()


def test_an_installation_is_small(installed):
    python = installed / "python"
    listed = call(
        python, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check", cwd=installed
    )
    packages = [line for line in listed.splitlines() if not line.startswith(("pip==", "setuptools=="))]
    assert len(packages) <= MOST_PACKAGES, packages
    folder = next(installed.parent.glob("lib/python*/site-packages"))
    own = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    size = sum(
        path.stat().st_size for path in own if path.relative_to(folder).parts[0] not in ("pip", "setuptools")
    )
    assert size <= MOST_MIB * 2**20


def test_every_command_runs_from_another_folder(installed, tmp_path):
    program = installed / "mktexec"
    plan = ["--plan", EXAMPLE / "plan.yaml"]
    assert call(program, "--version", cwd=tmp_path).startswith("mktexec ")
    assert "retrospective" in call(program, "render", "--help", cwd=tmp_path)
    assert call(program, "check", *plan, cwd=tmp_path) == ""
    assert "线上销售额" in call(program, "status", *plan, *DAY, cwd=tmp_path)
    assert "[kpi-behind-no-cause]" in call(program, "warn", *plan, *DAY, cwd=tmp_path, code=1)
    assert "关键路径：T001" in call(program, "schedule", *plan, *DAY, cwd=tmp_path)
    assert call(program, "render", "tracking-record", *plan, *DAY, cwd=tmp_path).startswith("# 市场营销策略")
    assert call(program, "render", "retrospective", *plan, *DAY, cwd=tmp_path).startswith("# 复盘报告")
    assert "延误" in call(program, "explain", "T001", *plan, *DAY, cwd=tmp_path)
    assert "</html>" in call(program, "gantt", *plan, *DAY, "--format", "html", cwd=tmp_path)
    assert "</svg>" in call(program, "render", "flow-chart", *plan, *DAY, "--format", "svg", cwd=tmp_path)
    assert "T001" in call(program, "export", "csv", *plan, *DAY, cwd=tmp_path)
    call(program, "export", "ics", *plan, *DAY, cwd=tmp_path, code=3)  # says that it needs the extra
    assert '"$schema"' in call(program, "schema", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_scaffold_is_made_and_answered(installed, tmp_path, scenario):
    program = installed / "mktexec"
    call(program, "init", "--scenario", scenario, "--lang", "zh", cwd=tmp_path)
    call(program, "check", cwd=tmp_path)
    assert call(program, "status", cwd=tmp_path)
    assert call(installed / "python", "-m", "mktexec", "schedule", cwd=tmp_path)


def test_colour_works_in_an_installation_too(installed, tmp_path):
    coloured = call(
        installed / "mktexec", "status", "-p", EXAMPLE, *DAY, cwd=tmp_path, FORCE_COLOR="1", TERM="xterm"
    )
    assert "\x1b[" in coloured
