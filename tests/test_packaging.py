"""The two commands, the locks, the conda route and CI say the same thing."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from rattler import MatchSpec, Version

from cxlab.course import locks
from cxlab.root import project_root

ROOT = project_root()
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BOTH = sorted(locks.LOCKS)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def environment_yml() -> dict:
    return yaml.safe_load(text("environment.yml"))


class TestOneListOfPythons:
    """requires-python is the truth; whatever else names the versions agrees."""

    supported = SpecifierSet(PYPROJECT["project"]["requires-python"])

    @pytest.mark.parametrize("version", ["3.10", "3.11", "3.12", "3.13", "3.14"])
    def test_everything_names_the_same_versions(self, version):
        wanted = version in self.supported
        script = re.search(r'^supported="(.*)"', text("tools/env.sh"), re.MULTILINE)
        boot = re.search(
            r"^SUPPORTED = \((.*)\)", text("tools/bootstrap.py"), re.MULTILINE
        )
        assert (version in locks.PYTHONS) == wanted
        assert (version in script[1].split()) == wanted
        assert (f'"{version}"' in boot[1]) == wanted

    def test_ci_tries_each_of_them(self):
        jobs = yaml.safe_load(text(".github/workflows/ci.yml"))["jobs"]
        for job in jobs.values():
            assert job["strategy"]["matrix"]["python"] == list(locks.PYTHONS)


class TestDependencies:
    """Who imports a package asks for it, and does not lean on who else brings it."""

    @pytest.mark.parametrize(
        ("folder", "extras"),
        [("src", ["pages", "rules", "lab"]), ("tests", None), ("tools", None)],
    )
    def test_what_is_imported_is_asked_for(self, folder, extras):
        asked = {
            canonicalize_name(Requirement(one).name)
            for one in locks.asked_for(ROOT / "pyproject.toml", extras)
        }
        brought_by = metadata.packages_distributions()
        for name in sorted(imported(ROOT / folder) - sys.stdlib_module_names):
            homes = {canonicalize_name(one) for one in brought_by.get(name, ())}
            if homes and name != "cxlab":
                assert homes & asked, f"{folder} imports {name} from {homes}"


def imported(folder: Path) -> set[str]:
    """Every package that the modules of a folder import, wherever they do."""
    found = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found


class TestLocks:
    @pytest.mark.parametrize("name", BOTH)
    def test_every_pin_carries_a_hash(self, name):
        lock = locks.read_lock(ROOT / name)
        assert len(lock) > 100
        assert all(
            re.fullmatch(r"sha256:[0-9a-f]{64}", h) for one in lock for h in one.hashes
        )
        assert all(one.hashes for one in lock)

    @pytest.mark.parametrize("name", BOTH)
    def test_no_host_and_no_path_stands_in_a_lock(self, name):
        """A lock is read by others, from other places."""
        assert not re.search(r"://|--index|--find-links|\s/\w+/", text(name))

    def test_they_hold_what_pyproject_asks_for_on_every_machine(self):
        assert locks.problems(ROOT) == []

    def test_a_forgotten_lock_is_named(self, tmp_path):
        for name in [*BOTH, "pyproject.toml"]:
            shutil.copy(ROOT / name, tmp_path)
        asked = text("pyproject.toml").replace('"scipy>=1.17"', '"scipy>=99"')
        (tmp_path / "pyproject.toml").write_text(asked, encoding="utf-8")
        found = locks.problems(tmp_path)
        assert any("Python 3.13 on Windows: scipy>=99" in one for one in found)
        assert len(found) == len(BOTH) * len(list(locks.machines()))

    def test_a_host_in_a_lock_is_refused(self):
        with pytest.raises(ValueError, match="neither: '--index-url"):
            locks.parse_lock("--index-url https://packages.example/simple\n")

    def test_what_is_installed_here_is_what_the_lock_says(self):
        """Numbers are pinned by versions: another version is another course."""
        found = locks.differences(locks.read_lock(ROOT / "requirements-verify.lock"))
        assert not found, found

    def test_the_small_lock_leaves_out_jupyterlab_and_the_browser(self):
        names = {one.name for one in locks.read_lock(ROOT / "requirements-verify.lock")}
        assert not names & {"jupyterlab", "playwright", "axe-playwright-python"}
        assert {"papermill", "nbconvert", "pytest", "hatchling", "editables"} <= names


class TestConda:
    """environment.yml gives Python and pip; the two pip commands give the rest."""

    def test_it_parses_strictly(self):
        specs = [
            MatchSpec(one, strict=True) for one in environment_yml()["dependencies"]
        ]
        assert [str(one.name.as_source) if hasattr(one.name, "as_source") else
                one.name.normalized for one in specs] == ["python", "pip"]  # fmt: skip

    def test_its_python_is_ours(self):
        spec = MatchSpec(environment_yml()["dependencies"][0], strict=True)
        ours = SpecifierSet(PYPROJECT["project"]["requires-python"])
        for version in ("3.10.9", "3.11.0", "3.12.4", "3.13.9", "3.14.0"):
            assert in_range(spec, version) == (version in ours), version

    def test_its_pip_understands_hashes_and_editable_projects(self):
        spec = MatchSpec(environment_yml()["dependencies"][1], strict=True)
        assert not in_range(
            spec, "21.2"
        )  # the first that installs -e by PEP 660 is 21.3
        assert in_range(spec, "25.0")

    def test_it_leaves_the_packages_to_the_lock(self):
        """Two lists of versions would differ one day; a pip section holds no hashes."""
        named = [one.split()[0] for one in environment_yml()["dependencies"]]
        locked = {one.name for one in locks.read_lock(ROOT / "requirements.lock")}
        assert not locked & set(named)

    def test_readme_gives_the_same_two_pip_commands(self):
        readme = text("README.md")
        assert "python -m pip install --require-hashes -r requirements.lock" in readme
        assert "python -m pip install --no-deps --no-build-isolation -e ." in readme


def in_range(spec: MatchSpec, version: str) -> bool:
    bounds = str(spec.version).split(",")
    compare = {
        ">=": Version.__ge__,
        "<": Version.__lt__,
    }
    return all(
        compare[sign](Version(version), Version(bound))
        for sign, bound in (re.fullmatch(r"(>=|<)(.+)", b).groups() for b in bounds)
    )


class TestContinuousIntegration:
    @pytest.mark.parametrize(
        ("schema", "file"),
        [
            ("vendor.github-workflows", ".github/workflows/ci.yml"),
            ("vendor.citation-file-format", "CITATION.cff"),
        ],
    )
    def test_what_others_read_has_the_published_shape(self, schema, file):
        """The workflow cannot run here: at least it is held to its schema."""
        command = ["-m", "check_jsonschema", "--builtin-schema", schema, ROOT / file]
        done = subprocess.run(
            [sys.executable, *command], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout

    def test_the_workflow_calls_what_exists(self):
        steps = [
            step["run"]
            for job in yaml.safe_load(text(".github/workflows/ci.yml"))["jobs"].values()
            for step in job["steps"]
            if "run" in step
        ]
        made = {w for run in steps for w in re.findall(r"^make (\w+)", run)}
        assert made == {"check", "test", "course"}
        assert made <= set(re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE))

    def test_windows_types_what_readme_says(self):
        job = yaml.safe_load(text(".github/workflows/ci.yml"))["jobs"]["windows"]
        runs = [step["run"] for step in job["steps"] if "run" in step]
        said = [run.replace("${{ matrix.python }}", "3.13") for run in runs]
        assert all(command in text("README.md") for command in said), said

    def test_hooks_are_local_and_call_the_environments_own_tools(self):
        [repo] = yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]
        assert repo["repo"] == "local"
        assert {hook["language"] for hook in repo["hooks"]} == {"system"}
        assert all(h["entry"].startswith("sh tools/env.sh ") for h in repo["hooks"])


class TestReadme:
    def test_the_two_commands_come_first(self):
        readme = text("README.md")
        first = readme.index("make course")
        assert first < readme.index("make test") < readme.index("](docs/lesson.png)")
        assert readme.index("](docs/") < readme.index("## The map")
        assert readme.index("## The map") < readme.index("## With conda")
        assert readme.index("## With conda") < readme.index("## On Windows")

    def test_what_it_links_to_is_there(self):
        links = re.findall(r"\]\(([^):#]+)\)", text("README.md"))
        assert links
        assert [link for link in links if not (ROOT / link).exists()] == []

    def test_every_make_target_it_names_exists(self):
        named = set(re.findall(r"`?make ([a-z]+)", text("README.md")))
        made = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
        assert named - {"and"} <= made


def fake_python(folder: Path, name: str, version: str | None) -> Path:
    """Put a command on a PATH of its own that says it is that Python, or fails."""
    file = folder / name
    says = "exit 127" if version is None else f"echo {version}"
    file.write_text(f"#!/bin/sh\n{says}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine with the tools of a shell and no Python, but those put there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("sh", "make", "dirname", "tr", "sed", "head", "tail", "true"):
        (folder / tool).symlink_to(shutil.which(tool))
    return folder


def run(folder: Path, *command: str, **settings: str) -> subprocess.CompletedProcess:
    env = {"PATH": str(folder), "HOME": str(folder.parent), "LC_ALL": "C", **settings}
    return subprocess.run(
        command, env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )


posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no make and no sh")


@posix
class TestChoosingPython:
    """make refuses other Pythons by name, and counts only those that run."""

    @pytest.mark.parametrize("version", ["2.7", "3.10", "3.14"])
    def test_another_version_is_refused_by_name(self, machine, version):
        fake_python(machine, "python3", version)
        fake_python(machine, "python3.12", "3.12")
        done = run(machine, "make", "test", "PYTHON=python3")
        assert done.returncode == 2
        assert f"python3 is Python {version}, which will not do." in done.stderr
        assert "runs on Python 3.11, 3.12, 3.13" in done.stderr
        assert f"make test PYTHON={machine}/python3.12" in done.stderr

    def test_a_shim_that_fails_does_not_count(self, machine):
        fake_python(machine, "python3.12", None)
        done = run(machine, "make", "course", "PYTHON=python3.12")
        assert done.returncode == 2
        assert (
            f"python3.12 stands at {machine}/python3.12 and does not run."
            in done.stderr
        )

    def test_behind_a_shim_that_fails_the_next_of_that_name_is_taken(self, machine):
        fake_python(machine, "python3.13", None)
        real = machine.parent / ".pyenv/versions/3.13.0/bin"
        real.mkdir(parents=True)
        found = fake_python(real, "python3.13", "3.13")
        done = run(machine, "sh", "tools/env.sh", "--list")
        assert done.stdout.split() == [str(found)]

    def test_a_name_that_is_nowhere_is_said_to_be_nowhere(self, machine):
        done = run(machine, "make", "test", "PYTHON=python3.12")
        assert done.returncode == 2
        assert "python3.12 was not found." in done.stderr
        assert "None of them was found here." in done.stderr

    def test_with_no_name_the_first_that_will_do_is_taken(self, machine):
        fake_python(machine, "python3", "3.14")
        fake_python(machine, "python3.12", "3.12")
        done = run(machine, "sh", "-x", "tools/env.sh", "true")
        assert f"python={machine}/python3.12" in done.stderr

    def test_with_none_that_will_do_the_wrong_ones_are_named(self, machine):
        fake_python(machine, "python3", "3.14")
        done = run(machine, "make", "course")
        assert done.returncode == 2
        assert "No Python here will do. python3 is Python 3.14." in done.stderr


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What the bootstrap reads, in a folder of its own."""
    clone = tmp_path / "a clone"
    (clone / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools/bootstrap.py", clone / "tools")
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, clone)
    return clone


# pip takes two seconds to put into an environment, and nothing here needs it there
STEPS = """
call = b.call
b.call = lambda *command: call(*command, *['--without-pip'] * ('venv' in command))
b.install = lambda folder: b.say('INSTALL')
b.install_course = lambda folder: b.say('COURSE')
"""


def bootstrap(
    clone: Path, before: str = "", *, steps: str = STEPS
) -> subprocess.CompletedProcess:
    """Run the bootstrap, with the steps that download replaced by a word each."""
    lines = [
        f"import sys; sys.path.insert(0, {str(clone / 'tools')!r})",
        "import bootstrap as b",
        steps,
        before,
        "sys.exit(b.main())",
    ]
    return subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        capture_output=True,
        text=True,
        check=False,
    )


def environment(clone: Path) -> Path:
    return clone / f".venv-{sys.version_info[0]}.{sys.version_info[1]}"


class TestBootstrap:
    def test_a_second_run_installs_nothing(self, clone):
        first, second = bootstrap(clone), bootstrap(clone)
        assert "INSTALL" in first.stderr
        assert (second.returncode, second.stderr) == (0, "")
        assert Path(second.stdout.strip()).parent == environment(clone)

    def test_a_half_made_environment_is_made_anew(self, clone):
        """The stamp is written last: without it something was interrupted."""
        bootstrap(
            clone, "def stop(f): raise KeyboardInterrupt\nb.install_course = stop"
        )
        left = environment(clone) / "half-made"
        left.write_text("", encoding="utf-8")
        done = bootstrap(clone)
        assert "it was half made" in done.stderr
        assert "INSTALL" in done.stderr
        assert not left.exists()

    def test_another_lock_makes_the_environment_anew(self, clone):
        bootstrap(clone)
        lock = clone / "requirements.lock"
        lock.write_text(lock.read_text(encoding="utf-8") + "# new\n", encoding="utf-8")
        assert "it was out of date" in bootstrap(clone).stderr

    def test_another_pyproject_only_installs_the_course_again(self, clone):
        bootstrap(clone)
        with (clone / "pyproject.toml").open("a", encoding="utf-8") as file:
            file.write("# new\n")
        done = bootstrap(clone)
        assert "COURSE" in done.stderr
        assert "INSTALL" not in done.stderr

    def test_an_environment_whose_python_is_gone_is_made_anew(self, clone):
        bootstrap(clone)
        scripts = environment(clone) / ("Scripts" if os.name == "nt" else "bin")
        for python in scripts.glob("python*"):
            python.unlink()
        assert "INSTALL" in bootstrap(clone).stderr

    def test_a_moved_clone_makes_its_own(self, clone):
        """Commands carry the path of their environment in their first line."""
        bootstrap(clone)
        moved = clone.rename(clone.with_name("moved"))
        assert "INSTALL" in bootstrap(moved).stderr

    def test_a_missing_venv_module_is_named_with_its_remedy(self, clone):
        done = bootstrap(
            clone,
            "found = b.importlib.util.find_spec\n"
            "b.importlib.util.find_spec = "
            "lambda name: None if name == 'ensurepip' else found(name)",
        )
        assert done.returncode == 2
        assert "has no module ensurepip" in done.stderr
        assert re.search(r"sudo apt install python3\.1[123]-venv", done.stderr)

    def test_another_version_is_refused_by_name(self, clone):
        done = bootstrap(clone, "b.VERSION = '3.14'")
        assert done.returncode == 2
        assert "Python 3.14, which will not do" in done.stderr
        assert "3.11, 3.12, 3.13" in done.stderr

    def test_a_failed_step_leaves_no_stamp(self, clone):
        done = bootstrap(
            clone, "b.install = lambda folder: b.call(sys.executable, '-c', '1/0')"
        )
        assert done.returncode == 1
        assert "The environment was not made" in done.stderr
        assert not (environment(clone) / "cxlab-stamp.json").exists()

    def test_uv_comes_from_the_lock_with_its_hashes(self, clone):
        done = bootstrap(clone, "print(b.uv_alone(b.LOCK.read_text())); sys.exit()")
        lines = done.stdout.strip().splitlines()
        assert re.fullmatch(r"uv==[\d.]+ \\", lines[0])
        assert len(lines) > 5
        assert all(line.strip().startswith("--hash=sha256:") for line in lines[1:])

    @pytest.mark.parametrize(
        ("said", "own"),
        [
            ("global.index-url='https://packages.example/simple'", True),
            (":env:.no-index='1'", True),
            ("global.extra-index-url='file:///somewhere'", False),
            ("", False),
        ],
    )
    def test_where_pip_has_its_own_source_pip_does_the_work(self, clone, said, own):
        """uv does not read pip's settings, and must not go round somebody's mirror."""
        done = bootstrap(
            clone,
            f"class Done: stdout = {said!r}\n"
            "b.subprocess.run = lambda *a, **k: Done\n"
            "print(b.pip_has_own_source('python')); sys.exit()",
        )
        assert done.stdout.strip() == str(own)

    def test_where_uv_fails_pip_does_the_work(self, clone):
        done = bootstrap(
            clone,
            "def fail(python): raise b.subprocess.CalledProcessError(1, 'uv')\n"
            "b.pip_has_own_source = lambda python: False\n"
            "b.install_with_uv = fail\n"
            "b.call = lambda *command: b.say(' '.join(map(str, command)))\n"
            "b.stamped = lambda folder: {}\n"
            "b.install(b.ROOT / 'env'); sys.exit()",
            steps="",
        )
        emptied, installed = done.stderr.splitlines()[1:]
        assert "-m venv" in emptied
        assert "-m pip install -q --require-hashes -r" in installed


def test_the_stamp_can_be_read_by_a_person(clone):
    bootstrap(clone)
    stamp: Mapping[str, str] = json.loads(
        (environment(clone) / "cxlab-stamp.json").read_text(encoding="utf-8")
    )
    assert set(stamp) == {"folder", "python", "lock", "project"}
