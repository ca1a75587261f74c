"""Writes files whole or not at all, and never over what was read."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dualeco_cli.language import N_, _

_REASONS = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("your share of the disk is full"),
    errno.EFBIG: N_("the file would be too large for this disk"),
    errno.EROFS: N_("the disk is read-only"),
    errno.EACCES: N_("you may not write there, or it is open in another program"),
    errno.EPERM: N_("you may not write there, or it is open in another program"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EISDIR: N_("it is a folder"),
    errno.ELOOP: N_("its links lead in a circle"),
}
_INPUTS_OF_FOLDERS = frozenset({".csv", ".tsv"})


class WriteRefusal(Exception):  # noqa: N818 -- the counterpart of Refusal
    """A file that is not written; ``reason`` is the end of a sentence."""

    def __init__(self, path: str | os.PathLike[str], reason: str) -> None:
        super().__init__(os.fspath(path), reason)
        self.path = os.fspath(path)
        self.reason = reason

    def __str__(self) -> str:
        """The whole sentence."""
        return _("{path} cannot be written: {reason}").format(path=self.path, reason=self.reason)


def real_path(path: str | os.PathLike[str]) -> Path:
    """The path with its links followed, as far as they lead anywhere.

    ``Path.resolve`` raises for links that lead in a circle with some versions of Python; here it is always
    the opening of the file that fails, with an error of the operating system.
    """
    return Path(os.path.realpath(path))


@contextmanager
def replace_atomically(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give the path of a temporary file to write, which then takes the place of ``path``.

    On any error nothing is left behind, and a file that was there is as it was. A link is followed.

    Raises:
        WriteRefusal: It cannot be written; also for errors of the operating system within the block.
    """
    target = real_path(path)
    _check_target(path, target)
    # Beside the target, since only within one disk does a file change its name in one step.
    temporary = target.with_name(f".{target.stem[:100]}.{secrets.token_hex(8)}{target.suffix}")
    try:
        _create(temporary, target)
        yield temporary
        _flush(temporary)
        temporary.replace(target)
        _flush_folder(target.parent)
    except Exception as error:
        cause = _system_error(error)
        if cause is None:
            raise
        raise WriteRefusal(path, _reason(cause)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def refuse_overwrite(
    inputs: Iterable[str | os.PathLike[str]], outputs: Iterable[str | os.PathLike[str]]
) -> None:
    """Refuse an output that is one of the inputs, whatever it is called, or that is given twice.

    A text file in a folder that is read would itself be read the next time, so that is refused too.
    """
    read = [Path(path) for path in inputs]
    written: list[Path] = []
    for output in outputs:
        path = Path(output)
        for source in read:
            if _same(path, source):
                raise WriteRefusal(output, _("it is one of the files that are read"))
            inside = path.suffix.casefold() in _INPUTS_OF_FOLDERS and source.is_dir()
            if inside and _same(real_path(path).parent, source):
                raise WriteRefusal(output, _("it lies in a folder that is read"))
        if any(_same(path, other) for other in written):
            raise WriteRefusal(output, _("it is given twice"))
        written.append(path)


def write_bytes(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file whole or not at all. Raises :class:`WriteRefusal`."""
    with replace_atomically(path) as temporary:
        temporary.write_bytes(content)


def check_target(path: str | os.PathLike[str]) -> None:
    """Raise :class:`WriteRefusal` where it is plain before any work that the file cannot be written."""
    target = real_path(path)
    _check_target(path, target)
    if target.parent.is_dir() and not os.access(target.parent, os.W_OK):
        reason = _("the folder {folder} is read-only").format(folder=target.parent)
        raise WriteRefusal(path, reason)


def _check_target(path: str | os.PathLike[str], target: Path) -> None:
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        if not target.parent.is_dir():
            reason = _("there is no folder {folder}").format(folder=target.parent)
            raise WriteRefusal(path, reason) from None
        return
    except OSError as error:
        raise WriteRefusal(path, _reason(error)) from error
    if stat.S_ISDIR(mode):
        raise WriteRefusal(path, _("it is a folder"))
    if not stat.S_ISREG(mode):
        raise WriteRefusal(path, _("it is a device, not a file"))
    # Its place could be taken all the same; but somebody protected it for a reason.
    if not os.access(target, os.W_OK):
        raise WriteRefusal(path, _("it is read-only"))


def _create(temporary: Path, target: Path) -> None:
    """An empty file with the permissions of the one that it will replace, or else those of any new file."""
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    with suppress(FileNotFoundError):
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the new name last, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _system_error(error: BaseException) -> OSError | None:
    """The error of the operating system behind an error, also where a library has wrapped it."""
    for candidate in (error, error.__cause__, *error.args):
        if isinstance(candidate, OSError):
            return candidate
    return None


def _reason(error: OSError) -> str:
    if error.errno in _REASONS:
        return _(_REASONS[error.errno])
    return os.strerror(error.errno).casefold() if error.errno else str(error)


def _same(one: Path, other: Path) -> bool:
    """Whether two paths are the same file: by their real paths, and by hard links."""
    if real_path(one) == real_path(other):
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False
