# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""python -m corridor: the command line of this environment, whatever is first on PATH."""
from .program import main

main()
