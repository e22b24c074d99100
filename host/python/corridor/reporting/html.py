# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Blocks as HTML. Every text goes through esc() or json_text(): names in a book are anybody's input."""

import html
import json
import math

import numpy as np

from . import blocks, numbers, packed
from .columns import Column

SHORT_ROWS = 24  # a table of no more rows is not broken over two pages
WRITTEN_ROWS = 40  # a table of more rows becomes pages with search and sorting


def esc(text):
    return html.escape(str(text), quote=True)


def json_text(value):
    """JSON that no HTML parser can read as markup, for a script element of type application/json."""
    text = json.dumps(_clean(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _clean(value):
    """NaN and infinity have no JSON: null."""
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def data_script(id_, value):
    return f'<script type="application/json" id="{esc(id_)}">{json_text(value)}</script>'


def section(made):
    body = "\n".join(block(item) for item in made.blocks)
    lead = f'<p class="lead">{esc(made.lead)}</p>' if made.lead else ""
    return f'<section id="{esc(made.id)}" aria-labelledby="{esc(made.id)}-h"><h2 id="{esc(made.id)}-h">{esc(made.title)}</h2>{lead}{body}</section>'


def block(item):
    return RENDERERS[type(item)](item)


def _cards(item):
    cells = "".join(
        f'<div class="card"><dt>{esc(c.label)}</dt><dd><span class="value{" range" if numbers.NONE in c.value and len(c.value) > 1 or "→" in c.value else ""}">{esc(c.value)}</span>'
        + (f' <span class="error">{esc(c.error)}</span>' if c.error else "")
        + (f'<span class="small">{esc(c.note)}</span>' if c.note else "")
        + "</dd></div>"
        for c in item.cards
    )
    return f'<dl class="cards">{cells}</dl>'


def _prose(item):
    return f'<p class="{esc(item.kind or "prose")}">{esc(item.text)}</p>'


def _badge(item):
    mark = {"good": "✓", "bad": "✕", "watch": "!"}[item.kind]
    return (
        f'<div class="badge {item.kind}"><span class="mark" aria-hidden="true">{mark}</span><div><strong>{esc(item.title)}</strong>'
        f"<p>{esc(item.text)}</p></div></div>"
    )


def _pairs(item):
    rows = "".join(
        f'<tr><th scope="row">{esc(name)}</th><td>{esc(value)}'
        + (f' <span class="small">{esc(note)}</span>' if note else "")
        + "</td></tr>"
        for name, value, note in item.rows
    )
    short = " short" if len(item.rows) <= SHORT_ROWS else ""
    return f'<div class="table-wrap{short}"><table class="pairs"><caption><span>{esc(item.caption)}</span></caption><tbody>{rows}</tbody></table></div>'


def _code(item):
    return f'<pre tabindex="0"><code>{esc(item.text)}</code></pre>'


def shown_columns(item):
    """Columns of a table that say something: one that is blank in every row is left out."""
    return [
        c
        for c in item.columns
        if item.data[c.name].dtype.kind != "f" or not np.isnan(item.data[c.name]).all()
    ]


def table(item):
    item.columns = shown_columns(item)
    if item.rows > WRITTEN_ROWS:
        return (
            f'<div class="long" id="{esc(item.id)}" data-table="{esc(item.id)}-data"><h3>{esc(item.caption)}</h3></div>'
            + data_script(item.id + "-data", {**packed.packed(item), "caption": item.caption})
            + _legend(item)
        )
    head = "".join(
        f'<th scope="col" class="{_cell_class(c)}">{esc(c.label)}</th>' for c in item.columns
    )
    texts = [_texts(item, c) for c in item.columns]
    body = "".join(
        "<tr>"
        + "".join(_cell(c, text, index) for index, (c, text) in enumerate(zip(item.columns, row)))
        + "</tr>"
        for row in zip(*texts)
    )
    return (
        f'<div class="table-wrap{_looks(item)}" id="{esc(item.id)}" tabindex="0" role="region" aria-labelledby="{esc(item.id)}-c"><table>'
        f'<caption id="{esc(item.id)}-c"><span>{esc(item.caption)}</span></caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
        + _legend(item)
    )


def _looks(item):
    dense = " dense" if len(item.columns) > 13 else ""
    return dense + (" short" if item.rows <= SHORT_ROWS else "")


def _texts(item, column):
    values = item.data[column.name].tolist()
    if item.extra.get("flag_links") and column.name == "flag":
        return [_Markup(f'<a href="#quotes" data-flag="{esc(v)}">{esc(v)}</a>') for v in values]
    return [numbers.text_of(v, column.form) for v in values]


class _Markup(str):
    """Text that is HTML already."""


def _cell(column, text, index):
    inner = text if isinstance(text, _Markup) else esc(text)
    tag = 'th scope="row"' if index == 0 else "td"
    return f'<{tag} class="{_cell_class(column)}">{inner}</{tag.split()[0]}>'


def _cell_class(column):
    form = "t" if column.form == "text" else "n"
    return form + (" name" if column.short else "") + (" muted" if column.muted else "")


def _legend(item):
    notes = [(c.label, c.note) for c in item.columns if c.note]
    if not notes:
        return ""
    rows = "".join(f"<div><dt>{esc(label)}</dt><dd>{esc(note)}</dd></div>" for label, note in notes)
    return (
        f'<details class="legend"><summary>What the columns mean</summary><dl>{rows}</dl></details>'
    )


def _figure(item):
    behind = item.table or _own_table(item)
    note = f'<p class="small">{esc(item.note)}</p>' if item.note else ""
    return (
        f'<figure class="figure{" wide" if item.wide else ""}" id="{esc(item.id)}"><figcaption><h3>{esc(item.title)}</h3>{note}</figcaption>'
        f'<div class="chart" data-spec="{esc(item.id)}-spec" role="img" aria-label="{esc(item.description)}"></div>'
        + data_script(item.id + "-spec", item.spec)
        + f'<details class="behind{"" if item.table else " own"}"><summary>Table behind this chart</summary>{table(behind)}</details></figure>'
    )


def _own_table(item):
    """What a chart shows, as a table: the texts of its rows."""
    rows = item.spec["data"]["values"]
    keys = [key for key, value in rows[0].items() if isinstance(value, str)] if rows else []
    data = {key: np.array([str(row.get(key, "")) for row in rows]) for key in keys}
    shown = [
        Column(key, {"text": "Value", "bar": "What"}.get(key, key.capitalize()), "text")
        for key in sorted(keys, key=lambda k: k == "text")
    ]
    return blocks.TableBlock(item.id + "-table", item.title, shown, data)


def _explorer(item):
    item.table.columns = shown_columns(item.table)
    shown = packed.packed(item.table)
    options = "".join(
        f'<option value="{esc(m["name"])}">{esc(m["label"])}</option>' for m in item.measures
    )
    return f'''<div id="explorer" class="explorer" data-table="quotes-data">
<div class="filters" id="quotes-filters"></div>
<p class="status" id="quotes-scope" role="status" aria-live="polite"></p>
<div class="pair">
<figure class="figure" id="premium-curve"><figcaption><h3>Premium by deductible</h3><p class="small">US dollars a year; a line for each corridor.</p></figcaption>
<div class="chart" role="img" aria-label="Premium by deductible and corridor; the grid below holds the numbers"></div></figure>
<figure class="figure" id="payout-curve"><figcaption><h3>Expected payout by deductible</h3><p class="small" id="payout-note">US dollars a year, both covers.</p></figcaption>
<div class="chart" role="img" aria-label="Expected payout by deductible and corridor; the grid below holds the numbers"></div></figure>
</div>
<figure class="figure wide" id="grid"><figcaption><h3>Grid of deductibles and corridors</h3>
<label class="inline">Show <select id="grid-measure">{options}</select></label></figcaption>
<div class="table-wrap" tabindex="0" role="region" aria-label="Grid of deductibles and corridors"><table class="heat" id="heat"></table></div></figure>
<div class="long" id="quotes" data-table="quotes-data" data-filters="quotes-filters"><h3>{esc(item.table.caption)}</h3></div>
{_legend(item.table)}</div>
{data_script("quotes-data", {**shown, "caption": item.table.caption, "measures": item.measures})}'''


RENDERERS = {
    blocks.Cards: _cards,
    blocks.Prose: _prose,
    blocks.Badge: _badge,
    blocks.Pairs: _pairs,
    blocks.Code: _code,
    blocks.TableBlock: table,
    blocks.Figure: _figure,
    blocks.Explorer: _explorer,
}
