package io.github.rowwise.diagnostics;

import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.Sums;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sums over the units for the tests of several arms: the column sums of the deviations R, and the units that are tested.
 *
 * <p>A unit is tested if the hash of its name is among the smallest of the units whose arm varies. This choice does not
 * depend on where the units are, and two choices merge.
 */
final class TreatmentDeviations implements PassScratch, Serializable {

    private static final long serialVersionUID = 1;

    private final ArrayList<OfArm> arms = new ArrayList<>();

    /**
     * Starts with no unit.
     *
     * @param firstArm first arm to test
     * @param endArm one after the last arm to test
     * @param periods number of periods
     * @param mostUnits number of units to test
     */
    TreatmentDeviations(int firstArm, int endArm, int periods, int mostUnits) {
        for (int arm = firstArm; arm < endArm; arm++) {
            arms.add(new OfArm(arm, periods, mostUnits));
        }
    }

    TreatmentDeviations add(RowBlock block, CellHash hash, List<String> unitNames) {
        for (int row = 0; row < block.rows(); row++) {
            int unit = block.firstRow() + row;
            for (OfArm arm : arms) {
                arm.add(block, row, hash.unitBits(unit, 0), unitNames.get(unit));
            }
        }
        return this;
    }

    TreatmentDeviations merge(TreatmentDeviations later) {
        for (int k = 0; k < arms.size(); k++) {
            arms.get(k).merge(later.arms.get(k));
        }
        return this;
    }

    List<OfArm> arms() {
        return arms;
    }

    /**
     * A unit that is tested.
     *
     * @param hash of its name and the seed
     * @param name of the unit
     * @param path one entry per period: 1 in the arm, 0 in another arm, {@link RowBlock#MISSING} if missing
     */
    record Unit(long hash, String name, byte[] path) implements Serializable {}

    /** The sums of one arm. */
    static final class OfArm implements Serializable {

        private static final long serialVersionUID = 1;

        private final int arm;
        private final int mostUnits;
        private final double[] columnSums;
        private final ArrayList<Unit> candidates = new ArrayList<>();
        private long highestHash = Long.MAX_VALUE;
        private int varyingUnits;
        private long cells;

        OfArm(int arm, int periods, int mostUnits) {
            this.arm = arm;
            this.mostUnits = mostUnits;
            this.columnSums = new double[periods];
        }

        int arm() {
            return arm;
        }

        /** Column sums of R. */
        double[] columnSums() {
            return columnSums;
        }

        /** Number of units that are in the arm in some of their observed periods, but not in all. */
        int varyingUnits() {
            return varyingUnits;
        }

        /** Observed cells of the varying units. */
        long cells() {
            return cells;
        }

        /** The units to test, by rising hash. */
        List<Unit> tested() {
            prune();
            return candidates;
        }

        private void add(RowBlock block, int row, long hash, String name) {
            int start = row * block.columns();
            int observed = 0;
            int inArm = 0;
            for (int j = 0; j < block.columns(); j++) {
                byte here = block.arms()[start + j];
                observed += here == RowBlock.MISSING ? 0 : 1;
                inArm += here == arm ? 1 : 0;
            }
            double share = observed == 0 ? 0 : (double) inArm / observed;
            for (int j = 0; j < block.columns(); j++) {
                byte here = block.arms()[start + j];
                if (here != RowBlock.MISSING) {
                    columnSums[j] += (here == arm ? 1 : 0) - share;
                }
            }
            if (share > 0 && share < 1) {
                varyingUnits++;
                cells += observed;
                if (hash <= highestHash) {
                    candidates.add(new Unit(hash, name, path(block, start)));
                    // At twice the size, so that sorting costs a constant per candidate.
                    if (candidates.size() >= 2 * mostUnits) {
                        prune();
                    }
                }
            }
        }

        private byte[] path(RowBlock block, int start) {
            byte[] path = new byte[block.columns()];
            for (int j = 0; j < path.length; j++) {
                byte here = block.arms()[start + j];
                path[j] = here == RowBlock.MISSING ? RowBlock.MISSING : (byte) (here == arm ? 1 : 0);
            }
            return path;
        }

        private void merge(OfArm later) {
            Sums.add(columnSums, later.columnSums);
            varyingUnits = Math.addExact(varyingUnits, later.varyingUnits);
            cells += later.cells;
            candidates.addAll(later.candidates);
            prune();
        }

        private void prune() {
            candidates.sort(Comparator.comparingLong(Unit::hash));
            if (candidates.size() >= mostUnits) {
                candidates.subList(mostUnits, candidates.size()).clear();
                highestHash = candidates.get(mostUnits - 1).hash();
            }
        }
    }
}
