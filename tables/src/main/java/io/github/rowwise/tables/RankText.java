package io.github.rowwise.tables;

import io.github.rowwise.RankRule;
import java.util.List;
import java.util.stream.Stream;

/** Parses rules of the rank. */
public final class RankText {

    /** The default of either method. */
    public static final String AUTO = "auto";

    /** The rules that have a name. */
    public static final List<String> NAMES = List.of(AUTO, "sign-flip", "eigenvalue-ratio", "spectral-gap", "held-out");

    private RankText() {}

    /**
     * Parses a rule.
     *
     * @param text one of {@link #NAMES}, a whole number, or one number per arm with control first, such as {@code 3,4}
     * @return the rule
     * @throws IllegalArgumentException if the text is no rule; the message lists what is allowed
     */
    public static RankRule parse(String text) {
        if (text.matches("\\d{1,9}(,\\d{1,9})*")) {
            return RankRule.fixed(
                    Stream.of(text.split(",")).mapToInt(Integer::parseInt).toArray());
        }
        return switch (text) {
            case AUTO, "sign-flip" -> RankRule.signFlip();
            case "eigenvalue-ratio" -> RankRule.eigenvalueRatio();
            case "spectral-gap" -> RankRule.spectralGap();
            case "held-out" -> RankRule.heldOut();
            default ->
                throw Labels.rejection(text, NAMES, ", nor a whole number of 0 or more, or such numbers by arm (3,4)");
        };
    }
}
