"""The parts of a workbook that is being changed: read when they are needed, packed again as they were."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Final
from urllib.parse import quote, unquote

from dualeco_cli.language import _
from dualeco_cli.workbook.annotate.outline import Impossible, Node, Splices, outline

#: New parts get the date with which zip begins: the same input gives the same bytes.
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_TYPES: Final = "[Content_Types].xml"
_RELATION_NAMES: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Relations:
    """What a part refers to."""

    def __init__(self, data: bytes | None, name: str, source: str) -> None:
        empty = f'{_HEAD}<Relationships xmlns="{_RELATION_NAMES}"></Relationships>'
        self._data = empty.encode() if data is None else data
        self.name = name
        self._folder = posixpath.dirname(source)
        self._root = outline(self._data, name)
        self._added: list[str] = []
        self._ids = {node.attributes.get("Id", "") for node in self._root.children}

    def target(self, kind: str) -> str | None:
        """The part of that kind that is referred to, the first of several."""
        return next((self._path(node) for node in self._nodes() if _kind(node) == kind), None)

    def targets(self, kind: str) -> list[str]:
        """All parts of that kind that are referred to."""
        return [self._path(node) for node in self._nodes() if _kind(node) == kind]

    def by_id(self, id_: str) -> tuple[str, str] | None:
        """Kind and part of a relation."""
        found = (node for node in self._nodes() if node.attributes.get("Id") == id_)
        return next(((_kind(node), self._path(node)) for node in found), None)

    def id_of(self, part: str) -> str:
        """The id of the relation to a part. Raises StopIteration where there is none."""
        return next(node.attributes.get("Id", "") for node in self._nodes() if self._path(node) == part)

    def add(self, kind: str, target: str) -> str:
        """Refer to a part; the id of the relation."""
        number = len(self._ids) + 1
        while f"rId{number}" in self._ids:
            number += 1
        id_ = f"rId{number}"
        self._ids.add(id_)
        path = quote(posixpath.relpath(f"/{target}", f"/{self._folder}"))
        prefix = f"{self._root.prefix}:" if self._root.prefix else ""
        type_ = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        self._added.append(f'<{prefix}Relationship Id="{id_}" Type="{type_}" Target="{path}"/>')
        return id_

    @property
    def changed(self) -> bool:
        """Whether there is any change."""
        return bool(self._added)

    def result(self) -> bytes:
        """The part with what was added."""
        splices = Splices(self._data)
        splices.append(self._root, "".join(self._added))
        return splices.result()

    def _nodes(self) -> list[Node]:
        return [node for node in self._root.children if node.attributes.get("TargetMode") != "External"]

    def _path(self, node: Node) -> str:
        target = unquote(node.attributes.get("Target", ""))
        return posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")


def _kind(node: Node) -> str:
    return node.attributes.get("Type", "").rpartition("/")[2]


class Parts:
    """The parts of a package. Names are found whatever their case, as the standard has it."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._infos = {_key(info.filename): info for info in self._archive.infolist() if not info.is_dir()}
        self._new: dict[str, tuple[str, bytes]] = {}
        self._relations: dict[str, Relations] = {}
        self._overrides: list[tuple[str, str]] = []
        self._defaults: list[tuple[str, str]] = []
        self._types = outline(self.read(_TYPES), _TYPES)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _key(name) in self._infos or _key(name) in self._new

    def read(self, name: str) -> bytes:
        """A part as it is now."""
        if _key(name) in self._new:
            return self._new[_key(name)][1]
        info = self._infos.get(_key(name))
        if info is None:
            raise Impossible(_("its part {part} is missing").format(part=name))
        return self._archive.read(info)

    def write(self, name: str, content: bytes) -> None:
        """Change a part, or add one."""
        self._new[_key(name)] = (name, content)

    def free_name(self, pattern: str) -> str:
        """A name that no part has; ``{}`` in the pattern is a number."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> Relations:
        """What a part refers to."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        if source not in self._relations:
            data = self.read(source) if self.has(source) else None
            self._relations[source] = Relations(data, source, part)
        return self._relations[source]

    def type_of(self, part: str) -> str | None:
        """The content type of a part."""
        for node in self._types.children:
            if node.name == "Override" and _key(node.attributes.get("PartName", "")) == _key(part):
                return node.attributes.get("ContentType")
        suffix = posixpath.splitext(part)[1].removeprefix(".").casefold()
        for node in self._types.children:
            if node.name == "Default" and node.attributes.get("Extension", "").casefold() == suffix:
                return node.attributes.get("ContentType")
        return None

    def declare(self, part: str, type_: str) -> None:
        """Say what type a new part is of."""
        if self.type_of(part) != type_:
            self._overrides.append((part, type_))

    def content(self) -> bytes:
        """The package: what was there in its old order, then what is new."""
        for relations in self._relations.values():
            if relations.changed:
                self.write(relations.name, relations.result())
        if self._overrides:
            prefix = f"{self._types.prefix}:" if self._types.prefix else ""
            splices = Splices(self.read(_TYPES))
            overrides = (
                f'<{prefix}Override PartName="/{quote(part)}" ContentType="{type_}"/>'
                for part, type_ in self._overrides
            )
            splices.append(self._types, "".join(overrides))
            self.write(_TYPES, splices.result())
        memory = io.BytesIO()
        with zipfile.ZipFile(memory, "w") as archive:
            for key, info in self._infos.items():
                content = self._new.pop(key)[1] if key in self._new else self._archive.read(info)
                _pack(archive, info.filename, content, info)
            for name, content in self._new.values():
                _pack(archive, name, content, None)
        return memory.getvalue()


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _pack(archive: zipfile.ZipFile, name: str, content: bytes, old: zipfile.ZipInfo | None) -> None:
    info = zipfile.ZipInfo(name, _DATE if old is None else old.date_time)
    info.compress_type = zipfile.ZIP_DEFLATED if old is None else old.compress_type
    info.external_attr = 0o600 << 16 if old is None else old.external_attr
    archive.writestr(info, content)
