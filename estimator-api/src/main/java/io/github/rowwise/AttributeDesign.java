package io.github.rowwise;

import io.github.rowwise.effects.AttributeEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.internal.factor.summary.AttributeSlopes;
import io.github.rowwise.internal.pass.UnitAttributes;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.UnitColumn;
import io.github.rowwise.panel.Warning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of numbers that attributes of units become: a number stays one, a text becomes one indicator per level other than
 * its base. Columns are centred and scaled over all units.
 */
final class AttributeDesign {

    /** A unit without the value of a text attribute has this level. */
    private static final String MISSING = "(missing)";

    /** Units in the arm with the fewest, per column. */
    private static final int UNITS_PER_COLUMN = 4;

    private static final double COLLINEAR = 1e-8;

    private final int units;
    private final List<Column> columns = new ArrayList<>();
    private final List<Levels> levels = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    /** A column; {@code level} and {@code base} are empty for a number. */
    private record Column(
            String attribute, String level, String base, double mean, double deviation, double[] scaled) {}

    /** The levels of a text attribute, the base first, and the number of units of each. */
    private record Levels(String attribute, List<String> names, int[] units) {}

    private AttributeDesign(int units) {
        this.units = units;
    }

    /**
     * Makes the columns.
     *
     * @param estimable number of units that are estimable, in the arm with the fewest
     */
    static AttributeDesign of(List<UnitColumn> attributes, int units, int estimable) {
        AttributeDesign design = new AttributeDesign(units);
        for (UnitColumn attribute : attributes) {
            if (attribute.units() != units) {
                throw new InvalidPanelException("attribute " + Quoted.value(attribute.name()) + " has "
                        + attribute.units() + " values for " + units + " units: give one value per unit");
            }
            if (attribute.isNumeric()) {
                design.addNumber(attribute);
            } else {
                design.addText(attribute);
            }
        }
        if (design.columns.size() * UNITS_PER_COLUMN > estimable) {
            throw new InvalidPanelException("the attributes make " + design.columns.size() + " columns for " + estimable
                    + " units that are estimable: give at most one column per " + UNITS_PER_COLUMN
                    + " units; a text attribute has a column per level but one");
        }
        return design;
    }

    private void addNumber(UnitColumn attribute) {
        double[] values = attribute.numbers();
        double sum = 0;
        int known = 0;
        for (double value : values) {
            sum += Double.isNaN(value) ? 0 : value;
            known += Double.isNaN(value) ? 0 : 1;
        }
        for (int unit = 0; unit < units; unit++) {
            values[unit] = Double.isNaN(values[unit]) ? sum / known : values[unit];
        }
        if (known < units) {
            warn("attribute " + Quoted.value(attribute.name()) + " is missing in " + (units - known)
                    + (units - known == 1 ? " unit, which counts" : " units, which count") + " as average");
        }
        add(attribute.name(), "", "", values);
    }

    private void addText(UnitColumn attribute) {
        List<String> names = new ArrayList<>(attribute.levels());
        int[] indexes = attribute.levelIndexes();
        for (int unit = 0; unit < units; unit++) {
            if (indexes[unit] < 0) {
                if (!names.contains(MISSING)) {
                    names.add(MISSING);
                }
                indexes[unit] = names.indexOf(MISSING);
            }
        }
        int[] counts = new int[names.size()];
        for (int index : indexes) {
            counts[index]++;
        }
        int base = 0;
        for (int k = 0; k < counts.length; k++) {
            base = counts[k] > counts[base] ? k : base;
        }
        List<String> kept = new ArrayList<>(List.of(names.get(base)));
        List<Integer> keptCounts = new ArrayList<>(List.of(counts[base]));
        for (int k = 0; k < counts.length; k++) {
            if (k == base) {
                continue;
            }
            if (counts[k] == 1) {
                warn("attribute " + Quoted.value(attribute.name()) + ": only one unit has the level "
                        + Quoted.value(names.get(k)) + ", so it counts as " + Quoted.value(names.get(base)));
                keptCounts.set(0, keptCounts.get(0) + 1);
                continue;
            }
            double[] indicator = new double[units];
            for (int unit = 0; unit < units; unit++) {
                indicator[unit] = indexes[unit] == k ? 1 : 0;
            }
            if (add(attribute.name(), names.get(k), names.get(base), indicator)) {
                kept.add(names.get(k));
                keptCounts.add(counts[k]);
            }
        }
        if (kept.size() > 1) {
            levels.add(new Levels(
                    attribute.name(),
                    List.copyOf(kept),
                    keptCounts.stream().mapToInt(Integer::intValue).toArray()));
        }
    }

    /** Adds a column unless it is constant or follows from those before it. */
    private boolean add(String attribute, String level, String base, double[] values) {
        String name = Quoted.value(attribute) + (level.isEmpty() ? "" : ", level " + Quoted.value(level));
        double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
        double size = largest > 0 ? largest : 1;
        double mean = Arrays.stream(values).map(value -> value / size).average().orElse(0);
        double square = Arrays.stream(values)
                .map(value -> (value / size - mean) * (value / size - mean))
                .average()
                .orElse(0);
        if (!(square > COLLINEAR * COLLINEAR)) {
            warn("attribute " + name + " is the same in all units and was left out");
            return false;
        }
        double deviation = Math.sqrt(square);
        double[] scaled = Arrays.stream(values)
                .map(value -> (value / size - mean) / deviation)
                .toArray();
        if (follows(scaled)) {
            warn("attribute " + name + " follows from the attributes before it and was left out");
            return false;
        }
        columns.add(new Column(attribute, level, base, mean * size, deviation * size, scaled));
        return true;
    }

    /** Returns whether a column is a combination of those before it, by orthogonalisation in order. */
    private boolean follows(double[] scaled) {
        double[] rest = scaled.clone();
        List<double[]> basis = new ArrayList<>();
        for (Column column : columns) {
            double[] vector = column.scaled().clone();
            remove(basis, vector);
            basis.add(vector);
        }
        remove(basis, rest);
        return inner(rest, rest) < COLLINEAR * units;
    }

    private static void remove(List<double[]> basis, double[] vector) {
        for (int round = 0; round < 2; round++) {
            for (double[] direction : basis) {
                double share = inner(direction, vector) / inner(direction, direction);
                for (int unit = 0; unit < vector.length; unit++) {
                    vector[unit] -= share * direction[unit];
                }
            }
        }
    }

    private static double inner(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private void warn(String message) {
        warnings.add(new Warning(Warning.Kind.ATTRIBUTES, message));
    }

    List<Warning> warnings() {
        return List.copyOf(warnings);
    }

    /** Returns the columns as the core takes them. */
    UnitAttributes values() {
        int count = columns.size();
        if (count == 0) {
            return UnitAttributes.NONE;
        }
        double[] values = new double[units * count];
        for (int c = 0; c < count; c++) {
            for (int unit = 0; unit < units; unit++) {
                values[unit * count + c] = columns.get(c).scaled()[unit];
            }
        }
        return new UnitAttributes(count, values);
    }

    /** Describes the dependence of the effects in each arm, from slopes in outcomes that were multiplied by a scale. */
    List<AttributeEffects> effects(List<AttributeSlopes> byArm, double scale, double degreesOfFreedom) {
        return byArm.stream()
                .map(slopes -> effects(slopes, scale, Math.max(4, degreesOfFreedom - columns.size())))
                .toList();
    }

    private AttributeEffects effects(AttributeSlopes slopes, double scale, double degreesOfFreedom) {
        int width = columns.size() + 1;
        List<AttributeEffects.Coefficient> coefficients = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            Column column = columns.get(c);
            double[] weights = new double[width];
            weights[c + 1] = 1 / column.deviation();
            coefficients.add(new AttributeEffects.Coefficient(
                    column.attribute(),
                    column.level(),
                    column.base(),
                    estimate(slopes, weights, scale, degreesOfFreedom)));
        }
        List<AttributeEffects.LevelAverage> averages = new ArrayList<>();
        for (Levels of : levels) {
            for (int k = 0; k < of.names().size(); k++) {
                double[] weights = new double[width];
                weights[0] = 1;
                for (int c = 0; c < columns.size(); c++) {
                    Column column = columns.get(c);
                    if (column.attribute().equals(of.attribute())) {
                        double indicator = column.level().equals(of.names().get(k)) ? 1 : 0;
                        weights[c + 1] = (indicator - column.mean()) / column.deviation();
                    }
                }
                averages.add(new AttributeEffects.LevelAverage(
                        of.attribute(),
                        of.names().get(k),
                        of.units()[k],
                        estimate(slopes, weights, scale, degreesOfFreedom)));
            }
        }
        return new AttributeEffects(coefficients, averages, explainedShare(slopes));
    }

    private static Estimate estimate(AttributeSlopes slopes, double[] weights, double scale, double degreesOfFreedom) {
        int width = weights.length;
        double value = 0;
        double variance = 0;
        for (int a = 0; a < width; a++) {
            value += weights[a] * slopes.values()[a];
            for (int c = 0; c < width; c++) {
                variance += weights[a] * slopes.covariance()[a * width + c] * weights[c];
            }
        }
        return Estimate.of(value / scale, Math.sqrt(variance) / scale, degreesOfFreedom);
    }

    /** The variance of what the attributes predict, less that of its error. */
    private double explainedShare(AttributeSlopes slopes) {
        int width = columns.size() + 1;
        double explained = 0;
        for (int a = 1; a < width; a++) {
            for (int c = 1; c < width; c++) {
                double correlation =
                        inner(columns.get(a - 1).scaled(), columns.get(c - 1).scaled()) / units;
                double product = slopes.values()[a] * slopes.values()[c] - slopes.covariance()[a * width + c];
                explained += correlation * product;
            }
        }
        explained = Math.max(0, explained);
        return explained / (explained + slopes.residualVariance());
    }
}
