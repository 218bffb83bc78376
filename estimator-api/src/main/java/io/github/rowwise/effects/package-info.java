/** Results: the effects of every unit, their estimates and intervals, and the completed outcomes. */
@NullMarked
package io.github.rowwise.effects;

import org.jspecify.annotations.NullMarked;
