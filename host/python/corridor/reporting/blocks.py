# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What a page is made of: sections of cards, figures, tables and prose. Knows no HTML."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Card:
    """One headline number. `value` is ready to read; `error` stands muted behind it."""

    label: str
    value: str
    error: str = ""
    note: str = ""


@dataclass
class Cards:
    cards: list


@dataclass
class Prose:
    """A paragraph. Plain text: it is escaped."""

    text: str
    kind: str = ""


@dataclass
class Badge:
    """Outcome of a check: kind is good, bad or watch."""

    kind: str
    title: str
    text: str


@dataclass
class TableBlock:
    """A table. Rows that are few are written out; many become pages with search (see packed.py).

    `columns` are columns.Column, `data` name -> numpy values [row]; `search` names a text column to search,
    `choices` columns to choose one value of, `flags` a column of codes joined by ;"""

    id: str
    caption: str
    columns: list
    data: dict
    search: str = ""
    choices: tuple = ()
    flags: str = ""
    folded: bool = False
    extra: dict = field(default_factory=dict)

    @property
    def rows(self):
        return len(self.data[self.columns[0].name]) if self.columns else 0


@dataclass
class Figure:
    """A chart: a Vega-Lite specification whose data stand inside, what it says in words, and its table."""

    id: str
    title: str
    note: str
    spec: dict
    description: str
    table: TableBlock = None
    wide: bool = False


@dataclass
class Explorer:
    """The place where quotes are chosen, drawn as curves and as a grid; `table` is the TableBlock that it shows."""

    table: TableBlock
    measures: list


@dataclass
class Pairs:
    """Facts: (name, value, note) in two columns."""

    caption: str
    rows: list


@dataclass
class Code:
    """A command line, to be copied."""

    text: str


@dataclass
class Section:
    id: str
    title: str
    lead: str
    blocks: list = field(default_factory=list)


@dataclass
class Page:
    title: str
    subtitle: str
    facts: list
    sections: list


def table_block(id_, caption, columns, table, rows=None, **options):
    """TableBlock of the given columns of a source.Table, of the rows that a mask or indices choose."""
    pick = slice(None) if rows is None else rows
    data = {column.name: np.asarray(table[column.name])[pick] for column in columns}
    return TableBlock(id_, caption, columns, data, **options)
