/** One page for a browser that holds the whole result and needs nothing else. */
@NullMarked
package io.github.rowwise.cli.report;

import org.jspecify.annotations.NullMarked;
