package io.github.rowwise.cli;

import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.value.NumberParser;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The control periods around treatments that a fit leaves out. */
final class LeftOutOptions {

    private static final String DEFAULT = " (default: ${DEFAULT-VALUE}).";

    @Option(
            names = "--lead",
            paramLabel = "PERIODS",
            defaultValue = "0",
            converter = PeriodsConverter.class,
            description =
                    "Leave out this many control periods before each start of treatment: for units that anticipate it"
                            + DEFAULT)
    private int lead;

    @Option(
            names = "--washout",
            paramLabel = "PERIODS",
            defaultValue = "0",
            converter = PeriodsConverter.class,
            description = "Leave out this many control periods after each end of treatment: for effects that outlast it"
                    + DEFAULT)
    private int washout;

    /** Returns the panel without these periods. */
    Panel apply(Panel panel) {
        try {
            return panel.withoutTransitions(lead, washout);
        } catch (InvalidPanelException e) {
            throw new UserInputException("--lead " + lead + " --washout " + washout + ": " + e.getMessage(), e);
        }
    }

    static final class PeriodsConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return Math.toIntExact(NumberParser.whole(text, 0, 100_000));
        }
    }
}
