package io.github.rowwise.internal.time;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names of months without accents, in a table of its own: those of the JDK differ between versions and settings. */
final class MonthNames {

    private static final List<String> BY_MONTH = List.of(
            "jan january januar janner jaenner janvier janv enero ene gennaio gen janeiro januari styczen sty",
            "feb february februar feber fevrier fevr fev febrero febbraio fevereiro februari luty lut",
            "mar march marz maerz mrz mars marzo marco maart mrt marts marzec",
            "apr april avril avr abril abr aprile kwiecien kwi",
            "may mai mayo maggio mag maio mei maj",
            "jun june juni juin junio giugno giu junho czerwiec cze",
            "jul july juli juillet juil julio luglio lug julho lipiec lip",
            "aug august aout agosto ago augustus augusti sierpien sie",
            "sep sept september septembre septiembre setiembre settembre set setembro wrzesien wrz",
            "oct october oktober okt octobre octubre ottobre ott outubro out pazdziernik paz",
            "nov november novembre noviembre novembro listopad lis",
            "dec december dezember dez decembre diciembre dic dicembre dezembro desember des grudzien gru");

    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    static {
        for (int month = 0; month < BY_MONTH.size(); month++) {
            for (String name : BY_MONTH.get(month).split(" ", -1)) {
                NUMBERS.put(name, month + 1);
            }
        }
    }

    private MonthNames() {}

    /** Returns the month from 1 to 12, or 0 if the text names none. */
    static int number(String text) {
        return NUMBERS.getOrDefault(text, 0);
    }
}
