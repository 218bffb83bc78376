/** The command that runs the benchmarks, stores the results and the environment, and creates the summary page. */
@NullMarked
package io.github.rowwise.benchmarks.run;

import org.jspecify.annotations.NullMarked;
