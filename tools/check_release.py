"""Builds the wheel and the source archive, and tries both where nothing of this tree can help them.

python tools/check_release.py                  builds, compares and tries them with the Python that runs this
python tools/check_release.py --every-python   also with each of Python 3.11 to 3.14 that this machine has
python tools/check_release.py --keep DIR       leaves wheel and source archive in DIR

What is tried: two builds give the same bytes; the wheel holds every file of the package and nothing else;
the source archive holds every file that git knows; a wheel built from the source archive is the same wheel;
and in an empty environment with the locked dependencies, in a folder elsewhere, the installed command does
its work.
Dependencies come from the package index, by the hashes of requirements.lock.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dualeco_cli.version import __version__

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "dualeco_cli"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")

#: The time that every file of a build carries, unless the environment says another one: 1 January 2026.
EPOCH = "1767225600"

#: What lies in the tree and is no part of the source archive.
NOT_SHIPPED = (".gitignore", ".gitattributes")

#: The work that is tried: arguments, and the files that must be there afterwards.
JOBS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("validate", "practices.xlsx"), ()),
    (
        (
            *("score", "practices.xlsx", "--target", "lombardy", "--samples", "200", "--figures", "charts"),
            *(
                "-o",
                "report.xlsx",
                "-o",
                "report.html",
                "-o",
                "report.json",
                "-o",
                "report.docx",
                "-o",
                "report.md",
            ),
        ),
        ("report.xlsx", "report.html", "report.json", "report.docx", "report.md", "charts"),
    ),
    (("template", "study.xlsx", "--lang", "it"), ("study.xlsx",)),
    (("targets", "bremen"), ()),
    (("frameworks", "tide"), ()),
    (("rules", "C104"), ()),
    (("schema", "--output", "schemas"), ("schemas/report.schema.json",)),
)


class Failed(Exception):  # noqa: N818  # it says what the check has done
    """A check that does not hold; the message says which."""


def run(command: Sequence[str | Path], cwd: Path, **variables: str) -> str:
    """Run a command and give what it prints.

    Raises:
        Failed: It ends with another code than 0.
    """
    # neither this tree nor the settings of whoever runs this may help
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DUALECO", "PYTHON", "VIRTUAL_ENV"))
    }
    done = subprocess.run(  # noqa: S603  # the commands are those of this file
        command, cwd=cwd, env={**clean, **variables}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Failed(
            f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        )
    return done.stdout


def epoch() -> str:
    """The time that the files of a build carry, in seconds since 1970."""
    return os.environ.get("SOURCE_DATE_EPOCH", EPOCH)


def build(to: Path, *targets: str) -> list[Path]:
    """Build with the hatchling of this environment, so that nothing is fetched; the files made, by name."""
    chosen = [word for target in targets for word in ("-t", target)]
    run([sys.executable, "-m", "hatchling", "build", "-d", to, *chosen], ROOT, SOURCE_DATE_EPOCH=epoch())
    return sorted(to.iterdir())


def build_both(work: Path) -> tuple[Path, Path]:
    """The wheel and the source archive, each built twice.

    Raises:
        Failed: The second build differs.
    """
    first = build(work / "dist", "sdist", "wheel")
    second = build(work / "again", "sdist", "wheel")
    for one, other in zip(first, second, strict=True):
        if one.read_bytes() != other.read_bytes():
            raise Failed(f"Two builds of {one.name} differ.")
    wheel = next(path for path in first if path.suffix == ".whl")
    archive = next(path for path in first if path.name.endswith(".tar.gz"))
    return wheel, archive


def compare_install(archive: Path, wheel: Path, work: Path) -> None:
    """Hold the wheel that pip makes of the source archive against the one of the tree.

    Since they are the same, what is tried with one is tried with both. pip builds with the hatchling of this
    environment, so that nothing is fetched.

    Raises:
        Failed: They differ.
    """
    made = work / "of-archive"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--quiet",
        "wheel",
        "--no-deps",
        "--no-index",
    ]
    run([*pip, "--no-build-isolation", "-w", made, archive], work, SOURCE_DATE_EPOCH=epoch())
    (rebuilt,) = made.iterdir()
    if rebuilt.read_bytes() != wheel.read_bytes():
        raise Failed("The wheel made of the source archive is not the wheel made of the tree.")


def package_files() -> dict[str, Path]:
    """Every file of the package, by its name in the wheel."""
    return {
        path.relative_to(PACKAGE.parent).as_posix(): path
        for path in sorted(PACKAGE.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def compare_wheel(wheel: Path, expected: dict[str, Path]) -> None:
    """Hold the wheel against the tree.

    Raises:
        Failed: A file is missing, too many, or another one.
    """
    with zipfile.ZipFile(wheel) as opened:
        names = {name for name in opened.namelist() if not name.endswith("/")}
        beside = {name for name in names if ".dist-info/" in name or ".data/" in name}
        _same_names("The wheel", names - beside, set(expected))
        different = [name for name, path in expected.items() if opened.read(name) != path.read_bytes()]
    if different:
        raise Failed(f"The wheel has another content of {_list(different)}.")
    page = f"dualeco_cli-{__version__}.data/data/share/man/man1/dualeco.1"
    if page not in beside:
        raise Failed("The wheel has no manual page.")


def compare_archive(archive: Path, tracked: Iterable[str]) -> None:
    """Hold the source archive against what git knows.

    Raises:
        Failed: A file is missing in it.
    """
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    missing = [name for name in tracked if name not in names and name not in NOT_SHIPPED]
    if missing:
        raise Failed(f"The source archive lacks {_list(missing)}.")


def tracked_files() -> list[str]:
    """The files that git knows and that are there; none where the tree is no repository."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        return []
    names = run(["git", "ls-files", "-z"], ROOT).split("\0")
    return [name for name in names if name and (ROOT / name).is_file()]


def _same_names(what: str, found: set[str], expected: set[str]) -> None:
    if missing := sorted(expected - found):
        raise Failed(f"{what} lacks {_list(missing)}.")
    if extra := sorted(found - expected):
        raise Failed(f"{what} has {_list(extra)}, which is no part of the package.")


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(names[:5])
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"


def find_python(version: str) -> Path | None:
    """A Python of this version that runs: on the path, or one of pyenv's."""
    for candidate in _candidates(version):
        try:
            said = run(
                [candidate, "-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"], Path.cwd()
            )
        except (Failed, OSError):
            continue
        if said.strip() == version:
            return Path(candidate)
    return None


def _candidates(version: str) -> Iterator[str | Path]:
    if sys.version_info[:2] == tuple(map(int, version.split("."))):
        yield sys.executable
    if (on_path := shutil.which(f"python{version}")) is not None:
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from sorted(pyenv.glob(f"{version}.*/bin/python{version}"))


def try_installed(python: Path, work: Path, wheel: Path) -> None:
    """Install the locked dependencies and the wheel into an empty environment, and let it work.

    Raises:
        Failed: It does not install, or does not do what it should.
    """
    environment = work / "environment"
    run([python, "-m", "venv", "--without-pip", environment], work)
    inside = environment / ("Scripts" if os.name == "nt" else "bin")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", environment]
    # what is not imported here need not be compiled
    install = [*pip, "--disable-pip-version-check", "--quiet", "install", "--no-compile"]
    run([*install, "--require-hashes", "--only-binary", ":all:", "-r", ROOT / "requirements.lock"], work)
    run([*install, "--no-deps", "--no-index", wheel], work)
    run([*pip, "--disable-pip-version-check", "check"], work)
    folder = work / "work"
    folder.mkdir()
    let_work(inside / "dualeco", inside / "python", folder)
    if not (environment / "share" / "man" / "man1" / "dualeco.1").is_file():
        raise Failed("The wheel installs no manual page.")


def let_work(command: Path, python: Path, folder: Path) -> None:
    """Do the ordinary work in a folder of its own.

    Raises:
        Failed: A command fails, or a file is not there afterwards.
    """
    shutil.copy(ROOT / "examples" / "practices.xlsx", folder)
    if run([command, "--version"], folder).strip() != f"dualeco {__version__}":
        raise Failed("dualeco --version says another version.")
    home = Path(run([python, "-c", "import dualeco_cli; print(dualeco_cli.__file__)"], folder).strip())
    if ROOT in home.parents:
        raise Failed(f"The package was taken from {home}, not from the environment.")
    for arguments, files in JOBS:
        run([command, *arguments], folder)
        if missing := [name for name in files if not (folder / name).exists()]:
            raise Failed(f"dualeco {arguments[0]} wrote no {_list(missing)}.")
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    if report["tool"]["version"] != __version__ or not report["targets"][0]["practices"]:
        raise Failed("The JSON report is not that of the example.")


def check(every_python: bool, keep: Path | None, work: Path) -> None:
    """All of it, with a line for what has been tried.

    Raises:
        Failed: Something does not hold.
    """
    wheel, archive = build_both(work)
    compare_install(archive, wheel, work)
    print(f"{wheel.name}, {archive.name}: the same bytes twice, and the same wheel from the source archive")
    files = package_files()
    compare_wheel(wheel, files)
    print(f"The wheel has the {len(files)} files of the package and nothing else")
    if tracked := tracked_files():
        compare_archive(archive, tracked)
        print(f"The source archive has the {len(tracked)} files that git knows")
    for version in PYTHONS if every_python else (f"{sys.version_info.major}.{sys.version_info.minor}",):
        python = find_python(version)
        if python is None:
            print(f"Python {version}: not on this machine, not tried")
            continue
        with tempfile.TemporaryDirectory(dir=work) as folder:
            try_installed(python, Path(folder), wheel)
        print(f"Python {version}: installs into an empty environment, and works from there", flush=True)
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        for path in (wheel, archive):
            shutil.copy(path, keep)


def main() -> int:
    """Run the checks; 1 where one does not hold."""
    parser = argparse.ArgumentParser(description="Builds wheel and source archive and tries both.")
    parser.add_argument("--every-python", action="store_true", help="try each Python that the machine has")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave wheel and source archive there")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dualeco-release-") as folder:
        try:
            check(chosen.every_python, chosen.keep, Path(folder))
        except Failed as failed:
            print(f"Not fit for a release: {failed}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
