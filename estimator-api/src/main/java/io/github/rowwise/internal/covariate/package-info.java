/** Covariates over time: centring, and the coefficients that start or adjust a fit. */
@org.jspecify.annotations.NullMarked
package io.github.rowwise.internal.covariate;
