# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The command line that comes with the package: `corridor` is the program, not a copy in Python."""
from __future__ import annotations

import os
import sys
from pathlib import Path

PROGRAM = Path(os.path.abspath(__file__)).parent / "bin" / "corridor"  # a build tree links the package


def main() -> None:
    """Becomes the program. Its external commands, corridor-NAME, are also looked for beside this
    script and beside the interpreter, so that those of the package are found in an environment that
    nobody activated."""
    script = os.path.abspath(sys.argv[0])
    folders = [folder for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    for beside in (os.path.dirname(script), os.path.dirname(os.path.abspath(sys.executable))):
        if beside not in folders:
            folders.append(beside)
    os.environ["PATH"] = os.pathsep.join(folders)
    try:
        os.execv(PROGRAM, [script, *sys.argv[1:]])
    except OSError as error:
        sys.exit(f"corridor: {PROGRAM} cannot be started: {error.strerror}. Install the package again")


if __name__ == "__main__":
    main()
