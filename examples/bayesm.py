"""Reads the data sets of the R package bayesm from Debian's r-cran-bayesm; needs python3, apt-get and dpkg, and installs nothing.

A data set is an R object in R's serialised binary form (XDR, compressed with xz): the few kinds of object that occur in
those used here are read, so that R is not needed.
"""
import glob
import lzma
import os
import struct
import subprocess
import tempfile

PACKAGE = "r-cran-bayesm"


def load(name, path=None):
    """Returns the R object of this name, from a file of the package (NAME.rda), or from the package, which is downloaded."""
    if path:
        with open(path, "rb") as file:
            return RReader(lzma.decompress(file.read())).read()[name]
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # apt-get downloads as a user of its own
        subprocess.run(["apt-get", "-q", "download", PACKAGE], cwd=folder, check=True)
        (archive,) = glob.glob(os.path.join(folder, PACKAGE + "_*.deb"))
        subprocess.run(["dpkg", "-x", archive, folder], check=True)
        return load(name, os.path.join(folder, "usr/lib/R/site-library/bayesm/data", name + ".rda"))


def columns(frame):
    """Returns the columns of an R data frame by name, factors as texts."""
    parts, attributes = frame
    result = {}
    for name, (values, about) in zip(attributes["names"][0], parts):
        levels = about.get("levels")
        result[name] = [levels[0][value - 1] for value in values] if levels else list(values)
    return result


class RReader:
    """Reads R's serialisation format, version 2, as far as a data frame of numbers and factors needs it."""

    def __init__(self, data):
        if not data.startswith(b"RDX2\nX\n"):
            raise SystemExit("not an R data file in binary form, version 2")
        self.data = data
        self.at = 7 + 12  # after the magic come three version numbers
        self.symbols = []

    def unpack(self, form):
        values = struct.unpack_from(">" + form, self.data, self.at)
        self.at += struct.calcsize(">" + form)
        return values

    def read(self):
        (flags,) = self.unpack("i")
        kind, has_attributes, has_tag = flags & 0xFF, flags & 0x200, flags & 0x400
        if kind == 254:  # the end of a list, R's NULL
            return None
        if kind == 255:  # a symbol seen before
            return self.symbols[(flags >> 8) - 1]
        if kind == 1:  # a symbol
            self.symbols.append(self.read())
            return self.symbols[-1]
        if kind == 9:  # text
            (length,) = self.unpack("i")
            if length < 0:
                return None
            self.at += length
            return self.data[self.at - length:self.at].decode("utf-8")
        if kind == 2:  # a list of named values
            pairs = {}
            while kind == 2:
                if has_attributes:
                    self.read()
                name = self.read() if has_tag else None
                pairs[name] = self.read()
                (flags,) = self.unpack("i")
                kind, has_attributes, has_tag = flags & 0xFF, flags & 0x200, flags & 0x400
            return pairs
        (length,) = self.unpack("i")
        if kind in (10, 13):  # truth values, whole numbers
            values = self.unpack(f"{length}i")
        elif kind == 14:  # numbers
            values = self.unpack(f"{length}d")
        elif kind in (16, 19):  # texts, lists
            values = [self.read() for _ in range(length)]
        else:
            raise SystemExit(f"unexpected kind of R object: {kind}")
        return (values, self.read()) if has_attributes else (values, {})
