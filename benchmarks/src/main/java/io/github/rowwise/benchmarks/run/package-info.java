/** The command: runs the benchmarks, keeps their results with the environment, and makes the summary page. */
@NullMarked
package io.github.rowwise.benchmarks.run;

import org.jspecify.annotations.NullMarked;
