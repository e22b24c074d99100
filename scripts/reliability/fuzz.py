# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Row 20: every parser of text under libFuzzer, from seeds in tests/fuzz/corpus and data."""
import re
import shutil
import subprocess

from reliability.card import ROOT, NotHere, Result, Row, run

SEEDS = {"pricing": [], "rules": [], "stress": [ROOT / "data" / "scenarios"], "arrangement": [],
         "values": [], "manifest": [], "unit": []}


def fuzz(bench):
    if not (shutil.which("clang++-14") or shutil.which("clang++")):
        raise NotHere("apt-get install clang-14 libclang-rt-14-dev")
    subprocess.run(["cmake", bench.build, "-DCORRIDOR_FUZZ=ON"], check=True, capture_output=True)
    # Compiling a parser under clang takes longer than the short form runs it: two of them stand for all.
    names = list(SEEDS) if bench.long else ["values", "unit"]
    bench.needs(*(f"fuzz_{name}" for name in names))
    most = 1_000_000 if bench.long else 5_000
    said, kept = [], True
    for name in names:
        count, found = executions(bench, name, most)
        kept &= not found and count >= most
        said.append(f"{name} {count:,}{found}")
    return Result(kept, "executions without a finding: " + ", ".join(said))


def executions(bench, name, most):
    """How many there were, and what was found, if anything. New inputs go into this row's folder."""
    fresh = bench.folder / name
    fresh.mkdir()
    seeds = [ROOT / "tests" / "fuzz" / "corpus" / name, *SEEDS[name]]
    done = run([bench.tool(f"fuzz_{name}"), fresh, *(path for path in seeds if path.is_dir()),
                f"-runs={most}", f"-seed={bench.seed % 2**31}", "-max_len=4096", "-timeout=5",
                "-rss_limit_mb=2048", "-print_final_stats=1", f"-artifact_prefix={bench.folder}/"],
               timeout=7200)
    count = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    if done.returncode == 0 and count:
        return int(count[1]), ""
    summary = re.search(r"SUMMARY: .*|ERROR: .*", done.stderr)
    return int(count[1]) if count else 0, f" FOUND {summary[0] if summary else done.stderr[-300:]}"


ROWS = [Row(20, "random text in every parser of files and flags", "1,000,000 executions each, 0 findings",
            fuzz)]
