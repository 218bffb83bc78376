"""How much does an intervention help each unit?

Rowwise estimates the effect of a treatment on each unit (store, patient, customer) of a panel: n units seen over m
periods, treated in some of them. It runs the same Java code as the program ``rowwise`` in this process, and gives the
same numbers.

Examples
--------
>>> import pandas as pd, rowwise
>>> sales = pd.read_csv("examples/cheese-display.csv")
>>> effects = rowwise.estimate(sales, unit="retailer", time="week", outcome="log_volume", treatment="display")
>>> effects.report("report.html")
"""

from ._commands import Evaluation, Inspection, Simulation, estimate, evaluate, inspect, simulate
from ._effects import Checks, Effects
from ._errors import (
    InputError,
    InternalError,
    JavaMemoryError,
    JavaNotFoundError,
    NotIdentifiedError,
    RowwiseError,
)
from ._java import start_java
from ._version import __version__

__all__ = [
    "Checks",
    "Effects",
    "Evaluation",
    "InputError",
    "Inspection",
    "InternalError",
    "JavaMemoryError",
    "JavaNotFoundError",
    "NotIdentifiedError",
    "RowwiseError",
    "Simulation",
    "__version__",
    "estimate",
    "evaluate",
    "inspect",
    "simulate",
    "start_java",
]
