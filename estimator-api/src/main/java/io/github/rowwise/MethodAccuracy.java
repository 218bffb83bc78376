package io.github.rowwise;

/**
 * How accurate one method was on the drawn panels, in one arm.
 *
 * @param method the method in words
 * @param arm the arm, 1 or more
 * @param accuracy over all draws
 */
public record MethodAccuracy(String method, int arm, Accuracy accuracy) {}
