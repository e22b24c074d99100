# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads CSV (RFC 4180) row by row, in the encoding and with the delimiter that the file has for certain."""
import codecs
import csv
import io
import os
import re

from .problems import CellError
from .sheets import Sheet

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
BLOCK = 1 << 20
SAMPLE_ROWS = 40
DECIMAL_COMMA = re.compile(r"-?(?:\d+|\d{1,3}(?:\.\d{3})+),\d{1,2}")
DECIMAL_POINT = re.compile(r"-?[\d,]*\d\.\d{1,2}")
MOST_CHARACTERS = 1 << 17  # of one cell
NOT_TEXT = "Save it as CSV UTF-8 or as .xlsx"
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE,
                                                                           "utf-16"))


def encoding_of(path):
    """The encoding that the bytes leave no doubt about.

    Without a mark: UTF-8 if every byte fits; Windows-1252 if none of the bytes above 127 is UTF-8 and all are
    Windows-1252's; UTF-16 by its zero bytes. Raises CellError for a mixture.
    """
    with open(path, "rb") as file:
        head = file.read(4096)
        for mark, name in BOMS:
            if head.startswith(mark):
                return name
        if b"\0" in head:
            return _utf16(head)
        file.seek(0)
        return _without_mark(file)


def _utf16(head):
    pairs = max(len(head) // 2, 1)
    if head[1::2].count(0) > .7 * pairs:
        return "utf-16-le"
    if head[0::2].count(0) > .7 * pairs:
        return "utf-16-be"
    raise CellError("E_ENCODING", "the file has zero bytes and is no text", NOT_TEXT)


def _without_mark(file):
    """Counts sequences of UTF-8 and bytes that are none, a block at a time."""
    fits, misfits, undefined, first = 0, 0, 0, None
    rest, start = b"", 0
    sequence = re.compile(
        rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
    while block := file.read(BLOCK):
        block = rest + block
        cut = len(block) if block.isascii() else max(block.rfind(b"\n") + 1, len(block) - 4)
        part, rest = block[:cut], block[cut:]
        if not part.isascii():
            fits += len(sequence.findall(part))
            alone = re.compile(rb"[\x80-\xff]").finditer(
                sequence.sub(lambda m: b"?" * len(m[0]), part))
            for found in alone:
                misfits += 1
                undefined += found[0] in b"\x81\x8d\x8f\x90\x9d"
                first = start + found.start() if first is None else first
        start += cut
    tail_misfits = 0 if rest.isascii() or sequence.fullmatch(rest) else 1
    misfits += tail_misfits
    if not misfits:
        return "utf-8"
    if fits or undefined:
        raise CellError(
            "E_ENCODING",
            f"the file is neither UTF-8 nor Windows-1252 throughout (first at byte {first or start:,})",
            f"{NOT_TEXT}, or name the encoding of the source in the map")
    return "cp1252"


def delimiter_of(text):
    """The delimiter that cuts the sample's rows into the most columns, the same number in nearly all."""
    first = text.split("\n", 1)[0].strip()
    if found := re.fullmatch(r"sep=(.)", first, re.IGNORECASE):
        return found[1]
    scores = {}
    for mark in DELIMITERS:
        widths = [len(row) for row in _cut(text, mark) if any(row)][:SAMPLE_ROWS]
        usual = max(set(widths), key=widths.count, default=1)
        if usual > 1:
            scores[mark] = (widths.count(usual) / len(widths), usual)
    if not scores:
        return ","  # one column
    best = max(scores, key=lambda mark: scores[mark])
    rivals = [mark for mark, score in scores.items() if score == scores[best] and mark != best]
    if rivals:
        raise CellError("E_DELIMITER",
                        f"{DELIMITERS[best]} and {DELIMITERS[rivals[0]]} both cut the rows evenly",
                        'Say delimiter = "," for the source in the map')
    return best


def _cut(text, mark):
    """Rows of a sample, as far as they can be cut: its lines end in any of the ways."""
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            rows.append(row)
    except csv.Error:
        pass  # TextSheet.rows says where
    return rows


def has_decimal_commas(text):
    """Whether a file with semicolons shows decimal commas, and no decimal points: 1.234,50 or 1,25."""
    cells = [cell.strip(" $%") for row in _cut(text, ";") for cell in row]
    return (any(DECIMAL_COMMA.fullmatch(cell) for cell in cells)
            and not any(DECIMAL_POINT.fullmatch(cell) for cell in cells))


class TextSheet(Sheet):
    """One CSV file."""
    def __init__(self, path, encoding=None, delimiter=None, decimal=None):
        self.encoding = encoding or encoding_of(path)
        try:
            with open(path, encoding=self.encoding, newline="") as file:
                sample = file.read(1 << 16)
        except (UnicodeDecodeError, LookupError) as error:
            raise CellError("E_ENCODING", f"the file is not {self.encoding} ({error})",
                            NOT_TEXT) from None
        complete = sample if len(sample) < 1 << 16 else sample[:sample.rfind("\n") + 1] or sample
        self.delimiter = delimiter or delimiter_of(complete)
        self.path = path
        notes = [] if self.encoding.startswith("utf") else [f"read as {self.encoding}"]
        if self.delimiter == ";" and not decimal and has_decimal_commas(complete):
            self.decimal = ","
            notes.append("read with decimal commas")
        super().__init__(os.path.basename(path), "", notes=notes)

    def rows(self):
        csv.field_size_limit(MOST_CHARACTERS)
        with open(self.path, encoding=self.encoding, newline="") as file:
            lines = csv.reader(file, delimiter=self.delimiter, strict=True)
            begin, first = 1, True
            while True:
                try:
                    row = next(lines)
                except StopIteration:
                    return
                except (csv.Error, UnicodeDecodeError) as error:
                    raise CellError(
                        "E_QUOTE", f"row {begin:,} cannot be cut into cells ({error})",
                        "A quote opens and does not close, or text goes on behind one: double quotes inside a cell, as in \"\""
                    ) from None
                number, begin = begin, lines.line_num + 1
                if first and len(row) == 1 and row[0].lower().startswith("sep="):
                    first = False
                    continue
                first = False
                yield number, [cell if cell else None for cell in row]
