# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Vega-Lite specifications. Colours are of one light palette; the page's style turns them for dark screens."""

INK, MUTED, GRID, PAPER = "#1f2933", "#52606d", "#d9e2ec", "#ffffff"
BLUE, TEAL, AMBER, ROSE, VIOLET = "#1d4f91", "#0b7285", "#a15c00", "#a61e4d", "#5f3dc4"
OLIVE, SLATE = "#4d6b0f", "#4b5563"
SERIES = [BLUE, AMBER, TEAL, ROSE, VIOLET, OLIVE, SLATE]
SHORT_MONEY = "datum.value === 0 ? '$0' : replace(format(datum.value, '$.3~s'), 'G', 'B')"

DASHES = [[1, 0], [7, 3], [3, 3]]
STROKES = {"symbolOpacity": 1, "symbolType": "stroke", "symbolSize": 300, "symbolStrokeWidth": 3}
TICKS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000, 1_000_000]

CONFIG = {
    "font": "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
    "background": None,
    "padding": 4,
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "titleColor": INK,
        "gridColor": GRID,
        "domainColor": MUTED,
        "tickColor": MUTED,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": 600,
        "titlePadding": 8,
    },
    "legend": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "orient": "top",
        "symbolStrokeWidth": 2,
    },
    "header": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "labelFontWeight": 600},
    "text": {"color": INK, "fontSize": 12},
}


def money_axis(title, **more):
    return {"title": title, "labelExpr": SHORT_MONEY, "tickCount": 6, **more}


def percent_axis(title, **more):
    return {"title": title, "format": ".0%", "tickCount": 6, **more}


def base(values, height=280, **more):
    return {
        "data": {"values": values},
        "width": "container",
        "height": height,
        "config": CONFIG,
        **more,
    }


def colour(field, order, title=None, **more):
    return {
        "field": field,
        "type": "nominal",
        "title": title,
        "sort": order,
        "scale": {"domain": order, "range": [SERIES[i % len(SERIES)] for i in range(len(order))]},
        **more,
    }


def dashes(field, order, legend=None):
    """Dashes of lines beside their colours, for paper without any."""
    return {
        "field": field,
        "type": "nominal",
        "title": None,
        "sort": order,
        "legend": legend or STROKES,
        "scale": {
            "domain": order,
            "range": [DASHES[i % len(DASHES)] for i in range(len(order))],
        },
    }


def bars(values, category, value, axis, error=None, order=None, height_per=26, colour_=BLUE):
    """Horizontal bars, with lines from low to high where `error` is (low, high)."""
    y = {
        "field": category,
        "type": "nominal",
        "title": None,
        "sort": order,
        "axis": {"labelLimit": 190},
    }
    tooltip = [
        {"field": category, "type": "nominal", "title": " "},
        {"field": "text", "type": "nominal", "title": "value"},
    ]
    layers = [
        {
            "mark": {"type": "bar", "color": colour_, "height": {"band": 0.72}},
            "encoding": {
                "x": {"field": value, "type": "quantitative", "axis": axis},
                "tooltip": tooltip,
            },
        }
    ]
    if error:
        low, high = error
        layers.append(
            {
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1.5},
                "transform": [{"filter": f"isValid(datum.{low})"}],
                "encoding": {"x": {"field": low, "type": "quantitative"}, "x2": {"field": high}},
            }
        )
    return base(values, max(90, height_per * len(values) + 10), encoding={"y": y}, layer=layers)


def stacked_bars(values, order, parts, axis, height_per=26):
    """Horizontal bars of parts one upon another. `values`: bar, part, usd, text."""
    encoding = {
        "y": {
            "field": "bar",
            "type": "nominal",
            "title": None,
            "sort": order,
            "axis": {"labelLimit": 210},
        },
        "x": {"field": "usd", "type": "quantitative", "stack": True, "axis": axis},
        "color": colour("part", parts),
        "order": {"field": "rank", "type": "quantitative"},
        "tooltip": [
            {"field": "bar", "type": "nominal", "title": " "},
            {"field": "text", "type": "nominal", "title": "value"},
        ],
    }
    ranked = [{**value, "rank": parts.index(value["part"])} for value in values]
    height = max(90, height_per * len(order) + 10)
    return base(ranked, height, mark={"type": "bar", "height": {"band": 0.7}}, encoding=encoding)


def exceedance(lines, marks, bands=()):
    """Loss by return period on a logarithmic axis. `lines`: period, loss, series, and run where two runs are compared; `bands`: period, low, high, series;
    `marks`: period, loss, series, label, shape."""
    order = list(dict.fromkeys(row["series"] for row in lines))
    longest = max((row["period"] for row in lines), default=1)
    x = {
        "field": "period",
        "type": "quantitative",
        "scale": {"type": "log", "nice": False},
        "axis": {
            "title": "Exceeded once in so many years",
            "values": [tick for tick in TICKS if tick <= longest],
            "format": ",",
            "labelOverlap": True,
        },
    }
    y = {
        "field": "loss",
        "type": "quantitative",
        "axis": money_axis("Amount of the year"),
        "scale": {"zero": True},
    }
    legend = colour("series", order, legend=STROKES)
    runs = list(dict.fromkeys(row["run"] for row in lines if "run" in row))
    grey = {"symbolStrokeColor": MUTED, "symbolType": "stroke", "symbolSize": 300}
    dash = dashes("run", runs, grey) if runs else dashes("series", order)
    layers = [
        {
            "mark": {"type": "line", "strokeWidth": 2.2},
            "encoding": {"x": x, "y": y, "color": legend, "strokeDash": dash},
        }
    ]
    if bands:
        layers.append(
            {
                "data": {"values": list(bands)},
                "mark": {"type": "rule", "strokeWidth": 5, "opacity": 0.4},
                "encoding": {
                    "x": x,
                    "y": {"field": "low", "type": "quantitative"},
                    "y2": {"field": "high"},
                    "color": legend,
                },
            }
        )
    if marks:
        shape = {
            "field": "figure",
            "type": "nominal",
            "title": None,
            "scale": {"domain": ["VaR", "TVaR"], "range": ["circle", "diamond"]},
            "legend": {"symbolFillColor": MUTED, "symbolStrokeWidth": 0, "symbolOpacity": 1},
        }
        layers.append(
            {
                "data": {"values": list(marks)},
                "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
                "encoding": {
                    "x": x,
                    "y": y,
                    "color": legend,
                    "shape": shape,
                    "tooltip": [{"field": "text", "type": "nominal", "title": " "}],
                },
            }
        )
    return base(lines, 340, layer=layers)


def histogram(values, axis, rule=None, rule_text="", height=240):
    """Bars of share over [from, to); `rule` is drawn across with its text."""
    encoding = {
        "x": {"field": "from", "type": "quantitative", "bin": {"binned": True}, "axis": axis},
        "x2": {"field": "to"},
        "y": {
            "field": "share",
            "type": "quantitative",
            "axis": percent_axis("Share of years", format=".1~%"),
        },
        "tooltip": [{"field": "text", "type": "nominal", "title": " "}],
    }
    layers = [
        {
            "mark": {"type": "bar", "color": BLUE, "stroke": PAPER, "strokeWidth": 0.5},
            "encoding": encoding,
        }
    ]
    if rule is not None:
        at, once = {"x": {"datum": rule, "type": "quantitative"}}, {"data": {"values": [{}]}}
        layers += [
            {
                **once,
                "mark": {"type": "rule", "color": ROSE, "strokeWidth": 2, "strokeDash": [5, 3]},
                "encoding": at,
            },
            {
                **once,
                "mark": {
                    "type": "text",
                    "align": "left",
                    "dx": 6,
                    "color": ROSE,
                    "fontWeight": 600,
                },
                "encoding": {**at, "y": {"value": -7}, "text": {"value": rule_text}},
            },
        ]
    return base(values, height, layer=layers)
