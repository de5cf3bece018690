"""The command line is thin: it parses, calls, prints and returns an exit code."""

import io
import json
import subprocess
import sys
import urllib.request
from threading import Thread

import pytest

from cxlab.course import (
    build,
    cli,
    files,
    manifest,
    present,
    rules,
    run,
    start,
    sweep,
    sweeping,
    verify,
)
from cxlab.course.cli import main
from cxlab.course.progress import counted, progress
from cxlab.course.render.lesson import EDITIONS


class TestHelp:
    def test_it_imports_nothing_heavy(self):
        """--help answers within .3 s: what costs time is imported in its verb."""
        script = (
            "import sys, json\n"
            "from cxlab.course.cli import main\n"
            "code = main(['--help'])\n"
            "print(json.dumps([code, sorted(sys.modules)]))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True
        )
        code, modules = json.loads(done.stdout.splitlines()[-1])
        foreign = {name.split(".")[0] for name in modules} - sys.stdlib_module_names
        # .pth files of the environment may bring their own; none of them is heavy
        heavy = {"numpy", "pandas", "matplotlib", "scipy", "nbformat", "papermill",
                 "rich", "jupyter_client", "IPython"}  # fmt: skip
        assert code == 0
        assert foreign.isdisjoint(heavy)
        ours = [name for name in modules if name.startswith("cxlab")]
        assert ours == [
            "cxlab",
            "cxlab.course",
            "cxlab.course.cli",
            "cxlab.course.verbs",
        ]
        assert len(modules) < 150

    def test_it_names_every_verb(self, capsys):
        assert main(["--help"]) == 0
        said = capsys.readouterr().out
        assert all(f"\n    {verb} " in said for verb in cli.VERBS)

    @pytest.mark.parametrize("verb", cli.VERBS)
    def test_every_verb_has_its_own(self, verb, capsys):
        assert main([verb, "--help"]) == 0
        assert f"usage: cxlab {verb}" in capsys.readouterr().out


class TestExitCodes:
    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ([], "required: VERB"),
            (["verfy"], "the nearest is 'verify'"),
            (["run"], "required: lesson"),
            (["run", "42_path_modle"], "the nearest is '42_path_model'"),
            (["run", "42", "-p", "seed"], "Write it as -p seed=VALUE"),
            (["run", "42", "--edition", "gold"], "invalid choice: 'gold'"),
            (["sweep", "-p", "n=1:3"], "Name it: cxlab sweep 10 -p"),
            (["sweep", "42", "-p", "n=1:3", "--accept"], "Leave out -p, or leave out"),
            (["sweep", "42", "--profile", "full"], "Leave out --profile"),
            (["sweep", "-o", "x.csv"], "One table holds one lesson"),
            (["verify", "--workers", "0"], "'0' is not a number from 1 upwards"),
        ],
    )
    def test_wrong_usage_is_2_and_says_what_is_right(self, asked, said, capsys):
        assert main(asked) == 2
        assert said in capsys.readouterr().err

    def test_an_unknown_parameter_is_2_with_the_nearest_and_the_list(self, capsys):
        assert main(["run", "10", "-p", "sede=3"]) == 2
        said = capsys.readouterr().err
        assert "no parameter 'sede'; the nearest is 'seed'" in said
        assert "The lesson takes:" in said

    @pytest.mark.parametrize(
        ("error", "code"),
        [
            (start.DamagedRecord("said"), 2),
            (NotADirectoryError("said"), 2),
            (files.CannotWrite("said"), 1),
            (build.BuildFailed("said"), 1),
            (ModuleNotFoundError("said", name="papermill"), 1),
            (KeyboardInterrupt(), 130),
        ],
    )
    def test_each_kind_of_failure_has_its_code(self, error, code, planted, capsys):
        planted(error)
        assert main(["list"]) == code
        said = capsys.readouterr().err
        assert "Stopped." in said if code == 130 else "cxlab list: said" in said
        assert "Traceback" not in said

    def test_a_mistake_of_ours_keeps_its_traceback(self, monkeypatch):
        """An error that nobody wrote to be read would only puzzle its reader."""
        monkeypatch.setattr(manifest, "manifest", lambda: [].index("x"))
        with pytest.raises(ValueError, match="not in list"):
            main(["list"])

    def test_a_reader_who_leaves_early_is_no_failure(self):
        """`cxlab list | head -0` closes the pipe before anything is written."""
        script = (
            "import sys; from cxlab.course.cli import main; sys.exit(main(['list']))"
        )
        with subprocess.Popen(
            [sys.executable, "-c", script],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            process.stdout.close()
            assert process.stderr.read() == b""
        assert process.returncode == 0


@pytest.fixture
def planted(monkeypatch):
    """Make `cxlab list` fail, from a line of the course's own code."""

    def plant(error):
        source = compile(
            "def manifest(error=None):\n    raise ERROR\n", cli.__file__, "exec"
        )
        names = {"ERROR": error}
        exec(source, names)
        monkeypatch.setattr(manifest, "manifest", names["manifest"])

    return plant


class TestVerbs:
    def test_list_gives_every_lesson_with_its_minutes(self, capsys):
        assert main(["list"]) == 0
        lines = capsys.readouterr().out.splitlines()
        for lesson in manifest.manifest().lessons.values():
            [line] = [one for one in lines if one.strip().startswith(lesson.name)]
            assert f"{lesson.teach} + {lesson.practise} min" in line

    def test_start_gives_a_folder_and_says_how_to_open_it(self, tmp_path, capsys):
        folder = tmp_path / "mine"
        assert main(["start", str(folder)]) == 0
        names = {path.stem for path in folder.glob("*.ipynb")}
        assert names == set(manifest.manifest().lessons)
        assert f"cxlab lab {folder}" in capsys.readouterr().out

    def test_run_prints_what_the_lesson_recorded(self, monkeypatch, capsys):
        asked = ran(monkeypatch, ok=True)
        assert main(["run", "42", "-p", "scheme=path", "--profile", "fast"]) == 0
        assert asked[0].parameters == {"scheme": "path"}
        assert (asked[0].edition, asked[0].profile) == ("full", "fast")
        said = capsys.readouterr().out.splitlines()
        assert [line.split() for line in said] == [
            ["result", "value", "unit"],
            ["r2", "0.123457", "share"],
        ]

    def test_a_lesson_that_fails_is_1_and_shows_its_cell(self, monkeypatch, capsys):
        ran(monkeypatch, ok=False)
        assert main(["run", "42"]) == 1
        assert "cell 3 (odds-by-hand) stopped the lesson" in capsys.readouterr().err

    def test_verify_prints_a_row_per_lesson_and_profile(self, monkeypatch, capsys):
        asked = verified(monkeypatch, verdict="holds")
        assert main(["verify", "42", "--profile", "both", "--workers", "2"]) == 0
        assert asked["profiles"] == ("fast", "full")
        assert (asked["accepting"], asked["fresh"], asked["workers"]) == (
            False,
            False,
            2,
        )
        head, row = capsys.readouterr().out.splitlines()
        assert head.split() == [
            "lesson", "profile", "seconds", "held", "drifted", "verdicts"
        ]  # fmt: skip
        assert row.split("  ")[0] == "42_path_model"
        assert row.endswith("C1 holds")

    def test_verify_is_1_and_says_what_drifted(self, monkeypatch, capsys):
        verified(monkeypatch, verdict="holds", drifted="r2: expected 0.4, found 0.5")
        assert main(["verify"]) == 1
        assert "r2: expected 0.4, found 0.5" in capsys.readouterr().err

    def test_sweep_prints_shares_and_writes_a_table(
        self, monkeypatch, tmp_path, capsys
    ):
        swept(monkeypatch, verdicts=["holds", "holds", "holds", "open"])
        table = tmp_path / "new" / "sweep.csv"
        assert main(["sweep", "42", "-p", "seed=1:4", "-o", str(table)]) == 0
        said = capsys.readouterr().out.splitlines()
        assert said[1].split() == ["verdict", "C1", "holds", "75%", "4"]
        lines = table.read_text(encoding="utf-8").splitlines()
        assert lines[0] == "lesson,profile,seed,kind,name,value,unit"
        assert lines[4] == "42_path_model,fast,4,verdict,C1,open,"

    def test_a_sweep_with_a_run_that_fails_is_1(self, monkeypatch, tmp_path, capsys):
        swept(monkeypatch, verdicts=["holds", None])
        table = tmp_path / "sweep.csv"
        assert main(["sweep", "42", "-p", "seed=1:2", "-o", str(table)]) == 1
        assert "seed=2: the kernel died" in capsys.readouterr().err
        assert "failure,dead kernel,the kernel died" in table.read_text(
            encoding="utf-8"
        )

    def test_build_ends_with_the_path_to_open(self, monkeypatch, tmp_path, capsys):
        built = build.Built(site=tmp_path, pages=12, seconds=3.2, left_out=("PDF",))
        monkeypatch.setattr(build, "build", lambda **options: built)
        assert main(["build"]) == 0
        last = capsys.readouterr().out.splitlines()[-1]
        assert last == f"Open {tmp_path / 'index.html'}"

    def test_check_is_1_where_a_rule_is_broken(self, monkeypatch, capsys):
        finding = rules.Finding(
            where="course", cell="", rule="Rule", says="a mistake", advice="Mend it."
        )
        monkeypatch.setattr(rules, "check_course", lambda: [finding])
        assert main(["check"]) == 1
        assert "course: a mistake [Rule]" in capsys.readouterr().out

    def test_the_editions_of_a_page_are_those_that_can_be_rendered(self):
        assert list(cli.EDITIONS) == list(EDITIONS)


def ran(monkeypatch, *, ok):
    """Answer for the runner; return the runs that it was asked for."""
    asked = []
    failure = run.Failure(
        kind="error", message="ZeroDivisionError", cell="odds-by-hand", number=3
    )
    records = (
        {"kind": "prediction", "id": "guess", "value": 1},
        {"kind": "result", "name": "r2", "value": 0.12345678, "unit": "share"},
    )

    def run_many(runs, **options):
        asked.extend(runs)
        return [
            run.RunResult(
                run=one, ok=ok, seconds=1.0, cell_seconds=0.5, executed="",
                records=records, failure=None if ok else failure,
            )
            for one in runs
        ]  # fmt: skip

    monkeypatch.setattr(run, "run_many", run_many)
    return asked


def verified(monkeypatch, *, verdict, drifted=None):
    """Answer for verify; return what it was asked."""
    asked = {}

    def answer(lessons, **options):
        asked.update(options, lessons=lessons)
        row = verify.Row(
            lesson="42_path_model", profile="fast", seconds=1.0, cached=False, held=3,
            verdicts={"C1": verdict}, mismatches=(drifted,) if drifted else (),
        )  # fmt: skip
        return verify.Verification(rows=(row,))

    monkeypatch.setattr(verify, "verify", answer)
    return asked


def swept(monkeypatch, *, verdicts):
    """Answer for the sweep: a run for each verdict, one that fails for None."""

    def result(seed, verdict):
        claim = {"kind": "claim", "id": "C1", "verdict": verdict}
        return run.RunResult(
            run=run.Run(lesson="42_path_model", parameters={"seed": seed}),
            ok=verdict is not None, seconds=1.0, cell_seconds=1.0, executed="",
            records=(claim,) if verdict else (),
            failure=None if verdict
            else run.Failure(kind="dead kernel", message="the kernel died"),
        )  # fmt: skip

    def answer(lesson, grid, **options):
        return sweep.Sweep(
            lesson="42_path_model", profile="fast", grid={"seed": (1, 2, 3, 4)},
            results=tuple(result(i, one) for i, one in enumerate(verdicts, start=1)),
        )  # fmt: skip

    monkeypatch.setattr(sweeping, "sweep", answer)


class TestProgress:
    def test_a_log_gets_a_line_for_each_step(self, capsys):
        with progress("building") as step:
            step(0, 2, "nothing yet")
            step(1, 2, "ran 42")
            counted(step)("more")
        assert capsys.readouterr().err.splitlines() == [
            "building 1/2: ran 42",
            "building 1: more",
        ]

    def test_a_terminal_gets_a_bar(self, monkeypatch):
        screen = io.StringIO()
        monkeypatch.setattr(screen, "isatty", lambda: True)
        monkeypatch.setattr(sys, "stderr", screen)
        monkeypatch.setenv("TERM", "xterm")
        with progress("building") as step:
            step(1, 2, "ran 42")
        shown = screen.getvalue()
        assert "1/2" in shown
        assert "ran 42" in shown
        assert "0:00:00" in shown  # a line of a log carries no clock


class TestPresent:
    def test_the_site_is_served_on_loopback_only(self, tmp_path):
        (tmp_path / "index.html").write_text("<h1>cxlab</h1>", encoding="utf-8")
        with present.server(tmp_path) as serving:
            Thread(target=serving.serve_forever, daemon=True).start()
            assert serving.server_address[0] == "127.0.0.1"
            address = f"http://127.0.0.1:{serving.server_port}/"
            with urllib.request.urlopen(address) as answer:
                assert answer.read() == b"<h1>cxlab</h1>"
                assert answer.headers["Cache-Control"] == "no-store"
            serving.shutdown()

    def test_a_port_in_use_is_left_to_who_has_it(self, tmp_path):
        with present.server(tmp_path) as first:
            with present.server(tmp_path) as second:
                assert second.server_port != first.server_port
            with pytest.raises(OSError, match=f"uses port {first.server_port}"):
                present.server(tmp_path, first.server_port)

    def test_without_a_site_it_says_how_to_build_one(
        self, monkeypatch, tmp_path, capsys
    ):
        monkeypatch.setattr(present, "project_root", lambda: tmp_path)
        assert main(["present"]) == 2
        assert "Build it: cxlab build" in capsys.readouterr().err
