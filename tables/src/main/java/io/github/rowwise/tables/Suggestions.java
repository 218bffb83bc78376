package io.github.rowwise.tables;

import io.github.rowwise.internal.text.NearestName;
import java.util.List;

/** Finds the known name that a mistyped one was meant to be. */
public final class Suggestions {

    private Suggestions() {}

    /**
     * Sorts names by their edit distance to another name.
     *
     * @param wanted the name that was asked for
     * @param known the known names
     * @return the known names, the closest first; ties keep their order
     */
    public static List<String> closestFirst(String wanted, List<String> known) {
        return NearestName.closestFirst(wanted, known);
    }

    /**
     * Returns the words that suggest the closest name.
     *
     * @param wanted the name that was asked for
     * @param known the known names
     * @return such as {@code ; did you mean "price"?}; empty if no name is close
     */
    public static String didYouMean(String wanted, List<String> known) {
        return NearestName.didYouMean(wanted, known);
    }
}
