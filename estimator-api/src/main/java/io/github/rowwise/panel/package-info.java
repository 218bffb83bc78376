/** Panels: units by periods, with an outcome and an arm in each cell, and what the assignment alone says of them. */
@NullMarked
package io.github.rowwise.panel;

import org.jspecify.annotations.NullMarked;
