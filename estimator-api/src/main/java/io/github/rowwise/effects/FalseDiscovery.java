package io.github.rowwise.effects;

import io.github.rowwise.internal.stats.BenjaminiHochberg;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Benjamini and Hochberg's step-up procedure. */
final class FalseDiscovery {

    private FalseDiscovery() {}

    /** Sets the q-values of one arm's entries, NaN where there is no p-value. */
    static void fillQValues(List<UnitEffect> units, int arm, double[] qValues) {
        IntStream.range(0, units.size()).filter(k -> units.get(k).arm() == arm).forEach(k -> qValues[k] = Double.NaN);
        List<Integer> falling = IntStream.range(0, units.size())
                .filter(k -> units.get(k).arm() == arm && units.get(k).ate().hasStandardError())
                .boxed()
                .sorted(Comparator.comparingDouble(
                                (Integer k) -> units.get(k).ate().pValue())
                        .reversed())
                .toList();
        BenjaminiHochberg stepUp = new BenjaminiHochberg(falling.size(), 1);
        for (int k = 0; k < falling.size(); k++) {
            qValues[falling.get(k)] =
                    stepUp.next(units.get(falling.get(k)).ate().pValue(), falling.size() - k);
        }
    }
}
