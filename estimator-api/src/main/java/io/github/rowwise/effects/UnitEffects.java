package io.github.rowwise.effects;

import io.github.rowwise.internal.average.SelectionPass;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.RowAdjustment;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.Warning;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of a fit: the effects of every unit, the completed outcomes in factored form, and how they came about.
 *
 * <p>Lists by unit hold one entry for each unit and each arm but control: unit by unit in the panel's order, and within
 * a unit arm by arm. All numbers are in units of the outcome. Immutable, and safe for use by several threads.
 *
 * <pre class="example">{@code
 * UnitEffect one = effects.effect("store 7"); // the only treatment; effect("store 7", "drug B") names one of several
 * for (UnitEffect effect : effects.effects()) {
 *     if (effect.qValue() <= 0.05) {
 *         System.out.println(effect.unit() + " " + effect.ate());
 *     }
 * }
 * effects.warnings().forEach(System.err::println);
 * }</pre>
 */
public final class UnitEffects {

    private final EffectsContent content;
    private final CellAverages cellAverages;

    /** Averages effects over selected cells; {@code null} if the cells cannot be read again. */
    private final @Nullable SelectionPass selections;

    UnitEffects(EffectsContent content) {
        this(content, new CellAverages(content));
    }

    UnitEffects(EffectsContent content, CellAverages cellAverages) {
        this(content, cellAverages, null);
    }

    private UnitEffects(EffectsContent content, CellAverages cellAverages, @Nullable SelectionPass selections) {
        this.content = content;
        this.cellAverages = cellAverages;
        this.selections = selections;
    }

    /** The same result, which keeps what averages over selected cells take; a shard does not know the other units. */
    UnitEffects withSelections(@Nullable SelectionPass pass) {
        return new UnitEffects(content, cellAverages, InternalPanels.isWhole(panel()) ? pass : null);
    }

    @Nullable
    SelectionPass selections() {
        return selections;
    }

    /**
     * Starts a result that is made by hand, from estimates of another method or for a test.
     *
     * @param panel whose units, periods and arms the result is about
     * @return a builder without estimates
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}
     */
    public static UnitEffectsBuilder builder(Panel panel) {
        return new UnitEffectsBuilder(panel);
    }

    /**
     * Returns the panel that was fitted.
     *
     * @return the panel
     */
    public Panel panel() {
        return content.panel();
    }

    /**
     * Returns the same result without the panel's cells: what it needs of them is computed now. A result refers to its panel
     * and so keeps all cells in memory, or needs the {@link io.github.rowwise.panel.PanelFile} to stay open; a detached result
     * does not.
     *
     * <p>Everything stays available but the cells of {@link #panel()}, which has names, sizes, counts and the fingerprint, and
     * cannot be fitted again. {@link io.github.rowwise.averages.EffectAverages Averages} over chosen cells and diagnostics that read the panel again, such as {@link
     * io.github.rowwise.diagnostics.ResidualCorrelation}, have to be computed before. The completed outcomes of n units stay.
     *
     * @return a result that computes nothing from cells any more
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}, or if the panel's file is closed
     */
    public UnitEffects detach() {
        InternalPanels.requireWhole(panel(), "a detached result");
        Panel names = InternalPanels.withoutCells(panel());
        if (names == panel()) {
            return this;
        }
        EffectsContent detached = content.withPanel(names, InternalPanels.withPanel(diagnostics(), names));
        return new UnitEffects(detached, cellAverages.computeAll(detached));
    }

    /**
     * Returns the same estimates with wider intervals: the standard errors of all effects and averages are multiplied by a factor.
     * p-values, q-values and probabilities follow. Pre-trends and coefficients of covariates stay as they are.
     *
     * <p>{@link io.github.rowwise.evaluation.CoverageCheck#widening()} says how much wider the intervals of a panel have to be.
     *
     * @param factor 1 or more; 1 returns this result
     * @return a result whose {@link Provenance#widening()} tells the factor
     * @throws IllegalArgumentException if the factor is below 1 or not finite
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}, or a detached result
     */
    public UnitEffects widened(double factor) {
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor " + factor + " for standard errors: give 1 or more");
        }
        InternalPanels.requireWhole(panel(), "wider intervals");
        if (!InternalPanels.hasCells(panel())) {
            throw new IllegalStateException("a detached result keeps its intervals: widen them before you detach it");
        }
        if (factor == 1) {
            return this;
        }
        int processors = Runtime.getRuntime().availableProcessors();
        try (PassRunner runner =
                InternalPanels.runner(panel(), processors, null, new FitProgressTracker(progress -> {}))) {
            return new UnitEffects(content.widened(factor, runner.workers())).withSelections(selections);
        }
    }

    /**
     * Writes the result to a file, from which {@link #load} makes an equal one: every accessor of the loaded result returns the
     * same doubles. The panel's cells are not written ({@link #detach}). The file is written beside and then moved, so that a
     * former file is replaced whole or not at all.
     *
     * @param path where the file goes, in a folder that exists
     * @throws java.io.UncheckedIOException if it cannot be written
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}, or if the panel's file is closed
     */
    public void save(Path path) {
        UnitEffects detached = detach();
        EffectsFile.save(path, detached.content, detached.cellAverages);
    }

    /**
     * Reads a result that {@link #save} wrote.
     *
     * @param path the file
     * @return the result, detached from its panel
     * @throws InvalidEffectsException if the file is something else, is damaged or cut short, or was written in another version
     *     of the format
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static UnitEffects load(Path path) {
        EffectsReader.Saved saved = EffectsFile.load(path);
        return new UnitEffects(saved.content(), saved.averages());
    }

    /**
     * Returns the effects of every unit and arm.
     *
     * @return immutable; those of a unit that lacks an arm carry a reason and no number
     */
    public List<UnitEffect> effects() {
        return content.effects();
    }

    /**
     * Returns the effects of one unit and arm.
     *
     * @param unit index of the unit
     * @param arm the arm, 1 or more
     * @return the entry of {@link #effects()}
     * @throws IndexOutOfBoundsException if there is no such unit or arm
     */
    public UnitEffect effect(int unit, int arm) {
        int treatments = panel().arms() - 1;
        Objects.checkIndex(unit, panel().units());
        Objects.checkIndex(arm - 1, treatments);
        return content.effects().get(unit * treatments + arm - 1);
    }

    /**
     * Returns the effect of the only treatment on one unit, found by name.
     *
     * @param unit name of the unit
     * @return the entry of {@link #effects()}
     * @throws IllegalArgumentException if there is no such unit; the message suggests the closest name
     * @throws IllegalStateException if there is more than one treatment: name the arm then
     */
    public UnitEffect effect(String unit) {
        requireOneTreatment();
        return effect(panel().unitIndex(unit), 1);
    }

    /**
     * Returns the effects of one unit and arm, found by name.
     *
     * @param unit name of the unit
     * @param arm name of the arm, not that of control
     * @return the entry of {@link #effects()}
     * @throws IllegalArgumentException if there is no such unit or arm, with the closest name, or the arm is control
     */
    public UnitEffect effect(String unit, String arm) {
        int index = panel().armIndex(arm);
        if (index == 0) {
            throw new IllegalArgumentException("arm " + Quoted.value(arm)
                    + " is control, which effects are compared with: name one of the arms "
                    + panel().armNames().subList(1, panel().arms()));
        }
        return effect(panel().unitIndex(unit), index);
    }

    /**
     * Returns the coefficients of the covariates: what one more unit of a covariate adds to the outcome of a cell, the arm being
     * the same. All units share the coefficient.
     *
     * <p>Only the part of a covariate that varies between the periods of a unit, and not in all units alike or along common
     * factors, informs its coefficient: levels of units, period effects and factors account for the rest. If treatment moves the
     * covariate, the effects of treatment are those that do not pass through it.
     *
     * <p>The factor model estimates coefficients and effects together by generalised least squares, and the standard errors of
     * the effects include those of the coefficients. The spectral method first takes the coefficients from control cells. Standard
     * errors are clustered by unit where that makes them larger.
     *
     * @return immutable, by name in the panel's order of covariates, in units of the outcome per unit of the covariate; empty for
     *     a panel without covariates
     */
    public Map<String, Estimate> covariates() {
        return content.covariates();
    }

    RowAdjustment explained() {
        return content.explained();
    }

    /**
     * Returns how the effects of an arm depend on attributes of units.
     *
     * @param arm the arm, 1 or more
     * @return empty if the fit had no attributes
     * @throws IndexOutOfBoundsException if there is no such arm
     */
    public Optional<AttributeEffects> attributes(int arm) {
        Objects.checkIndex(arm - 1, panel().arms() - 1);
        return content.attributes().isEmpty()
                ? Optional.empty()
                : Optional.of(content.attributes().get(arm - 1));
    }

    /**
     * Returns the effect matrix M of the only treatment.
     *
     * @return units by periods
     * @throws IllegalStateException if there is more than one treatment: name the arm then
     */
    public LowRankMatrix effectMatrix() {
        requireOneTreatment();
        return effectMatrix(1);
    }

    /**
     * Returns the effect matrix {@code M = A(arm) - A(0)}. If effects depend on the time since the start of treatment, these are for
     * the unit's average time; {@link #cellEffect} has the time of each cell.
     *
     * @param arm the arm, 1 or more
     * @return units by periods; a row is available where the unit is estimable
     * @throws IndexOutOfBoundsException if there is no such arm
     */
    public LowRankMatrix effectMatrix(int arm) {
        return content.requireOutcomes("the effect matrix").effects(arm);
    }

    /**
     * Returns whether the result has completed outcomes.
     *
     * @return true for every fit; false if the result was made by hand without them, so that the matrices, effects of cells, by
     *     period and by event time, and pre-trends throw {@link IllegalStateException}
     */
    public boolean hasCompletedOutcomes() {
        return content.outcomes() != null;
    }

    /**
     * Returns the completed outcomes A(arm): what each unit's expected outcome would be in the arm, in every period. If effects
     * depend on the time since the start of treatment, these are for the unit's average time; {@link #outcomeRow} has the time of
     * each cell. For a panel with covariates, both are those at average covariates of the unit and the period.
     *
     * @param arm the arm, 0 for control
     * @return units by periods; a row is available where the unit was ever seen in the arm
     * @throws IndexOutOfBoundsException if there is no such arm
     */
    public LowRankMatrix outcomeMatrix(int arm) {
        return content.requireOutcomes("completed outcomes").outcomes(arm);
    }

    /**
     * Returns the completed outcomes of one unit in an arm. If effects depend on the time since the start of treatment, a period
     * within a stay in the arm has the time since the stay began, and any other period the unit's average time.
     *
     * @param unit index of the unit
     * @param arm the arm, 0 for control
     * @return a new array, one outcome per period
     * @throws java.util.NoSuchElementException if the unit was never seen in the arm
     * @throws IndexOutOfBoundsException if there is no such unit or arm
     */
    public double[] outcomeRow(int unit, int arm) {
        return content.requireOutcomes("completed outcomes").outcomeRow(unit, arm);
    }

    /**
     * Returns the effect in one cell.
     *
     * @param unit index of the unit
     * @param arm the arm, 1 or more
     * @param period index of the period
     * @return M_ij, with a standard error if a factor model was fitted {@link io.github.rowwise.FactorModelEstimator#withCellErrors with those
     *     of cells}; where the unit lacks the arm or control, a reason in place of a number
     * @throws IndexOutOfBoundsException if there is no such unit, arm or period
     */
    public Estimate cellEffect(int unit, int arm, int period) {
        Objects.checkIndex(period, panel().periods());
        Estimate ate = effect(unit, arm).ate();
        if (!ate.isAvailable()) {
            return ate;
        }
        CompletedOutcomes outcomes = content.requireOutcomes("effects of cells");
        if (!outcomes.isAvailable(unit, arm)) {
            return Estimate.unavailable("the unit has no completed outcomes in the arm or under control");
        }
        double effect = outcomes.effect(unit, arm, period);
        FactorModel model = content.model();
        return model == null ? Estimate.withoutStandardError(effect) : model.cellEffect(effect, arm, unit, period);
    }

    /**
     * Returns an arm's effects averaged over the estimable units.
     *
     * @param arm the arm, 1 or more
     * @return averages with equal weights; the standard error is that of these units' own noise, and with a factor model also
     *     that of what the units share
     * @throws IndexOutOfBoundsException if there is no such arm
     */
    public AverageEffects averages(int arm) {
        return content.averages().get(Objects.checkIndex(arm - 1, panel().arms() - 1));
    }

    /**
     * Returns an arm's effect in each period, averaged over the estimable units.
     *
     * @param arm the arm, 1 or more
     * @return one entry per period, in time order; with standard errors if a factor model was fitted
     * @throws IndexOutOfBoundsException if there is no such arm
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}, which does not know the other units
     */
    public List<PeriodEffect> byPeriod(int arm) {
        InternalPanels.requireWhole(panel(), "effects by period");
        return cellAverages.byPeriod(arm);
    }

    /**
     * Returns an arm's effect by the number of periods since a unit entered the arm, averaged over the observed cells in
     * the arm of the estimable units.
     *
     * <p>A spell in the arm begins with its first observed period, which is event time 0. Missing periods count and do not end
     * it; another arm does. A spell that was under way when the unit was first observed has no known beginning and is
     * excluded.
     *
     * @param arm the arm, 1 or more
     * @return by rising event time, 0 to 50 at most, those that at least a tenth of the switching units are seen at; empty
     *     where no unit was seen to switch. With standard errors if a factor model was fitted
     * @throws IndexOutOfBoundsException if there is no such arm
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}, which does not know the other units
     */
    public List<EventTimeEffect> byEventTime(int arm) {
        InternalPanels.requireWhole(panel(), "effects by event time");
        return cellAverages.byEventTime(arm);
    }

    /**
     * Returns the pre-trends of an arm: observed less fitted outcomes under control, by the number of periods until the unit
     * enters the arm.
     *
     * @param arm the arm, 1 or more
     * @return by rising event time, -50 at least to -1, those that at least a tenth of the switching units are seen at;
     *     only the control periods directly before a spell in the arm count
     * @throws IndexOutOfBoundsException if there is no such arm
     */
    public List<PreTrend> preTrends(int arm) {
        InternalPanels.requireWhole(panel(), "pre-trends");
        return cellAverages.preTrends(arm);
    }

    /**
     * Returns what a factor model predicts for units that lack an arm, which have no estimate.
     *
     * @return one entry for each unit and arm of {@link #effects()} without an estimate where the unit has an observed cell,
     *     in the same order; empty unless a factor model was fitted
     */
    public List<PredictedEffect> predictions() {
        return content.predictions();
    }

    /**
     * Returns the interval of each entry of {@link #effects()} for its ATE in a band that holds all units of its arm at once,
     * at {@link #confidenceLevel()}: see {@link Estimate#simultaneousInterval}.
     *
     * @return parallel to {@link #effects()}, empty where there is no standard error
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}, which does not know the other units
     */
    public List<Optional<Interval>> simultaneousIntervals() {
        InternalPanels.requireWhole(panel(), "simultaneous intervals");
        int[] known = new int[panel().arms()];
        for (UnitEffect unit : effects()) {
            known[unit.arm()] += unit.ate().hasStandardError() ? 1 : 0;
        }
        return effects().stream()
                .map(unit -> unit.ate().hasStandardError()
                        ? Optional.of(unit.ate().simultaneousInterval(confidenceLevel(), known[unit.arm()]))
                        : Optional.<Interval>empty())
                .toList();
    }

    /**
     * Returns the q-value of each entry of {@link #effects()} for its ATE: the least false discovery rate at which it
     * would be called different from zero, among the units of the same arm. Source: Benjamini and Hochberg (1995),
     * doi:10.1111/j.2517-6161.1995.tb02031.x.
     *
     * @return a new array of {@link UnitEffect#qValue()} parallel to {@link #effects()}, NaN where there is no p-value
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}, which does not know the other units
     */
    public double[] qValues() {
        InternalPanels.requireWhole(panel(), "q-values");
        return effects().stream().mapToDouble(UnitEffect::qValue).toArray();
    }

    /**
     * Returns the spectrum of an arm, with the rank taken from it.
     *
     * @param arm the arm, 0 for control
     * @return the spectrum
     * @throws IndexOutOfBoundsException if there is no such arm
     * @throws IllegalStateException if a factor model was fitted: see {@link #factorModel()}
     */
    public Spectrum spectrum(int arm) {
        if (content.spectra().isEmpty()) {
            throw new IllegalStateException(
                    content.model() == null
                            ? "a result made by hand has no spectrum"
                            : "a factor model has no spectrum by arm: see factorModel()");
        }
        return content.spectra().get(arm);
    }

    /**
     * Returns the parameters of the model that the {@link io.github.rowwise.FactorModelEstimator} fitted.
     *
     * @return empty if another estimator made this result
     */
    public Optional<FactorModel> factorModel() {
        return Optional.ofNullable(content.model());
    }

    /**
     * Returns the posterior probability that the ATE of each entry of {@link #effects()} is above zero.
     *
     * @return a new array parallel to {@link #effects()}, NaN where there is no posterior: in a unit without an estimate,
     *     and throughout unless a factor model was fitted
     */
    public double[] probabilitiesPositive() {
        return effects().stream().mapToDouble(UnitEffect::probabilityPositive).toArray();
    }

    /**
     * Returns the posterior probability that the ATE of each entry of {@link #effects()} is above the value that a tenth of
     * the units of the same arm are expected to exceed. Source: Lin, Louis, Paddock and Ridgeway (2006), doi:10.1214/06-BA130.
     *
     * @return a new array parallel to {@link #effects()}, NaN where there is no posterior: in a unit without an estimate,
     *     and throughout unless a factor model was fitted
     * @throws IllegalStateException for a {@link io.github.rowwise.panel.PanelShard shard}, which does not know the other units
     */
    public double[] probabilitiesTopDecile() {
        InternalPanels.requireWhole(panel(), "the top decile");
        return effects().stream().mapToDouble(UnitEffect::probabilityTopDecile).toArray();
    }

    /**
     * Returns how each unit's ATE depends on the rank.
     *
     * @return parallel to {@link #effects()}; empty unless asked for with
     *     {@link io.github.rowwise.SpectralEstimator#withNeighbouringRanks}
     */
    public List<NeighbouringRanks> neighbouringRanks() {
        return content.neighbouringRanks();
    }

    /**
     * Returns the diagnostics of the assignment.
     *
     * @return the diagnostics of the panel
     */
    public PanelDiagnostics diagnostics() {
        return content.diagnostics();
    }

    /**
     *      * Returns the warnings that the fit itself gives. {@link io.github.rowwise.diagnostics.FitDiagnostics#warnings()} returns
     * these and all others.
     *      *
     * @return those of the fit and those of the assignment ({@link PanelDiagnostics#warnings()}); empty if there are none
     */
    public List<Warning> warnings() {
        return content.warnings();
    }

    /**
     * Returns the confidence level that was asked for.
     *
     * @return such as 0.95
     */
    public double confidenceLevel() {
        return content.confidenceLevel();
    }

    /**
     * Returns how the result came about.
     *
     * @return the provenance
     */
    public Provenance provenance() {
        return content.provenance();
    }

    /**
     * Describes the result.
     *
     * @return the method, and the average effect of each arm
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(provenance().method() + ", " + panel().units() + " units");
        for (AverageEffects average : content.averages()) {
            text.append("; ")
                    .append(panel().armNames().get(average.arm()))
                    .append(": average effect ")
                    .append(average.ate())
                    .append(" over ")
                    .append(average.units())
                    .append(" units");
        }
        return text.toString();
    }

    private void requireOneTreatment() {
        if (panel().arms() != 2) {
            throw new IllegalStateException("there are " + (panel().arms() - 1) + " treatments: name one of the arms "
                    + panel().armNames().subList(1, panel().arms()));
        }
    }
}
