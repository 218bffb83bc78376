"""Exceptions, with the words of the Java library."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any, Iterator

import jpype


class RowwiseError(Exception):
    """Base class of all exceptions of this package. The message says what is wrong, where, and what to do."""


class InputError(RowwiseError, ValueError):
    """A data frame, a column, an option or a file that cannot be used."""


class NotIdentifiedError(RowwiseError):
    """The data identify no effect, such as where all units are treated in the same periods."""


class JavaNotFoundError(RowwiseError, RuntimeError):
    """There is no Java 17 or newer, or it cannot be started."""


class JavaMemoryError(RowwiseError, MemoryError):
    """Java has too little memory."""


class InternalError(RowwiseError, RuntimeError):
    """A mistake in Rowwise. Please report it."""


_KINDS: dict[str, type[RowwiseError]] = {
    "io.github.rowwise.NotIdentifiedException": NotIdentifiedError,
    "io.github.rowwise.exception.RowwiseException": InputError,
    "io.github.rowwise.cli.input.UserInputException": InputError,
    "java.lang.IllegalArgumentException": InputError,
    "java.util.NoSuchElementException": InputError,
}


def _of(failure: Any) -> BaseException:
    """Return the exception of this package for one of Java."""
    if isinstance(failure, jpype.JClass("java.util.concurrent.CancellationException")):
        return KeyboardInterrupt()
    message = str(failure.getMessage())
    if isinstance(failure, jpype.JClass("java.lang.OutOfMemoryError")):
        megabytes = jpype.JClass("java.lang.Runtime").getRuntime().maxMemory() // (1 << 20)
        return JavaMemoryError(
            f"out of memory: Java may use {megabytes} MiB; give it more before the first call, such as"
            ' rowwise.start_java("-Xmx12g"), or set ROWWISE_JAVA_OPTIONS=-Xmx12g'
        )
    for name, kind in _KINDS.items():
        if isinstance(failure, jpype.JClass(name)):
            return kind(message)
    return InternalError(
        f"internal error: {failure.toString()}; this is a mistake in rowwise: please report it with the call and the"
        f" lines below\n{failure.stacktrace()}"
    )


@contextmanager
def translated() -> Iterator[None]:
    """Turn exceptions of Java into those of this package."""
    try:
        yield
    except jpype.JException as failure:
        raise _of(failure) from None
