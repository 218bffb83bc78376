#!/usr/bin/env python3
"""Makes orange-juice.csv.gz from Debian's package r-cran-bayesm; needs python3, apt-get and dpkg, and installs nothing.

    examples/make-orange-juice.py                    # downloads the package into a temporary folder
    examples/make-orange-juice.py orangeJuice.rda    # or reads the data set from a file you have
"""
import csv
import gzip
import io
import os
import sys

import bayesm

# As the data set's own description numbers them; the figure is the size in ounces.
BRANDS = [
    "Tropicana Premium 64",
    "Tropicana Premium 96",
    "Florida's Natural 64",
    "Tropicana 64",
    "Minute Maid 64",
    "Minute Maid 96",
    "Citrus Hill 64",
    "Tree Fresh 64",
    "Florida Gold 64",
    "Dominicks 64",
    "Dominicks 128",
]


def write(path, frame):
    """One row a store, brand and week, in the package's order."""
    with gzip.GzipFile(path, "wb", mtime=0) as packed, io.TextIOWrapper(packed, encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["store_brand", "week", "log_units", "feature", "store", "brand", "feature_share", "deal", "price"])
        for row, (store, brand) in enumerate(zip(frame["store"], frame["brand"])):
            name = BRANDS[brand - 1]
            share = frame["feat"][row]
            out.writerow([
                f"{store} {name}",
                frame["week"][row],
                repr(frame["logmove"][row]),
                int(share > 0),
                store,
                name,
                repr(share),
                frame["deal"][row],
                repr(frame[f"price{brand}"][row]),
            ])


if __name__ == "__main__":
    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "orange-juice.csv.gz")
    yx, _demography = bayesm.load("orangeJuice", *sys.argv[1:])[0]
    write(target, bayesm.columns(yx))
