/** JSON documents. */
@NullMarked
package io.github.rowwise.cli.output.json;

import org.jspecify.annotations.NullMarked;
