"""Where the built-in frameworks and ecosystems are: folders of CSV in the package, read like any user's."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

#: The framework that is used where a study brings none.
DEFAULT_FRAMEWORK = "dualeco"


@cache
def _data() -> Path:
    return Path(str(files("dualeco_cli.data")))


def framework_ids() -> tuple[str, ...]:
    """The built-in frameworks, the default one first."""
    found = sorted(path.name for path in (_data() / "frameworks").iterdir() if path.is_dir())
    return tuple(sorted(found, key=lambda name: name != DEFAULT_FRAMEWORK))


def framework_folder(id_: str) -> Path:
    """The folder of a built-in framework. Raises KeyError for one that is not there."""
    if id_ not in framework_ids():
        raise KeyError(id_)
    return _data() / "frameworks" / id_


def ecosystems_folder() -> Path:
    """The folder of the built-in ecosystems and their profiles."""
    return _data() / "ecosystems"
