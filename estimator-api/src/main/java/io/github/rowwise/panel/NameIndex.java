package io.github.rowwise.panel;

import io.github.rowwise.internal.text.NearestName;
import io.github.rowwise.internal.text.Quoted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds names of a panel by their text. The table is made at the first call. */
final class NameIndex {

    private final String what;
    private final List<String> names;
    private volatile @Nullable Map<String, Integer> positions;

    /** Of different names, each of which is a {@code what}. */
    NameIndex(String what, List<String> names) {
        this.what = what;
        this.names = names;
    }

    /** The position of a name, or an exception that suggests the closest one. */
    int of(String name) {
        Integer position = positions().get(name);
        if (position == null) {
            throw new IllegalArgumentException("there is no " + what + " " + Quoted.value(name) + " among the "
                    + names.size() + " " + what + "s of the panel" + NearestName.didYouMean(name, names));
        }
        return position;
    }

    private Map<String, Integer> positions() {
        Map<String, Integer> known = positions;
        if (known == null) {
            known = new HashMap<>(names.size() * 2);
            for (int k = 0; k < names.size(); k++) {
                known.put(names.get(k), k);
            }
            positions = known;
        }
        return known;
    }
}
