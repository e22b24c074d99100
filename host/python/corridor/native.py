# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The native module, loaded when it is first wanted: reading results does not need it."""
from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from .errors import InternalError

__all__ = ["native"]

if TYPE_CHECKING:
    from . import _native as native
else:

    class _Native:
        """Stands for corridor._native. Raises InternalError where the package is without it."""

        def __getattr__(self, name: str) -> Any:
            return getattr(_loaded(), name)

    native = _Native()


@functools.cache
def _loaded() -> Any:
    try:
        from . import _native
    except ImportError as error:
        raise InternalError(f"the native part of corridor cannot be loaded ({error}). Install the "
                            "package with pip, or put the build tree's python/ on PYTHONPATH") from error
    return _native
