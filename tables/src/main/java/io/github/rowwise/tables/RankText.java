package io.github.rowwise.tables;

import io.github.rowwise.RankRule;
import java.util.List;
import java.util.stream.Stream;

/** Rules of the rank as options write them. */
public final class RankText {

    /** The rules that have a name. */
    public static final List<String> NAMES =
            List.of("auto", "sign-flip", "eigenvalue-ratio", "spectral-gap", "held-out");

    private RankText() {}

    /**
     * Reads a rule.
     *
     * @param text one of {@link #NAMES}, a whole number, or one an arm with control first, such as {@code 3,4}
     * @throws IllegalArgumentException where it is none, with what is allowed
     */
    public static RankRule parse(String text) {
        if (text.matches("\\d{1,9}(,\\d{1,9})*")) {
            return RankRule.fixed(
                    Stream.of(text.split(",")).mapToInt(Integer::parseInt).toArray());
        }
        return switch (text) {
            case "auto", "sign-flip" -> RankRule.signFlip();
            case "eigenvalue-ratio" -> RankRule.eigenvalueRatio();
            case "spectral-gap" -> RankRule.spectralGap();
            case "held-out" -> RankRule.heldOut();
            default ->
                throw Labels.rejection(text, NAMES, ", nor a whole number of 0 or more, or such numbers by arm (3,4)");
        };
    }
}
