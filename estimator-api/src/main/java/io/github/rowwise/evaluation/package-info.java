/** Evaluation of estimators on panels whose true effects are known, and simple estimators to compare with. */
@NullMarked
package io.github.rowwise.evaluation;

import org.jspecify.annotations.NullMarked;
