package io.github.rowwise.spark;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The parameters of {@link RowwiseEstimator} and {@link RowwiseModel}, which are the options of the program. */
public interface RowwiseParams extends Params {

    /**
     * Returns the parameters of this estimator or model.
     *
     * @return the same object at each call
     */
    RowwiseParamSet paramSet();

    /**
     * Returns the parameter of the column of the units.
     *
     * @return {@code unit} by default
     */
    default Param<String> unitCol() {
        return paramSet().unitCol;
    }

    /**
     * Returns the parameter of the column of the periods: whole numbers, dates, timestamps or text.
     *
     * @return {@code time} by default
     */
    default Param<String> timeCol() {
        return paramSet().timeCol;
    }

    /**
     * Returns the parameter of the column of the outcomes; null or NaN where one is missing.
     *
     * @return {@code outcome} by default
     */
    default Param<String> outcomeCol() {
        return paramSet().outcomeCol;
    }

    /**
     * Returns the parameter of the column of the treatment: 0/1, true/false, or levels with {@link #control()}.
     *
     * @return {@code treatment} by default
     */
    default Param<String> treatmentCol() {
        return paramSet().treatmentCol;
    }

    /**
     * Returns the parameter of the level of the treatment that is the control.
     *
     * @return not set by default: 0/1 and true/false need none
     */
    default Param<String> control() {
        return paramSet().control;
    }

    /**
     * Returns the parameter of the codes that also mean a missing outcome or treatment, separated by commas, such as {@code
     * -999,none}. Null, NaN, an empty text, {@code NA}, {@code null}, {@code N/A}, {@code #N/A}, {@code <NA>} and a lone point
     * always do.
     *
     * @return not set by default
     */
    default Param<String> missing() {
        return paramSet().missing;
    }

    /**
     * Returns the parameter of what a unit and period without a row mean: {@code missing}; or {@code zero}, an outcome of 0
     * under the treatment of the unit's other rows, which may change once.
     *
     * @return {@code missing} by default
     */
    default Param<String> absentRows() {
        return paramSet().absentRows;
    }

    /**
     * Returns the parameter of the estimator: {@code factor-model} or {@code spectral}.
     *
     * @return {@code factor-model} by default
     */
    default Param<String> method() {
        return paramSet().method;
    }

    /**
     * Returns the parameter of the number of factors, or how to choose it: {@code auto}, {@code sign-flip},
     * {@code eigenvalue-ratio}, {@code spectral-gap}, {@code held-out}, a whole number, or one number per arm ({@code 3,4}).
     *
     * @return {@code auto} by default
     */
    default Param<String> rank() {
        return paramSet().rank;
    }

    /**
     * Returns the parameter of the means that the spectral method subtracts first: {@code two-way}, {@code unit},
     * {@code none}.
     *
     * @return not set by default, which is {@code two-way}
     */
    default Param<String> centring() {
        return paramSet().centring;
    }

    /**
     * Returns the parameter of the factor model's noise: {@code ar1}, {@code iid}, {@code block-jackknife}.
     *
     * @return not set by default, which is {@code ar1}
     */
    default Param<String> noise() {
        return paramSet().noise;
    }

    /**
     * Returns the parameter of how a unit's effect may change over time in the factor model: {@code constant},
     * {@code factors}, {@code onset}, {@code auto}.
     *
     * @return not set by default, which is {@code auto}
     */
    default Param<String> effectsForm() {
        return paramSet().effectsForm;
    }

    /**
     * Returns the parameter of the confidence level.
     *
     * @return 0.95 by default
     */
    default DoubleParam confidenceLevel() {
        return paramSet().confidenceLevel;
    }

    /**
     * Returns the parameter of the seed of all random numbers.
     *
     * @return 1 by default
     */
    default LongParam seed() {
        return paramSet().seed;
    }

    /**
     * Returns the parameter of the linear-algebra backend, which each executor needs.
     *
     * @return not set by default: the best one there is
     */
    default Param<String> backend() {
        return paramSet().backend;
    }

    /**
     * Returns the parameter of the number of partitions of the units. The result depends on it in the last digits only.
     *
     * @return 0 by default: as many as the cluster has cores
     */
    default IntParam numPartitions() {
        return paramSet().numPartitions;
    }

    /**
     * Returns the parameter of how outcomes are kept: {@code double}, or {@code float}, which takes 5 bytes per cell instead
     * of 9.
     *
     * @return {@code double} by default
     */
    default Param<String> storage() {
        return paramSet().storage;
    }

    /**
     * Returns the parameter of the folder that keeps the factor model's fit after each iteration. The driver and all executors
     * must reach it. The same fit over the same number of partitions resumes from it, with the same result. It is not deleted
     * after the fit: delete it once the result is stored.
     *
     * @return not set by default: nothing is kept
     */
    default Param<String> checkpointDir() {
        return paramSet().checkpointDir;
    }
}
