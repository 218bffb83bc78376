package io.github.rowwise.effects;

/**
 * What one more unit of a covariate adds to the outcome of a cell, the arm being the same. All units share the coefficient.
 *
 * <p>Only the part of a covariate that varies between the periods of a unit, and not in all units alike, informs the
 * coefficient: levels of units and period effects account for the rest. If treatment moves the covariate, the effects of
 * treatment are those that do not pass through it.
 *
 * <p>The factor model estimates coefficients and effects together by generalised least squares, and the standard errors of the
 * effects include those of the coefficients. The spectral method first estimates the coefficients by two-way least squares on
 * control cells, with standard errors clustered by unit.
 *
 * @param covariate name of the covariate
 * @param coefficient in units of the outcome per unit of the covariate
 */
public record CovariateCoefficient(String covariate, Estimate coefficient) {}
