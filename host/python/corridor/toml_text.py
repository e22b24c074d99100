# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A dict as TOML, so that the library reads what Python states as it reads files."""
from __future__ import annotations

import json
from typing import Any, Mapping

import numpy as np

from .errors import UsageError


def toml_text(values: Mapping[str, Any]) -> str:
    """One line a key at the top; tables and lists of tables inline.

    Raises UsageError for a value that TOML does not have.
    """
    return "".join(f"{_key(key)} = {_value(value, key)}\n" for key, value in values.items())


def _key(key: str) -> str:
    return json.dumps(str(key), ensure_ascii=False)


def _value(value: Any, key: str) -> str:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value)  # inf and nan are TOML's own words
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(name)} = {_value(part, name)}" for name, part in value.items())
        return "{" + inside + "}"
    if isinstance(value, (list, tuple, np.ndarray)):
        return "[" + ", ".join(_value(part, key) for part in value) + "]"
    raise UsageError(f"{key}: {value!r} is neither a number, a text, true or false, a list nor a dict")
