package io.github.rowwise.internal.factor;

import io.github.rowwise.internal.factor.model.CheckpointCodec;

/**
 * What the forms of the effects gained; NaN for a form that was not tried.
 *
 * @param factors gain of the evidence by effects on the factors
 * @param onsets gain of the evidence by onset terms
 * @param onsetStatistic chi-square statistic of the mean onset
 */
public record FormGains(double factors, double onsets, double onsetStatistic) {

    public static final FormGains NONE = new FormGains(Double.NaN, Double.NaN, Double.NaN);

    FormGains withFactors(double gain) {
        return new FormGains(gain, onsets, onsetStatistic);
    }

    FormGains withOnsets(double statistic, double gain) {
        return new FormGains(factors, gain, statistic);
    }

    FormGains exchange(CheckpointCodec fields) {
        return new FormGains(fields.number(factors), fields.number(onsets), fields.number(onsetStatistic));
    }
}
