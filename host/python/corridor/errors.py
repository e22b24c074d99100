# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What goes wrong, as exceptions: one class a kind, each with every problem that was found.

    try:
        book = corridor.load("book.h5")
    except corridor.BadDataError as error:
        for problem in error.problems:
            print(problem.dataset, problem.row, problem.message)
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, Literal

__all__ = ["BadDataError", "CannotCreateError", "CorridorError", "DeviceError", "IncompleteError",
           "InputOutputError", "InternalError", "MissingInputError", "Problem", "UsageError"]


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input, or odd about it."""

    code: str = ""
    """Stable, for programs: "E_NEGATIVE"; data/README.md lists all."""
    message: str = ""
    """What is wrong, and why it matters."""
    fix: str = ""
    """What to do."""
    file: str = ""
    """The file; "" for a book made in memory."""
    dataset: str = ""
    """Where in the file: "/members/scale", "/distributions/silver@kind"."""
    frame: str = ""
    """Of a book made from frames: the frame, as from_frames names it: "members"."""
    column: str = ""
    """Column of the frame or of the dataset's table: "scale"."""
    row: int | None = None
    """Row of the frame (by position) or of the dataset, from 0."""
    group: str = ""
    """group_id of the row, where it belongs to one."""
    value: str = ""
    """As found."""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = self._place()
        if self.group:
            place += f" (group {self.group})"
        text = f"{place}: " if place else ""
        text += self.message
        text += "" if self.value in self.message else f" (found {self.value})"
        text += f". {self.fix}" if self.fix else ""
        return f"{text} [{self.code}]" if self.code else text

    def _place(self) -> str:
        if self.frame:
            row = "" if self.row is None else f", row {self.row}"
            return f"frame {self.frame}, column {self.column}{row}" if self.column else \
                f"frame {self.frame}{row}"
        row = "" if self.row is None else f"[{self.row}]"
        return f"{self.file}:{self.dataset}{row}" if self.file and self.dataset else \
            self.file or f"{self.dataset}{row}"


class CorridorError(Exception):
    """What the caller did or the machine lacks. `kind` and `exit_code` are those of the command line."""

    kind: str = "internal"
    exit_code: int = 70

    def __init__(self, message: str = "", problems: Iterable[Problem] = ()):
        self.problems: list[Problem] = list(problems)
        super().__init__(message or "\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> Any:
        return type(self), (str(self), self.problems)


class UsageError(CorridorError, ValueError):
    """An argument that is not understood or does not fit the book."""

    kind, exit_code = "usage", 64


class BadDataError(CorridorError, ValueError):
    """A file or frame with errors; `problems` has all of them."""

    kind, exit_code = "bad_data", 65


class MissingInputError(CorridorError, OSError):
    """A file that is missing or cannot be opened."""

    kind, exit_code = "missing_input", 66


class DeviceError(CorridorError):
    """A device that is not there, or too small."""

    kind, exit_code = "device", 69


class InternalError(CorridorError):
    """A bug of the program, or an installation that is not whole."""

    kind, exit_code = "internal", 70


class CannotCreateError(CorridorError, OSError):
    """An output that cannot be created, or is there already."""

    kind, exit_code = "cannot_create", 73


class InputOutputError(CorridorError, OSError):
    """A disk that is full or failing."""

    kind, exit_code = "io", 74


class IncompleteError(CorridorError):
    """A run that was stopped."""

    kind, exit_code = "incomplete", 75


_BY_EXIT_CODE: dict[int, type[CorridorError]] = {
    kind.exit_code: kind for kind in (UsageError, BadDataError, MissingInputError, DeviceError,
                                      InternalError, CannotCreateError, InputOutputError,
                                      IncompleteError)}


def column_of(dataset: str) -> str:
    """ "scale" of "/members/scale", "kind" of "/distributions/silver@kind"."""
    return dataset.rsplit("/", 1)[-1].rsplit("@", 1)[-1]


def from_native(exit_code: int, message: str, problems: list[dict[str, Any]]) -> CorridorError:
    """The exception for an error of the library; the native module calls this."""
    return _BY_EXIT_CODE.get(exit_code, InternalError)(message, problems_from_native(problems))


def problems_from_native(problems: list[dict[str, Any]]) -> list[Problem]:
    return [Problem(column=column_of(problem["dataset"]), **problem) for problem in problems]
