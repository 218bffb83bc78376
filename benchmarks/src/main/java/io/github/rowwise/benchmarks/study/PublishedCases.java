package io.github.rowwise.benchmarks.study;

import io.github.rowwise.benchmarks.study.PublishedCase.Figure;
import io.github.rowwise.cli.input.PanelColumns;
import java.util.List;

/** The published studies that the default method is compared with: where the data are and what was published. */
final class PublishedCases {

    /** Names of the columns of data sets whose columns were renamed. */
    private static final PanelColumns RENAMED = new PanelColumns("unit", "time", "outcome", "treatment");

    private static final PublishedCase SIMULATED = new PublishedCase(
                    "simulated data of fect",
                    "Liu, Wang and Xu 2024, " + doi("10.1111/ajps.12723"),
                    "`simdata` of the R package fect",
                    "fect_simdata.csv",
                    RENAMED,
                    List.of())
            .withTruth("true_effect");

    private static final PublishedCase NATURALISATION = new PublishedCase(
            "naturalisation in Switzerland",
            "Hainmueller and Hangartner 2019, " + doi("10.1111/ajps.12433") + "; Chiu and others 2023, "
                    + "[arXiv:2309.15983](https://arxiv.org/abs/2309.15983)",
            "`hh2019` of the R package fect",
            "hh2019_naturalisation.csv",
            new PanelColumns("bfs", "year", "nat_rate_ord", "indirect"),
            List.of(
                    new Figure(1.34, "1.34 (0.19) two-way fixed effects"),
                    new Figure(1.29, "1.29 (0.31)"),
                    new Figure(1.506, "1.51 (0.20) imputation")));

    private static final PublishedCase GERMANY = new PublishedCase(
            "German reunification",
            "Abadie and others 2015, " + doi("10.1111/ajps.12116"),
            "replication archive, " + doi("10.7910/DVN/24714"),
            "germany_reunification.csv",
            new PanelColumns("country", "year", "gdp", "w1"),
            List.of(new Figure(-1.85, "-1.85 synthetic control")));

    private static final PublishedCase GERMANY_AND_ITALY = new PublishedCase(
            "German reunification, and Italy from 1992",
            "Cattaneo and others 2025, " + doi("10.18637/jss.v113.i01"),
            "`scpi_germany` of the package scpi",
            "germany_reunification.csv",
            new PanelColumns("country", "year", "gdp", "w2"),
            List.of(new Figure(-1.50, "-1.50 synthetic control")));

    /** The studies, in the order of the table. */
    static final List<PublishedCase> ALL = List.of(
            new PublishedCase(
                    "California's tobacco programme",
                    "Abadie and others 2010, " + doi("10.1198/jasa.2009.ap08746") + "; Arkhangelsky and others 2021, "
                            + doi("10.1257/aer.20190159"),
                    "`california_prop99` of the R package synthdid",
                    "prop99.csv",
                    RENAMED,
                    List.of(
                            new Figure(-15.6, "-15.6 (8.4) synthetic difference-in-differences"),
                            new Figure(-19.6, "-19.6 synthetic control"),
                            new Figure(-20.2, "-20.2 matrix completion"),
                            new Figure(-27.3, "-27.3 difference-in-differences"))),
            GERMANY,
            GERMANY_AND_ITALY,
            GERMANY_AND_ITALY.forUnit(
                    "Italy alone, from the same fit", "Italy", new Figure(-1.12, "-1.12 synthetic control")),
            new PublishedCase(
                            "",
                            "Abadie and Gardeazabal 2003, " + doi("10.1257/000282803321455188"),
                            "`basque` of the R package Synth",
                            "basque_gdp.csv",
                            new PanelColumns("id", "t", "y", "CAST(id = 17 AND t >= 1970 AS INTEGER)"),
                            List.of(
                                    new Figure(-0.6, "from about -0.6"),
                                    new Figure(-0.9, "to about -0.9, synthetic control")))
                    // Region 1 is Spain as a whole.
                    .onlyWhere("Basque country, conflict from 1970", "id <> 1"),
            new PublishedCase(
                    "election-day registration",
                    "Xu 2017, " + doi("10.1017/pan.2016.2"),
                    "`turnout` of the R package gsynth",
                    "turnout_edr.csv",
                    RENAMED,
                    List.of(
                            new Figure(5.13, "5.13 (2.27) generalised synthetic control"),
                            new Figure(4.90, "4.90 (2.27) with covariates"))),
            new PublishedCase(
                    "castle doctrine",
                    "Cheng and Hoekstra 2013, " + doi("10.3368/jhr.48.3.821"),
                    "`castle` of the R package bacondecomp",
                    "castle_doctrine.csv",
                    new PanelColumns("state", "year", "l_homicide", "post"),
                    List.of(new Figure(0.08, "0.08 two-way fixed effects"))),
            new PublishedCase(
                    "minimum wage and teenage employment",
                    "Callaway and Sant'Anna 2021, " + doi("10.1016/j.jeconom.2020.12.001"),
                    "`mpdta` of the R package did",
                    "mpdta_teen_employment.csv",
                    new PanelColumns(
                            "countyreal",
                            "year",
                            "lemp",
                            "CAST(\"first.treat\" > 0 AND year >= \"first.treat\" AS INTEGER)"),
                    List.of(
                            new Figure(-0.048, "-0.048 two-way fixed effects"),
                            new Figure(-0.040, "-0.040 average of group-time effects"))),
            NATURALISATION,
            NATURALISATION.onlyWhere(
                    "naturalisation, without municipalities that are always treated",
                    "bfs IN (SELECT bfs FROM data GROUP BY bfs HAVING min(indirect) = 0)"),
            new PublishedCase(
                    "candidates and campaign finance",
                    "Grumbach and Sahn 2020, " + doi("10.1017/S0003055419000637"),
                    "`gs2020` of the R package fect",
                    "gs2020_candidates.csv",
                    RENAMED,
                    List.of(new Figure(0.127, "0.127 (0.025) two-way fixed effects"))),
            SIMULATED);

    private PublishedCases() {}

    private static String doi(String doi) {
        return "[doi:" + doi + "](https://doi.org/" + doi + ")";
    }
}
