# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A book: the groups, members, claim laws and terms that a run prices."""
from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from typing import TYPE_CHECKING, Any, Literal, Mapping

import numpy as np

from . import content as book_content
from . import schema
from .assemble import GROUP_TABLES, Assembly
from .atomic import written_whole
from .content import Content
from .errors import Problem, UsageError, problems_from_native
from .native import native
from .needs import needs

if TYPE_CHECKING:
    Path = str | os.PathLike[str]

FRAMES = ("groups", "members", "market", "lag", "quote", "treaties", "experience", "large_claims")


class Book:
    """A checked book, in a file or made in memory. Make one with corridor.load or Book.from_frames."""

    path: str | None
    """The file; None for a book made in memory."""
    warnings: list[Problem]
    """What is odd about it."""

    def __init__(self, file: str, facts: dict[str, Any], warnings: list[Problem], *,
                 in_memory: bool = False):
        """For this package: load and from_frames make books."""
        self.path = None if in_memory else file
        self.warnings = warnings
        self._file, self._facts = file, facts

    @classmethod
    def load(cls, path: Path, *, memory_limit_bytes: int = 0) -> Book:
        """Reads and checks a book.

        Raises MissingInputError when it cannot be opened, BadDataError with every problem found.
        """
        facts = native.load(os.fspath(path), memory_limit_bytes)
        return cls(os.fspath(path), facts, problems_from_native(facts.pop("problems")))

    @classmethod
    def from_frames(cls, groups: Any, members: Any, distributions: Mapping[str, Mapping[str, Any]], *,
                    market: Mapping[str, float] | None = None, lag: Mapping[str, Any] | None = None,
                    quote: Mapping[str, Any] | None = None, treaties: Any = None,
                    experience: Any = None, large_claims: Any = None, policy_year: int | None = None,
                    generator: str = "") -> Book:
        """A book from DataFrames (pandas, polars), Arrow tables or dicts of columns.

        Columns are those of data/README.md. One value a tier is four columns, employees_ee,
        employees_ee_sp, employees_ee_ch, employees_fam. Members name their group in the column
        group_id, in any order, and their claim law in distribution, by name or index.

        `distributions`  by name what data/laws.md lists: {"silver": {"kind": "lognormal", ...}}
        Raises BadDataError with every problem, each with the frame, its column and its row by
        position. Nothing is written but a temporary file, gone with the book.
        """
        frames = {"groups": groups, "members": members, "quote": quote, "treaties": treaties,
                  "experience": experience, "large_claims": large_claims}
        attributes: dict[str, Any] = {} if policy_year is None else {"policy_year": np.int32(policy_year)}
        attributes["generator"] = generator or "corridor.Book.from_frames"
        assembly = Assembly(_with_lag(frames, lag), distributions, attributes)
        _set_attributes(assembly, market, lag)
        return cls._made(assembly)

    @classmethod
    def _made(cls, assembly: Assembly) -> Book:
        if not assembly.whole:
            assembly.raise_problems()
        folder = tempfile.mkdtemp(prefix="corridor-")
        try:
            file = os.path.join(folder, "book.h5")
            book_content.write(file, assembly.content)
            found = problems_from_native(native.validate(file, 0))
            assembly.add([problem for problem in found if problem.severity == "error"])
            assembly.raise_problems()
            facts = _facts(assembly.content, native.seal(file))
            warnings = [assembly.of_frame(problem) for problem in found if problem.code != "W_UNSEALED"]
            book = cls(file, facts, warnings, in_memory=True)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        weakref.finalize(book, shutil.rmtree, folder, ignore_errors=True)
        return book

    @property
    def group_count(self) -> int:
        return int(self._facts["groups"])

    @property
    def member_count(self) -> int:
        return int(self._facts["members"])

    @property
    def policy_year(self) -> int | None:
        return int(self._facts["policy_year"]) or None

    @property
    def generator(self) -> str:
        return str(self._facts["generator"])

    @property
    def digest(self) -> str:
        """SHA-256 of the content, 64 hexadecimal digits."""
        return str(self._facts["digest"])

    @property
    def sealed(self) -> bool:
        """The file states that digest."""
        return bool(self._facts["sealed"])

    @property
    def file(self) -> str:
        """The file that runs read; of a book made in memory a temporary one."""
        return self._file

    def write(self, path: Path, *, replace: bool = False) -> None:
        """Writes the book, whole or not at all; one made in memory is sealed.

        Raises CannotCreateError where the file is there and `replace` does not say that it may go.
        """
        if os.path.exists(path) and os.path.samefile(path, self._file):
            raise UsageError(f"{os.fspath(path)} is the book itself")
        written_whole(path, lambda temporary: shutil.copyfile(self._file, temporary), replace=replace)

    def to_frames(self, library: Literal["pandas", "polars"] = "pandas") -> dict[str, Any]:
        """The book as from_frames takes it: Book.from_frames(**book.to_frames()) is the same book."""
        held = book_content.read(self._file)
        frame = needs(library, library).DataFrame
        frames: dict[str, Any] = {
            "groups": frame(_flat("groups", held)), "members": frame(_members(held)),
            "distributions": {name: {**law.attributes, **law.columns} for name, law in held.laws.items()}}
        for name in ("treaties", *GROUP_TABLES):
            if name in held.tables:
                frames[name] = frame(_flat(name, held))
        for name in ("market", "lag", "quote"):
            stated = {**held.table_attributes.get(name, {}), **held.tables.get(name, {})}
            if stated:
                frames[name] = stated
        if "policy_year" in held.attributes:
            frames["policy_year"] = int(held.attributes["policy_year"])
        frames["generator"] = held.attributes.get("generator", "")
        return frames

    def __repr__(self) -> str:
        place = self.path or "in memory"
        return (f"<corridor.Book {place}: {self.group_count:,} groups, {self.member_count:,} members, "
                f"digest {self.digest[:12]}>")


def load(path: Path, *, memory_limit_bytes: int = 0) -> Book:
    """Reads and checks a book: Book.load."""
    return Book.load(path, memory_limit_bytes=memory_limit_bytes)


def validate(book: Book | Path, *, memory_limit_bytes: int = 0) -> list[Problem]:
    """Every problem of a book, errors and warnings. Raises MissingInputError alone."""
    if isinstance(book, Book) and book.path is None:
        return list(book.warnings)  # it would not be one with errors
    file = book.file if isinstance(book, Book) else os.fspath(book)
    return problems_from_native(native.validate(file, memory_limit_bytes))


def seal(path: Path) -> str:
    """Writes the digest of its content into a book, in one step; returns the digest."""
    return native.seal(os.fspath(path))


def _facts(made: Content, digest: str) -> dict[str, Any]:
    """What the library would say of the sealed book, without reading it once more."""
    tables = made.tables
    return {"groups": len(tables["groups"]["group_id"]), "members": len(tables["members"]["scale"]),
            "policy_year": int(made.attributes.get("policy_year", 0)),
            "generator": made.attributes["generator"], "digest": digest, "sealed": True}


def _with_lag(frames: dict[str, Any], lag: Mapping[str, Any] | None) -> dict[str, Any]:
    columns = {name: value for name, value in (lag or {}).items()
               if name not in schema.attributes()["lag"]}
    return {**frames, "lag": columns or None}


def _set_attributes(assembly: Assembly, market: Mapping[str, float] | None,
                    lag: Mapping[str, Any] | None) -> None:
    for name, stated in (("market", market), ("lag", lag)):
        known = schema.attributes()[name]
        values = {key: float(value) for key, value in (stated or {}).items()
                  if name == "market" or key in known}
        if values:
            assembly.content.table_attributes[name] = values
        for key in values:
            if key not in known:
                assembly.problems.append(Problem(
                    code="E_UNKNOWN", frame=name, column=key, dataset=f"/{name}@{key}",
                    message="is not an attribute that a book has", fix=f"There are {', '.join(known)}"))


def _flat(name: str, held: Content) -> dict[str, Any]:
    """Columns of a frame: wide ones as one a value, text as str, groups by their id."""
    columns: dict[str, Any] = {}
    for column, values in held.tables[name].items():
        known = schema.tables()[name][column]
        if column == "member_offset":
            continue
        if column == "group" and name in GROUP_TABLES:
            columns["group_id"] = _words(held.tables["groups"]["group_id"][values.astype(np.int64)])
        elif known.row_shape:
            columns.update(zip(known.flat_names(), values.reshape(len(values), -1).T.copy()))
        else:
            columns[column] = _words(values) if known.is_text else values
    return columns


def _members(held: Content) -> dict[str, Any]:
    groups = held.tables["groups"]
    offset = groups["member_offset"].astype(np.int64)
    sizes = offset[1:] - offset[:-1]
    columns = {"group_id": np.repeat(_words(groups["group_id"]), sizes), **_flat("members", held)}
    names = {int(law.attributes["index"]): name for name, law in held.laws.items()}
    columns["distribution"] = np.array([names[index] for index in columns["distribution"].tolist()],
                                       dtype=object)
    return columns


def _words(values: np.ndarray) -> np.ndarray:
    return np.char.decode(values, "latin-1").astype(object)
