package io.github.rowwise.internal.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds units whose names look alike. They stay two units, but may be meant to be one. */
public final class AlikeUnits {

    /** The number of pairs that a warning names. */
    public static final int MOST_NAMED = 3;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /**
     * Two units.
     *
     * @param first the name that comes first
     * @param second another that looks like it
     */
    public record Pair(String first, String second) {}

    private AlikeUnits() {}

    /**
     * Finds pairs of names that look alike. Needs 16 bytes per name.
     *
     * @param names different ones
     * @return each name after the first of its kind, with that one, in the order of the names
     */
    public static List<Pair> pairs(List<String> names) {
        long[] sorted = names.stream().mapToLong(AlikeUnits::hash).sorted().toArray();
        long[] twice = new long[sorted.length];
        int found = 0;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1] && (found == 0 || twice[found - 1] != sorted[i])) {
                twice[found++] = sorted[i];
            }
        }
        if (found == 0) {
            return List.of();
        }
        Map<String, String> first = new LinkedHashMap<>();
        List<Pair> pairs = new ArrayList<>();
        for (String name : names) {
            if (Arrays.binarySearch(twice, 0, found, hash(name)) >= 0) {
                String before = first.putIfAbsent(PlainName.ofUnit(name), name);
                if (before != null) {
                    pairs.add(new Pair(before, name));
                }
            }
        }
        return pairs;
    }

    /**
     * Describes pairs in a warning.
     *
     * @param pairs the first ones at least
     * @param count how many there are
     * @return a sentence without a full stop; empty if there are none
     */
    public static String warning(List<Pair> pairs, long count) {
        if (pairs.isEmpty()) {
            return "";
        }
        long more = count - Math.min(pairs.size(), MOST_NAMED);
        return "units whose names look alike are kept apart: "
                + pairs.stream().limit(MOST_NAMED).map(AlikeUnits::describe).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "")
                + "; if they are one unit, write its name the same in every row";
    }

    private static String describe(Pair pair) {
        return shown(pair.first()) + " and " + shown(pair.second()) + " differ only in " + difference(pair);
    }

    private static String difference(Pair pair) {
        String first = visible(pair.first());
        String second = visible(pair.second());
        if (first.equals(second)) {
            return "blanks or invisible characters";
        }
        if (first.equalsIgnoreCase(second)) {
            return "upper and lower case";
        }
        return first.matches("\\p{ASCII}*") && second.matches("\\p{ASCII}*")
                ? "zeros or in how they are written"
                : "the form of their characters";
    }

    private static String visible(String name) {
        return name.replaceAll("[\\s\\p{Z}\\p{Cf}]+", "");
    }

    /** With what cannot be seen as its code. */
    private static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        Quoted.value(name).codePoints().forEach(c -> {
            boolean isInvisible = c != ' ' && (Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT);
            shown.append(isInvisible ? String.format("\\u%04x", c) : Character.toString(c));
        });
        return shown.toString();
    }

    private static long hash(String name) {
        long hash = FNV_OFFSET;
        String plain = PlainName.ofUnit(name);
        for (int i = 0; i < plain.length(); i++) {
            hash = (hash ^ plain.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
