package io.github.rowwise.linalg.tck;

import static io.github.rowwise.linalg.tck.Defect.withoutOffset;
import static io.github.rowwise.linalg.tck.Defect.withoutStride;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Backends whose product is wrong. */
final class MultiplyDefects {

    /** A product, made with the help of the right one. */
    private interface Product {
        void multiply(
                LinearAlgebra right,
                double alpha,
                DenseMatrix a,
                boolean ta,
                DenseMatrix b,
                boolean tb,
                double beta,
                DenseMatrix c);
    }

    private MultiplyDefects() {}

    static List<Defect> all() {
        return List.of(
                of(
                        "ignores transposeB of a square matrix",
                        (right, alpha, a, ta, b, tb, beta, c) ->
                                right.multiply(alpha, a, ta, b, tb && b.rows() != b.columns(), beta, c),
                        "1.01"),
                of(
                        "ignores alpha",
                        (right, alpha, a, ta, b, tb, beta, c) -> right.multiply(1, a, ta, b, tb, beta, c),
                        "1.02"),
                of(
                        "ignores beta",
                        (right, alpha, a, ta, b, tb, beta, c) -> right.multiply(alpha, a, ta, b, tb, 0, c),
                        "1.02",
                        "1.06",
                        "1.08"),
                of(
                        "multiplies the former content by beta even where that is 0",
                        (right, alpha, a, ta, b, tb, beta, c) -> {
                            DenseMatrix former = c.copy();
                            right.multiply(alpha, a, ta, b, tb, beta, c);
                            if (beta == 0) {
                                replace(c, Oracle.sum(1, c, beta, former));
                            }
                        },
                        "1.03"),
                of(
                        "ignores the offset of operands",
                        (right, alpha, a, ta, b, tb, beta, c) ->
                                right.multiply(alpha, withoutOffset(a), ta, withoutOffset(b), tb, beta, c),
                        "1.04"),
                of(
                        "ignores the stride of operands",
                        (right, alpha, a, ta, b, tb, beta, c) ->
                                right.multiply(alpha, withoutStride(a), ta, withoutStride(b), tb, beta, c),
                        "1.05"),
                of(
                        "ignores the offset of the result",
                        (right, alpha, a, ta, b, tb, beta, c) ->
                                right.multiply(alpha, a, ta, b, tb, beta, withoutOffset(c)),
                        "1.06",
                        "1.07"),
                of(
                        "writes beyond the columns of the result",
                        (right, alpha, a, ta, b, tb, beta, c) -> {
                            right.multiply(alpha, a, ta, b, tb, beta, c);
                            if (c.stride() > c.columns()) {
                                c.values()[c.offset() + c.columns()] = 0;
                            }
                        },
                        "1.07"),
                of(
                        "returns at once where the inner size is 0",
                        (right, alpha, a, ta, b, tb, beta, c) -> {
                            if ((ta ? a.rows() : a.columns()) > 0) {
                                right.multiply(alpha, a, ta, b, tb, beta, c);
                            }
                        },
                        "1.08"),
                of("small products vanish", entrywise(entry -> Math.abs(entry) < 1e-200 ? 0 : entry), "1.09"),
                of("large products overflow", entrywise(entry -> entry * 1e20 / 1e20), "1.09"),
                of(
                        "wrong where both operands are the same",
                        (right, alpha, a, ta, b, tb, beta, c) ->
                                right.multiply(a == b ? 2 * alpha : alpha, a, ta, b, tb, beta, c),
                        "1.10"),
                of(
                        "wrong in blocked code",
                        (right, alpha, a, ta, b, tb, beta, c) -> {
                            right.multiply(alpha, a, ta, b, tb, beta, c);
                            if (c.rows() > 256) {
                                c.set(256, 0, 0);
                            }
                        },
                        "1.11"));
    }

    private static Defect of(String name, Product product, String... rules) {
        LinearAlgebra right = new ReferenceLinearAlgebra();
        return Defect.of(
                name,
                new ReferenceLinearAlgebra() {
                    @Override
                    public void multiply(
                            double alpha,
                            DenseMatrix a,
                            boolean transposeA,
                            DenseMatrix b,
                            boolean transposeB,
                            double beta,
                            DenseMatrix c) {
                        product.multiply(right, alpha, a, transposeA, b, transposeB, beta, c);
                    }
                },
                rules);
    }

    private static Product entrywise(DoubleUnaryOperator operator) {
        return (right, alpha, a, ta, b, tb, beta, c) -> {
            right.multiply(alpha, a, ta, b, tb, beta, c);
            for (int i = 0; i < c.rows(); i++) {
                for (int j = 0; j < c.columns(); j++) {
                    c.set(i, j, operator.applyAsDouble(c.get(i, j)));
                }
            }
        };
    }

    private static void replace(DenseMatrix a, DenseMatrix by) {
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                a.set(i, j, by.get(i, j));
            }
        }
    }
}
