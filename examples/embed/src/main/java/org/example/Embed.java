package org.example;

import io.github.rowwise.linalg.BackendReport;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.Locale;

/** Tells which backend the build chose, and lets it decompose a small matrix. */
public final class Embed {

    private Embed() {}

    public static void main(String[] arguments) {
        LinearAlgebra algebra = Backends.select();
        System.out.println("backend " + algebra.name() + " " + algebra.version());
        for (BackendReport report : Backends.report()) {
            System.out.println("found " + report.name() + ": " + report.detail());
        }
        DenseMatrix matrix = DenseMatrix.wrap(new double[] {2, 0, 1, 0, 3, 0, 1, 0, 2, 1, 1, 1}, 4, 3);
        double[] singularValues = algebra.svd(matrix).singularValues();
        System.out.printf(Locale.ROOT, "singular values %.6f %.6f%n", singularValues[0], singularValues[1]);
    }
}
