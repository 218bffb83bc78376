package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.PositiveDefinite;
import io.github.rowwise.internal.factor.kernel.SmallMatrices;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.UnitGroup;
import io.github.rowwise.internal.pass.UnitAttributes;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Sums of the units' posterior moments: of the deviations of the means from the former prior means, of their products with each
 * other and with the attributes, of the covariances and of the log determinants.
 *
 * <p>The attributes are augmented: the first is 1 and goes with the mean. Vectors of p coefficients per augmented attribute are
 * stored attribute by attribute.
 */
public final class CoefficientMoments implements Serializable {

    private static final long serialVersionUID = 1;

    private final int p;

    /** Number of augmented attributes. */
    private final int width;

    /** Sums of the deviations times each augmented attribute. */
    private final double[] sums;

    public final double[] products;
    public final double[] covariances;
    public double logDeterminants;

    /** Number of units. */
    public double units;

    /** Sums of the products of the augmented attributes, square. */
    private final double[] attributes;

    CoefficientMoments(int p, int width) {
        this.p = p;
        this.width = width;
        this.sums = new double[p * width];
        this.products = new double[p * p];
        this.covariances = new double[p * p];
        this.attributes = new double[width * width];
    }

    /** Adds the posterior of a unit, given its former prior mean. */
    void add(UnitBatch unit, double[] centre, UnitAttributes values, int index) {
        add(unit.mean, unit.covariance, centre, values, index);
        logDeterminants += unit.logDeterminant;
    }

    /** Adds a posterior without its determinant, which the update of the prior does not take. */
    public void add(double[] mean, double[] covariance, double[] centre, UnitAttributes values, int index) {
        for (int i = 0; i < p; i++) {
            double deviation = mean[i] - centre[i];
            sums[i] += deviation;
            for (int c = 1; c < width; c++) {
                sums[c * p + i] += deviation * values.augmented(index, c);
            }
            for (int j = 0; j < p; j++) {
                products[i * p + j] += deviation * (mean[j] - centre[j]);
                covariances[i * p + j] += covariance[i * p + j];
            }
        }
        for (int a = 0; a < width && width > 1; a++) {
            for (int c = 0; c < width; c++) {
                attributes[a * width + c] += values.augmented(index, a) * values.augmented(index, c);
            }
        }
        units++;
    }

    public static CoefficientMoments[] byGroup(int p, int width) {
        CoefficientMoments[] groups = new CoefficientMoments[UnitGroup.COUNT];
        Arrays.setAll(groups, group -> new CoefficientMoments(p, width));
        return groups;
    }

    /** Returns the sums over this group and another. */
    public CoefficientMoments plus(CoefficientMoments other) {
        CoefficientMoments result = new CoefficientMoments(p, width);
        result.add(this);
        result.add(other);
        return result;
    }

    /** Returns the regression of the deviations on the augmented attributes; without attributes, their mean. */
    public double[] regression() {
        if (width > 1) {
            return SmallMatrices.times(
                    PositiveDefinite.inverse(SmallMatrices.symmetric(attributes.clone(), width), width),
                    sums,
                    width,
                    width,
                    p);
        }
        double[] mean = new double[p];
        Arrays.setAll(mean, i -> sums[i] / units);
        return mean;
    }

    /** Returns the sum of the second moments about the group's regression. */
    public double[] centred(double[] regression) {
        double[] moments = new double[p * p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                int at = i * p + j;
                double explained = units * regression[i] * regression[j];
                if (width > 1) {
                    explained = 0;
                    for (int c = 0; c < width; c++) {
                        explained += sums[c * p + i] * regression[c * p + j];
                    }
                }
                moments[at] = products[at] - explained + covariances[at];
            }
        }
        return SmallMatrices.symmetric(moments, p);
    }

    /** Returns the sum of the second moments about a regression on the augmented attributes. */
    public double[] about(double[] regression) {
        double[] moments = new double[p * p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                int at = i * p + j;
                double moment = products[at];
                for (int c = 0; c < width; c++) {
                    moment -= sums[c * p + i] * regression[c * p + j];
                    moment -= regression[c * p + i] * sums[c * p + j];
                }
                for (int a = 0; a < width; a++) {
                    for (int c = 0; c < width; c++) {
                        double count = width == 1 ? units : attributes[a * width + c];
                        moment += count * regression[a * p + i] * regression[c * p + j];
                    }
                }
                moments[at] = moment + covariances[at];
            }
        }
        return SmallMatrices.symmetric(moments, p);
    }

    void add(CoefficientMoments other) {
        Vectors.add(sums, other.sums);
        Vectors.add(products, other.products);
        Vectors.add(covariances, other.covariances);
        Vectors.add(attributes, other.attributes);
        logDeterminants += other.logDeterminants;
        units += other.units;
    }
}
