/**
 * What every reader of tables and writer of effects needs, whatever engine fits: names of periods and arms from texts, option
 * texts, columns of the effects table, and values as messages show them.
 */
@NullMarked
package io.github.rowwise.tables;

import org.jspecify.annotations.NullMarked;
