package io.github.rowwise.cli.input;

/**
 * Names of the four columns of the input that form the panel.
 *
 * @param unit the column with the units
 * @param time the column with the periods
 * @param outcome the column with the outcomes
 * @param treatment the column with the treatment
 */
public record PanelColumns(String unit, String time, String outcome, String treatment) {}
