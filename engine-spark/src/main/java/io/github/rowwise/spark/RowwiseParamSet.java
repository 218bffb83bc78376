package io.github.rowwise.spark;

import io.github.rowwise.tables.AbsentRows;
import io.github.rowwise.tables.Method;
import io.github.rowwise.tables.OptionText;
import io.github.rowwise.tables.RankText;
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
    final Param<String> missing;
    final Param<String> absentRows;
    final Param<String> method;
    final Param<String> rank;
    final Param<String> centring;
    final Param<String> noise;
    final Param<String> effectsForm;
    final DoubleParam confidenceLevel;
    final LongParam seed;
    final Param<String> backend;
    final IntParam numPartitions;
    final Param<String> storage;
    final Param<String> checkpointDir;

    RowwiseParamSet(String uid) {
        unitCol = new Param<>(uid, "unitCol", OptionText.UNIT);
        timeCol = new Param<>(uid, "timeCol", OptionText.TIME);
        outcomeCol = new Param<>(uid, "outcomeCol", OptionText.OUTCOME);
        treatmentCol = new Param<>(uid, "treatmentCol", OptionText.TREATMENT);
        control = new Param<>(uid, "control", OptionText.CONTROL);
        missing = new Param<>(uid, "missing", OptionText.MISSING);
        absentRows = new Param<>(uid, "absentRows", OptionText.ABSENT_ROWS);
        method = new Param<>(uid, "method", OptionText.METHOD);
        rank = new Param<>(uid, "rank", OptionText.RANK);
        centring = new Param<>(uid, "centring", OptionText.CENTRING);
        noise = new Param<>(uid, "noise", OptionText.NOISE);
        effectsForm = new Param<>(uid, "effectsForm", OptionText.EFFECTS);
        confidenceLevel = new DoubleParam(uid, "confidenceLevel", OptionText.CONFIDENCE_LEVEL);
        seed = new LongParam(uid, "seed", OptionText.SEED);
        backend = new Param<>(uid, "backend", OptionText.BACKEND);
        numPartitions = new IntParam(uid, "numPartitions", "Partitions of the units; 0 for one per core");
        storage = new Param<>(uid, "storage", OptionText.STORAGE);
        checkpointDir = new Param<>(uid, "checkpointDir", "Folder that keeps the factor model's fit");
    }

    void setDefaults(Params owner) {
        owner.setDefault(unitCol, "unit");
        owner.setDefault(timeCol, "time");
        owner.setDefault(outcomeCol, "outcome");
        owner.setDefault(treatmentCol, "treatment");
        owner.setDefault(absentRows, AbsentRows.MISSING.label());
        owner.setDefault(method, Method.FACTOR_MODEL.label());
        owner.setDefault(rank, RankText.AUTO);
        owner.setDefault(confidenceLevel, 0.95);
        owner.setDefault(seed, 1L);
        owner.setDefault(numPartitions, 0);
        owner.setDefault(storage, "double");
    }

    static @Nullable String text(Params owner, Param<String> param) {
        return owner.isDefined(param) ? owner.getOrDefault(param) : null;
    }
}
