/**
 * Panels: units by periods, with an outcome and an arm in each cell, and diagnostics of the assignment.
 *
 * <p>Start with {@link io.github.rowwise.panel.Panel#builder()} for observations by name, with {@link
 * io.github.rowwise.panel.Panel#of} for arrays, and with {@link io.github.rowwise.panel.PanelFile} for a panel that does not fit
 * in memory. {@link io.github.rowwise.panel.PanelDiagnostics} judges a panel before any fit.
 *
 * <pre>{@code
 * Panel panel = Panel.builder()
 *         .add("store 7", "2024-09-30", 0, 118.5)
 *         .add("store 7", "2024-10-07", 1, 121.0)
 *         .add("store 8", "2024-09-30", 1, 97.0)
 *         .build();
 * }</pre>
 */
@NullMarked
package io.github.rowwise.panel;

import org.jspecify.annotations.NullMarked;
