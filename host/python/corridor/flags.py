# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Arguments of a call as flags of the command line, numbers to their last bit."""
from __future__ import annotations

import os
from decimal import Decimal
from typing import Any, Iterator

import numpy as np

from . import checks


class Flags:
    """Flags in the order in which they were added: list(Flags().add("years", 100)) is
    ["--years=100"]."""

    def __init__(self) -> None:
        self._flags: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return iter(self._flags)

    def add(self, name: str, value: Any) -> Flags:
        """A flag with its value, of a list with commas; True is the flag alone, None and False are
        none."""
        if value is True:
            self._flags.append(f"--{name}")
        elif value is not None and value is not False:
            self._flags.append(f"--{name}={_text(name, value)}")
        return self


def _text(name: str, value: Any) -> str:
    if isinstance(value, os.PathLike):
        return str(os.fspath(value))
    if isinstance(value, (list, tuple, np.ndarray)):
        return ",".join(_text(name, part) for part in value)
    if isinstance(value, str):
        return value
    number = checks.number(name, value)
    if number in (float("inf"), float("-inf")):
        return str(number)
    return format(Decimal(repr(value.item() if isinstance(value, np.generic) else value)), "f")
