# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Packages that only some functions want."""
from __future__ import annotations

import importlib
from typing import Any

from .errors import UsageError


def needs(package: str, extra: str) -> Any:
    """The package. Raises UsageError that says how to install it where it is missing."""
    try:
        return importlib.import_module(package)
    except ImportError as error:
        if error.name is not None and error.name.split(".")[0] != package.split(".")[0]:
            raise
        raise UsageError(f"this needs {package}, which is not installed. "
                         f"Run: pip install 'corridor[{extra}]'") from error
