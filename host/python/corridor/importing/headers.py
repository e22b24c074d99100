# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Finds the row with the headers, and which field each of them names."""
import re
from dataclasses import dataclass
from functools import cache

from .cells import clean, is_blank, text_of
from .fields import PERSONAL, SHEET_WORDS, TABLES, TIER_NAMES, TIER_WORDS, Field
from .problems import CellError

SEARCHED_ROWS = 60
NAME_WEIGHT = 2.5  # of a sheet's name beside the number of columns that are known
THOUSANDS = re.compile(
    r"\(?\s*(?:in )?(?:\$\s?|usd )?0{3}'?s?\s*\)?|\(?\s*(?:\$ |usd )?in thousands\s*\)?|\(\s*thousands\s*\)"
)
MILLIONS = re.compile(r"\(?\s*(?:\$ |usd )?in millions\s*\)?|\(\s*millions\s*\)")
COUNTS = {"employees", "members", "count"}


@dataclass(frozen=True)
class Column:
    """What a header names: a field, of a tier or not, and the unit that the header states."""
    field: Field
    tier: int | None = None
    units: str | None = None

    @property
    def key(self):
        return self.field.name if self.tier is None else f"{self.field.name}_{TIER_NAMES[self.tier]}"


def normalise(header):
    """(words, units): 'Spec. Ded. ($000)' is ('spec ded', 'thousands')."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", clean(header)).lower()
    units = None
    for pattern, name in ((THOUSANDS, "thousands"), (MILLIONS, "millions")):
        if pattern.search(text):
            text, units = pattern.sub(" ", text), name
    if "%" in text:
        text, units = text.replace("%", " percent "), "percent"
    text = re.sub(r"#|\bnum\b|\bnbr\b", " no ", text)
    words = re.sub(r"[^a-z0-9]+", " ", text).replace("pct", "percent").split()
    units = "percent" if "percent" in words else units
    return " ".join(word for word in words if word != "usd"), units


@cache
def lookup(table):
    """{words: (field, tier)} of a table."""
    known: dict[str, tuple[Field, int | None]] = {}
    for field in TABLES[table]:
        name = " ".join(w for w in field.name.split("_") if w not in ("usd", "pct"))
        for words in (name, *field.words):
            known.setdefault(words, (field, None))
            for tier, tier_words in enumerate(TIER_WORDS if field.tiers else ()):
                for tier_word in tier_words:
                    known.setdefault(f"{words} {tier_word}", (field, tier))
                    known.setdefault(f"{tier_word} {words}", (field, tier))
        if table == "groups" and field.name == "employees":
            for tier, tier_words in enumerate(TIER_WORDS):
                for word in tier_words:
                    if word not in ("e", "employee"):
                        known.setdefault(word, (field, tier))
    return known


def column_of(header, table):
    """The Column that a header names, or None."""
    exact = {field.name: field for field in TABLES[table]}
    if clean(header) in exact:
        return Column(exact[clean(header)])
    words, units = normalise(header)
    known = lookup(table)
    for candidate in (words, words.removesuffix(" percent"), words.removeprefix("percent ")):
        if candidate in known:
            field, tier = known[candidate]
            return Column(field, tier, units)
    return None


def column_named(name, table):
    """The Column of a field's own name as a map has it: employees_ee_sp."""
    fields = {field.name: field for field in TABLES[table]}
    if name in fields:
        return Column(fields[name])
    for tier, suffix in enumerate(TIER_NAMES):
        base = name.removesuffix("_" + suffix)
        if base != name and base in fields and fields[base].tiers:
            return Column(fields[base], tier)
    return None


def names_of(table):
    """All names that a map may use for the table's fields."""
    for field in TABLES[table]:
        yield field.name
        if field.tiers:
            yield from (f"{field.name}_{tier}" for tier in TIER_NAMES)


def is_personal(header):
    words, _ = normalise(header)
    return words in PERSONAL


def header_texts(row):
    """The row's cells as text; cells that no header can be are ''."""
    texts = []
    for cell in row:
        try:
            texts.append("" if is_blank(cell) else text_of(cell))
        except CellError:
            texts.append("")
    return texts


def best_header(rows, table, mapped=()):
    """(score, index into rows) of the row that names the most fields of the table; (0, None) if none does."""
    best: tuple[int, int | None] = (0, None)
    for i, (_, row) in enumerate(rows):
        texts = [text for text in header_texts(row) if text]
        keys = {found.key for text in texts if (found := column_of(text, table))}
        score = len(keys) + sum(text in mapped for text in texts)
        if score > best[0]:
            best = (score, i)
    return best


def guess_table(rows, name):
    """(table, score, index of the header row) that fits a sheet best; the table is None where none does."""
    words, _ = normalise(re.sub(r"\.\w+$", "", name))
    best: tuple[str | None, float, int | None] = (None, 0, None)
    for table, sheet_words in SHEET_WORDS.items():
        score, row = best_header(rows, table)
        if row is None or not _fits(table, rows[row][1]):
            continue
        named = words in sheet_words or any(re.search(rf"\b{w}\b", words) for w in sheet_words)
        weighed = score + NAME_WEIGHT * named
        if weighed > best[1]:
            best = (table, weighed, row)
    return best if best[1] >= 2 else (None, 0, None)


def _fits(table, header):
    keys = {
        found.field.name
        for text in header_texts(header) if text and (found := column_of(text, "census"))
    }
    counted = bool(keys & COUNTS) and bool(keys & {"age_band", "sex"})
    return counted if table == "census" else not (table == "members" and counted)
