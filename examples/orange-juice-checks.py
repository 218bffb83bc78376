#!/usr/bin/env python3
"""The checks of the worked example docs/guide/orange-juice.md; needs python3 (3.10 or newer).

    examples/orange-juice-checks.py assignment                # who was featured when, with what deals and prices
    examples/orange-juice-checks.py brands effects.csv        # effects by brand
    examples/orange-juice-checks.py halves early.csv late.csv # do differences between stores repeat?
"""
import collections
import csv
import gzip
import os
import statistics
import sys

PANEL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "orange-juice.csv.gz")


def assignment():
    stores, prices, deals = collections.defaultdict(list), collections.defaultdict(lambda: ([], [])), [0, 0]
    with gzip.open(PANEL, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            feature = int(row["feature"])
            stores[row["brand"], row["week"]].append(feature)
            prices[row["brand"]][feature].append(float(row["price"]))
            deals[int(row["deal"])] += feature
    mixed = sum(0.05 < statistics.mean(values) < 0.95 for values in stores.values())
    print(f"{len(stores)} brand-weeks, {mixed} of them with more than 5 % of the stores on either side")
    print(f"{sum(deals)} featured rows, {deals[1]} of them with a deal")
    for brand, (plain, featured) in prices.items():
        change = statistics.mean(featured) / statistics.mean(plain) - 1
        print(f"{brand:<22} {len(featured):>5} featured rows, price {100 * change:+.0f} %")


def effects(path):
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["ate"]:
                store, brand = row["unit"].split(" ", 1)
                yield brand, store, float(row["ate"])


def brands(path):
    by_brand = collections.defaultdict(list)
    for brand, _, effect in effects(path):
        by_brand[brand].append(effect)
    print(f"{'brand':<22} mean  least   most")
    for brand, values in sorted(by_brand.items(), key=lambda item: -statistics.mean(item[1])):
        print(f"{brand:<22} {statistics.mean(values):.2f}   {min(values):.2f}   {max(values):.2f}")


def halves(early, late):
    first = {(brand, store): effect for brand, store, effect in effects(early)}
    pairs = collections.defaultdict(list)
    for brand, store, effect in effects(late):
        if (brand, store) in first:
            pairs[brand].append((first[brand, store], effect))
    print(f"{'brand':<22} correlation   late effect: all stores, the 20 that were highest early")
    for brand, values in sorted(pairs.items(), key=lambda item: -statistics.correlation(*zip(*item[1]))):
        best = sorted(values, reverse=True)[:20]
        print(f"{brand:<22} {statistics.correlation(*zip(*values)):11.2f}   {statistics.mean(v for _, v in values):23.2f}"
              f"  {statistics.mean(v for _, v in best):34.2f}")


if __name__ == "__main__":
    {"assignment": assignment, "brands": brands, "halves": halves}[sys.argv[1]](*sys.argv[2:])
