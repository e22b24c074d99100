# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What this build and this machine are, and what names there are."""
from __future__ import annotations

from typing import Any

from .native import native


def build() -> dict[str, Any]:
    """What this build is: version, git_revision, compiler, build_type, cuda."""
    return native.build()


def devices() -> dict[str, Any]:
    """What this machine offers: instruction_sets, threads, memory_bytes, cuda_usable, cuda_reason."""
    return native.devices()


def principles() -> dict[str, str]:
    """Premium principles, name to formula."""
    return native.principles()


def loads() -> dict[str, str]:
    """Loads of a premium, name to meaning."""
    return native.loads()


def stresses() -> dict[str, str]:
    """Stresses that come with the program, name to meaning."""
    return native.stresses()
