# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Frames put together to a book's content, and rows of the file led back to rows of the frames."""
from __future__ import annotations

import dataclasses
import difflib
from typing import Any, Mapping

import numpy as np

from . import schema
from .content import Content, Law
from .errors import BadDataError, Problem
from .frames import MOST_PROBLEMS, Checker, columns_of, is_missing

GROUP_TABLES = ("experience", "large_claims")
"""Tables whose rows belong to a group: they may name it instead of giving its row."""


class Assembly:
    """The content of a book made from frames, and what is wrong with them so far."""

    def __init__(self, frames: Mapping[str, Any], distributions: Mapping[str, Mapping[str, Any]],
                 attributes: dict[str, Any]):
        self.problems: list[Problem] = []
        self.content = Content(attributes)
        self._row_of: dict[str, np.ndarray] = {}  # row of the frame of each row of the file
        self._laws(distributions)
        given = {name: self._opened(name, frame) for name, frame in frames.items() if frame is not None}
        self.group_ids = self._group_ids(given.get("groups", {}))
        for name, columns in given.items():
            self._table(name, columns)

    @property
    def whole(self) -> bool:
        """There is enough of it to be written and looked at further."""
        held = {f"{table}.{column}" for table, columns in self.content.tables.items()
                for column in columns}
        return bool(self.content.laws) and held >= {"groups.group_id", "groups.member_offset",
                                                    "members.distribution", "members.scale"}

    def raise_problems(self) -> None:
        if self.problems:
            raise BadDataError(problems=self.problems)

    def add(self, found: list[Problem]) -> None:
        """Problems of the written book, led back to the frames; those of columns that are known to
        be wrong already are left out."""
        known = {(problem.frame, problem.column) for problem in self.problems}
        for problem in found:
            moved = self.of_frame(problem)
            if (moved.frame, moved.column) not in known:
                self.problems.append(moved)

    def of_frame(self, problem: Problem) -> Problem:
        """The problem with the frame, the column and the row that its place in the file came from."""
        path, _, attribute = problem.dataset.strip("/").partition("@")
        frame, _, column = path.partition("/")
        row = problem.row
        if row is not None and frame in self._row_of and row < len(self._row_of[frame]):
            row = int(self._row_of[frame][row])
        column = ".".join(part for part in (column.replace("/", "."), attribute) if part)
        return dataclasses.replace(problem, file="", frame=frame, column=column, row=row)

    def _opened(self, name: str, frame: Any) -> dict[str, np.ndarray]:
        try:
            columns = columns_of(frame)
        except TypeError as error:
            self._say(name, "", "E_TYPE", str(error))
            return {}
        lengths = {column: len(values) for column, values in columns.items()}
        if len(set(lengths.values())) > 1 and name not in ("quote", "lag"):
            self._say(name, "", "E_LENGTH", "has columns of different lengths: "
                      + ", ".join(f"{column} {length}" for column, length in lengths.items()))
            return {}
        return columns

    def _say(self, frame: str, column: str, code: str, message: str, fix: str = "") -> None:
        Checker(frame, self.problems).say(code, column, message, fix)

    def _laws(self, distributions: Mapping[str, Mapping[str, Any]]) -> None:
        if not distributions:
            self._say("distributions", "", "E_MISSING", "there is no claim law",
                      "Give at least one, {\"silver\": {\"kind\": \"lognormal\", ...}}")
        stated = [int(law["index"]) for law in distributions.values() if "index" in law]
        free = (index for index in range(65_536) if index not in set(stated))
        for name, law in distributions.items():
            columns = schema.LAW_COLUMNS.get(str(law.get("kind", "")), ())
            made = Law({"index": np.uint16(law["index"] if "index" in law else next(free))})
            for key, value in law.items():
                if key in columns:
                    made.columns[key] = np.asarray(value, dtype=np.float64)
                elif key != "index":
                    made.attributes[key] = _attribute(value)
            self.content.laws[name] = made

    def _group_ids(self, groups: dict[str, np.ndarray]) -> list[str]:
        if "group_id" not in groups:
            self._say("groups", "group_id", "E_MISSING", "is absent", "Give every group a key of its own")
            return []
        return ["" if is_missing(key) else _word(key) for key in groups["group_id"].tolist()]

    def _table(self, name: str, given: dict[str, np.ndarray]) -> None:
        checker = Checker(name, self.problems)
        known = schema.tables()[name]
        columns = dict(given)
        order = self._by_group(name, columns, checker) if name == "members" else None
        if name in GROUP_TABLES and "group_id" in columns:
            columns["group"] = self._group_rows(columns.pop("group_id"), checker)
        if name == "members" and "distribution" in columns:
            columns["distribution"] = self._law_indices(columns["distribution"], checker)
        allowed = {flat for column in known.values() for flat in (column.name, *column.flat_names())}
        checker.unknown(columns, sorted(allowed - {"member_offset"} | schema_extras(name)))
        for column in known.values():
            if column.required and not {column.name, *column.flat_names()} & {*columns, "member_offset"} \
                    and column.name != "group_id":  # looked at already
                checker.say("E_MISSING", column.name, "is absent", f"Give it: {column.description}")
        table = {column.name: values for column in known.values() if column.name != "member_offset"
                 and (values := checker.column(column, columns)) is not None}
        if order is not None:
            table = {column: values[order] for column, values in table.items()}
            self._row_of[name] = order
        self.content.tables.setdefault(name, {}).update(table)

    def _by_group(self, name: str, columns: dict[str, np.ndarray], checker: Checker) -> np.ndarray | None:
        """Rows of the members by group, but for those of no group; sets the groups' member_offset."""
        rows = len(next(iter(columns.values()), ()))
        if "group_id" in columns:
            group = self._group_rows(columns.pop("group_id"), checker)
        elif len(self.group_ids) == 1:
            group = np.zeros(rows, dtype=np.int64)
        else:
            checker.say("E_MISSING", "group_id", "is absent", "Say of every member which group it is in")
            return None
        counts = np.bincount(group[group >= 0], minlength=len(self.group_ids))
        offset = np.concatenate([[0], np.cumsum(counts)]).astype(np.uint64)
        self.content.tables.setdefault("groups", {})["member_offset"] = offset
        order = np.argsort(group, kind="stable")
        return order[group[order] >= 0]

    def _group_rows(self, keys: np.ndarray, checker: Checker) -> np.ndarray:
        """Row of /groups of each key; -1 where there is no such group, which is a problem."""
        row_of = {key: row for row, key in enumerate(self.group_ids)}
        words = ["" if is_missing(key) else _word(key) for key in keys.tolist()]
        rows = np.array([row_of.get(word, -1) for word in words], dtype=np.int64)
        checker.say_rows("E_REFERENCE", "group_id", np.flatnonzero(rows < 0), keys,
                         "is no group_id of the groups", "Add the group or correct the key")
        return rows

    def _law_indices(self, laws: np.ndarray, checker: Checker) -> np.ndarray:
        """Names of laws as their indices; numbers as they are."""
        if laws.dtype.kind in "iufb" or all(not isinstance(law, (str, bytes)) for law in laws.tolist()):
            return laws
        index_of = {name: int(law.attributes["index"]) for name, law in self.content.laws.items()}
        words = ["" if is_missing(law) else _word(law) for law in laws.tolist()]
        unknown = [row for row, word in enumerate(words) if word not in index_of]
        for row in unknown[:MOST_PROBLEMS]:
            near = difflib.get_close_matches(words[row], index_of, 1)
            checker.say("E_REFERENCE", "distribution", "is no claim law of the book",
                        f"Did you mean {near[0]}?" if near else f"There are {', '.join(index_of)}", row,
                        words[row])
        if len(unknown) > MOST_PROBLEMS:
            checker.say("E_REFERENCE", "distribution",
                        f"{len(unknown) - MOST_PROBLEMS:,} further rows have the same problem")
        return np.array([index_of.get(word, 0) for word in words], dtype=np.uint16)


def schema_extras(table: str) -> set[str]:
    """Columns of a frame that the file says in another way."""
    return {"group_id"} if table in ("members", *GROUP_TABLES) else set()


def _word(key: Any) -> str:
    if isinstance(key, bytes):
        return key.decode("latin-1")
    return str(int(key)) if isinstance(key, float) and key.is_integer() else str(key)


def _attribute(value: Any) -> Any:
    if isinstance(value, (str, bytes)):
        return value
    if np.ndim(value) == 0:
        return float(value)
    return np.asarray(value, dtype=np.float64)
