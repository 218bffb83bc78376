package io.github.rowwise.cli.input;

/**
 * Which columns make the panel.
 *
 * @param unit name of the column that holds the unit
 * @param time name of the column that holds the period
 * @param outcome name of the column that holds the outcome
 * @param treatment name of the column that holds the arm
 */
public record PanelColumns(String unit, String time, String outcome, String treatment) {}
