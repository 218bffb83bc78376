package io.github.rowwise.panel;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Panels for tests. */
public final class Panels {

    private Panels() {}

    public static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(k -> prefix + k).toList();
    }

    /** A panel whose arms are drawn as text, one character a cell: the arm's digit, or a point where missing. */
    public static Panel drawn(String... units) {
        double[][] outcomes = new double[units.length][];
        int[][] arms = new int[units.length][];
        for (int i = 0; i < units.length; i++) {
            outcomes[i] =
                    units[i].chars().mapToDouble(c -> c == '.' ? Double.NaN : 1).toArray();
            arms[i] = units[i].chars().map(c -> c == '.' ? 0 : c - '0').toArray();
        }
        return Panel.of(outcomes, arms, names("u", units.length), names("t", outcomes[0].length));
    }

    /** Normal outcomes, arms and gaps at random; every arm has a cell. */
    static Panel random(SplittableRandom random, int units, int periods, int arms, double missing) {
        double[][] outcomes = new double[units][periods];
        int[][] arm = new int[units][periods];
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < periods; j++) {
                int cell = i * periods + j;
                outcomes[i][j] = cell >= arms && random.nextDouble() < missing ? Double.NaN : random.nextGaussian();
                arm[i][j] = cell < arms ? cell : random.nextInt(arms);
            }
        }
        return Panel.of(outcomes, arm, names("u", units), names("t", periods));
    }

    static double[][] outcomes(Panel panel) {
        return IntStream.range(0, panel.units())
                .mapToObj(i -> IntStream.range(0, panel.periods())
                        .mapToDouble(j -> panel.outcome(i, j))
                        .toArray())
                .toArray(double[][]::new);
    }

    static int[][] arms(Panel panel) {
        return IntStream.range(0, panel.units())
                .mapToObj(i -> IntStream.range(0, panel.periods())
                        .map(j -> panel.arm(i, j))
                        .toArray())
                .toArray(int[][]::new);
    }

    static double[][] copy(double[][] table) {
        return Arrays.stream(table).map(double[]::clone).toArray(double[][]::new);
    }

    static int[][] copy(int[][] table) {
        return Arrays.stream(table).map(int[]::clone).toArray(int[][]::new);
    }

    /** The same panel in blocks of another height, which must not change any result. */
    public static Panel withBlockRows(Panel panel, int rows) {
        PanelNames names = PanelNames.check(panel.unitNames(), panel.periodNames(), panel.armNames());
        PanelCells cells = new PanelCells(names, panel.storage(), rows);
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int period = 0; period < panel.periods(); period++) {
                cells.set(unit, period, panel.arm(unit, period), panel.outcome(unit, period));
            }
        }
        return cells.build();
    }
}
