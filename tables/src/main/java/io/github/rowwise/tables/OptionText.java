package io.github.rowwise.tables;

/** Descriptions of the options that the program and Spark have in common; without a full stop at their end. */
public final class OptionText {

    /** {@code --unit}. */
    public static final String UNIT = "Column of the unit";

    /** {@code --time}. */
    public static final String TIME = "Column of the period: numbers, dates, months, quarters, weeks or other text";

    /** {@code --outcome}. */
    public static final String OUTCOME = "Column of the outcome; empty, NA, NaN or null where it is missing";

    /** {@code --treatment}. */
    public static final String TREATMENT = "Column of the treatment: 0/1, true/false, or levels with --control";

    /** {@code --control}. */
    public static final String CONTROL =
            "Level of the treatment column that means no treatment. Not needed for 0/1" + " and true/false";

    /** {@code --covariates}. */
    public static final String COVARIATES = "Columns of numbers that explain the outcome of a row, such as a price,"
            + " separated by commas. A row without one of them is a missing cell. A covariate should not be moved by the"
            + " treatment";

    /** {@code --attributes}. */
    public static final String ATTRIBUTES =
            "Columns with one number or text per unit, separated by commas, on which levels"
                    + " and effects may depend. Units then borrow from units like them, and the summary shows for whom the effect is"
                    + " larger";

    /** {@code --missing}. */
    public static final String MISSING =
            "Codes that also mean a missing outcome or treatment, separated by commas, such as"
                    + " -999,none. Always missing: empty, NA, NaN, null, N/A, #N/A, <NA> and a lone point";

    /** {@code --absent-rows}. */
    public static final String ABSENT_ROWS =
            "What a unit and period without a row mean: missing; zero, an outcome of 0 under the"
                    + " treatment of the unit's other rows, which may change once; or zero-control, an outcome of 0 under"
                    + " control";

    /** {@code --where}. */
    public static final String WHERE = "Use only the rows that meet this SQL condition, such as \"week <= 52\"";

    /** {@code --method}. */
    public static final String METHOD = "Estimator: factor-model, a factor model with its own standard errors, or"
            + " spectral, Algorithm 1 of arXiv:2605.30319";

    /** {@code --rank}. */
    public static final String RANK = "Number of factors. With factor-model: auto, or a whole number to start from;"
            + " factors without support are dropped. With spectral: auto (sign-flip), sign-flip, eigenvalue-ratio,"
            + " spectral-gap, held-out, a whole number, or one number per arm with control first (3,4)";

    /** {@code --centring}. */
    public static final String CENTRING = "Means that the spectral method subtracts first and adds back: two-way, unit,"
            + " none. The published algorithm has none";

    /** {@code --noise}. */
    public static final String NOISE = "Noise of the factor model: ar1, correlated from period to period; iid; or"
            + " block-jackknife, iid with standard errors from leaving out blocks of periods, a check";

    /** {@code --effects}. */
    public static final String EFFECTS = "How a unit's effect may change over time in the factor model: constant;"
            + " factors, with the factors; onset, with the time since treatment started; or auto, the form that the evidence"
            + " favours, which may also have both parts";

    /** {@code --confidence-level}. */
    public static final String CONFIDENCE_LEVEL = "Confidence level of the intervals";

    /** {@code --backend}. */
    public static final String BACKEND = "Linear-algebra backend";

    /** {@code --seed}. */
    public static final String SEED = "Seed of all random numbers; the same seed gives the same result";

    /** {@code --storage}. */
    public static final String STORAGE = "How outcomes are kept: double, or float, which takes 5 bytes per cell instead"
            + " of 9 and rounds outcomes to 7 digits";

    /** {@code --checkpoint}. */
    public static final String CHECKPOINT = "Keep the factor model's fit here after each iteration. After an"
            + " interruption the same command resumes from it, with the same result, and deletes it once that is written";

    /** {@code --weights}. */
    public static final String WEIGHTS = "Column of the units' weights in averages over units, numbers above 0 that are"
            + " the same in all rows of a unit, such as population. The estimates of the units do not change";

    /** {@code --group}. */
    public static final String GROUP =
            "Column of the units' groups, the same in all rows of a unit: averages by group and"
                    + " how they differ, and intervals of averages with the groups as the units of variation, for treatment that is"
                    + " decided by group";

    /** {@code --average-over}. */
    public static final String AVERAGE_OVER = "Also average over the cells whose rows meet this SQL condition, such as"
            + " \"region = 'north' AND week >= 40\". May be repeated";

    /** {@code --scale}. */
    public static final String SCALE = "What the outcome measures, to add effects in percent: log, a natural logarithm;"
            + " or level, an amount above 0, whose effects are in percent of the outcome under control";

    /** {@code --totals}. */
    public static final String TOTALS = "Add the cumulative effect over treated cells, by unit and in all";

    /** {@code --value}. */
    public static final String VALUE =
            "What one unit of outcome is worth (with --scale log: one unit of its exponential):"
                    + " a number, below 0 if the outcome does harm, or a column with one number per unit. Adds totals and their"
                    + " worth";

    /** {@code --cost}. */
    public static final String COST = "What treatment costs in one period of a unit: a number of 0 or more, or a column"
            + " with one per unit. Adds net return and return on cost; needs --value";

    private OptionText() {}
}
