package io.github.rowwise.benchmarks.study;

import io.github.rowwise.RankRule;

/** The rank rules of the whole fits. */
public enum FitRule {
    /** The default: five copies with random signs go through the same passes. */
    SIGN_FLIP,
    /** The rank is known. */
    FIXED_3;

    public RankRule rule() {
        return switch (this) {
            case SIGN_FLIP -> RankRule.signFlip();
            case FIXED_3 -> RankRule.fixed(3);
        };
    }
}
