#!/usr/bin/python3
# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Checks that every #include "..." points in an allowed direction; prints the ones that do not.

usage: scripts/check_layers.py [ROOT]
"""
import pathlib
import re
import sys

PUBLIC = "corridor/"
LANE = "kernels/lane/"
STAGES = ["portfolio", "distribution", "plan", "exact", "rules", "simulate", "reduce", "price",
          "report", "options", "employer", "treaty", "risk", "tail", "layers",
          "scenario", "shards"]

# Who may include whom: path prefix of a file -> path prefixes it may include, besides its own. The
# longest prefix that fits a file holds. Stages never include each other: pipeline.cpp chains them.
ALLOWED = {
    "host/include/corridor/": [PUBLIC],
    "host/cli/": [PUBLIC, "host/watch/process_use.hpp", "host/h5/apart.hpp", "host/portfolio/reader_process.hpp"],
    # The Python module, but for what a book's columns are: the public headers alone.
    "host/python/": [PUBLIC, "host/portfolio/schema.hpp"],
    "host/pipeline_": [PUBLIC, "host/digest.hpp", "host/select_groups.hpp", "host/watch/", "kernels/book.hpp", *(f"host/{stage}/" for stage in STAGES)],
    "host/pipeline.cpp": [PUBLIC, "host/watch/", "host/pipeline_memory.hpp", "host/pipeline_pricing.hpp", "host/pipeline_steps.hpp", "kernels/book.hpp", *(f"host/{stage}/" for stage in STAGES)],
    "host/info.cpp": [PUBLIC, "kernels/backend.hpp"],
    "host/info_file.cpp": [PUBLIC, "host/h5/"],
    "host/error.cpp": [PUBLIC],
    "host/digest.": [PUBLIC, "host/digest."],
    "host/claim_tables.hpp": [PUBLIC, LANE],
    "host/claim_range.": [LANE],
    # Arithmetic that several stages share: exact quotients and the interval of a skewed mean.
    "host/wide.": [LANE + "tally.hpp"],
    "host/skewed_interval.": [PUBLIC],
    "host/nearest.": [],
    # A book with some of its groups, as loaders, studies and experience cut it.
    "host/select_groups.": [PUBLIC, "host/nearest.hpp"],
    # What need not stay in memory: rows of results, members of a book.
    "host/scratch_file.": [PUBLIC],
    # What a run took: times, memory, bytes.
    "host/watch/": [PUBLIC],
    "host/h5/": [PUBLIC],
    "host/toml/": [PUBLIC, "host/nearest.hpp"],
    "host/portfolio/": [PUBLIC, "host/h5/", "host/nearest.hpp", "host/scratch_file.hpp", "host/select_groups.hpp", "host/digest.hpp", LANE + "terms/", LANE + "counter.hpp"],
    "host/distribution/": [PUBLIC, "host/claim_tables.hpp", "host/claim_range.hpp", "host/digest.hpp", LANE],
    "host/plan/": [PUBLIC, "host/claim_tables.hpp", "host/claim_range.hpp", "host/digest.hpp", "kernels/book.hpp", LANE],
    "host/exact/": [PUBLIC, "host/claim_range.hpp", "kernels/book.hpp", "kernels/backend.hpp", LANE],
    "host/rules/": [PUBLIC, "host/nearest.hpp"],
    "host/simulate/": [PUBLIC, "kernels/book.hpp", "kernels/backend.hpp", "kernels/tallies.hpp"],
    "host/reduce/": [PUBLIC, "host/wide.hpp", "host/skewed_interval.hpp", "kernels/tallies.hpp",
                     LANE + "tally.hpp", LANE + "cents.hpp"],
    # Rows of results where memory does not hold them.
    "host/rows/": [PUBLIC, "host/scratch_file.hpp"],
    "host/price/": [PUBLIC, "host/nearest.hpp", "host/select_groups.hpp", "host/toml/parser.hpp", "host/rows/"],
    # Studies of a plan's groups that need several simulations of one group.
    "host/options/": [PUBLIC, "host/plan/", "host/simulate/", "kernels/book.hpp",
                      "kernels/backend.hpp", LANE],
    # The whole book year by year, its reinsurance and its tail.
    "host/treaty/": [PUBLIC, LANE + "cents.hpp", LANE + "tally.hpp"],
    "host/risk/": [PUBLIC, "host/wide.hpp", "host/skewed_interval.hpp", LANE + "cents.hpp",
                   LANE + "tally.hpp"],
    "host/tail/": [PUBLIC, "host/treaty/", "host/risk/", "host/simulate/", "kernels/book.hpp", "kernels/tallies.hpp",
                   "kernels/backend.hpp", LANE],
    # The book under a stress, beside the book.
    "host/scenario/": [PUBLIC, "host/risk/", "host/toml/", "host/nearest.hpp", LANE + "cents.hpp"],
    # Rare layers of each person by importance sampling, from the laws that exact figures stand on.
    "host/layers/": [PUBLIC, "host/exact/", "kernels/book.hpp", LANE],
    # Units of a run: files, order of work, manifest. Knows no study.
    "host/shards/": [PUBLIC, "host/digest.hpp"],
    "host/employer/": [PUBLIC, "host/toml/", "kernels/book.hpp", "kernels/backend.hpp", "kernels/tallies.hpp", LANE],
    "host/report/": [PUBLIC, "host/h5/", "host/rows/", "host/digest.hpp", LANE + "terms/"],
    "kernels/book.hpp": ["kernels/backend.hpp", LANE],
    "kernels/backend.": ["kernels/backend.hpp", "kernels/tallies.hpp", LANE],
    "kernels/tallies.hpp": [LANE],
    "kernels/cpu/": ["kernels/backend.hpp", "kernels/tallies.hpp", PUBLIC + "error.hpp", LANE],
    "kernels/cuda/": ["kernels/backend.hpp", "kernels/tallies.hpp", PUBLIC + "error.hpp", LANE],
    LANE: [],
}


def violations(root):
    for path in sorted([*root.glob("host/**/*.?pp"), *root.glob("kernels/**/*.?pp"),
                        *root.glob("kernels/**/*.cu")]):
        name = path.relative_to(root).as_posix()
        layer = max((prefix for prefix in ALLOWED if name.startswith(prefix)), key=len, default=None)
        if layer is None:
            yield f"{name}: belongs to no layer; give it one in scripts/check_layers.py"
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            included = re.match(r'\s*#\s*include\s*"([^"]+)"', line)
            if included and not included[1].startswith((layer, *ALLOWED[layer])):
                yield f"{name}:{number}: {layer} may not include {included[1]}"


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1]
    found = list(violations(root))
    print("\n".join(found) if found else "every include points in an allowed direction")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
