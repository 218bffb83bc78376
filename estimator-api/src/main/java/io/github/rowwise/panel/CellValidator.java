package io.github.rowwise.panel;

import java.util.List;

/** Checks cells on their way into a panel, and keeps what a panel knows of all of them. */
final class CellValidator {

    private final PanelNames names;
    private final OutcomeStorage storage;
    private final long[] cellsPerArm;
    private double largestOutcome;

    CellValidator(PanelNames names, OutcomeStorage storage) {
        this.names = names;
        this.storage = storage;
        this.cellsPerArm = new long[names.arms().size()];
    }

    /** Returns whether a covariate of a cell is missing, which makes the cell missing. Rejects impossible ones. */
    boolean lacksCovariate(int unit, int period, double[] values) {
        List<String> covariates = names.covariates();
        if (values.length != covariates.size()) {
            throw new InvalidPanelException(names.cell(unit, period) + " has " + values.length + " covariates for "
                    + covariates.size() + " names " + covariates + ": give one number per covariate");
        }
        boolean isMissing = false;
        for (int k = 0; k < values.length; k++) {
            isMissing |= Double.isNaN(values[k]);
            if (Math.abs(values[k]) > OutcomeStorage.LARGEST_OUTCOME) {
                throw new InvalidPanelException(names.cell(unit, period) + " has the covariate '" + covariates.get(k)
                        + "' of " + values[k] + ": give a number of at most " + OutcomeStorage.LARGEST_OUTCOME
                        + " in size, or NaN if it is missing");
            }
        }
        return isMissing;
    }

    /** Takes a cell with an outcome. */
    void accept(int unit, int period, int arm, double outcome) {
        if (!Double.isFinite(outcome)) {
            throw new InvalidPanelException(names.cell(unit, period) + " has the outcome " + outcome
                    + ": give a finite number, or leave it out");
        }
        if (Math.abs(outcome) > OutcomeStorage.LARGEST_OUTCOME) {
            throw new InvalidPanelException(names.cell(unit, period) + " has the outcome " + outcome + ", beyond "
                    + OutcomeStorage.LARGEST_OUTCOME
                    + " in size, where sums become infinite: give outcomes in another unit,"
                    + " or leave it out if it means a missing outcome");
        }
        if (arm < 0 || arm >= cellsPerArm.length) {
            throw new InvalidPanelException(names.cell(unit, period) + " has the arm " + arm
                    + ": arms go from 0 (control) to " + (cellsPerArm.length - 1) + "; check the treatment column");
        }
        if (!storage.holds(outcome)) {
            throw new InvalidPanelException(names.cell(unit, period) + " has the outcome " + outcome
                    + ", which float storage cannot keep (0, or 1.2e-38 to 3.4e38 in size): keep outcomes as doubles, or"
                    + " give them in another unit");
        }
        cellsPerArm[arm]++;
        largestOutcome = Math.max(largestOutcome, Math.abs(storage.round(outcome)));
    }

    /** Rejects a panel in which an arm has no cell. */
    void finish() {
        for (int arm = 0; arm < cellsPerArm.length; arm++) {
            if (cellsPerArm[arm] == 0) {
                throw new InvalidPanelException("arm '" + names.arms().get(arm)
                        + "' has no observed cell: an effect needs outcomes in each arm; check the treatment column");
            }
        }
    }

    long[] cellsPerArm() {
        return cellsPerArm.clone();
    }

    double largestOutcome() {
        return largestOutcome;
    }
}
