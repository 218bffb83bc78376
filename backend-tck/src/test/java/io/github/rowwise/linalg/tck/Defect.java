package io.github.rowwise.linalg.tck;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.LinearAlgebraProvider;
import java.util.Set;

/**
 * A backend with one defect.
 *
 * @param name description of the defect
 * @param provider provider of the backend
 * @param rules numbers of the rules that must fail; no other rule may
 */
record Defect(String name, LinearAlgebraProvider provider, Set<String> rules) {

    static Defect of(String name, LinearAlgebra algebra, String... rules) {
        return new Defect(name, new ReferenceProvider(algebra), Set.of(rules));
    }

    @Override
    public String toString() {
        return name;
    }

    /** Returns the matrix as a backend sees it that ignores the offset. */
    static DenseMatrix withoutOffset(DenseMatrix a) {
        return DenseMatrix.wrap(a.values(), 0, a.rows(), a.columns(), a.stride());
    }

    /** Returns the matrix as a backend sees it that ignores the stride. */
    static DenseMatrix withoutStride(DenseMatrix a) {
        return DenseMatrix.wrap(a.values(), a.offset(), a.rows(), a.columns(), a.columns());
    }

    /** Replaces the first entry, unless it is zero, by an adjacent number. */
    static void nudge(DenseMatrix a) {
        a.set(0, 0, a.get(0, 0) * (1 + Math.ulp(1.0)));
    }
}
