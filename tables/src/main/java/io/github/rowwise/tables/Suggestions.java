package io.github.rowwise.tables;

import io.github.rowwise.internal.text.NearestName;
import java.util.List;

/** Which of the known names a mistyped one was meant to be. */
public final class Suggestions {

    private Suggestions() {}

    /**
     * Sorts names by how close they are to another.
     *
     * @param wanted the name that was asked for
     * @param known the names there are
     * @return the known names, the closest first, equally close ones in their order
     */
    public static List<String> closestFirst(String wanted, List<String> known) {
        return NearestName.closestFirst(wanted, known);
    }

    /**
     * Returns the words that propose the closest name, where one is close.
     *
     * @param wanted the name that was asked for
     * @param known the names there are
     * @return such as {@code ; did you mean "price"?}, or nothing
     */
    public static String didYouMean(String wanted, List<String> known) {
        return NearestName.didYouMean(wanted, known);
    }
}
