package io.github.rowwise.linalg;

/** A correct backend in few lines, good enough for well-conditioned matrices. */
class TextbookLinearAlgebra implements LinearAlgebra {

    @Override
    public String name() {
        return "textbook";
    }

    @Override
    public String version() {
        return "1.2.3";
    }

    @Override
    public void multiply(
            double alpha,
            DenseMatrix a,
            boolean transposeA,
            DenseMatrix b,
            boolean transposeB,
            double beta,
            DenseMatrix c) {
        int inner = transposeA ? a.rows() : a.columns();
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                double sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum += (transposeA ? a.get(k, i) : a.get(i, k)) * (transposeB ? b.get(j, k) : b.get(k, j));
                }
                c.set(i, j, alpha * sum + (beta == 0 ? 0 : beta * c.get(i, j)));
            }
        }
    }

    /** The right vectors are those of A' A. */
    @Override
    public Svd svd(DenseMatrix a) {
        DenseMatrix gram = DenseMatrix.zeros(a.columns(), a.columns());
        multiply(1, a, true, a, false, 0, gram);
        SymmetricEigen eigen = symmetricEigen(gram);
        DenseMatrix left = DenseMatrix.zeros(a.rows(), a.columns());
        multiply(1, a, false, eigen.vectors(), false, 0, left);
        double[] values = new double[a.columns()];
        for (int k = 0; k < values.length; k++) {
            values[k] = Math.sqrt(eigen.values()[k]);
            for (int i = 0; i < a.rows(); i++) {
                left.set(i, k, left.get(i, k) / values[k]);
            }
        }
        return new Svd(left, values, eigen.vectors());
    }

    /** Jacobi rotations. The values are in no order. */
    @Override
    public SymmetricEigen symmetricEigen(DenseMatrix matrix) {
        int n = matrix.rows();
        DenseMatrix a = matrix.copy();
        DenseMatrix q = DenseMatrix.zeros(n, n);
        for (int k = 0; k < n; k++) {
            q.set(k, k, 1);
        }
        for (int sweep = 0; sweep < 12; sweep++) {
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    if (a.get(i, j) != 0) {
                        double zeta = (a.get(j, j) - a.get(i, i)) / (2 * a.get(i, j));
                        double tangent = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
                        double cosine = 1 / Math.hypot(1, tangent);
                        rotateColumns(a, i, j, cosine, tangent * cosine);
                        rotateRows(a, i, j, cosine, tangent * cosine);
                        rotateColumns(q, i, j, cosine, tangent * cosine);
                    }
                }
            }
        }
        double[] values = new double[n];
        for (int k = 0; k < n; k++) {
            values[k] = a.get(k, k);
        }
        return new SymmetricEigen(values, q);
    }

    /** Gram-Schmidt, twice over. */
    @Override
    public Qr qr(DenseMatrix a) {
        DenseMatrix q = a.copy();
        DenseMatrix r = DenseMatrix.zeros(a.columns(), a.columns());
        for (int j = 0; j < a.columns(); j++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < j; k++) {
                    double part = dot(q, k, j);
                    r.set(k, j, r.get(k, j) + part);
                    for (int i = 0; i < a.rows(); i++) {
                        q.set(i, j, q.get(i, j) - part * q.get(i, k));
                    }
                }
            }
            double norm = Math.sqrt(dot(q, j, j));
            r.set(j, j, norm);
            for (int i = 0; i < a.rows(); i++) {
                q.set(i, j, q.get(i, j) / norm);
            }
        }
        return new Qr(q, r);
    }

    private static double dot(DenseMatrix a, int j, int k) {
        double sum = 0;
        for (int i = 0; i < a.rows(); i++) {
            sum += a.get(i, j) * a.get(i, k);
        }
        return sum;
    }

    private static void rotateColumns(DenseMatrix a, int i, int j, double cosine, double sine) {
        for (int k = 0; k < a.rows(); k++) {
            double x = a.get(k, i);
            double y = a.get(k, j);
            a.set(k, i, cosine * x - sine * y);
            a.set(k, j, sine * x + cosine * y);
        }
    }

    private static void rotateRows(DenseMatrix a, int i, int j, double cosine, double sine) {
        for (int k = 0; k < a.columns(); k++) {
            double x = a.get(i, k);
            double y = a.get(j, k);
            a.set(i, k, cosine * x - sine * y);
            a.set(j, k, sine * x + cosine * y);
        }
    }
}
