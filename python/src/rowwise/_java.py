"""Finds and starts Java, once per process."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import threading
from pathlib import Path
from typing import Any, Sequence

import _jpype
import jpype

from ._errors import JavaNotFoundError, translated

JARS = Path(__file__).parent / "jars"
PACKAGE = "io.github.rowwise.bindings"
DEBIAN_JPYPE = Path("/usr/share/java/org.jpype.jar")
OLDEST = 17
POLL_MILLISECONDS = 100
INSTALL = (
    "install a Java 17 or newer (apt install default-jre-headless, brew install openjdk, https://adoptium.net), or set"
    " JAVA_HOME to the folder of one"
)
_LIBRARIES = (
    "lib/server/libjvm.so",
    "lib/server/libjvm.dylib",
    "bin/server/jvm.dll",
    "Contents/Home/lib/server/libjvm.dylib",
    "libexec/openjdk.jdk/Contents/Home/lib/server/libjvm.dylib",
)
_lock = threading.Lock()
_is_ready = False


def start_java(*options: str) -> None:
    """Start Java with options of your own, before any other call.

    Java starts by itself at the first call that needs it, with the options in the environment variable
    ``ROWWISE_JAVA_OPTIONS``. It is that of ``JAVA_HOME`` if this is set, else the one on the path, else another that
    the system knows.

    Parameters
    ----------
    *options
        Options of Java, such as ``"-Xmx12g"``, after those of the environment variable.

    Raises
    ------
    JavaNotFoundError
        If there is no Java 17 or newer, if it cannot be started, or if it has been started with other options.
    """
    global _is_ready
    with _lock:
        if _is_ready:
            if options:
                raise JavaNotFoundError("Java has been started already; call start_java before anything else")
            return
        jars = sorted(str(jar) for jar in JARS.glob("*.jar"))
        if not jars:
            raise JavaNotFoundError(f"{JARS}: no jars; the package is not complete, make it with python/build")
        # Another package may have started Java; it takes jars at any time, but no options.
        for jar in jars:
            jpype.addClassPath(jar)
        if not jpype.isJVMStarted():
            _start([*shlex.split(os.environ.get("ROWWISE_JAVA_OPTIONS", "")), *options])
        try:
            jpype.JClass(f"{PACKAGE}.Analyses")
        except (TypeError, jpype.JException) as failure:
            raise JavaNotFoundError(
                f"another package has started a Java that cannot load rowwise ({failure}); call rowwise.start_java()"
                " before it"
            ) from None
        _is_ready = True


def _start(options: list[str]) -> None:
    library = find_java()
    # The package of Debian 12 has the jar of JPype where JPype does not look for it.
    if DEBIAN_JPYPE.is_file() and not (Path(_jpype.__file__).parent / DEBIAN_JPYPE.name).is_file():
        jpype.addClassPath(str(DEBIAN_JPYPE))
    try:
        # Python keeps Ctrl-C, which cancels a fit; Java would end the process.
        jpype.startJVM(library, *options, convertStrings=False, interrupt=False)
    except Exception as failure:
        raise JavaNotFoundError(f"Java could not be started from {library}, options {options}: {failure}") from None


def find_java() -> str:
    """Return the library of the Java to use."""
    home = os.environ.get("JAVA_HOME")
    if home:
        library = _library(Path(home))
        if library is None:
            raise JavaNotFoundError(f"JAVA_HOME is {home}, which holds no Java; {INSTALL}")
        version = _version(Path(home))
        if version is not None and version < OLDEST:
            raise JavaNotFoundError(f"JAVA_HOME is {home}, which is Java {version}; {INSTALL}")
        return str(library)
    older: list[str] = []
    for folder in _homes():
        library = _library(folder)
        version = _version(folder)
        if library is not None and (version is None or version >= OLDEST):
            return str(library)
        if library is not None:
            older.append(f"Java {version} in {folder}")
    raise JavaNotFoundError(
        ("no Java 17 or newer found, only " + ", ".join(older) if older else "no Java found") + f"; {INSTALL}"
    )


def _homes() -> list[Path]:
    homes: list[Path] = []
    java = shutil.which("java")
    if java:
        homes.append(Path(java).resolve().parent.parent)
    try:
        # jpype knows the usual folders of each system.
        homes.extend(Path(jpype.getDefaultJVMPath()).resolve().parents[:4])
    except (jpype.JVMNotFoundException, jpype.JVMNotSupportedException, OSError):
        pass
    for pattern in ("usr/lib/jvm/*", "Library/Java/JavaVirtualMachines/*/Contents/Home", "opt/homebrew/opt/openjdk*"):
        homes.extend(sorted(Path("/").glob(pattern), reverse=True))
    return homes


def _library(home: Path) -> Path | None:
    return next((home / name for name in _LIBRARIES if (home / name).is_file()), None)


def _version(home: Path) -> int | None:
    """Return the version that the file ``release`` of a Java names, if it does."""
    try:
        text = (home / "release").read_text(errors="replace")
    except OSError:
        return None
    found = re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', text, re.MULTILINE)
    return int(found.group(1)) if found else None


def java(name: str) -> Any:
    """Return a class of the bindings; starts Java if necessary."""
    start_java()
    return jpype.JClass(f"{PACKAGE}.{name}")


def texts(values: Sequence[str]) -> Any:
    """Return an array of Java strings."""
    return jpype.JArray(jpype.JString)(values)


def run(task: Any) -> Any:
    """Wait for a task of Java. Ctrl-C cancels it."""
    with translated():
        try:
            # Java returns every now and then, so that Python can see an interrupt.
            while not task.waitFor(POLL_MILLISECONDS):
                pass
        except BaseException:
            task.cancel()
            while not task.waitFor(POLL_MILLISECONDS):
                pass
            raise
        return task.result()

