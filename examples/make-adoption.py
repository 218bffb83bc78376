#!/usr/bin/env python3
"""Makes adoption.csv and adoption-truth.csv: a simulated panel of shops that adopt a programme and stay; needs python3 only.

    examples/make-adoption.py

Sixty shops of unequal size in 48 months. The outcome is sales in thousands. Per shop, relative to its size:

    sales = level * (season + trend of the shop + noise with correlation 0.4 + effect)

The trend is a smooth curve of the shop's own. Forty shops adopt in months 15 to 35. Small shops adopt earlier, so a
comparison of adopters with others is misleading. The effect builds up: 2 % of the level in the month of adoption, and
later towards 10 % on average, with a time constant of 6 months. Shops differ in it, with a standard deviation of 3 %.
"""
import csv
import math
import os
import random

SHOPS, MONTHS, ADOPTERS = 60, 48, 40


def shop(number, draw):
    """The rows of a shop: month, sales, whether it has adopted, true effect."""
    level = 100 * math.exp(draw.gauss(0, 0.8))
    adopted = None
    if number <= ADOPTERS:
        late = 12 * min(1, max(0, 0.5 + 0.4 * math.log(level / 100)))
        adopted = 15 + round(late + 11 * draw.random())
    final = draw.gauss(0.10, 0.03)
    slope, bend, start = draw.gauss(0, 0.06), draw.gauss(0, 0.03), draw.random()
    sensitivity = draw.gauss(1, 0.4)
    noise = draw.gauss(0, 0.03)
    for month in range(1, MONTHS + 1):
        share = month / MONTHS
        season = 0.05 * sensitivity * math.sin(2 * math.pi * month / 12) + 0.1 * share
        trend = slope * (share - 0.5) + bend * math.sin(2 * math.pi * (0.7 * share + start))
        noise = 0.4 * noise + draw.gauss(0, 0.03 * math.sqrt(1 - 0.4**2))
        is_adopted = adopted is not None and month >= adopted
        effect = level * (0.02 + (final - 0.02) * (1 - math.exp(-(month - adopted) / 6))) if is_adopted else 0
        yield month, level * (1 + season + trend + noise) + effect, int(is_adopted), effect


def write(folder):
    draw = random.Random(1)
    with open(os.path.join(folder, "adoption.csv"), "w", encoding="utf-8", newline="") as panel, open(
        os.path.join(folder, "adoption-truth.csv"), "w", encoding="utf-8", newline=""
    ) as truth:
        cells = csv.writer(panel, lineterminator="\n")
        cells.writerow(["shop", "month", "sales", "programme"])
        averages = csv.writer(truth, lineterminator="\n")
        averages.writerow(["shop", "months", "att", "first_month", "last_month"])
        for number in range(1, SHOPS + 1):
            name, effects = f"shop {number:02d}", []
            for month, sales, is_adopted, effect in shop(number, draw):
                cells.writerow([name, month, f"{sales:.2f}", is_adopted])
                if is_adopted:
                    effects.append(effect)
            if effects:
                att = sum(effects) / len(effects)
                averages.writerow([name, len(effects), f"{att:.2f}", f"{effects[0]:.2f}", f"{effects[-1]:.2f}"])


if __name__ == "__main__":
    write(os.path.dirname(os.path.abspath(__file__)))
