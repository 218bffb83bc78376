package io.github.rowwise.panel;

import io.github.rowwise.internal.text.AlikeUnits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Collects observations by name, in any order; made by {@link Panel#builder()}.
 *
 * <p>Units keep the order in which they first occur. Periods are sorted by {@link PeriodOrder}, which also makes one period of
 * two texts for the same time, such as {@code 7} and {@code 07}. Keeps one number of each kind for every observation, and one array if there are covariates. Not safe for several threads.
 *
 * <pre class="example">{@code
 * Panel built = Panel.builder()
 *         .armNames(List.of("placebo", "drug"))
 *         .add("patient 1", "2026-01-01", 0, 5.1)
 *         .add("patient 1", "2026-01-02", 1, 4.2)
 *         .add("patient 2", "2026-01-01", 1, 6.0)
 *         .add("patient 2", "2026-01-02", 0, 6.3)
 *         .build();
 * }</pre>
 */
public final class PanelBuilder {

    private static final double[] NO_COVARIATES = {};

    private final Map<String, Integer> units = new LinkedHashMap<>();
    private final Map<String, Integer> periods = new LinkedHashMap<>();
    private int size;
    private int[] unitOf = new int[1024];
    private int[] periodOf = new int[1024];
    private int[] armOf = new int[1024];
    private double[] outcomeOf = new double[1024];
    private double[][] covariatesOf = new double[1024][];
    private List<String> covariateNames = List.of();
    private List<String> armNames = List.of();

    PanelBuilder() {}

    /**
     * Names the arms; without it they are named by their numbers.
     *
     * @param names one name per arm, control first
     * @return this
     */
    public PanelBuilder armNames(List<String> names) {
        armNames = List.copyOf(names);
        return this;
    }

    /**
     * Names the covariates, of which each observation then has one number each.
     *
     * @param names at most 32, all different
     * @return this
     */
    public PanelBuilder covariateNames(List<String> names) {
        covariateNames = List.copyOf(names);
        return this;
    }

    /**
     * Adds one observation.
     *
     * @param observation the observation
     * @return this
     */
    public PanelBuilder add(Observation observation) {
        return add(observation.unit(), observation.period(), observation.arm(), observation.outcome());
    }

    /**
     * Adds one observation.
     *
     * @param unit name of the unit
     * @param period name of the period
     * @param arm the arm, 0 for control; does not matter where the outcome is missing
     * @param outcome the outcome, NaN where it is missing
     * @return this
     */
    public PanelBuilder add(String unit, String period, int arm, double outcome) {
        return add(unit, period, arm, outcome, NO_COVARIATES);
    }

    /**
     * Adds one observation with covariates.
     *
     * @param unit name of the unit
     * @param period name of the period
     * @param arm the arm, 0 for control; does not matter where the outcome is missing
     * @param outcome the outcome, NaN where it is missing
     * @param covariates one number per covariate; where one of them is NaN, the cell is missing
     * @return this
     */
    public PanelBuilder add(String unit, String period, int arm, double outcome, double... covariates) {
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(period, "period");
        if (size == unitOf.length) {
            int capacity = Math.addExact(size, size / 2);
            unitOf = Arrays.copyOf(unitOf, capacity);
            periodOf = Arrays.copyOf(periodOf, capacity);
            armOf = Arrays.copyOf(armOf, capacity);
            outcomeOf = Arrays.copyOf(outcomeOf, capacity);
            covariatesOf = Arrays.copyOf(covariatesOf, capacity);
        }
        unitOf[size] = units.computeIfAbsent(unit, name -> units.size());
        periodOf[size] = periods.computeIfAbsent(period, name -> periods.size());
        armOf[size] = arm;
        outcomeOf[size] = outcome;
        covariatesOf[size] = covariates.length == 0 ? NO_COVARIATES : covariates.clone();
        size++;
        return this;
    }

    /**
     * Adds observations.
     *
     * @param observations any number
     * @return this
     */
    public PanelBuilder addAll(Iterable<Observation> observations) {
        observations.forEach(this::add);
        return this;
    }

    /**
     * Returns the panel of what was added.
     *
     * @return the panel
     * @throws InvalidPanelException if a unit occurs twice in a period, an outcome is infinite or beyond 1e290 in size, an arm is negative or
     *     has no observed cell, or there are fewer than two units, periods or arms
     */
    public Panel build() {
        PeriodOrder order = periodOrder();
        List<String> texts = List.copyOf(periods.keySet());
        int[] position = new int[texts.size()];
        Arrays.setAll(position, k -> Objects.requireNonNull(order.codes().get(texts.get(k))));
        PanelCells cells = Panel.cells(
                new ArrayList<>(units.keySet()),
                order.names(),
                armNames.isEmpty() ? PanelCells.numberedArms(highestArm()) : armNames,
                covariateNames,
                OutcomeStorage.DOUBLE);
        for (int k = 0; k < size; k++) {
            String text = texts.get(periodOf[k]);
            int period = position[periodOf[k]];
            if (cells.isSet(unitOf[k], period)) {
                String name = order.names().get(period);
                throw cells.twice(
                        unitOf[k],
                        period,
                        text.equals(name) ? others(texts, position, period, name) : " (written '" + text + "')");
            }
            cells.set(unitOf[k], period, armOf[k], outcomeOf[k], covariatesOf[k]);
        }
        return cells.build();
    }

    /** What else the period is called, for the message about a second outcome. */
    private static String others(List<String> texts, int[] position, int period, String name) {
        for (int k = 0; k < position.length; k++) {
            if (position[k] == period && !texts.get(k).equals(name)) {
                return " (also written '" + texts.get(k) + "')";
            }
        }
        return "";
    }

    /**
     * Returns the order of the periods that were added so far, the order of the panel's columns. Look at its {@link
     * PeriodOrder#warnings()} where the texts come from outside: they say why the order may not be the one that is meant, and
     * where periods are absent.
     *
     * @return the order, and what the texts were read as
     */
    public PeriodOrder periodOrder() {
        return PeriodOrder.of(List.copyOf(periods.keySet()));
    }

    /**
     * Returns what to look at in the units and periods that were added so far: where the order of the periods may not be the
     * one that is meant, where periods are absent, and units whose names look alike, such as {@code "s1"} and {@code "s1 "}.
     *
     * @return immutable, of the kind {@link Warning.Kind#INPUT}
     */
    public List<Warning> warnings() {
        List<AlikeUnits.Pair> alike = AlikeUnits.pairs(List.copyOf(units.keySet()));
        return Stream.concat(periodOrder().warnings().stream(), Stream.of(AlikeUnits.warning(alike, alike.size())))
                .filter(message -> !message.isEmpty())
                .map(message -> new Warning(Warning.Kind.INPUT, message))
                .toList();
    }

    private int highestArm() {
        int highest = 1;
        for (int k = 0; k < size; k++) {
            if (!Double.isNaN(outcomeOf[k])) {
                highest = Math.max(highest, armOf[k]);
            }
        }
        return highest;
    }
}
