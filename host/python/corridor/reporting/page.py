# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""One HTML file with everything inside: style, charting library, data. It asks no network for anything."""

import base64
import hashlib
import os
import pathlib
import tempfile

from ..needs import needs
from . import blocks, charts
from .html import data_script, esc, section

STATIC = pathlib.Path(__file__).parent / "static"
SCRIPTS = ["numbers.js", "unpack.js", "long_table.js", "explorer.js", "main.js"]


def has_charts(page):
    kinds = (blocks.Figure, blocks.Explorer)
    return any(isinstance(item, kinds) for made in page.sections for item in made.blocks)


def render(page):
    """The whole file as text."""
    style = (STATIC / "report.css").read_text(encoding="utf-8")
    script = (
        "(() => {\n'use strict';\n"
        + "\n".join((STATIC / name).read_text(encoding="utf-8") for name in SCRIPTS)
        + "\n})();"
    )
    library = charting_library() if has_charts(page) else ""
    facts = "".join(
        f"<div><dt>{esc(name)}</dt><dd>{esc(value)}</dd></div>" for name, value in page.facts
    )
    contents = "".join(
        f'<li><a href="#{esc(made.id)}">{esc(made.title)}</a></li>' for made in page.sections
    )
    scripts = [text for text in (library, script) if text]
    return f'''<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_policy(style, scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{esc(page.title)} – {esc(page.subtitle)}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header class="top"><div><p class="brand">Corridor</p><h1>{esc(page.title)}</h1><p class="small">{esc(page.subtitle)}</p></div><dl class="facts">{facts}</dl></header>
<div class="columns">
<nav class="contents" aria-label="Contents"><p class="nav-title" aria-hidden="true">Contents</p><ol>{contents}</ol></nav>
<main id="main">
<noscript><p class="badge watch">Charts and long tables need JavaScript, which this browser has turned off. Headlines, short tables and assumptions are below.</p></noscript>
{"".join(section(made) for made in page.sections)}
<footer><p class="small">Made by Corridor, an open stop-loss pricing engine. Figures rest on the assumptions above; they are not a recommendation.</p></footer>
</main></div>
{data_script("chart-config", charts.CONFIG)}
{"".join(f"<script>{text}</script>" for text in scripts)}
</body>
</html>
'''


def _policy(style, scripts):
    """Nothing may be fetched, only these scripts may run, and none may make code out of text."""
    hashes = " ".join(_hash(text) for text in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src-elem {_hash(style)}; style-src-attr 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def charting_library():
    """Vega, Vega-Lite and vega-embed as one script. Bundling takes seconds, so it is kept in the user's cache."""
    vl_convert = needs("vl_convert", "report")
    name = f"vega-{vl_convert.get_vega_version()}-{vl_convert.__version__}.js"
    kept = (
        pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
        / "corridor"
        / name
    )
    try:
        return kept.read_text(encoding="utf-8")
    except OSError:
        pass
    text = (
        vl_convert.javascript_bundle().replace("</script", "<\\/script").replace("<!--", "<\\!--")
    )
    _keep(kept, text)
    return text


def _keep(path, text):
    """Into the cache, whole or not at all; a cache that cannot be written costs time and nothing else."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, delete=False
        ) as file:
            file.write(text)
        os.replace(file.name, path)
    except OSError:
        pass
