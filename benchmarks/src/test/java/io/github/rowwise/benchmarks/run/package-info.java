/** The command's options, results and page. */
@NullMarked
package io.github.rowwise.benchmarks.run;

import org.jspecify.annotations.NullMarked;
