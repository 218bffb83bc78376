package io.github.rowwise.spark;

import io.github.rowwise.spark.fit.EstimatorSettings;
import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.jspecify.annotations.Nullable;

/** Holds the parameters of one estimator or model; see {@link RowwiseParams}. */
public final class RowwiseParamSet implements Serializable {

    private static final long serialVersionUID = 1L;

    final Param<String> unitCol;
    final Param<String> timeCol;
    final Param<String> outcomeCol;
    final Param<String> treatmentCol;
    final Param<String> control;
    final Param<String> method;
    final Param<String> rank;
    final Param<String> centring;
    final Param<String> noise;
    final Param<String> effectsForm;
    final DoubleParam level;
    final LongParam seed;
    final Param<String> backend;
    final IntParam numPartitions;
    final Param<String> storage;
    final Param<String> checkpointDir;

    RowwiseParamSet(String uid) {
        unitCol = new Param<>(uid, "unitCol", "column of the unit");
        timeCol = new Param<>(uid, "timeCol", "column of the period: whole numbers, dates, timestamps or text");
        outcomeCol = new Param<>(uid, "outcomeCol", "column of the outcome; null or NaN where it is missing");
        treatmentCol = new Param<>(uid, "treatmentCol", "column of the treatment: 0/1, true/false, or levels");
        control = new Param<>(uid, "control", "level of the treatment that is no treatment, for others than 0/1");
        method = new Param<>(uid, "method", "refined or spectral");
        rank = new Param<>(
                uid,
                "rank",
                "auto, sign-flip, eigenvalue-ratio, spectral-gap, held-out, a whole number, or one an arm (3,4)");
        centring = new Param<>(uid, "centring", "means that the spectral method takes away: two-way, unit, none");
        noise = new Param<>(uid, "noise", "noise of the refined method: ar1, iid, block-jackknife");
        effectsForm =
                new Param<>(uid, "effectsForm", "effects over time in the refined method: factors, constant, auto");
        level = new DoubleParam(uid, "level", "confidence level of the intervals");
        seed = new LongParam(uid, "seed", "seed of everything random");
        backend = new Param<>(uid, "backend", "linear-algebra backend");
        numPartitions = new IntParam(uid, "numPartitions", "partitions of the units; 0 for one a core");
        storage = new Param<>(uid, "storage", "how outcomes are kept: double or float");
        checkpointDir =
                new Param<>(uid, "checkpointDir", "folder that keeps the refined method's fit after each iteration");
    }

    void setDefaults(Params owner) {
        owner.setDefault(unitCol, "unit");
        owner.setDefault(timeCol, "time");
        owner.setDefault(outcomeCol, "outcome");
        owner.setDefault(treatmentCol, "treatment");
        owner.setDefault(method, EstimatorSettings.REFINED);
        owner.setDefault(rank, "auto");
        owner.setDefault(level, 0.95);
        owner.setDefault(seed, 1L);
        owner.setDefault(numPartitions, 0);
        owner.setDefault(storage, "double");
    }

    static @Nullable String text(Params owner, Param<String> param) {
        return owner.isDefined(param) ? owner.getOrDefault(param) : null;
    }
}
