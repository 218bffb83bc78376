package io.github.rowwise.internal.pass;

/** Changes the rows of a panel before a fit reads them, so that they hold covariates. */
public interface RowAdjustment {

    /** Leaves the rows as they are. */
    RowAdjustment NONE = new RowAdjustment() {
        @Override
        public int covariates() {
            return 0;
        }

        @Override
        public PassRunner adjust(PassRunner runner) {
            return runner;
        }
    };

    /** Returns the number of covariates. */
    int covariates();

    /** Returns a runner of the changed rows. */
    PassRunner adjust(PassRunner runner);
}
