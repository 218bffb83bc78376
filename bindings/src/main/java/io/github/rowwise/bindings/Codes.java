package io.github.rowwise.bindings;

import io.github.rowwise.internal.text.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A column of texts: a code per row, which is the index of its text, and -1 where there is none.
 *
 * @param name the name of the column
 * @param codes one code per row
 * @param texts different texts
 */
record Codes(String name, int[] codes, List<String> texts) {

    static final int NONE = -1;

    static Codes of(String name, int[] codes, String[] texts) {
        for (int row = 0; row < codes.length; row++) {
            if (codes[row] < NONE || codes[row] >= texts.length) {
                throw new IllegalArgumentException("column " + Quoted.value(name) + ": code " + codes[row]
                        + " at index " + row + "; codes are -1 for a missing value, or 0 to " + (texts.length - 1));
            }
        }
        return new Codes(name, codes.clone(), List.of(texts));
    }

    /** Returns the same column with the texts in the order of their first rows, without those that no row has. */
    Codes inOrderOfRows() {
        int[] order = new int[texts.size()];
        Arrays.fill(order, NONE);
        List<String> used = new ArrayList<>();
        int[] recoded = new int[codes.length];
        for (int row = 0; row < codes.length; row++) {
            int code = codes[row];
            if (code != NONE && order[code] == NONE) {
                order[code] = used.size();
                used.add(texts.get(code));
            }
            recoded[row] = code == NONE ? NONE : order[code];
        }
        return new Codes(name, recoded, used);
    }

    /** Returns the text of a row that has one. */
    String text(int row) {
        return texts.get(codes[row]);
    }
}
