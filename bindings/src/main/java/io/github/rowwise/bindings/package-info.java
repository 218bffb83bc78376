/**
 * Data frames of other languages as panels, and results as columns. The packages for Python and R call it in process: they
 * hand over whole columns as arrays and get whole columns back, so that no language loops over cells.
 *
 * <p>Columns, options, defaults and words are those of the program. A {@link io.github.rowwise.bindings.FrameColumns data
 * frame} is read as a {@link io.github.rowwise.bindings.FramePanel panel}, which {@link io.github.rowwise.bindings.Analyses}
 * estimates. Work that takes long is a {@link io.github.rowwise.bindings.Task}, which can be waited for and cancelled.
 */
@NullMarked
package io.github.rowwise.bindings;

import org.jspecify.annotations.NullMarked;
