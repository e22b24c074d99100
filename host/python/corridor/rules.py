# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""State rules beside a book's options."""
from __future__ import annotations

import os
from dataclasses import dataclass

from .book import Book
from .errors import Problem, problems_from_native
from .native import native
from .options import Numbers, Path, set_grid
from .running import file_of, table_of
from .table import Table


@dataclass(frozen=True)
class RuleCheck:
    """What state rules say of a book's options. A check of what was recorded, no legal advice."""

    findings: Table
    """A row an option and rule, what is met and what does not apply too: column `outcome`."""
    rules: Table
    """The rules that findings name by `rule_line`."""
    outcomes: dict[str, int]
    """Options by their worst finding: "violates", "unknown", "stale", "ok", "not_applicable"."""
    warnings: list[Problem]

    @property
    def passed(self) -> bool:
        """Nothing violates and nothing is unknown."""
        return self.outcomes["violates"] == 0 and self.outcomes["unknown"] == 0

    def __str__(self) -> str:
        counts = ", ".join(f"{count:,} {outcome}" for outcome, count in self.outcomes.items())
        return f"{sum(self.outcomes.values()):,} options: {counts}"

    def _repr_html_(self) -> str:
        return f"<p>{self}</p>{self.findings._repr_html_()}"


def check(book: Book | Path, *, specific: Numbers | None = None, corridor: Numbers | None = None,
          rules: Path | None = None) -> RuleCheck:
    """Compares every option of a book with the rules of its group's state: `corridor check`.

    `rules`  a rule file (data/rules/README.md) instead of those built in
    """
    options = native.RunOptions()
    set_grid(options, specific, corridor)
    if rules is not None:
        options.set_rules(os.fspath(rules))
    found = native.check(file_of(book), options)
    return RuleCheck(table_of(found["findings"]), table_of(found["rules"]), found["outcomes"],
                     problems_from_native(found["warnings"]))
