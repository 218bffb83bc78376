package io.github.rowwise.linalg.tck;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Qr;
import io.github.rowwise.linalg.Svd;
import io.github.rowwise.linalg.SymmetricEigen;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Backends whose factorisations are wrong, everywhere or at certain matrices only. */
final class FactorisationDefects {

    private FactorisationDefects() {}

    static List<Defect> ofSvd() {
        return List.of(
                svd(
                        "full left factor",
                        FactorisationDefects::sevenByThree,
                        svd -> new Svd(ReferenceLinearAlgebra.completed(svd.left()), svd.singularValues(), svd.right()),
                        "2.01"),
                svd(
                        "ascending singular values",
                        a -> true,
                        svd -> new Svd(reversed(svd.left()), reversed(svd.singularValues()), reversed(svd.right())),
                        "2.02"),
                svd(
                        "negative singular value",
                        a -> !zero(a),
                        svd -> {
                            double[] values = svd.singularValues();
                            values[values.length - 1] *= -1;
                            scaleColumn(svd.left(), values.length - 1, -1);
                            return new Svd(svd.left(), values, svd.right());
                        },
                        "2.03"),
                svd("left factor too long", a -> a.rows() == 40, svd -> scaled(svd, 2), "2.04"),
                svd("wrong in tall matrices", a -> a.rows() == 40, FactorisationDefects::wrongSign, "2.05"),
                svd("NaN for the zero matrix", FactorisationDefects::zero, FactorisationDefects::nan, "2.06"),
                svd(
                        "zero left vector at a zero singular value",
                        a -> !zero(a),
                        svd -> {
                            for (int k = 0; k < svd.singularValues().length; k++) {
                                if (svd.singularValues()[k] <= 1e-13 * svd.singularValues()[0]) {
                                    scaleColumn(svd.left(), k, 0);
                                }
                            }
                            return svd;
                        },
                        "2.07",
                        "2.08",
                        "2.09",
                        "2.10",
                        "2.11"),
                svd(
                        "does not see that columns are parallel",
                        a -> a.columns() == 10,
                        svd -> svd.singularValues()[9] < 1e-13 ? nan(svd) : svd,
                        "2.07"),
                svd("NaN at a zero row", a -> a.rows() == 7 && zeroRow(a, 1), FactorisationDefects::nan, "2.08"),
                svd(
                        "NaN at equal singular values",
                        a -> !zero(a),
                        svd -> svd.singularValues().length > 1
                                        && svd.singularValues()[1] > svd.singularValues()[0] * (1 - 1e-12)
                                ? nan(svd)
                                : svd,
                        "2.09"),
                svd("tiny matrices vanish", FactorisationDefects::tiny, svd -> scaled(svd, 0), "2.10"),
                svd("huge matrices overflow", FactorisationDefects::huge, FactorisationDefects::nan, "2.11"),
                svd("wrong in blocked code", a -> a.rows() > 128, FactorisationDefects::wrongSign, "2.12"));
    }

    static List<Defect> ofEigen() {
        return List.of(
                eigen(
                        "a value too few for a 2 x 2 matrix",
                        a -> a.rows() == 2 && Oracle.largest(a) > 0,
                        eigen -> new SymmetricEigen(new double[] {eigen.values()[0]}, eigen.vectors()),
                        "3.01",
                        "3.04"),
                eigen(
                        "ascending eigenvalues",
                        a -> true,
                        eigen -> new SymmetricEigen(reversed(eigen.values()), reversed(eigen.vectors())),
                        "3.02"),
                eigen("vectors too long", a -> a.rows() == 33, eigen -> scaled(eigen, 2), "3.03"),
                eigen("wrong value", a -> a.rows() == 33, FactorisationDefects::wrongValue, "3.04"),
                eigen(
                        "NaN at equal values",
                        a -> !zero(a),
                        eigen -> eigen.values().length > 1
                                        && eigen.values()[0] > 0
                                        && eigen.values()[1] > eigen.values()[0] * (1 - 1e-12)
                                ? nan(eigen)
                                : eigen,
                        "3.05"),
                eigen(
                        "NaN where a semidefinite matrix lacks rank",
                        a -> !zero(a),
                        eigen -> Math.abs(eigen.values()[eigen.values().length - 1]) < 1e-12 * eigen.values()[0]
                                ? nan(eigen)
                                : eigen,
                        "3.06"),
                eigen("NaN for the zero matrix", a -> zero(a) && a.rows() > 1, FactorisationDefects::nan, "3.07"),
                eigen("tiny matrices vanish", FactorisationDefects::tiny, eigen -> scaled(eigen, 0), "3.08"),
                eigen("huge matrices overflow", FactorisationDefects::huge, FactorisationDefects::nan, "3.09"),
                eigen(
                        "magnitude for the value of a 1 x 1 matrix",
                        a -> a.rows() == 1 && a.get(0, 0) == -3,
                        FactorisationDefects::wrongValue,
                        "3.10"),
                eigen("wrong in blocked code", a -> a.rows() > 128, FactorisationDefects::wrongValue, "3.11"));
    }

    static List<Defect> ofQr() {
        return List.of(
                qr(
                        "full Q",
                        FactorisationDefects::sevenByThree,
                        qr -> new Qr(ReferenceLinearAlgebra.completed(qr.orthogonal()), qr.triangular()),
                        "4.01"),
                qr(
                        "Q too long",
                        a -> a.rows() == 40,
                        qr -> new Qr(Matrices.scaled(2, qr.orthogonal()), Matrices.scaled(0.5, qr.triangular())),
                        "4.02"),
                qr(
                        "rubbish below the diagonal",
                        a -> a.rows() == 6 && a.columns() == 6,
                        qr -> {
                            qr.triangular().set(5, 0, 1e-16);
                            return qr;
                        },
                        "4.03"),
                qr("wrong in tall matrices", a -> a.rows() == 40, FactorisationDefects::wrongSign, "4.04"),
                qr(
                        "zero column of Q where the matrix lacks rank",
                        a -> !zero(a),
                        qr -> {
                            for (int k = 0; k < qr.triangular().rows(); k++) {
                                if (Math.abs(qr.triangular().get(k, k)) <= 1e-13 * Oracle.largest(qr.triangular())) {
                                    scaleColumn(qr.orthogonal(), k, 0);
                                }
                            }
                            return qr;
                        },
                        "4.05"),
                qr("NaN for the zero matrix", FactorisationDefects::zero, FactorisationDefects::nan, "4.06"),
                qr("NaN for tiny matrices", FactorisationDefects::tiny, FactorisationDefects::nan, "4.07"),
                qr("huge matrices overflow", FactorisationDefects::huge, FactorisationDefects::nan, "4.08"),
                qr("wrong in blocked code", a -> a.columns() > 128, FactorisationDefects::wrongSign, "4.09"));
    }

    private static Defect svd(String name, Predicate<DenseMatrix> where, UnaryOperator<Svd> spoil, String... rules) {
        LinearAlgebra algebra = new ReferenceLinearAlgebra() {
            @Override
            public Svd svd(DenseMatrix a) {
                return where.test(a) ? spoil.apply(super.svd(a)) : super.svd(a);
            }
        };
        return Defect.of("SVD: " + name, algebra, rules);
    }

    private static Defect eigen(
            String name, Predicate<DenseMatrix> where, UnaryOperator<SymmetricEigen> spoil, String... rules) {
        LinearAlgebra algebra = new ReferenceLinearAlgebra() {
            @Override
            public SymmetricEigen symmetricEigen(DenseMatrix a) {
                return where.test(a) ? spoil.apply(super.symmetricEigen(a)) : super.symmetricEigen(a);
            }
        };
        return Defect.of("eigen: " + name, algebra, rules);
    }

    private static Defect qr(String name, Predicate<DenseMatrix> where, UnaryOperator<Qr> spoil, String... rules) {
        LinearAlgebra algebra = new ReferenceLinearAlgebra() {
            @Override
            public Qr qr(DenseMatrix a) {
                return where.test(a) ? spoil.apply(super.qr(a)) : super.qr(a);
            }
        };
        return Defect.of("QR: " + name, algebra, rules);
    }

    private static Svd nan(Svd svd) {
        return scaled(svd, Double.NaN);
    }

    private static SymmetricEigen nan(SymmetricEigen eigen) {
        return scaled(eigen, Double.NaN);
    }

    private static Qr nan(Qr qr) {
        return new Qr(Matrices.scaled(Double.NaN, qr.orthogonal()), qr.triangular());
    }

    private static Svd wrongSign(Svd svd) {
        scaleColumn(svd.left(), 0, -1);
        return svd;
    }

    private static Qr wrongSign(Qr qr) {
        scaleColumn(qr.orthogonal(), 0, -1);
        return qr;
    }

    private static SymmetricEigen wrongValue(SymmetricEigen eigen) {
        double[] values = eigen.values();
        values[0] *= -1;
        return new SymmetricEigen(values, eigen.vectors());
    }

    /** A factor that is longer, with values that make up for it; with factor 0 only the values are gone. */
    private static Svd scaled(Svd svd, double factor) {
        DenseMatrix left = factor == 0 ? svd.left() : Matrices.scaled(factor, svd.left());
        return new Svd(left, divided(svd.singularValues(), factor), svd.right());
    }

    private static SymmetricEigen scaled(SymmetricEigen eigen, double factor) {
        DenseMatrix vectors = factor == 0 ? eigen.vectors() : Matrices.scaled(factor, eigen.vectors());
        return new SymmetricEigen(divided(eigen.values(), factor * factor), vectors);
    }

    private static double[] divided(double[] values, double by) {
        double[] divided = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            divided[k] = by == 0 ? 0 : values[k] / by;
        }
        return divided;
    }

    private static void scaleColumn(DenseMatrix a, int column, double factor) {
        for (int i = 0; i < a.rows(); i++) {
            a.set(i, column, factor * a.get(i, column));
        }
    }

    private static boolean sevenByThree(DenseMatrix a) {
        return a.rows() == 7 && a.columns() == 3 && !zero(a);
    }

    private static boolean zero(DenseMatrix a) {
        return Oracle.largest(a) == 0;
    }

    private static boolean tiny(DenseMatrix a) {
        return !zero(a) && Oracle.largest(a) < 1e-140;
    }

    private static boolean huge(DenseMatrix a) {
        return Oracle.largest(a) > 1e140;
    }

    private static boolean zeroRow(DenseMatrix a, int row) {
        return Oracle.largest(a) > 0 && Oracle.largest(a.rowRange(row, 1)) == 0;
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            reversed[k] = values[values.length - 1 - k];
        }
        return reversed;
    }

    private static DenseMatrix reversed(DenseMatrix columns) {
        DenseMatrix reversed = DenseMatrix.zeros(columns.rows(), columns.columns());
        for (int i = 0; i < columns.rows(); i++) {
            for (int j = 0; j < columns.columns(); j++) {
                reversed.set(i, j, columns.get(i, columns.columns() - 1 - j));
            }
        }
        return reversed;
    }
}
