"""Writes sbom.cdx.json, the CycloneDX bill of materials of what requirements.lock installs.

python tools/build_sbom.py           writes the bill
python tools/build_sbom.py --check   exits with 1 if the bill is no longer that of the lock

The same lock gives the same bytes: there is no time and no random serial number in it. The licences are
those that the installed packages declare; a package that this machine does not install is listed without one.
A check compares the licences of those packages only that are installed here in the locked version.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path
from typing import Any, TypeAlias

from dualeco_cli.version import __version__

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
BILL = ROOT / "sbom.cdx.json"

Entry: TypeAlias = dict[str, Any]

_PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^\s;\\]+)\s*(?:;\s*(?P<marker>.*?))?\s*\\?$")
#: ``# via pandas``, or ``# via`` with the names on the lines below it.
_VIA = re.compile(r"^\s+#\s+(?:via\s*)?(?P<name>[a-z0-9][a-z0-9._-]*)?(?:\s+\(pyproject\.toml\))?$")


@dataclass(slots=True)
class Pin:
    """One package of the lock: where its marker holds, it is installed, because others need it."""

    name: str
    version: str
    marker: str
    needed_by: list[str] = field(default_factory=list)

    @property
    def purl(self) -> str:
        """The package URL, which is also its reference in the bill."""
        return f"pkg:pypi/{self.name}@{self.version}"


def pins(text: str) -> list[Pin]:
    """The packages of a lock file, in its order.

    Raises:
        ValueError: A line is none that a lock file has.
    """
    found: list[Pin] = []
    for line in text.splitlines():
        if pin := _PIN.match(line):
            found.append(Pin(pin["name"], pin["version"], pin["marker"] or ""))
        elif via := _VIA.match(line):
            if via["name"]:
                found[-1].needed_by.append(via["name"])
        elif line.strip() and not line.strip().startswith("--hash="):
            raise ValueError(f"requirements.lock has a line that is neither pin nor hash nor reason: {line}")
    return found


def bill() -> Entry:
    """The bill of materials as CycloneDX 1.6."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = pins(LOCK.read_text(encoding="utf-8"))
    own = f"pkg:pypi/{project['name']}@{__version__}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": __version__,
                "description": project["description"],
                "licenses": [{"expression": project["license"]}],
                "purl": own,
                "components": [_font()],
            },
        },
        "components": [_component(pin) for pin in locked],
        "dependencies": _dependencies(project["name"], own, locked),
    }


def _component(pin: Pin) -> Entry:
    made: Entry = {
        "type": "library",
        "bom-ref": pin.purl,
        "name": pin.name,
        "version": pin.version,
        "purl": pin.purl,
    }
    if licences := _licences(pin.name):
        made["licenses"] = licences
    if pin.marker:
        made["properties"] = [{"name": "dualeco:marker", "value": pin.marker}]
    return made


def _font() -> Entry:
    """The font of the PNG figures, which is in the package itself."""
    return {
        "type": "file",
        "bom-ref": "dualeco-sans",
        "name": "DualecoSans",
        "description": "Liberation Sans 2.1 with fewer characters and without hinting.",
        "licenses": [{"license": {"id": "OFL-1.1"}}],
    }


def _licences(name: str) -> list[Entry]:
    """What an installed package declares, the clearer form first; nothing if it is not installed."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return []
    if "License-Expression" in about:
        return [{"expression": about["License-Expression"]}]
    classifiers = about.get_all("Classifier") or []
    named = [text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License :: ")]
    # the field may hold the whole text of the licence
    declared = about["License"].strip() if "License" in about else ""
    if not named and declared and "\n" not in declared:
        named = [declared]
    return [{"license": {"name": text}} for text in named]


def _dependencies(project: str, own: str, locked: Iterable[Pin]) -> list[Entry]:
    """Who needs whom: the lock says by whom each is needed, the bill asks for the other direction."""
    refs = {project: [own]}
    for pin in locked:
        refs.setdefault(pin.name, []).append(pin.purl)
    needs: dict[str, set[str]] = {ref: set() for found in refs.values() for ref in found}
    for pin in locked:
        for name in pin.needed_by:
            for ref in refs[name]:
                needs[ref].add(pin.purl)
    return [{"ref": ref, "dependsOn": sorted(found)} for ref, found in sorted(needs.items())]


def text_of(made: Entry) -> str:
    """The bill as it stands in the file.

    Raises:
        ValueError: The schema of CycloneDX does not allow it.
    """
    from cyclonedx.schema import SchemaVersion  # noqa: PLC0415  # the tests read the lock without it
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415

    text = json.dumps(made, indent=2, ensure_ascii=False) + "\n"
    if (fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)) is not None:
        raise ValueError(f"The bill is not what CycloneDX 1.6 allows: {fault}")
    return text


def _comparable(made: Entry) -> str:
    """The bill without what another Python or system would have put into it."""
    components = [
        entry
        if _installed(entry["name"]) == entry["version"]
        else {key: value for key, value in entry.items() if key != "licenses"}
        for entry in made["components"]
    ]
    return json.dumps({**made, "components": components})


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def main() -> int:
    """Write the bill, or compare it."""
    made = bill()
    text = text_of(made)
    if "--check" in sys.argv[1:]:
        same = BILL.is_file() and _comparable(json.loads(BILL.read_text(encoding="utf-8"))) == _comparable(
            made
        )
        if not same:
            print("sbom.cdx.json is not that of requirements.lock: run tools/build_sbom.py", file=sys.stderr)
        return 0 if same else 1
    BILL.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
