package org.example;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.Noise;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Creates a panel from arrays and applies both estimators. Treatment of shop i increases its sales by i. */
final class FromArrays {

    private FromArrays() {}

    static Panel panel() {
        int shops = 12;
        int weeks = 40;
        double[][] sales = new double[shops][weeks];
        int[][] arms = new int[shops][weeks];
        List<String> shopNames = new ArrayList<>();
        List<String> weekNames = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(7);
        for (int shop = 0; shop < shops; shop++) {
            shopNames.add("shop " + shop);
            for (int week = 0; week < weeks; week++) {
                arms[shop][week] = shop == 11 ? 0 : random.nextInt(2); // shop 11 is never treated
                double season = Math.sin(week / 4.0) * (1 + shop % 3);
                sales[shop][week] = 50 + season + arms[shop][week] * shop + random.nextGaussian();
            }
        }
        for (int week = 0; week < weeks; week++) {
            weekNames.add(Integer.toString(week + 1));
        }
        sales[3][10] = Double.NaN; // a missing outcome
        return Panel.of(sales, arms, shopNames, weekNames);
    }

    static void run() {
        Panel panel = panel();

        UnitEffects factorModel =
                FactorModelEstimator.withDefaults().withNoise(Noise.IID).fit(panel);
        for (UnitEffect shop : factorModel.effects()) {
            System.out.println(shop.unit() + ": "
                    + (shop.ate().isAvailable()
                            ? String.format(
                                    Locale.ROOT,
                                    "%.2f, 95 %% interval %.2f to %.2f, %s",
                                    shop.ate().value(),
                                    shop.ate().interval(0.95).lower(),
                                    shop.ate().interval(0.95).upper(),
                                    shop.grade().label())
                            : shop.grade().label() + ", " + shop.reason()));
        }

        UnitEffects spectral = SpectralEstimator.withDefaults()
                .withRank(RankRule.fixed(1))
                .fit(panel);
        System.out.printf(
                Locale.ROOT,
                "average ATE: factor model %.2f, Algorithm 1 %.2f%n",
                factorModel.averages(1).ate().value(),
                spectral.averages(1).ate().value());
    }
}
