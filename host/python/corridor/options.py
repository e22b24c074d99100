# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Arguments of the runs as the native module's options."""
from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Literal, Mapping, Sequence

from . import checks
from .errors import UsageError
from .native import native
from .toml_text import toml_text

if TYPE_CHECKING:
    from . import _native as types

Path = str | os.PathLike[str]
Method = Literal["both", "exact", "simulate"]
Device = Literal["auto", "cpu", "cuda"]
InstructionSet = Literal["scalar", "avx2", "avx512"]
Principle = Literal["expected_value", "standard_deviation", "variance", "ph_transform",
                    "wang_transform", "tvar", "cost_of_capital"]
Numbers = float | Sequence[float]
Levels = float | str | Sequence[float | str]
Principles = Principle | Sequence[Principle]
Pricing = Path | Mapping[str, Any] | None
Loads = Mapping[str, float] | None


def run_options(*, years: int, seed: int, least_years: int = 1, levels: Any = None,
                principles: Any = None, device: str = "auto", instruction_set: str | None = None,
                threads: int | None = None, memory_limit_bytes: int | None = None) -> types.RunOptions:
    """What all runs share."""
    options = native.RunOptions()
    options.years = checks.whole_number("years", years, least_years, checks.MOST_YEARS)
    options.seed = checks.whole_number("seed", seed, 0, 2**64 - 1)
    if levels is not None:
        options.set_levels(checks.levels("levels", levels))
    if principles is not None:
        options.principles = checks.names("principles", principles, native.principles())
    options.device = checks.one_name("device", device, ("auto", "cpu", "cuda"))
    if instruction_set is not None:
        options.instruction_set = checks.one_name("instruction_set", instruction_set,
                                                  ("scalar", "avx2", "avx512"))
    if threads is not None:
        options.threads = checks.whole_number("threads", threads, 1, 4096)
    if memory_limit_bytes is not None:
        options.memory_limit_bytes = checks.memory_bytes("memory_limit_bytes", memory_limit_bytes)
    return options


def set_grid(options: types.RunOptions, specific: Any, corridor: Any) -> None:
    if specific is not None:
        options.specific_usd = checks.deductibles("specific", specific)
    if corridor is not None:
        options.corridor = checks.corridors("corridor", corridor)


def set_method(options: types.RunOptions, method: str, joint: bool, target_se: float | None,
               max_years: int | None) -> None:
    options.set_method(checks.one_name("method", method, ("both", "exact", "simulate")))
    options.joint = bool(joint)
    if joint and method == "simulate":
        raise UsageError("joint=True is an exact law and method='simulate' has none")
    if target_se is not None:
        options.target_se = checks.part_of_mean("target_se", target_se)
        if method == "exact":
            raise UsageError("target_se is about simulated means, and method='exact' has none")
    if max_years is not None:
        if target_se is None:
            raise UsageError("max_years bounds what target_se may add: give both")
        options.max_years = checks.whole_number("max_years", max_years, options.years, checks.MOST_YEARS)


def pricing_basis(pricing: Path | Mapping[str, Any] | None,
                  loads: Mapping[str, float] | None) -> types.PricingBasis:
    """Loads from a TOML file or a dict of its keys, then single ones by name."""
    if pricing is None:
        basis = native.PricingBasis()
    elif isinstance(pricing, Mapping):
        basis = native.parse_pricing(toml_text(pricing), "pricing")
    else:
        basis = native.load_pricing(os.fspath(pricing))
    for name, value in (loads or {}).items():
        basis.apply(f"{name}={value if isinstance(value, str) else repr(checks.number(name, value))}")
    return basis


def stress_of(stress: Path | Mapping[str, Any]) -> types.Stress:
    """A built-in stress by name, a TOML file's, or a dict of its keys."""
    if isinstance(stress, Mapping):
        return native.parse_stress(toml_text({"name": "stress", **stress}), "stress")
    return native.find_stress(os.fspath(stress))


def arrangement_of(arrangement: Path | Mapping[str, Any] | None) -> types.Arrangement:
    """A TOML file's arrangement, or a dict of its keys."""
    if arrangement is None:
        return native.Arrangement()
    if isinstance(arrangement, Mapping):
        return native.parse_arrangement(toml_text(arrangement), "arrangement")
    return native.load_arrangement(os.fspath(arrangement))
