package io.github.rowwise.tables;

import java.util.Arrays;
import java.util.List;

/** The estimators as options name them. */
public enum Method {
    /** {@link io.github.rowwise.FactorModelEstimator}. */
    FACTOR_MODEL("factor-model"),
    /** {@link io.github.rowwise.SpectralEstimator}. */
    SPECTRAL("spectral");

    /** The name of the factor model before 0.1.0. It still works, and no text mentions it. */
    private static final String OLD_FACTOR_MODEL = "refined";

    private final String label;

    Method(String label) {
        this.label = label;
    }

    /**
     * Returns the method as options name it.
     *
     * @return such as {@code factor-model}
     */
    public String label() {
        return label;
    }

    /**
     * Returns the labels of all methods.
     *
     * @return the labels, that of the default method first
     */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Method::label).toList();
    }

    /**
     * Returns the method of a label.
     *
     * @param text a label
     * @return the method
     * @throws IllegalArgumentException if no method has this label; the message lists the labels
     */
    public static Method of(String text) {
        return text.equals(OLD_FACTOR_MODEL) ? FACTOR_MODEL : Labels.of(text, List.of(values()), Method::label);
    }

    /**
     * Rejects an option of the factor model if this is the spectral method.
     *
     * @param naming how messages name the options
     * @param option the option without dashes in front
     * @throws IllegalArgumentException if this is the spectral method
     */
    public void requireFactorModel(OptionNaming naming, String option) {
        if (this == SPECTRAL) {
            throw new IllegalArgumentException(FACTOR_MODEL.rejection(naming, option, ""));
        }
    }

    /** The message for an option of this method, given with the other method. */
    String rejection(OptionNaming naming, String option, String value) {
        return naming.name(option) + (value.isEmpty() ? "" : " " + value) + ": an option of " + naming.name("method")
                + " " + label + "; the " + (this == SPECTRAL ? "factor model" : "spectral method")
                + " has no such option";
    }
}
