package io.github.rowwise;

import java.util.List;

/** The backends that the tests of this module run on. */
public final class TestedBackends {

    public static final List<String> NAMES = List.of("ejml", "ojalgo", "nd4j");

    private TestedBackends() {}
}
