# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The command line that comes with the package: `corridor` is the program, not a copy in Python."""
from __future__ import annotations

import os
import sys
from pathlib import Path

PROGRAM = Path(__file__).resolve().parent / "bin" / "corridor"


def main() -> None:
    """Becomes the program. Its external commands, corridor-NAME, are also looked for beside this
    script, so that those of the package are found in an environment that nobody activated."""
    script = os.path.abspath(sys.argv[0])
    beside = os.path.dirname(script)
    path = os.environ.get("PATH", "")
    if beside not in path.split(os.pathsep):
        os.environ["PATH"] = f"{path}{os.pathsep}{beside}" if path else beside
    try:
        os.execv(PROGRAM, [script, *sys.argv[1:]])
    except OSError as error:
        sys.exit(f"corridor: {PROGRAM} cannot be started: {error.strerror}. Install the package again")


if __name__ == "__main__":
    main()
