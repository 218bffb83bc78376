package io.github.rowwise.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels in the order of time, separated by bars; they are shuffled first. */
class PeriodLabelOrderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "quarters > Q4 2012 | Q1 2013 | Q2 2013",
                "quarters > 2012 Q4 | 2013 Q1",
                "quarters > 2012Q4 | 2013q1 | 2013-Q2 | Q3/2013 | 4Q2013",
                "quarters > 4th quarter 2012 | 1st quarter 2013",
                "quarters > 4. Quartal 2012 | 1. Quartal 2013",
                "quarters > 4e trimestre 2012 | T1 2013",
                "quarters > 2012:Q4 | 2013:Q1",
                "quarters > FY2012 Q4 | FY2013 Q1",
                "quarters > 4Q12 | 1Q13 | 2Q13",
                "half years > H2 2016 | H1 2017",
                "half years > 2016H2 | 2017-S1",
                "half years > 2. Halbjahr 2016 | 1. Halbjahr 2017",
                "weeks > 2016-W09 | 2016-W10 | 2017-W01",
                "weeks > W9 2016 | 2016w10 | KW 11 2016 | week 12, 2016 | 2016 semaine 13",
                "dates > 2016-W09-7 | 2016-W10-1",
                "months > 12/2020 | 01/2021 | 02/2021",
                "months > 12.2020 | 01.2021",
                "months > 9.2020 | 10.2020 | 1.2021",
                "months > 2020-12 | 2021-01",
                "months > 2020/9 | 2020/10 | 2021/1",
                "months > 2020m9 | 2020m10 | 2021M1",
                "months > Dec 2012 | January 2013 | 2013 Feb | 2013-Mar | apr2013",
                "months > Dez. 2012 | Jänner 2013 | März 2013",
                "months > déc. 2012 | février 2013 | août 2013",
                "months > diciembre de 2012 | enero de 2013 | setiembre de 2013",
                "months > dicembre 2012 | gennaio 2013 | luglio 2013",
                "months > dezembro 2012 | março 2013 | outubro de 2013",
                "months > dec. 2012 | mrt 2013 | mei 2013",
                "months > Sept 2012 | OCT 2012",
                "months > Dec-12 | Jan-13 | Feb-13",
                "months > Dec '98 | Jan '99",
                "months of a year > Jan | Feb | Mar",
                "dates > 06SEP2023 | 06OCT2023",
                "dates > 6 September 2023 | 7 October 2023",
                "dates > Sept. 6, 2023 | Oct. 1, 2023",
                "dates > 6-Sep-23 | 1-Oct-23",
                "dates > 31.12.2020 | 01.01.2021",
                "dates > 1.2.2020 | 2.1.2021",
                "dates > 31/12/2020 | 01/02/2021",
                "dates > 12/31/2020 | 2/1/2021",
                "dates > 12/31/20 | 2/1/21",
                "dates > 2020.12.31 | 2021.1.1",
                "timestamps > 12/31/2020 1:05 AM | 12/31/2020 12:30 PM | 12/31/2020 1:05 p.m.",
                "timestamps > 31.12.2020 9:05 | 31.12.2020 13:05:30",
                "timestamps > 31.12.2020 9:05:30.25 | 31.12.2020 9:05:30.5 | 31.12.2020 9:06",
                "years > 1998/99 | 1999/00 | 2000/01",
                "years > 1999-2000 | 2000-2001",
                "years > 2001-02 | 2002-03 | 2011-12",
                "years > FY2009 | FY2010",
                "years > FY99 | FY00",
                "numbered texts > wave 9 | wave 10",
                "numbered texts > week-9 | week-10 | week-11",
                "numbered texts > t-8 | t-1 | t | t+1 | t+3",
                "numbered texts > t-10 | t-9",
                "numbered texts > period -1 | period 0 | period 1",
                "numbered texts > Y1W12 | Y2W3 | Y2W10",
                "numbered texts > 9 weeks | 10 weeks",
                "numbered texts > 1st | 2nd | 10th",
                "years and numbers within them > 2012-4 | 2013-1",
                "years and numbers within them > 2012:3 | 2012:4 | 2013:1",
                "years and numbers within them > 2012/13 | 2013/1",
                "years and numbers within them > P9 2012 | P10 2012 | P1 2013",
                "years and numbers within them > 2012w53 | 2013w0 | 2013w53"
            })
    void labelsAreInTheOrderOfTime(String kind, String labels) {
        List<String> expected = List.of(labels.split(" \\| "));
        List<String> shuffled = new ArrayList<>(expected);
        Collections.shuffle(shuffled, new Random(7));

        PeriodOrder order = PeriodOrder.of(shuffled);

        assertThat(order.names()).isEqualTo(expected);
        assertThat(order.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "01/02/2020 | 02/01/2020 | 03/01/2021 > can be day/month/year or month/day/year, and are sorted as text",
                "Jan-01 | Jan-02 | Jan-03 | Mar-02 > can be month and year or month and day, and are sorted as text",
                "Spring 2012 | Fall 2012 > sorted as text",
                "1Q12 | 1Q13 > years of two digits",
                "Jan | Feb > without a year"
            })
    void whatIsInDoubtIsSaid(String labels, String warning) {
        assertThat(String.join(
                        "; ", PeriodOrder.of(List.of(labels.split(" \\| "))).warnings()))
                .contains(warning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "1990|1991|2001|2002 > 0,1,11,12 > 9 years are absent",
                "1|2|3|5 > 0,1,2,4 > 1 period is absent",
                "20201130|20201201|20201202 > 0,1,2 > ''",
                "202011|202012|202101|202103 > 0,1,2,4 > 1 month is absent",
                "20203|20204|20211 > 0,1,2 > ''",
                "2020-01-31|2020-02-29|2020-03-31|2020-05-31 > 0,1,2,4 > 1 month is absent",
                "2020-01-01|2020-04-01|2020-07-01 > 0,1,2 > ''",
                "2024-01-04|2024-01-05|2024-01-08|2024-01-09|2024-01-11 > 0,1,2,3,5 > 1 weekday is absent",
                "2024-01-01|2024-01-08|2024-01-15|2024-01-29 > 0,1,2,4 > 1 week is absent",
                "2024-03-30 00:00+01|2024-03-31 00:00+01|2024-04-01 00:00+02|2024-04-02 00:00+02 > 0,1,2,3 > ''",
                "2024-01-01 00:00|2024-01-01 00:15|2024-01-01 00:30|2024-01-01 01:00 > 0,1,2,4 > 1 period of 15 minutes is absent",
                "2012Q1|2012Q2|2012Q3|2013Q3 > 0,1,2,6 > 3 quarters are absent",
                "2016-W51|2016-W52|2017-W01 > 0,1,2 > ''",
                "1|2|4|8|16 > '' > ''",
                "2000|2004|2008|2012|2014 > '' > ''",
                "1|2|9 > '' > ''",
                "1995.25|1995.5|1995.75|1996.25 > 0,1,2,4 > absent",
                "2012-1|2012-2|2012-4|2013-1 > '' > ''",
                "1|2|3|7|8|10 > 0,1,2,6,7,9 > 3 periods are absent, and in 1 more place 1 period"
            })
    void absentPeriodsAreSaid(String labels, String positions, String warning) {
        PeriodOrder order = PeriodOrder.of(List.of(labels.split("\\|")));

        assertThat(order.positions().toString().replaceAll("[\\[\\] ]", "")).isEqualTo(positions);
        if (warning.isEmpty()) {
            assertThat(order.warnings()).isEmpty();
        } else {
            assertThat(order.warnings()).singleElement().asString().contains(warning);
        }
    }
}
