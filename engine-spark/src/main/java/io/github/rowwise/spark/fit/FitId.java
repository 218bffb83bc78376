package io.github.rowwise.spark.fit;

import java.io.Serializable;

/**
 * Names a fit in all processes of an application.
 *
 * @param application Spark's id of it
 * @param number fits of the driver, counted
 */
record FitId(String application, long number) implements Serializable {}
