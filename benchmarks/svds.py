"""Measures scipy.sparse.linalg.svds on the matrices that SvdComparison wrote to a folder, and prints a table of both.

The residual of a right singular vector v with singular value s is ||X'Xv - s^2 v|| / s^2. SciPy is run with its default
tolerance, and with the largest power of ten for which its residual does not exceed that of this library.
"""

import pathlib
import sys
import time

import numpy
import scipy
from scipy.sparse.linalg import svds

RANK = 3
ROUNDS = 2


def residual(x, vectors):
    worst = 0.0
    for v in vectors:
        image = x.T @ (x @ v)
        square = v @ image
        worst = max(worst, numpy.linalg.norm(image - square * v) / square)
    return worst


def timed(x, tolerance):
    least = processor = float("inf")
    for _ in range(ROUNDS):
        start, used = time.perf_counter(), time.process_time()
        _, _, vectors = svds(x, k=RANK, tol=tolerance, random_state=1)
        least = min(least, time.perf_counter() - start)
        processor = min(processor, time.process_time() - used)
    return least, processor, residual(x, vectors)


folder = pathlib.Path(sys.argv[1])
words = (folder / "times.txt").read_text().split()
units, periods = int(words[0]), int(words[1])
means, means_processor, seconds, processor = map(float, words[2:])
own, same, default = [], [], []
tolerances = []
for arm in (0, 1):
    x = numpy.fromfile(folder / f"arm{arm}.bin").reshape(units, periods)
    own.append(residual(x, numpy.fromfile(folder / f"vectors{arm}.bin").reshape(RANK, periods)))
    for power in range(1, 16):
        found = timed(x, 10.0**-power)
        if found[2] <= own[-1]:
            break
    tolerances.append(f"1e-{power}")
    same.append(found)
    default.append(timed(x, 0))
    del x


def row(name, wall, used, residuals):
    print(f"| {name} | {wall:.2f} | {used:.2f} | {max(residuals):.0e} | {seconds / wall:.3f} | {processor / used:.3f} |")


def scipy_row(name, found):
    row(f"SciPy svds, {name}", sum(f[0] for f in found), sum(f[1] for f in found), [f[2] for f in found])


print(f"{units:,} x {periods:,}, {RANK} factors in each of both arms, NumPy {numpy.__version__}, SciPy {scipy.__version__}")
print()
print("| both arms | seconds | processor seconds | largest residual | rowwise over it | in processor time |")
print("|---|---|---|---|---|---|")
row("rowwise, reading and masking the panel in every pass", seconds, processor, own)
row("rowwise, with the counts and means before", seconds + means, processor + means_processor, own)
scipy_row(f"tol={'/'.join(tolerances)}", same)
scipy_row("default tol", default)
