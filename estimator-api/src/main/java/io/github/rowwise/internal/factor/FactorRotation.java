package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.kernel.SmallInverse;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.model.FactorPriorMean;
import io.github.rowwise.internal.factor.model.FactorState;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.SymmetricEigen;

/**
 * Normalises the factors and transforms the coefficients inversely, so that the likelihood does not change (parameter
 * expansion; Liu, Rubin and Wu 1998, doi:10.1093/biomet/85.4.755).
 *
 * <p>After the rotation:
 *
 * <ul>
 *   <li>the factors have mean zero, and the second moment about their prior mean that maximises the bound;
 *   <li>the prior mean of the loadings is zero: the mean loading moves into the period effects;
 *   <li>the period effects have mean zero: their mean moves into the mean level.
 * </ul>
 */
final class FactorRotation {

    private static final double MIN_EIGENVALUE = 1e-12;

    private final FactorState state;
    private final LinearAlgebra algebra;

    private FactorRotation(FactorState state, LinearAlgebra algebra) {
        this.state = state;
        this.algebra = algebra;
    }

    /**
     * Changes the state in place, including its coefficients.
     *
     * @param shrinkage exponent of the determinant in the prior of the coefficients' covariance
     * @param byStrength whether to rotate the factors so that their loadings are uncorrelated, strongest factor first
     */
    static void apply(
            FactorState state, FactorPriorMean prior, double shrinkage, boolean byStrength, LinearAlgebra algebra) {
        FactorRotation rotation = new FactorRotation(state, algebra);
        if (rank(state) == 0) {
            rotation.moveMeans();
            return;
        }
        double[] centre = rotation.centreFactors();
        double[] root = rotation.root(prior, shrinkage);
        if (byStrength) {
            root = SmallMatrices.times(
                    root, rotation.loadingsAxes(centre, root), rank(state), rank(state), rank(state));
        }
        rotation.rotate(centre, root);
        rotation.moveMeans();
    }

    private static int rank(FactorState state) {
        return state.size.rank();
    }

    private double[] centreFactors() {
        double[] centre = new double[rank(state)];
        for (int k = 0; k < centre.length; k++) {
            centre[k] = SmallMatrices.mean(state.latent[k]);
            for (int j = 0; j < state.periods(); j++) {
                state.latent[k][j] -= centre[k];
            }
        }
        return centre;
    }

    /** Returns the symmetric square root of the factors' second moment about their prior mean. */
    private double[] root(FactorPriorMean prior, double shrinkage) {
        int r = rank(state);
        int g = state.size.latent();
        int m = state.periods();
        double[][] means = prior.means(state.latent, r);
        double target = m * (1 - shrinkage * state.size.blocksOnFactors() / m);
        double[] second = new double[r * r];
        for (int a = 0; a < r; a++) {
            for (int c = 0; c < r; c++) {
                double sum = 0;
                for (int j = 0; j < m; j++) {
                    sum += (state.latent[a][j] - means[a][j]) * (state.latent[c][j] - means[c][j])
                            + state.covariance[j][a * g + c];
                }
                second[a * r + c] = sum / target;
            }
        }
        SymmetricEigen eigen = algebra.symmetricEigen(DenseMatrix.wrap(SmallMatrices.symmetric(second, r), r, r));
        double[] root = new double[r * r];
        for (int k = 0; k < r; k++) {
            double value = Math.sqrt(Math.max(eigen.values()[k], MIN_EIGENVALUE));
            for (int a = 0; a < r; a++) {
                for (int c = 0; c < r; c++) {
                    root[a * r + c] +=
                            eigen.vectors().get(a, k) * value * eigen.vectors().get(c, k);
                }
            }
        }
        return root;
    }

    /** Returns the principal axes of the prior covariance of the loadings, as columns. */
    private double[] loadingsAxes(double[] centre, double[] root) {
        int r = rank(state);
        int k = r + 1;
        int p = state.size.coefficients();
        double[] levels = new double[k * k];
        for (int a = 0; a < k; a++) {
            System.arraycopy(state.priorCovariance, a * p, levels, a * k, k);
        }
        double[] rotated = SmallMatrices.congruence(affine(centre, root), levels, k);
        double[] loadings = new double[r * r];
        for (int a = 0; a < r; a++) {
            System.arraycopy(rotated, (a + 1) * k + 1, loadings, a * r, r);
        }
        SymmetricEigen eigen = algebra.symmetricEigen(DenseMatrix.wrap(loadings, r, r));
        double[] axes = new double[r * r];
        for (int a = 0; a < r; a++) {
            for (int c = 0; c < r; c++) {
                axes[a * r + c] = eigen.vectors().get(a, c);
            }
        }
        return axes;
    }

    /** Returns the transformation of b' that corresponds to f = centre + root f'. */
    private static double[] affine(double[] centre, double[] root) {
        int r = centre.length;
        double[] map = new double[(r + 1) * (r + 1)];
        map[0] = 1;
        for (int a = 0; a < r; a++) {
            map[(a + 1) * (r + 1)] = centre[a];
            System.arraycopy(root, a * r, map, (a + 1) * (r + 1) + 1, r);
        }
        return map;
    }

    private void rotate(double[] centre, double[] root) {
        int r = rank(state);
        int m = state.periods();
        double[] inverse = SmallInverse.of(root, r);
        state.logPrecision += 2 * m * SmallInverse.logAbsoluteDeterminant(root, r);
        double[] column = new double[r];
        for (int j = 0; j < m; j++) {
            for (int a = 0; a < r; a++) {
                column[a] = state.latent[a][j];
            }
            double[] rotated = SmallMatrices.times(inverse, column, r, r, 1);
            for (int a = 0; a < r; a++) {
                state.latent[a][j] = rotated[a];
            }
        }
        int g = state.size.latent();
        double[] map = SmallMatrices.identity(g);
        for (int a = 0; a < r; a++) {
            System.arraycopy(inverse, a * r, map, a * g, r);
        }
        transformCovariances(map);
        transformCoefficients(affine(centre, root));
    }

    private void transformCoefficients(double[] levels) {
        int k = rank(state) + 1;
        int p = state.size.coefficients();
        double[] map = SmallMatrices.identity(p);
        for (int a = 0; a < k; a++) {
            System.arraycopy(levels, a * k, map, a * p, k);
            for (int arm = 1; arm < state.size.arms() && !state.size.constantEffects(); arm++) {
                int first = state.size.firstEffect(arm);
                System.arraycopy(levels, a * k, map, (first + a) * p + first, k);
            }
        }
        state.priorMean = SmallMatrices.times(state.priorMean, map, 1, p, p);
        state.attributeEffects = SmallMatrices.times(state.attributeEffects, map, state.attributes(), p, p);
        state.priorCovariance = SmallMatrices.congruence(map, state.priorCovariance, p);
        double[] unit = new double[p];
        for (int from = 0; from < state.coefficients.length; from += p) {
            System.arraycopy(state.coefficients, from, unit, 0, p);
            System.arraycopy(SmallMatrices.times(unit, map, 1, p, p), 0, state.coefficients, from, p);
        }
    }

    private void moveMeans() {
        int r = rank(state);
        int p = state.size.coefficients();
        int g = state.size.latent();
        double[] nu = state.latent[r];
        double[] map = SmallMatrices.identity(g);
        for (int a = 0; a < r; a++) {
            double loading = state.priorMean[1 + a];
            for (int j = 0; j < nu.length; j++) {
                nu[j] += state.latent[a][j] * loading;
            }
            for (int at = 1 + a; at < state.coefficients.length; at += p) {
                state.coefficients[at] -= loading;
            }
            map[r * g + a] = loading;
            state.priorMean[1 + a] = 0;
        }
        transformCovariances(map);
        double level = SmallMatrices.mean(nu);
        for (int j = 0; j < nu.length; j++) {
            nu[j] -= level;
        }
        state.priorMean[0] += level;
        for (int at = 0; at < state.coefficients.length; at += p) {
            state.coefficients[at] += level;
        }
    }

    private void transformCovariances(double[] map) {
        int g = state.size.latent();
        double[] transposed = SmallMatrices.transposed(map, g, g);
        for (int j = 0; j < state.periods(); j++) {
            state.covariance[j] = SmallMatrices.congruence(transposed, state.covariance[j], g);
            state.lagged[j] =
                    SmallMatrices.times(SmallMatrices.times(map, state.lagged[j], g, g, g), transposed, g, g, g);
        }
    }
}
