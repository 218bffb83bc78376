/**
 * What the program and Spark share: columns of the effects table, descriptions and conditions of options, names of arms.
 */
@NullMarked
package io.github.rowwise.tables;

import org.jspecify.annotations.NullMarked;
