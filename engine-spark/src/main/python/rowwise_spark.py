"""Rowwise's estimators on Apache Spark, for PySpark: a thin wrapper of the Java classes.

Needs the jars of rowwise-engine-spark and of one backend on the driver and the executors (spark-submit --jars or --packages).

    from rowwise_spark import RowwiseEstimator
    model = RowwiseEstimator(unitCol="store", timeCol="week", outcomeCol="sales", treatmentCol="promotion").fit(sales)
    model.effects().orderBy("q_value").show()
"""

import json

from pyspark import keyword_only
from pyspark.ml.param.shared import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel
from pyspark.sql import DataFrame

__all__ = ["RowwiseEstimator", "RowwiseModel"]

_PACKAGE = "io.github.rowwise.spark."


class _Reader(JavaMLReader):
    """Finds the Java class, which is not one of Spark's own."""

    @classmethod
    def _java_loader_class(cls, clazz):
        return _PACKAGE + clazz.__name__


class _RowwiseParams(Params):
    """The parameters, which are the options of the program."""

    unitCol = Param(Params._dummy(), "unitCol", "column of the unit", TypeConverters.toString)
    timeCol = Param(Params._dummy(), "timeCol", "column of the period", TypeConverters.toString)
    outcomeCol = Param(Params._dummy(), "outcomeCol", "column of the outcome", TypeConverters.toString)
    treatmentCol = Param(Params._dummy(), "treatmentCol", "column of the treatment", TypeConverters.toString)
    control = Param(Params._dummy(), "control", "level that means no treatment", TypeConverters.toString)
    missing = Param(Params._dummy(), "missing", "codes that mean missing, by commas", TypeConverters.toString)
    absentRows = Param(Params._dummy(), "absentRows", "missing or zero", TypeConverters.toString)
    method = Param(Params._dummy(), "method", "factor-model or spectral", TypeConverters.toString)
    rank = Param(Params._dummy(), "rank", "number of factors, or how to choose it", TypeConverters.toString)
    centring = Param(Params._dummy(), "centring", "two-way, unit, none", TypeConverters.toString)
    noise = Param(Params._dummy(), "noise", "ar1, iid, block-jackknife", TypeConverters.toString)
    effectsForm = Param(Params._dummy(), "effectsForm", "constant, factors, onset, auto", TypeConverters.toString)
    confidenceLevel = Param(Params._dummy(), "confidenceLevel", "confidence level", TypeConverters.toFloat)
    seed = Param(Params._dummy(), "seed", "seed of all random numbers", TypeConverters.toInt)
    backend = Param(Params._dummy(), "backend", "linear-algebra backend", TypeConverters.toString)
    numPartitions = Param(Params._dummy(), "numPartitions", "partitions of the units", TypeConverters.toInt)
    storage = Param(Params._dummy(), "storage", "double or float", TypeConverters.toString)
    checkpointDir = Param(Params._dummy(), "checkpointDir", "folder that keeps the fit", TypeConverters.toString)


class RowwiseEstimator(JavaEstimator, _RowwiseParams, JavaMLReadable, JavaMLWritable):
    """Estimates each unit's effect from a DataFrame with one row per unit and period."""

    @keyword_only
    def __init__(
        self,
        *,
        unitCol="unit",
        timeCol="time",
        outcomeCol="outcome",
        treatmentCol="treatment",
        control=None,
        missing=None,
        absentRows="missing",
        method="factor-model",
        rank="auto",
        centring=None,
        noise=None,
        effectsForm=None,
        confidenceLevel=0.95,
        seed=1,
        backend=None,
        numPartitions=0,
        storage="double",
        checkpointDir=None,
    ):
        super().__init__()
        self._java_obj = self._new_java_obj(_PACKAGE + "RowwiseEstimator", self.uid)
        self._setDefault(
            unitCol="unit",
            timeCol="time",
            outcomeCol="outcome",
            treatmentCol="treatment",
            absentRows="missing",
            method="factor-model",
            rank="auto",
            confidenceLevel=0.95,
            seed=1,
            numPartitions=0,
            storage="double",
        )
        self.setParams(**self._input_kwargs)

    def setParams(self, **params):
        """Sets parameters by name."""
        return self._set(**{name: value for name, value in params.items() if value is not None})

    def _create_model(self, java_model):
        return RowwiseModel(java_model)

    @classmethod
    def read(cls):
        return _Reader(cls)

    @staticmethod
    def _from_java(java_stage):
        estimator = RowwiseEstimator()
        estimator._java_obj = java_stage
        estimator._resetUid(java_stage.uid())
        estimator._transfer_params_from_java()
        return estimator


class RowwiseModel(JavaModel, _RowwiseParams, JavaMLReadable, JavaMLWritable):
    """The result of an estimator: the effects, and all that a reader needs to judge them."""

    def effects(self):
        """Effects of all units, one row per unit, or per unit and arm if there are more than two arms."""
        return self._table("effects")

    def averages(self):
        """Effects averaged over the estimable units, one row per treatment."""
        return self._table("averages")

    def summary(self):
        """All of the fit except its units: panel, averages, spectra or factor model, grades, warnings, provenance."""
        return json.loads(self._call_java("summary"))

    def warnings(self):
        """The warnings about the panel and the fit, as sentences."""
        return self.summary()["warnings"]

    def _table(self, name):
        from pyspark.sql import SparkSession

        return DataFrame(getattr(self._java_obj, name)(), SparkSession.getActiveSession())

    @classmethod
    def read(cls):
        return _Reader(cls)

    @staticmethod
    def _from_java(java_stage):
        model = RowwiseModel(java_stage)
        model._transfer_params_from_java()
        return model
