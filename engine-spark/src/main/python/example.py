"""Effects of a simulated treatment on each unit.

    spark-submit --jars rowwise-engine-spark.jar,rowwise-estimator-api.jar,rowwise-backend-ejml.jar,picocli.jar,... \
        --py-files rowwise_spark.py example.py
"""

import random

from pyspark.sql import SparkSession

from rowwise_spark import RowwiseEstimator, RowwiseModel


def main():
    spark = SparkSession.builder.appName("Rowwise example").getOrCreate()
    random.seed(1)
    rows = []
    for unit in range(200):
        level, effect = random.gauss(0, 1), random.gauss(1, 0.5)
        for week in range(1, 31):
            treated = int(random.random() < 0.3)
            rows.append((f"u{unit:03d}", week, level + effect * treated + random.gauss(0, 1), treated))
    panel = spark.createDataFrame(rows, ["unit", "time", "outcome", "treatment"])

    model = RowwiseEstimator(level=0.9).fit(panel)
    model.averages().show()
    model.effects().orderBy("q_value").show(5)
    for warning in model.warnings():
        print(warning)

    model.write().overwrite().save("rowwise-model")
    print(RowwiseModel.load("rowwise-model").effects().count(), "units read back")
    spark.stop()


if __name__ == "__main__":
    main()
