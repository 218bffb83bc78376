package io.github.rowwise;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.internal.covariate.CovariateAdjustment;
import io.github.rowwise.internal.factor.summary.FactorEffects;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowAdjustment;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The covariates of a panel during a fit. */
final class Covariates {

    private final List<String> names;
    private final @Nullable CovariateAdjustment adjustment;
    private final int units;

    private Covariates(List<String> names, @Nullable CovariateAdjustment adjustment, int units) {
        this.names = names;
        this.adjustment = adjustment;
        this.units = units;
    }

    /**
     * Prepares the covariates.
     *
     * @param isExact whether the coefficients from control cells are final
     */
    static Covariates of(Panel panel, PanelView view, LinearAlgebra algebra, boolean isExact) {
        List<String> names = panel.covariateNames();
        if (names.isEmpty()) {
            return new Covariates(names, null, view.allUnits());
        }
        try {
            CovariateAdjustment adjustment = CovariateAdjustment.of(view, algebra, names, isExact);
            if (isExact && !adjustment.isDetermined()) {
                throw new InvalidPanelException("the covariates " + names + " do not vary enough between control cells,"
                        + " from which the spectral method takes their coefficients: leave them out, or use the factor"
                        + " model");
            }
            return new Covariates(names, adjustment, view.allUnits());
        } catch (IllegalArgumentException e) {
            InvalidPanelException refused = new InvalidPanelException(Objects.requireNonNullElse(e.getMessage(), ""));
            refused.initCause(e);
            throw refused;
        }
    }

    /** Returns the view with what a fit needs to read the covariates. */
    PanelView use(PanelView view) {
        return adjustment == null ? view : view.withCovariates(adjustment);
    }

    /** Returns the view without what the covariates explain of the outcomes. */
    PanelView subtract(PanelView view) {
        return adjustment == null ? view : view.withCovariates(adjustment).adjusted();
    }

    /** Returns the coefficients by least squares on control cells. */
    Map<String, Estimate> coefficients() {
        Map<String, Estimate> result = new LinkedHashMap<>();
        CovariateAdjustment known = adjustment;
        for (int k = 0; known != null && k < names.size(); k++) {
            double perUnit = known.perUnit(k);
            Estimate coefficient = Estimate.of(known.start(k) * perUnit, known.standardError(k) * perUnit, units - 1.0);
            result.put(names.get(k), coefficient);
        }
        return Collections.unmodifiableMap(result);
    }

    /** Returns the coefficients of a factor model, whose outcomes were multiplied by a scale. */
    Map<String, Estimate> coefficients(FactorEffects effects, double scale) {
        Map<String, Estimate> result = new LinkedHashMap<>();
        CovariateAdjustment known = adjustment;
        for (int k = 0; known != null && k < names.size(); k++) {
            double value = effects.covariateCoefficient(k) / scale * known.perUnit(k);
            double standardError = Math.sqrt(effects.covariateVariance(k)) / scale * known.perUnit(k);
            result.put(names.get(k), Estimate.of(value, standardError, effects.averageDegreesOfFreedom()));
        }
        return Collections.unmodifiableMap(result);
    }

    /** Returns what the final coefficients explain, for the residuals of the spectral method. */
    RowAdjustment explained() {
        CovariateAdjustment known = adjustment;
        double[] coefficients = new double[names.size()];
        Arrays.setAll(coefficients, k -> known == null ? 0 : known.start(k));
        return known == null ? RowAdjustment.NONE : known.withCoefficients(coefficients);
    }

    /** The same for a factor model, whose outcomes were multiplied by a scale. */
    RowAdjustment explained(FactorEffects effects, double scale) {
        double[] coefficients = new double[names.size()];
        Arrays.setAll(coefficients, k -> effects.covariateCoefficient(k) / scale);
        return adjustment == null ? RowAdjustment.NONE : adjustment.withCoefficients(coefficients);
    }
}
