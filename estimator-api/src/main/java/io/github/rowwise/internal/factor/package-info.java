/**
 * The factor model: a variational EM algorithm on row blocks, with serially correlated noise.
 *
 * <p>Notation, for unit i in arm a and period j:
 *
 * <pre>
 * E Y[i,j] = (1, f_j, c_j, nu_j)' (b_i, 1) + (1, f_j)' d_ai + h(k_ij)' w_ai      under control, the first term only
 *
 * f_j    factors                    b_i    level, loadings and trend of the unit
 * c_j    curves of the trends       d_ai   effect of arm a: constant over time, or with loadings on the factors
 * nu_j   period effect              w_ai   what is added with the time k_ij since the unit entered the arm
 * </pre>
 *
 * <p>The fit starts with the largest form of the model and leaves out what the panel does not need ({@code FormTrial}); for many
 * units, this is found on a sample ({@code CheckpointedFit}).
 *
 * <p>Each iteration reads each cell once, in {@link io.github.rowwise.internal.factor.pass.EStep}. All other steps work
 * on the small sums that it returns.
 *
 * <table>
 *   <caption>Packages; each depends only on those above it</caption>
 *   <tr><td>{@code factor.kernel}</td><td>array layouts and vectorised loops</td></tr>
 *   <tr><td>{@code factor.model}</td><td>state, priors, noise, smoother</td></tr>
 *   <tr><td>{@code factor.pass}</td><td>passes over the panel: E-step, clipping, two-way averages</td></tr>
 *   <tr><td>{@code factor.summary}</td><td>effects and their variances</td></tr>
 *   <tr><td>{@code factor}</td><td>EM driver, M-step, acceleration, pruning, checkpoints</td></tr>
 * </table>
 */
@NullMarked
package io.github.rowwise.internal.factor;

import org.jspecify.annotations.NullMarked;
