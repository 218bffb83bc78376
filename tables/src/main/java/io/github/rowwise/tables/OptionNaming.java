package io.github.rowwise.tables;

import java.util.Locale;
import java.util.regex.Pattern;

/** How messages name an option: the program's, or what has the same meaning on Spark and in a function. */
public enum OptionNaming {
    /** Such as {@code --checkpoint}. */
    COMMAND_LINE {
        @Override
        public String name(String option) {
            return "--" + option;
        }

        @Override
        public String assignment(String option) {
            return name(option) + " ";
        }
    },
    /** Such as {@code checkpointDir}. */
    PARAMETER {
        @Override
        public String name(String option) {
            return switch (option) {
                case "unit", "time", "outcome", "treatment" -> option + "Col";
                case "where" -> "a filter of the DataFrame";
                case "effects" -> "effectsForm";
                case "partitions" -> "numPartitions";
                case "checkpoint" -> "checkpointDir";
                default -> camelCase(option);
            };
        }

        @Override
        public String assignment(String option) {
            return name(option) + " = ";
        }
    },
    /** The argument of a function, such as {@code group_base}. */
    ARGUMENT {
        @Override
        public String name(String option) {
            return option.equals("confidence-level") ? "level" : option.replace('-', '_');
        }

        @Override
        public String assignment(String option) {
            return name(option) + "=";
        }
    };

    /**
     * Returns the name of an option.
     *
     * @param option the option without dashes in front, such as {@code checkpoint}
     * @return the name as the user writes it
     */
    public abstract String name(String option);

    /**
     * Returns the text that precedes the value of an option.
     *
     * @param option the option without dashes in front
     * @return such as {@code "--control "}, {@code "control = "} or {@code "control="}
     */
    public abstract String assignment(String option);

    private static String camelCase(String option) {
        return Pattern.compile("-(.)")
                .matcher(option)
                .replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT));
    }
}
