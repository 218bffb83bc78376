package io.github.rowwise.spark.fit;

import java.io.Serializable;

/**
 * Identifies a fit in all processes of an application.
 *
 * @param application Spark's application id
 * @param number number of the fit on the driver
 */
record FitId(String application, long number) implements Serializable {}
