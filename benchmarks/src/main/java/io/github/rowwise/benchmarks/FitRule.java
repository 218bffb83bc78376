package io.github.rowwise.benchmarks;

import io.github.rowwise.RankRule;

/** Rank rule of a complete fit. */
public enum FitRule {
    /** The default: parallel analysis with five sign-flipped copies, computed in the same passes. */
    SIGN_FLIP,
    /** A fixed rank of 3. */
    FIXED_3;

    RankRule rule() {
        return switch (this) {
            case SIGN_FLIP -> RankRule.signFlip();
            case FIXED_3 -> RankRule.fixed(3);
        };
    }
}
