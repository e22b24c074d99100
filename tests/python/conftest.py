# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The Python package of the build whose program is tested, whatever else is installed."""
import pathlib
import sys

from corridor_program import PROGRAM

PACKAGE = pathlib.Path(PROGRAM).resolve().parent / "python"
if PACKAGE.is_dir():
    sys.path.insert(0, str(PACKAGE))
