package io.github.rowwise.internal.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the known name that a mistyped one was meant to be. */
public final class NearestName {

    private static final int LONGEST = 64;

    private NearestName() {}

    /**
     * Sorts names by how close they are to another.
     *
     * @param wanted the name that was asked for
     * @param known the names there are
     * @return the known names, the closest first, equally close ones in their order
     */
    public static List<String> closestFirst(String wanted, List<String> known) {
        List<String> sorted = new ArrayList<>(known);
        sorted.sort(Comparator.comparingInt(name -> distance(wanted, name)));
        return sorted;
    }

    /**
     * Returns the words that propose the closest name, where one is close.
     *
     * @param wanted the name that was asked for
     * @param known the names there are
     * @return such as {@code ; did you mean "price"?}, or nothing
     */
    public static String didYouMean(String wanted, List<String> known) {
        if (known.isEmpty()) {
            return "";
        }
        String closest = Collections.min(known, Comparator.comparingInt(name -> distance(wanted, name)));
        int bound = Math.max(wanted.length(), closest.length()) / 3;
        return distance(wanted, closest) <= bound ? "; did you mean " + Quoted.value(closest) + "?" : "";
    }

    /** The number of letters to change, add or take away, with upper and lower case the same. */
    public static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        if (a.length() > LONGEST || b.length() > LONGEST) {
            return a.equals(b) ? 0 : Math.max(a.length(), b.length());
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
