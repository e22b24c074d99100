# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What is wrong with an input, in one place: every problem is kept or counted, none is raised on the way."""
from dataclasses import asdict, dataclass

SHOWN_CHARACTERS = 60


def shown(value):
    """`value` for a message: quoted, clipped, and without characters that a terminal would act on."""
    text = value if isinstance(value, str) else str(value)
    clipped = text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "..."
    return repr(clipped)


class CellError(Exception):
    """A cell that cannot be read for certain: `code`, what is wrong, and the `fix`.

    once   one of a column says all: the others are of the same cause
    """
    def __init__(self, code, what, fix, once=False):
        super().__init__(what)
        self.code, self.what, self.fix, self.once = code, what, fix, once


@dataclass(frozen=True)
class Place:
    """Where in the input: `row` as the program that wrote the file counts it, from 1."""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self):
        parts = [self.file]
        parts += [f"sheet {self.sheet}"] if self.sheet else []
        parts += [f"row {self.row:,}"] if self.row else []
        parts += [f'column "{self.column}"'] if self.column else []
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Problem:
    code: str
    what: str
    fix: str
    place: Place
    value: str = ""

    def __str__(self):
        where = str(self.place)
        return f"{self.code} {where}{': ' if where else ''}{self.what}. {self.fix}"

    def as_dict(self):
        return {
            "code": self.code, **asdict(self.place), "value": self.value, "what": self.what,
            "fix": self.fix
        }


class Problems:
    """Errors, of which the first `most` are kept and the others counted, and notes of what was understood."""
    def __init__(self, most=50):
        self.most, self.errors, self.error_count, self.notes = most, [], 0, []
        self.said = set()

    def add(self, code, what, fix, place=Place(), value=""):
        self.error_count += 1
        if len(self.errors) < self.most:
            self.errors.append(
                Problem(code, what, fix, place, "" if value is None else str(value)[:200]))

    def add_of_cell(self, error, place, value):
        """A CellError; the first of a column alone where it says so."""
        if error.once:
            column = (error.what, place.file, place.sheet, place.column)
            if column in self.said:
                return
            self.said.add(column)
        self.add(error.code, error.what, error.fix, place, value)

    def note(self, text, place=Place()):
        where = str(place)
        self.notes.append(f"{where}: {text}" if where else text)

    @property
    def more(self):
        return self.error_count - len(self.errors)
