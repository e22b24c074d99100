# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A book's own large claims as experience, and a book whose members have a fitted law."""
import numpy as np

from .. import content as book_content
from ..atomic import written_whole
from ..book import Book
from ..content import Law
from ..errors import BadDataError, problems_from_native
from ..importing.book_file import MAXIMUM_USD
from ..importing.problems import CellError
from ..native import native
from .claims import Rows


def large_claims(path):
    """(Rows, members and years) of /large_claims, paid and pended; None where /experience does not tell how many.

    Raises CorridorError for a book that is none, CellError for one without large claims.
    """
    held = book_content.read(Book.load(path).file)
    table = held.tables.get("large_claims", {})
    if not len(table.get("group", ())):
        raise CellError("E_MISSING", f"{path} holds no large claims",
                        "Give a file of claims too, or add /large_claims to the book")
    pended = np.nan_to_num(table.get("pended_usd", np.zeros(len(table["group"]))))
    names = [name.decode("latin-1") for name in held.tables["groups"]["group_id"].tolist()]
    group = table["group"].astype(np.int64)
    rows = Rows(table["paid_usd"] + pended, None, group, names)
    return rows, _member_years(held, np.unique(group))


def _member_years(held, groups):
    """Of the periods of /experience: employee-months over 12, times the group's members an employee."""
    table, of_groups = held.tables.get("experience"), held.tables["groups"]
    if table is None or "employees" not in of_groups or np.setdiff1d(groups, table["group"]).size:
        return None
    sizes = np.diff(of_groups["member_offset"].astype(np.int64))
    employees = of_groups["employees"].sum(axis=1)
    group = table["group"].astype(np.int64)
    if (employees[group] == 0).any():
        return None
    years = table["employee_months"].sum(axis=1) / 12
    return float((years * sizes[group] / employees[group]).sum())


def write(path, book, laws, name, *, instead_of=None, keep_scale=False, replace=False):
    """Writes `book` with the law `name` for its members and returns how many have it; sealed, whole or not at all.

    laws         {name: {"attributes", "columns"}}: the law and what it is made of
    instead_of   members of that law alone; None: all
    keep_scale   leaves the members' scales; else 1, because a fitted law holds the spread between them already
    Raises CellError for a law that the book has otherwise, BadDataError where the book would not be good.
    """
    held = book_content.read(Book.load(book).file)
    members = held.tables["members"]
    chosen = _members_of(held, instead_of)
    _add(held.laws, laws)
    members["distribution"][chosen] = held.laws[name].attributes["index"]
    if not keep_scale:
        members["scale"][chosen] = 1.0
    held.attributes["generator"] = "corridor fit"
    written_whole(path, lambda temporary: _checked(temporary, held), replace=replace)
    return int(chosen.sum()), len(chosen)


def _members_of(held, law):
    distribution = held.tables["members"]["distribution"]
    if law is None:
        return np.ones(len(distribution), bool)
    if law not in held.laws:
        raise CellError("E_REFERENCE", f"the book has no claim law {law}",
                        f"There are {', '.join(held.laws)}")
    return distribution == held.laws[law].attributes["index"]


def _add(known, laws):
    taken = {int(law.attributes["index"]) for law in known.values()}
    free = (index for index in range(65_536) if index not in taken)
    for name, law in laws.items():
        attributes = {"maximum_usd": MAXIMUM_USD} | law["attributes"]
        if name not in known:
            known[name] = Law({**_typed(attributes), "index": np.uint16(next(free))}, law["columns"])
        elif not _same(known[name], attributes, law["columns"]):
            raise CellError("E_TWO_WAYS", f"the book has another claim law {name}",
                            "Choose another --name")


def _typed(attributes):
    return {
        key: value if isinstance(value, (str, np.ndarray)) else np.float64(value)
        for key, value in attributes.items()
    }


def _same(known, attributes, columns):
    stated = {key: value for key, value in known.attributes.items() if key != "index"}
    return _equal(stated, {"maximum_usd": MAXIMUM_USD} | attributes) and _equal(
        known.columns, columns)


def _equal(one, other):
    return one.keys() == other.keys() and all(
        np.array_equal(one[key], other[key]) if not isinstance(one[key], str) else one[key] ==
        other[key] for key in one)


def _checked(path, held):
    book_content.write(path, held)
    found = problems_from_native(native.validate(path, 0))
    errors = [problem for problem in found if problem.severity == "error"]
    if errors:
        raise BadDataError(problems=errors)
    native.seal(path)
