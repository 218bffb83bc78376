@NullMarked
package io.github.rowwise.cli.report;

import org.jspecify.annotations.NullMarked;
