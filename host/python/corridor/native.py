# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The native module, loaded when it is first wanted: reading results does not need it."""
from __future__ import annotations

import functools
from typing import Any

from .errors import InternalError


@functools.cache
def native() -> Any:
    """corridor._native. Raises InternalError where the package was copied without it."""
    try:
        from . import _native
    except ImportError as error:
        raise InternalError(f"the native part of corridor cannot be loaded ({error}). Install the "
                            "package with pip, or put the build tree's python/ on PYTHONPATH") from error
    return _native
