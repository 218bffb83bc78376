package io.github.rowwise;

import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Panels and numbers that several tests read. */
final class Tables {

    private Tables() {}

    /** A long table of the test resources with the columns unit, time, outcome, treatment. */
    static Panel panel(String resource) throws IOException {
        PanelBuilder builder = Panel.builder();
        List<String> lines = text(resource).lines().skip(1).toList();
        for (String line : lines) {
            String[] fields = line.split(",", -1);
            double outcome = fields[2].isEmpty() ? Double.NaN : Double.parseDouble(fields[2]);
            builder.add(fields[0], fields[1], Integer.parseInt(fields[3]), outcome);
        }
        return builder.build();
    }

    static String text(String resource) throws IOException {
        try (InputStream in = Tables.class.getResourceAsStream("/" + resource)) {
            if (in == null) {
                throw new IOException("no test resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The units' ATE_i in an arm, NaN where there is none. */
    static double[] ate(UnitEffects effects, int arm) {
        return effects.effects().stream()
                .filter(unit -> unit.arm() == arm)
                .map(UnitEffect::ate)
                .mapToDouble(ate -> ate.isAvailable() ? ate.value() : Double.NaN)
                .toArray();
    }

    /** The largest distance between two arrays, relative to the largest entry; infinite where only one has a NaN. */
    static double distance(double[] first, double[] second) {
        if (first.length != second.length) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        double distance = 0;
        for (int k = 0; k < first.length; k++) {
            if (Double.isNaN(first[k]) != Double.isNaN(second[k])) {
                return Double.POSITIVE_INFINITY;
            }
            if (!Double.isNaN(first[k])) {
                largest = Math.max(largest, Math.max(Math.abs(first[k]), Math.abs(second[k])));
                distance = Math.max(distance, Math.abs(first[k] - second[k]));
            }
        }
        return largest == 0 ? distance : distance / largest;
    }
}
