# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads the map, a TOML file that says what an input's columns mean where their headers do not."""
import fnmatch
import tomllib
from dataclasses import dataclass, field

from .fields import TABLES
from .headers import column_named, names_of
from .kinds import UNITS, nearest
from .problems import Place

BOOK = {
    "policy_year": int, "law": str, "law_files": list, "scale": str, "unknown_columns": str,
    "hidden": str
}
SOURCE = {
    "table": str, "file": str, "sheet": str, "header_row": int, "encoding": str, "delimiter": str,
    "decimal": str, "date_format": str, "counts": str, "hidden": str, "unknown_columns": str,
    "columns": dict, "values": dict, "defaults": dict
}
TOP = {"book": dict, "source": list, "laws": dict, "quote": dict, "market": dict}
QUOTE = {"specific": "specific_deductible_usd", "corridor": "aggregate_corridor"}
MARKET = ("book_cv", "region_cv", "industry_cv", "group_cv", "trend", "year_correlation",
          "persistence", "pandemic_probability", "pandemic_frequency")
CHOICES = {
    "scale": ("age_sex", "one"), "hidden": ("refuse", "read", "skip"),
    "counts": ("employees", "members"), "unknown_columns": ("refuse", "ignore"),
    "decimal": (".", ",")
}


@dataclass
class Source:
    """One [[source]]: which sheet it is about, and what it says."""
    table: str | None = None
    file: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    date_format: str | None = None
    counts: str | None = None
    hidden: str | None = None
    unknown_columns: str | None = None
    columns: dict = field(
        default_factory=dict)  # header -> (name of a field or "ignore", units or None)
    values: dict = field(default_factory=dict)  # field -> {text: value}
    defaults: dict = field(default_factory=dict)  # field -> cell
    used: bool = False

    def fits(self, file, sheet):
        return (self.file is None or fnmatch.fnmatchcase(
            file, self.file)) and (self.sheet is None or self.sheet == sheet)


@dataclass
class Map:
    book: dict = field(default_factory=dict)
    sources: list = field(default_factory=list)
    laws: dict = field(default_factory=dict)
    quote: dict = field(default_factory=dict)
    market: dict = field(default_factory=dict)

    def source_of(self, file, sheet):
        return next((source for source in self.sources if source.fits(file, sheet)), Source())


def read(path, problems):
    """The Map of a file; what is wrong with it goes to `problems`."""
    with open(path, "rb") as file:
        try:
            given = tomllib.load(file)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.add("E_MAP", f"not TOML ({error})",
                         "Correct the line; `corridor template --map` writes an example",
                         Place(str(path)))
            return Map()
    return _Reader(str(path), problems).map(given)


class _Reader:
    def __init__(self, path, problems):
        self.path, self.problems = path, problems

    def wrong(self, key, what, fix):
        self.problems.add("E_MAP", f"{key}: {what}", fix, Place(self.path))

    def keys(self, given, known, where):
        """`given` without the keys that there are not or that have another type."""
        good = {}
        for key, value in given.items():
            if key not in known:
                near = nearest(key, known)
                self.wrong(f"{where}{key}", "there is no such key",
                           f"Did you mean {near}?" if near else f"Known are {', '.join(known)}")
            elif not isinstance(value, known[key]) or isinstance(value, bool) and known[key] is int:
                self.wrong(f"{where}{key}", f"{value!r} has the wrong type",
                           f"Give a {known[key].__name__}")
            elif key in CHOICES and value not in CHOICES[key]:
                self.wrong(f"{where}{key}", f"{value!r} is not a choice",
                           f"Write one of {', '.join(CHOICES[key])}")
            else:
                good[key] = value
        return good

    def map(self, given):
        top = self.keys(given, TOP, "")
        book = self.keys(top.get("book", {}), BOOK, "book.")
        sources = [
            self.source(i, source) for i, source in enumerate(top.get("source", []))
            if isinstance(source, dict)
        ]
        numbers = {name: (int, float) for name in MARKET}
        return Map(book, sources, self.laws(top.get("laws", {})), self.quote(top.get("quote", {})),
                   self.keys(top.get("market", {}), numbers, "market.") if "market" in top else {})

    def laws(self, given):
        for name, law in given.items():
            if not isinstance(law, dict) or not isinstance(law.get("kind"), str):
                self.wrong(f"laws.{name}", "it has no kind",
                           'Give kind = "lognormal" and its parameters (data/laws.md)')
        return {
            name: law
            for name, law in given.items()
            if isinstance(law, dict) and isinstance(law.get("kind"), str)
        }

    def quote(self, given):
        quote = {}
        for key, values in self.keys(given, dict.fromkeys(QUOTE, list), "quote.").items():
            if not values or any(
                    isinstance(v, bool) or not isinstance(v, (int, float)) or v <= 0
                    for v in values) or sorted(set(values)) != values:
                self.wrong(f"quote.{key}", f"{values} are not amounts above 0 that ascend",
                           "Write them once each, smallest first")
            else:
                quote[QUOTE[key]] = [float(v) for v in values]
        return quote

    def source(self, index, given):
        where = f"source {index + 1}, "
        source = Source(**self.keys(given, SOURCE, where))
        if source.table is not None and source.table not in TABLES:
            near = nearest(source.table, TABLES)
            self.wrong(
                f"{where}table", f"{source.table!r} is no table",
                f"Write one of {', '.join(TABLES)}" + (f"; nearest is {near}" if near else ""))
            source.table = None
        if source.table is None and (source.columns or source.defaults or source.values):
            self.wrong(f"{where}table", "is missing",
                       f"Say which table the source is: {', '.join(TABLES)}")
            source.columns, source.defaults, source.values = {}, {}, {}
        source.columns = {
            header: self.column(where, header, to, source.table)
            for header, to in source.columns.items()
        }
        for name in [*source.defaults, *source.values]:
            if column_named(name, source.table) is None:
                self.unknown_field(f"{where}{name}", name, source.table)
        source.defaults = {
            k: v
            for k, v in source.defaults.items() if column_named(k, source.table)
        }
        source.values = {
            k: {str(a).lower(): b
                for a, b in v.items()}
            for k, v in source.values.items()
            if column_named(k, source.table) and isinstance(v, dict)
        }
        return source

    def column(self, where, header, to, table):
        name, units = (to.get("field"), to.get("units")) if isinstance(to, dict) else (to, None)
        if units is not None and units not in UNITS:
            self.wrong(f"{where}column {header!r}", f"{units!r} is no unit",
                       f"Write one of {', '.join(UNITS)}")
            units = None
        if name != "ignore" and (not isinstance(name, str) or column_named(name, table) is None):
            self.unknown_field(f"{where}column {header!r}", str(name), table)
            name = "ignore"
        return name, units

    def unknown_field(self, key, name, table):
        near = nearest(name, list(names_of(table)), .5)
        self.wrong(
            key, f"{table} has no field {name!r}",
            f"Did you mean {near}?" if near else f"`corridor import --fields {table}` lists them")
