# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Numbers as people read them. NaN is a dash, infinity says what it means."""

import math

NONE, MINUS = "–", "−"


def _signed(text, value):
    return MINUS + text if value < 0 else text


def grouped(value, decimals=0):
    """1,234,567 with a real minus sign."""
    if value is None or math.isnan(value):
        return NONE
    if math.isinf(value):
        return "unlimited" if value > 0 else MINUS + "∞"
    text = f"{abs(value):,.{decimals}f}"
    return text if float(text.replace(",", "")) == 0 else _signed(text, value)


def money(value, decimals=0):
    text = grouped(value, decimals)
    if text in (NONE, "unlimited"):
        return text
    return MINUS + "$" + text[1:] if text.startswith(MINUS) else "$" + text


def percent(value, decimals=1):
    text = grouped(value * 100, decimals) if value is not None else NONE
    return text if text in (NONE, "unlimited") else text + "%"


def short_money(value):
    """$1.2M for headlines and axes: three figures at least."""
    for limit, divisor, unit in ((999.5e6, 1e9, "B"), (999.5e3, 1e6, "M"), (9999.5, 1e3, "k")):
        if math.isfinite(value) and abs(value) >= limit:
            scaled = value / divisor
            return money(scaled, 2 if abs(scaled) < 10 else 1 if abs(scaled) < 100 else 0) + unit
    return money(value)


def ratio(value):
    """Two decimals, a third where there is one: 1.10, 1.125."""
    text = grouped(value, 3)
    return text[:-1] if "." in text and text.endswith("0") else text


def amount(value):
    """A round amount in few letters, nothing rounded away: $50k, $1.25M."""
    for divisor, unit in ((1e6, "M"), (1e3, "k")):
        if math.isfinite(value) and abs(value) >= divisor:
            return money(value) if value % (divisor / 1000) else f"${value / divisor:g}{unit}"
    return money(value)


def plain(value, digits=4):
    """A number without a unit, as short as it is sure."""
    if math.isnan(value) or math.isinf(value):
        return grouped(value)
    return (
        grouped(value) if float(value).is_integer() and abs(value) < 1e15 else f"{value:.{digits}g}"
    )


FORMATS = {
    "money": money,
    "cents": lambda v: money(v, 2),
    "percent": percent,
    "percent2": lambda v: percent(v, 2),
    "count": grouped,
    "decimal": lambda v: grouped(v, 2),
    "ratio": ratio,
    "plain": plain,
}


def text_of(value, form):
    """`value` by the name of its format; text stays itself."""
    return str(value) if form == "text" else FORMATS[form](float(value))
