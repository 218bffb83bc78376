package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.FactorPriorMean;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.pass.CoefficientPrior;
import io.github.rowwise.internal.factor.pass.EStep;
import io.github.rowwise.internal.factor.pass.HuberClipping;
import io.github.rowwise.internal.factor.pass.PeriodSums;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;

/**
 * Driver of the variational EM algorithm for the factor model.
 *
 * <p>One iteration:
 *
 * <ol>
 *   <li>{@link EStep}: one pass over the panel computes the posterior of each unit's coefficients;
 *   <li>{@link EvidenceBound}: updates what is pooled over units, and computes the bound;
 *   <li>{@link FactorMStep}: updates the factors, the period effects and the noise scales of the periods;
 *   <li>{@link FactorPruning} or {@link Squarem}: drops weak factors, or extrapolates.
 * </ol>
 *
 * <p>The iterations are grouped into rounds:
 *
 * <table>
 *   <caption>Rounds</caption>
 *   <tr><th>round</th><th>purpose</th><th>afterwards</th></tr>
 *   <tr><td>0</td><td>first iterations</td><td>are the trends needed?</td></tr>
 *   <tr><td>1</td><td>number of factors</td><td>are the trends, and effects on the factors, needed?</td></tr>
 *   <tr><td>2</td><td>as before, if that changed the form</td><td>are onset terms needed?</td></tr>
 *   <tr><td>3</td><td>as before, if that changed the form</td><td></td></tr>
 *   <tr><td>4, 5, 6 (last phase)</td><td>the form and the number of factors are fixed; outlying residuals are clipped, relative
 *       to the fit at the start of rounds 4 and 5; the prior mean of the factors depends on treatment; the prior
 *       covariance of the coefficients allows for its degrees of freedom</td><td></td></tr>
 * </table>
 *
 * <p>A smaller form of the model is tried as {@link FormTrial} describes.
 *
 * <p>The state between two iterations is exactly what {@link #exchange} reads or writes, so that a fit can resume after
 * any iteration.
 */
final class EmAlgorithm {

    /** Exponent of the determinant in the prior of the coefficients' covariance, in the first phase. */
    private static final double ROUNDING = 1e-9;

    private static final int ITERATIONS_BEFORE_EXTRAPOLATION = 4;
    private static final double LAST_TOLERANCE = 1e-5;

    /** Maximum number of iterations of rounds 0, 2 and 3. Round 1 has the rest of the options' number. */
    private static final int FIRST_ITERATIONS = 3;

    private static final int ITERATIONS_WITH_CONSTANT_EFFECTS = 4;
    private static final int ITERATIONS_WITHOUT_ONSETS = 6;

    /** First round of the last phase. */
    private static final int LAST_PHASE = 4;

    /** Number of rounds of the last phase that begin with a new clipping. One more round follows. */
    private static final int CLIPPING_ROUNDS = 2;

    private static final int LAST_ROUND = LAST_PHASE + CLIPPING_ROUNDS;
    private static final int ITERATIONS_PER_CLIPPING = 1;

    /** A fit has converged if its last iteration raised the bound by less than this share. */
    private static final double CONVERGED_INCREASE = 2e-3;

    private final PanelCounts panel;
    private final LinearAlgebra algebra;
    private final FactorOptions options;
    private final EvidenceBound evidence;
    private final FactorMStep mStep;
    private final Runnable save;
    private final List<Double> bounds = new ArrayList<>();
    private FactorState state;
    private FactorPriorMean factorPriorMean = FactorPriorMean.zero();
    private HuberClipping clipping = HuberClipping.none();
    private double shrinkage;
    private int passes;
    private boolean converged;

    private int round;

    private final FormSelection selection;

    /** Gains of the evidence; NaN for a form that was not tried. */
    private FormGains gains;

    private EmState emState = new EmState();

    /**
     * Creates a fit.
     *
     * @param form of the model to start from
     * @param selection what may be left out of the form if the panel does not need it
     * @param gains what has been tried before
     * @param save is called after each iteration
     */
    EmAlgorithm(
            PanelCounts panel,
            LinearAlgebra algebra,
            FactorStart start,
            Dimensions form,
            FormSelection selection,
            FormGains gains,
            FactorOptions options,
            Runnable save) {
        this.panel = panel;
        this.algebra = algebra;
        this.options = options;
        this.selection = selection;
        this.gains = gains;
        this.save = save;
        this.evidence = new EvidenceBound(panel, start.noise());
        this.mStep = new FactorMStep(panel, algebra, evidence.periodPrecision());
        this.state = start.state(panel, form);
        this.shrinkage =
                CoefficientPrior.shrinkage(CoefficientPrior.SHRINKAGE, state.size, panel.allUnits(), panel.periods());
    }

    /** Reads the state of the fit from a checkpoint, or writes it to one. */
    void exchange(CheckpointCodec fields) {
        state = FactorState.exchange(fields, state);
        factorPriorMean = factorPriorMean.exchange(fields);
        clipping = clipping.exchange(fields, state);
        shrinkage = fields.number(shrinkage);
        passes = fields.count(passes);
        converged = fields.flag(converged);
        double[] storedBounds = fields.numbers(bounds());
        bounds.clear();
        for (double bound : storedBounds) {
            bounds.add(bound);
        }
        round = fields.count(round);
        gains = gains.exchange(fields);
        emState.exchange(fields, state);
    }

    FactorState state() {
        return state;
    }

    /** Returns the bound after each accepted pass of the first phase since the last change of the form. */
    double[] bounds() {
        return bounds.stream().mapToDouble(Double::doubleValue).toArray();
    }

    FormGains gains() {
        return gains;
    }

    int passes() {
        return passes;
    }

    boolean isConverged() {
        return converged;
    }

    HuberClipping clipping() {
        return clipping;
    }

    /** Runs the remaining iterations that find the form of the model and the number of factors. */
    void findStructure() {
        if (passes == 0) {
            evidence.updateDivergence(state, factorPriorMean);
            EStepResult result = runEStep();
            emState.bound = result.bound();
            updateFactors(result);
        }
        iterate();
        while (round < LAST_PHASE - 1) {
            boolean changed = switch (round) {
                case 0 -> tryWithoutTrends();
                case 1 -> trySmallerForms();
                default -> tryWithoutOnsets();
            };
            round++;
            emState = emState.next();
            if (round == 1 || changed) {
                iterate();
            }
        }
    }

    /** Runs the remaining iterations of the last phase. */
    void finish() {
        if (round >= LAST_PHASE) {
            iterate();
        }
        while (round < LAST_ROUND) {
            if (round < LAST_PHASE) {
                startLastPhase();
            }
            round++;
            if (round < LAST_ROUND) {
                clipping = HuberClipping.around(state);
            }
            emState = new EmState();
            iterate();
        }
    }

    private boolean tryWithoutTrends() {
        if (selection == FormSelection.NONE || state.size.trends() == 0) {
            return false;
        }
        FormTrial trial = new FormTrial(.5 * state.size.trends() * Math.log(panel.allUnits()), 1);
        return tryForm(state.size.withoutTrends(), trial);
    }

    private boolean trySmallerForms() {
        boolean withoutTrends = tryWithoutTrends();
        return tryConstantEffects() || withoutTrends;
    }

    private boolean tryConstantEffects() {
        if (selection != FormSelection.ALL || state.size.constantEffects()) {
            return false;
        }
        Dimensions smaller = state.size.withConstantEffects();
        FormTrial trial = FormTrial.of(state.size, smaller, panel.fewestTreatedUnits());
        boolean kept = tryForm(smaller, trial);
        gains = gains.withFactors(trial.gain());
        return kept;
    }

    private boolean tryWithoutOnsets() {
        if (selection != FormSelection.ALL || state.size.onsets() == 0) {
            return false;
        }
        int units = panel.fewestTreatedUnits();
        double statistic = emState.onsetStatistic;
        boolean kept = false;
        double gain = Double.NaN;
        if (statistic < FormTrial.onsetThreshold(state.size, units)) {
            FormTrial trial = FormTrial.ofOnsets(state.size, units);
            kept = tryForm(state.size.withoutOnsets(), trial);
            gain = trial.gain();
        }
        gains = gains.withOnsets(statistic, gain);
        return kept;
    }

    /** Fits a smaller form for a few passes, and keeps it if the trial says so. */
    private boolean tryForm(Dimensions smaller, FormTrial trial) {
        FactorState larger = state;
        state = larger.reduced(smaller);
        evidence.updateDivergence(state, factorPriorMean);
        while (true) {
            EStepResult result = runEStep();
            FormTrial.Verdict verdict =
                    trial.judge(emState.evidence, result.value().evidence());
            if (verdict == FormTrial.Verdict.REJECTED) {
                state = larger;
                return false;
            }
            updateFactors(result);
            if (verdict == FormTrial.Verdict.ACCEPTED) {
                emState.bound = result.bound();
                emState.evidence = result.value().evidence();
                bounds.clear();
                bounds.add(result.bound());
                return true;
            }
        }
    }

    private void startLastPhase() {
        round = LAST_PHASE - 1;
        dropFactorsOfOneUnit();
        factorPriorMean = FactorPriorMean.fromTreatment(panel, algebra, state);
        evidence.updateDivergence(state, factorPriorMean);
        shrinkage = CoefficientPrior.lastShrinkage(state.size, panel.allUnits(), panel.periods());
    }

    private void dropFactorsOfOneUnit() {
        FactorState sorted = sortedByStrength();
        boolean[] carried = FactorPruning.carriedByOneUnit(sorted, panel.runner());
        if (carried != null) {
            // The last phase starts from the coefficients of this pass.
            runMStep(runEStepWithout(sorted, carried));
        }
    }

    private FitProgressTracker fitProgress() {
        return panel.view().runner().progress();
    }

    private void iterate() {
        while (!isRoundOver()) {
            iterateOnce();
            fitProgress().foundRank(state.size.rank());
            save.run();
        }
    }

    private boolean isRoundOver() {
        return emState.hasStalled() || emState.iterations() >= maxIterations();
    }

    private int maxIterations() {
        return switch (round) {
            case 0 -> FIRST_ITERATIONS;
            case 1 -> options.iterations() - FIRST_ITERATIONS;
            case 2 -> ITERATIONS_WITH_CONSTANT_EFFECTS;
            case 3 -> ITERATIONS_WITHOUT_ONSETS;
            case LAST_ROUND -> options.lastIterations();
            default -> ITERATIONS_PER_CLIPPING;
        };
    }

    private void iterateOnce() {
        boolean isFirstPhase = round < LAST_PHASE;
        int iteration = emState.iterations();
        double previousBound = emState.bound;
        EStepResult result = runEStep();
        FactorState fallback = emState.beforeExtrapolation;
        if (fallback != null && !(result.bound() >= previousBound - ROUNDING * Math.abs(previousBound))) {
            state = fallback;
            emState.acceleration.rejectStep();
            result = runEStep();
        }
        emState.beforeExtrapolation = null;
        double increase = result.bound() - previousBound;
        double scale = Math.max(Math.abs(result.bound()), panel.allCells());
        fitProgress().foundChange(increase / scale);
        double statistic = isFirstPhase ? onsetStatistic(result) : 0;
        emState.accept(result.value(), statistic, (isFirstPhase ? options.tolerance() : LAST_TOLERANCE) * scale);
        if (isFirstPhase) {
            bounds.add(result.bound());
            converged = increase < CONVERGED_INCREASE * scale;
        }
        if (emState.hasStalled()) {
            discardCoefficients();
            return;
        }
        updateFactors(result);
        if (!isFirstPhase) {
            return;
        }
        if (emState.pruning.isDue(state, iteration) && tryPruning(iteration, increase)) {
            emState.acceleration.restart();
            return;
        }
        // What follows the last iteration of a round starts from a state that the bound has accepted.
        boolean mayExtrapolate = iteration >= ITERATIONS_BEFORE_EXTRAPOLATION && iteration + 1 < maxIterations();
        double[] step = emState.acceleration.accept(state, panel, mayExtrapolate);
        if (step != null) {
            emState.beforeExtrapolation = state.copy();
            StateVector.set(step, state, panel);
            EvidenceBound.updatePooledNoise(state, panel);
            evidence.updateDivergence(state, factorPriorMean);
        }
    }

    /**
     * Result of the E-step.
     *
     * @param value the bound at the parameters that the E-step has updated
     * @param sums sums for the M-step of the factors
     */
    private record EStepResult(EvidenceBound.Value value, PeriodSums sums) {

        double bound() {
            return value.bound();
        }
    }

    private double onsetStatistic(EStepResult result) {
        return state.size.onsets() > 0 ? result.value().prior().onsetStatistic(state) : 0;
    }

    /** Runs the E-step: one pass over the panel. */
    private EStepResult runEStep() {
        // Their start is good, so that in the first phase every second pass updates them.
        boolean withCovariates = round >= LAST_PHASE || passes % 2 == 0;
        EStep.Result pass = EStep.run(panel, state, clipping, withCovariates);
        passes++;
        return new EStepResult(evidence.acceptEStep(state, pass, shrinkage), pass.periods);
    }

    /** Runs the E-step for a state without some of its factors. */
    private EStepResult runEStepWithout(FactorState all, boolean[] dropped) {
        state = all.without(dropped);
        evidence.updateDivergence(state, factorPriorMean);
        return runEStep();
    }

    /** Runs the M-step of the factors, and discards what it does not need any more. */
    private void updateFactors(EStepResult result) {
        discardCoefficients();
        runMStep(result);
    }

    private void runMStep(EStepResult result) {
        mStep.update(state, result.sums(), factorPriorMean, shrinkage);
        evidence.updateDivergence(state, factorPriorMean);
    }

    /**
     * Discards the coefficients unless the round ends. Only the code between two rounds reads them; each pass computes
     * them anew.
     */
    private void discardCoefficients() {
        if (!isRoundOver() || round > LAST_PHASE) {
            state.coefficients = FactorState.NONE;
        }
    }

    private FactorState sortedByStrength() {
        FactorState sorted = state.copy();
        sorted.coefficients = state.coefficients.clone();
        FactorRotation.apply(sorted, factorPriorMean, shrinkage, true, algebra);
        return sorted;
    }

    /** Drops the weakest factors if the bound increases enough. Returns whether it did. */
    private boolean tryPruning(int iteration, double increase) {
        FactorState previous = state;
        FactorState sorted = sortedByStrength();
        FactorPruning.Trial trial = emState.pruning.trial(sorted, panel.allUnits());
        if (trial == null) {
            return false;
        }
        EStepResult result = runEStepWithout(sorted, trial.dropped());
        if (result.bound() - emState.bound >= trial.minGain(increase)) {
            emState.bound = result.bound();
            emState.evidence = result.value().evidence();
            emState.onsetStatistic = onsetStatistic(result);
            bounds.add(result.bound());
            updateFactors(result);
            return true;
        }
        emState.pruning.reject(trial, iteration);
        state = previous;
        return false;
    }
}
