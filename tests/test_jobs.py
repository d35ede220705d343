"""Several processes report what one does, in its order, whatever becomes of them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import program
import pytest
from workspaces import FIXTURES

from sidecar_lint.commands import jobs as choosing
from sidecar_lint.commands.jobs import Workers, jobs
from sidecar_lint.files.writing import replacing
from sidecar_lint.linting.report import PathProblem

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not copied here")

#: A rule that does in a copied process what it says, and something harmless in the first one.
RULE = """\
import os
from multiprocessing import parent_process
from sidecar_lint import Rule, Severity, Stage

class Own(Rule):
    "A rule of the repository."

    code, name, severity, stage = "OWN101", "own-rule", Severity.WARNING, Stage.SILENT

    def check(self, manifest):
        message = "was run"
        if parent_process() and manifest.name == "orders7":
            {inside}
        yield self.finding(manifest.document.root.span, message)
"""

#: A rule that notes in which process it saw the first manifest, and which input of secrets.
SEEING = """\
import os
from sidecar_lint import Rule, Severity, Stage

class Own(Rule):
    "A rule of the repository."

    code, name, severity, stage = "OWN101", "own-rule", Severity.WARNING, Stage.SILENT

    def check_document(self, document):
        if document.manifests[0].name == "orders":
            self._note(document)
        yield from ()

    def check_secret_input(self, secret_input):
        self._note(secret_input)
        yield self.finding(secret_input.root.span, "was run")

    def _note(self, file):
        with open(f"seen-{os.getpid()}", "a") as seen:
            seen.write(f"{file.source.path}\\n")
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty workloads with addons, collectors and mistakes; a file that is no text, and one that nobody reads."""
    root = tmp_path_factory.mktemp("large") / "shop"
    shutil.copytree(FIXTURES / "shop", root)
    orders = root / "copilot" / "orders"
    for number in range(20):
        copied = orders.with_name(f"orders{number}")
        shutil.copytree(orders, copied)
        manifest = copied / "manifest.yml"
        text = manifest.read_text("utf-8").replace("name: orders\n", f"name: orders{number}\n", 1)
        manifest.write_text(text + ("\nsidcars: {}\n" if number % 3 == 0 else ""), "utf-8")
    (root / "copilot" / "broken").mkdir()
    (root / "copilot" / "broken" / "manifest.yml").write_bytes(b"name: \xff\n")
    (root / "copilot" / "orders3" / ".sidecar-lint.yml").write_text("selct: []\n")
    return root


def lint(folder: Path, *arguments: str) -> tuple[int, str, str]:
    done = program.run(folder, *arguments)
    return done.returncode, done.stdout, done.stderr


def lint_anew(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """The same by a process that is no copy yet."""
    done = subprocess.run(
        [*program.START, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "gitlab", "junit"])
def test_the_report_is_that_of_one_process(form: str, large: Path) -> None:
    asked = (".", "secrets.yml", "missing.yml", "--format", form)
    alone = lint(large, *asked, "--jobs", "1")
    assert alone[0] == 3  # a file is missing
    assert "orders9" in alone[1] or form == "github"
    assert lint(large, *asked, "--jobs", "3") == alone


def test_what_belongs_to_a_file_is_linted_with_it(large: Path) -> None:
    manifests = [str(path.relative_to(large)) for path in sorted(large.glob("copilot/*/manifest.yml"))]
    alone = lint(large, *manifests, "--jobs", "1", "--format", "concise")
    assert "orders3/.sidecar-lint.yml" in alone[1]
    assert lint(large, *manifests, "--jobs", "2", "--format", "concise") == alone


def test_what_has_to_do_with_many_files_is_linted_by_one_process(large: Path, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    shutil.copytree(large, root)
    shutil.rmtree(root / "copilot" / "broken")
    (root / "own.py").write_text(SEEING)
    (root / ".sidecar-lint.yml").write_text("plugins: [own.py]\n")
    asked = ("copilot", "--allow-plugins", "--format", "concise", "--select", "OWN101")
    code, out, err = lint_anew(root, *asked, "--jobs", "3")
    seen = [path.read_text() for path in root.glob("seen-*")]
    assert seen == ["copilot/orders/manifest.yml\nsecrets.yml\n"]
    assert (code, out, err) == lint_anew(root, *asked, "--jobs", "1")
    assert out.count("was run") == 1


def test_a_baseline_is_the_same(large: Path, tmp_path: Path) -> None:
    baselines = [tmp_path / "one.json", tmp_path / "three.json"]
    for baseline, number in zip(baselines, "13", strict=True):
        lint(large, "--isolated", "--write-baseline", str(baseline), "--jobs", number)
    one, three = (baseline.read_text() for baseline in baselines)
    assert one == three
    assert "SL007" in one


@pytest.mark.parametrize(
    "inside",
    [
        "os._exit(7)",
        "raise SystemExit(5)",
        "message = type('Text', (str,), {})(message)",
        "raise RuntimeError('this rule crashes')",
        "os.kill(os.getpid(), 9)",
    ],
)
def test_what_a_process_does_not_hand_over_is_not_lost(inside: str, large: Path, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    shutil.copytree(large, root)
    (root / "own.py").write_text(RULE.format(inside=inside))
    (root / ".sidecar-lint.yml").write_text("plugins: [own.py]\n")
    asked = ("copilot", "--allow-plugins", "--format", "concise", "--select", "OWN101,SL000")
    code, out, err = lint_anew(root, *asked, "--jobs", "2")
    if "RuntimeError" in inside:
        assert "this rule crashes" in out
        return
    assert (code, out, err) == lint_anew(root, *asked, "--jobs", "1")
    assert out.count("was run") == 20


def test_an_interrupt_ends_all_of_them(large: Path, tmp_path: Path) -> None:
    root = tmp_path / "shop"
    shutil.copytree(large, root)
    # The first process has come to wait for this one by then, and imports nothing any more.
    waiting = "import time; time.sleep(2); open(f'pid-{os.getpid()}', 'w').close(); time.sleep(600)"
    (root / "own.py").write_text(RULE.format(inside=waiting))
    (root / ".sidecar-lint.yml").write_text("plugins: [own.py]\n")
    # Whoever runs the tests may have it ignored.
    code = (
        "import signal; from sidecar_lint.commands.main import main; "
        "signal.signal(signal.SIGINT, signal.default_int_handler); main()"
    )
    command = (sys.executable, "-c", code, "copilot", "--allow-plugins", "--jobs", "2", "--quiet")
    with subprocess.Popen(
        command,
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as program:
        while not (found := list(root.glob("pid-*"))):
            assert program.poll() is None
            time.sleep(0.05)
        os.killpg(program.pid, signal.SIGINT)  # as a terminal does
        _, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (130, b"")
    with pytest.raises(ProcessLookupError):
        os.kill(int(found[0].name.removeprefix("pid-")), 0)


@pytest.mark.parametrize(
    ("wanted", "files", "chosen"),
    [
        (None, 1, 1),
        (None, 119, 1),
        (None, 120, 2),
        (None, 180, 3),
        (None, 100_000, 4),
        (1, 100_000, 1),
        (8, 100_000, 8),
        (8, 35, 3),
        (8, 9, 1),
        (8, 0, 1),
    ],
)
def test_as_many_as_are_worth_it(
    wanted: int | None, files: int, chosen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "_processors", lambda: 4)
    assert jobs(wanted, files) == chosen


def test_one_where_processes_cannot_be_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert jobs(8, 1000) == 1


def test_what_belongs_to_several_files_is_told_once() -> None:
    names = [f"file-{number}" for number in range(40)]
    with closing(
        Workers(names, 2, lambda name: {name: PathProblem(name, ""), "all": PathProblem("all", "")})
    ) as workers:
        assert workers.outcome(names[0])
        assert workers.outcome("all")
        assert all(map(workers.outcome, names[1:]))
        assert workers.outcome("all") is None


def test_ending_them_leaves_a_report_that_is_being_written(tmp_path: Path) -> None:
    """A signal that ends the program takes an unfinished file away; what ends a copied process must not."""
    path = tmp_path / "out.json"

    def lint(name: str) -> dict[str, Any]:
        (tmp_path / name).touch()
        time.sleep(600)
        return {}

    names = [f"file-{number}" for number in range(20)]
    with replacing(str(path), str(tmp_path)) as out:
        out.write(b"whole")
        with closing(Workers(names, 2, lint)):
            while not (tmp_path / "file-0").exists():
                time.sleep(0.01)
    assert path.read_bytes() == b"whole"


def test_fewer_processes_than_wanted_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", fork)
    with closing(Workers(["a"] * 20, 2, lambda _: {})) as workers:
        assert workers.outcome("a") is None


@pytest.mark.parametrize("number", ["0", "-1", "two", ""])
def test_a_number_that_is_none_is_refused(number: str, large: Path) -> None:
    code, out, err = lint(large, "copilot", f"--jobs={number}")
    assert (code, out) == (2, "")
    assert "--jobs" in err
