# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""corridor fit in this process: SciPy is loaded once."""
import contextlib
import io
from types import SimpleNamespace


def fit(*arguments, cwd):
    """Exit code, stdout and stderr of `corridor fit ARGUMENTS` in the folder `cwd`."""
    from corridor.fitting.program import main
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(cwd), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(list(map(str, arguments)))
        except SystemExit as ended:
            code = ended.code
    return SimpleNamespace(returncode=code, stdout=out.getvalue(), stderr=err.getvalue())
