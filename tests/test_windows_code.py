"""The code asks for nothing that Windows, or the Python that goes there, doesn't have.

Read from the syntax tree, since nothing here runs on Windows. What stands behind a guard (a ``try`` that
catches ImportError or AttributeError, ``suppress``, a question about the platform) is let pass.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import dvctt_report
from tests.syntax import statements

PACKAGE = Path(dvctt_report.__file__).parent

MODULES = """
crypt curses fcntl grp nis posix pty pwd readline resource spwd syslog termios tty
ensurepip idlelib lib2to3 test tkinter turtle turtledemo venv
"""
"""Modules that only POSIX systems have, and those that the embeddable Python leaves out."""

NAMES = {
    "os": """
        WEXITSTATUS WIFEXITED WIFSIGNALED WNOHANG chown chroot confstr fchmod fchown fork forkpty getegid
        geteuid getgid getgroups getloadavg getpgid getpgrp getsid getuid initgroups killpg lchown
        mkfifo mknod nice openpty pipe2 posix_spawn pread pwrite rename sched_getaffinity sendfile setegid
        seteuid setgid setpgid setsid setuid statvfs sync sysconf tcgetpgrp ttyname uname wait wait3 wait4""",
    "signal": "SIGALRM SIGCHLD SIGHUP SIGKILL SIGPIPE SIGQUIT SIGUSR1 SIGUSR2 alarm pause setitimer",
    "socket": "AF_UNIX",
    "shutil": "chown",
    "time": "tzset",
    "locale": "setlocale nl_langinfo",
    "tempfile": "NamedTemporaryFile",
}
"""By module; ``os.rename`` and a temporary file opened twice work elsewhere, but not on Windows."""

FOLDER = re.compile(r"(/(tmp|usr|etc|dev|home|var|proc|opt|bin)(/|$)|~/)")
DIRECTIVE = re.compile(r"%(-[dmyHIMSj]|[klP])(?![\w(])")
"""Directives of strftime that Windows has not."""

OPENERS = frozenset({"open", "read_text", "write_text"})


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of the package, parsed."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {str(path.relative_to(PACKAGE)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def faults(tree: ast.Module) -> list[str]:
    """What in a module does not work on Windows, each as "line: what"."""
    return [f"{line}: {what}" for line, what in _visit(tree)]


def _visit(node: ast.AST) -> list[tuple[int, str]]:
    found = [*_own(node)] if isinstance(node, _LOOKED_AT) else []
    for child in ast.iter_child_nodes(node):
        found += _visit(child)
    return found if found and not _is_guard(node) else []


_LOOKED_AT = (ast.Import, ast.ImportFrom, ast.Attribute, ast.Constant, ast.Call)


def _is_guard(node: ast.AST) -> bool:
    if isinstance(node, ast.Try):
        said = " ".join(ast.unparse(h.type) for h in node.handlers if h.type is not None)
    elif isinstance(node, ast.If):
        said = ast.unparse(node.test).replace("os.name", "platform").replace("TYPE_CHECKING", "platform")
        said = said.replace("hasattr(", "platform")
    elif isinstance(node, ast.With):
        said = " ".join(ast.unparse(i.context_expr) for i in node.items if "suppress(" in ast.unparse(i))
    else:
        return False
    return re.search(r"ImportError|AttributeError|platform", said) is not None


def _own(node: ast.AST) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Import(names=names):
            imported = [alias.name.split(".")[0] for alias in names]
        case ast.ImportFrom(module=str(module), names=names, level=0):
            imported = [module.split(".")[0]]
            forbidden = NAMES.get(module, "").split()
            yield from ((node.lineno, f"{module}.{a.name}") for a in names if a.name in forbidden)
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            if name in NAMES.get(module, "").split():
                yield node.lineno, f"{module}.{name}"
            return
        case ast.Constant(value=str(text)):
            if FOLDER.match(text) or DIRECTIVE.search(text):
                yield node.lineno, repr(text)
            return
        case ast.Call():
            yield from _opening(node)
            return
        case _:
            return
    yield from ((node.lineno, f"import {name}") for name in imported if name in MODULES.split())


def _opening(node: ast.Call) -> Iterator[tuple[int, str]]:
    """A text file opened in the code page of the computer."""
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name not in OPENERS or any(k.arg == "encoding" for k in node.keywords):
        return
    if name == "read_text" and isinstance(node.func, ast.Name):
        return  # that of ``opening``, which is UTF-8
    if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "page":
        return  # a formatter's text, no file
    if name == "open":
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if isinstance(node.func, ast.Attribute) or any(re.fullmatch(r"[rwax+]*b[rwax+]*", t) for t in texts):
            return
    yield node.lineno, f"{name} without an encoding"


def test_the_code_asks_for_nothing_that_windows_has_not() -> None:
    assert len(trees()) > 100
    assert [(name, fault) for name, tree in trees().items() for fault in faults(tree)] == []


FOUND = r"""
import fcntl; from pwd import getpwuid; import tkinter.ttk; import os\nos.fork(); from os import getuid
import signal\nx = signal.SIGKILL; x = '/tmp/a'; x = f'/usr/{a}'; d.strftime('%-d/%m'); f'{d:%-d/%m}'
import os\nos.rename(a, b); open(p); open(p, 'w'); p.read_text(); p.write_text(t, newline='')
try:\n    import fcntl\nexcept OSError:\n    pass; if x:\n    import pwd
"""


@pytest.mark.parametrize("source", re.split(r"; |\n", FOUND.strip()))
def test_what_windows_has_not_is_found(source: str) -> None:
    assert len(faults(ast.parse(source.replace(r"\n", "\n")))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    import resource\nexcept ImportError:\n    pass\nelse:\n    resource.x()",
        "if sys.platform != 'win32':\n    import pwd",
        "if os.name == 'posix':\n    os.getuid()",
        "with suppress(AttributeError):\n    os.nice(1)",
        "import testing, os\nos.replace(a, b)\nos._exit(1)",
        "x = 'a/tmp'\ny = '/'.join(z)\nd.strftime('%d/%m')\nx = '100%s'",
        "open(p, 'rb')\nopen(p, encoding='utf-8')\np.read_bytes()\narchive.open(p)",
    ],
)
def test_what_windows_has_is_let_pass(source: str) -> None:
    assert faults(ast.parse(source)) == []


def test_no_field_of_a_class_has_a_default_that_python_3_11_takes_for_mutable() -> None:
    found = [
        f"{name}:{field.lineno}"
        for name, tree in trees().items()
        for made in statements(tree)
        if isinstance(made, ast.ClassDef)
        for field in made.body
        if isinstance(field, ast.AnnAssign) and isinstance(field.value, ast.Call)
        if isinstance(field.value.func, ast.Name) and field.value.func.id == "MappingProxyType"
    ]
    assert found == []
