# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The command corridor fit, which says what to install where SciPy or Altair are missing."""
import sys

NOT_INSTALLED = 69


def main(argv=None):
    try:
        from . import command
        return command.main(argv)
    except ImportError as error:
        print(f"corridor fit: {error.name} is not installed. Run: pip install 'corridor[fit]'",
              file=sys.stderr)
        return NOT_INSTALLED


if __name__ == "__main__":
    sys.exit(main())
