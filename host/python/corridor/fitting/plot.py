# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""One picture of a fit: survival, quantiles, mean excess and stability over thresholds; SVG or one HTML file."""
import numpy as np

from . import law_values

WIDTH, HEIGHT, POINTS = 340, 240, 300
CLAIMS, LAW, MARK = "#4C78A8", "#E45756", "#888888"


def write(path, fitted):
    """Writes the picture as its ending says, .svg or .html, with nothing fetched from elsewhere."""
    chart = _chart(fitted)
    if str(path).lower().endswith(".html"):
        chart.save(str(path), format="html", inline=True)
    else:
        chart.save(str(path), format="svg")


def _chart(fitted):
    import altair as alt
    alt.data_transformers.disable_max_rows()
    top = alt.hconcat(_survival(alt, fitted), _quantiles(alt, fitted))
    bottom = alt.hconcat(_mean_excess(alt, fitted), _stability(alt, fitted))
    title = f"xi {fitted.tail.xi:.3f} ± {fitted.tail.se_xi:.3f}, sigma {fitted.tail.sigma:,.0f} ± {fitted.tail.se_sigma:,.0f} above {fitted.tail.threshold:,.0f}"
    return alt.vconcat(top,
                       bottom).properties(title=alt.Title(title, anchor="start")).configure_axis(
                           grid=True, gridOpacity=.4)


def _rows(**columns):
    """A list of records, which Altair takes without another library."""
    return [dict(zip(columns, map(float, values))) for values in zip(*columns.values())]


def _data(alt, **columns):
    return alt.Data(values=_rows(**columns))


def _log(alt, field, title, **scale):
    return alt.X(f"{field}:Q",
                 title=title,
                 scale=alt.Scale(type="log", **scale),
                 axis=alt.Axis(format="~s"))


def _empirical(fitted):
    """Amounts and the share of all members above each, thinned to POINTS even in the logarithm of the rank."""
    claims = fitted.claims
    order = np.argsort(-claims.amount, kind="stable")
    above = (np.cumsum(claims.weight[order]) - claims.weight[order] / 2) / claims.members
    known = ~claims.censored[order]
    amount, above = claims.amount[order][known], above[known]
    keep = np.unique(np.geomspace(1, len(amount), POINTS).astype(int) - 1)
    return amount[keep], above[keep]


def _survival(alt, fitted):
    amount, above = _empirical(fitted)
    law = fitted.laws[fitted.name]
    x = np.geomspace(amount.min(), amount.max() * 1.5, POINTS)
    s = np.array([law_values.survival(law, at, fitted.laws) for at in x])
    keep = s > above.min() / 20
    y = alt.Y("share:Q",
              title="share of members above",
              scale=alt.Scale(type="log"),
              axis=alt.Axis(format="~g"))
    points = alt.Chart(_data(alt, amount=amount,
                             share=above)).mark_circle(size=14, color=CLAIMS).encode(
                                 _log(alt, "amount", "claims, USD"), y)
    line = alt.Chart(_data(alt, amount=x[keep],
                           share=s[keep])).mark_line(color=LAW, strokeWidth=1.5).encode(
                               _log(alt, "amount", "claims, USD"), y)
    return _framed(points + line + _threshold(alt, fitted, "amount"),
                   "Survival: claims (dots) and law (line)")


def _quantiles(alt, fitted):
    amount, above = _empirical(fitted)
    mine = amount > fitted.tail.threshold
    tail, share = fitted.tail, above[mine] / fitted.p_above
    law = tail.threshold + (tail.sigma * (share**-tail.xi - 1) /
                            tail.xi if abs(tail.xi) > 1e-9 else -tail.sigma * np.log(share))
    y = alt.Y("claims:Q",
              title="claims, USD",
              scale=alt.Scale(type="log", zero=False),
              axis=alt.Axis(format="~s"))
    points = alt.Chart(_data(alt, law=law,
                             claims=amount[mine])).mark_circle(size=18, color=CLAIMS).encode(
                                 _log(alt, "law", "law, USD"), y)
    ends = np.array([law.min(), law.max()])
    line = alt.Chart(_data(alt, law=ends,
                           claims=ends)).mark_line(color=LAW, strokeWidth=1.5).encode(
                               _log(alt, "law", "law, USD"), y)
    return _framed(points + line, "Quantiles of the tail against the law's")


def _mean_excess(alt, fitted):
    found = fitted.candidates
    u, mean, se = (np.array(values)
                   for values in zip(*((c.fit.threshold, c.mean_excess, c.se_mean_excess)
                                       for c in found)))
    band = _data(alt, u=u, mean=mean, low=np.maximum(mean - 1.96 * se, 0), high=mean + 1.96 * se)
    x = alt.X("u:Q", title="threshold, USD",
              axis=alt.Axis(format="~s"))  # a line only in amounts, not in their logarithms
    y = alt.Y("mean:Q", title="mean excess, USD", axis=alt.Axis(format="~s"))
    chart = alt.Chart(band).mark_errorbar(color=CLAIMS, opacity=.5).encode(
        x, alt.Y("low:Q", title="mean excess, USD"), alt.Y2("high:Q"))
    line = alt.Chart(band).mark_line(point=True, color=CLAIMS).encode(x, y)
    return _framed(chart + line + _threshold(alt, fitted, "u"),
                   "Mean excess, straight where the tail holds")


def _stability(alt, fitted):
    u, xi, se = (np.array(values) for values in zip(*((c.fit.threshold, c.fit.xi, c.fit.se_xi)
                                                      for c in fitted.candidates)))
    band = _data(alt, u=u, xi=xi, low=xi - 1.96 * se, high=xi + 1.96 * se)
    chart = alt.Chart(band).mark_errorbar(color=CLAIMS,
                                          opacity=.5).encode(_log(alt, "u", "threshold, USD"),
                                                             alt.Y("low:Q", title="xi"),
                                                             alt.Y2("high:Q"))
    line = alt.Chart(band).mark_line(point=True,
                                     color=CLAIMS).encode(_log(alt, "u", "threshold, USD"),
                                                          alt.Y("xi:Q", title="xi"))
    return _framed(chart + line + _threshold(alt, fitted, "u"),
                   "Shape over thresholds, 95% intervals")


def _threshold(alt, fitted, field):
    return alt.Chart(_data(alt, **{field: [fitted.tail.threshold]
                                   })).mark_rule(color=MARK,
                                                 strokeDash=[4, 4]).encode(alt.X(f"{field}:Q"))


def _framed(chart, title):
    return chart.properties(width=WIDTH, height=HEIGHT, title=title)
