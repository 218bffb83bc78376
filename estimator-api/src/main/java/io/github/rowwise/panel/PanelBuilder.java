package io.github.rowwise.panel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Collects observations by name, in any order; made by {@link Panel#builder()}.
 *
 * <p>Units keep the order in which they first occur. Keeps one number of each kind for every observation and no
 * objects. Not safe for several threads.
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

    private final Map<String, Integer> units = new LinkedHashMap<>();
    private final Map<String, Integer> periods = new LinkedHashMap<>();
    private int size;
    private int[] unitOf = new int[1024];
    private int[] periodOf = new int[1024];
    private int[] armOf = new int[1024];
    private double[] outcomeOf = new double[1024];
    private List<String> armNames = List.of();

    PanelBuilder() {}

    /**
     * Names the arms; without it they are named by their numbers.
     *
     * @param names one name an arm, control first
     * @return this
     */
    public PanelBuilder armNames(List<String> names) {
        armNames = List.copyOf(names);
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
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(period, "period");
        if (size == unitOf.length) {
            int capacity = Math.addExact(size, size / 2);
            unitOf = Arrays.copyOf(unitOf, capacity);
            periodOf = Arrays.copyOf(periodOf, capacity);
            armOf = Arrays.copyOf(armOf, capacity);
            outcomeOf = Arrays.copyOf(outcomeOf, capacity);
        }
        unitOf[size] = units.computeIfAbsent(unit, name -> units.size());
        periodOf[size] = periods.computeIfAbsent(period, name -> periods.size());
        armOf[size] = arm;
        outcomeOf[size] = outcome;
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
     * @throws InvalidPanelException if a unit occurs twice in a period, an outcome is infinite, an arm is negative or
     *     has no observed cell, or there are fewer than two units, periods or arms
     */
    public Panel build() {
        PeriodOrder order = PeriodOrder.of(List.copyOf(periods.keySet()));
        int[] position = new int[periods.size()];
        periods.forEach((text, index) ->
                position[index] = Objects.requireNonNull(order.codes().get(text)));
        PanelCells cells = Panel.cells(
                new ArrayList<>(units.keySet()),
                order.names(),
                armNames.isEmpty() ? PanelCells.numberedArms(highestArm()) : armNames);
        for (int k = 0; k < size; k++) {
            cells.set(unitOf[k], position[periodOf[k]], armOf[k], outcomeOf[k]);
        }
        return cells.build();
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
