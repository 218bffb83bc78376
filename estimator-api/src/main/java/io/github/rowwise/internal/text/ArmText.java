package io.github.rowwise.internal.text;

import java.util.List;

/** An arm as a message names it. */
public final class ArmText {

    private static final List<String> FLAGS = List.of("0", "1", "false", "true");

    private ArmText() {}

    /**
     * Names an arm.
     *
     * @param armNames names of all arms, control first
     * @param arm the arm
     * @return its name; "control" or "treated" if the names of two arms are flags
     */
    public static String of(List<String> armNames, int arm) {
        if (armNames.size() == 2 && FLAGS.contains(armNames.get(arm))) {
            return arm == 0 ? "control" : "treated";
        }
        return Quoted.plain(armNames.get(arm)) + (arm == 0 ? " (control)" : "");
    }
}
