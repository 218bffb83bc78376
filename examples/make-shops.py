"""Makes shops.csv: sixty shops that run a loyalty scheme in some weeks, and what larger shops gain from it.

A shop gains 4 + 0.05 (size - 100) + 3 in the north, with a standard deviation of 1.5 between shops of the same size and
region. Half of the variance between shops is due to size and region. Needs numpy.
"""

import csv

import numpy as np

random = np.random.default_rng(2026)
shops, weeks = 60, 24
season = 6 * np.sin(2 * np.pi * np.arange(weeks) / 12) + random.normal(0, 1.5, weeks)
with open("shops.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["shop", "week", "sales", "scheme", "region", "size"])
    for shop in range(shops):
        size = round(float(random.uniform(60, 160)))
        region = "north" if random.random() < 0.4 else "south"
        gain = 4 + 0.05 * (size - 100) + 3 * (region == "north") + random.normal(0, 1.5)
        level = 50 + 0.3 * size + random.normal(0, 6)
        loading = random.normal(1, 0.4)
        noise = random.normal(0, 2.5)
        scheme = random.random() < 0.5
        for week in range(weeks):
            if random.random() < 0.25:
                scheme = not scheme
            noise = 0.4 * noise + np.sqrt(1 - 0.16) * random.normal(0, 2.5)
            sales = level + loading * season[week] + gain * scheme + noise
            writer.writerow([f"shop {shop + 1:02}", week + 1, f"{sales:.1f}", int(scheme), region, size])
