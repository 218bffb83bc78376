#!/usr/bin/env python3
"""Makes cheese-display.csv from Debian's package r-cran-bayesm; needs python3, apt-get and dpkg, and installs nothing.

    examples/make-cheese-display.py              # downloads the package into a temporary folder
    examples/make-cheese-display.py cheese.rda   # or reads the data set from a file you have
"""
import csv
import math
import os
import sys

import bayesm


def write(path, frame):
    """One row a retailer and week. The package's rows run week by week: a week ends when a retailer comes round again."""
    week, seen = 1, set()
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["retailer", "week", "log_volume", "display", "display_share", "price"])
        for retailer, volume, share, price in zip(frame["RETAILER"], frame["VOLUME"], frame["DISP"], frame["PRICE"]):
            if retailer in seen:
                week, seen = week + 1, set()
            seen.add(retailer)
            out.writerow([retailer, week, repr(math.log(volume)), int(share > 0), repr(share), repr(price)])


if __name__ == "__main__":
    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cheese-display.csv")
    write(target, bayesm.columns(bayesm.load("cheese", *sys.argv[1:])))
