#!/usr/bin/env python3
"""Makes the guide's pictures of the report.

It needs python3, Chromium, the font Noto Sans and the orange-juice example (see examples/README.md).

    docs/guide/images/make.py

Chromium takes a picture of the whole report; what is cut out of it gets a palette of at most 256 colours.
"""
import collections
import os
import struct
import subprocess
import tempfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..", "..")

PANELS = {
    "cheese": "examples/cheese-display.csv --unit retailer --time week --outcome log_volume --treatment display",
    "juice": "examples/orange-juice.csv.gz --unit store_brand --time week --outcome log_units --treatment feature",
}

# Picture, panel, first and last row of the report.
CUTS = [
    ("cheese-answer", "cheese", 30, 1080),
    ("cheese-units", "cheese", 1725, 2650),
    ("cheese-time", "cheese", 2650, 3225),
    ("juice-when", "juice", 3265, 3850),
]


def pixels(path):
    """Rows of a PNG of 8 bits a channel, each a list of pixels of three bytes."""
    with open(path, "rb") as file:
        data = file.read()
    at, packed = 8, b""
    while at < len(data):
        (length,), kind = struct.unpack_from(">I", data, at), data[at + 4:at + 8]
        part = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, _, colour = struct.unpack_from(">IIBB", part)
            channels = {2: 3, 6: 4}[colour]
        elif kind == b"IDAT":
            packed += part
        at += 12 + length
    raw, step = zlib.decompress(packed), width * channels
    before, rows = bytearray(step), []
    for y in range(height):
        kind, line = raw[y * (step + 1)], bytearray(raw[y * (step + 1) + 1:(y + 1) * (step + 1)])
        for x in range(step if kind else 0):
            left = line[x - channels] if x >= channels else 0
            corner = before[x - channels] if x >= channels else 0
            line[x] = (line[x] + (left, before[x], (left + before[x]) // 2, paeth(left, before[x], corner))[kind - 1]) & 255
        rows.append([bytes(line[x:x + 3]) for x in range(0, step, channels)])
        before = line
    return rows


def paeth(left, above, corner):
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))


def write(path, rows):
    """The most frequent colours make the palette; the others become the nearest of it."""
    counts = collections.Counter(pixel for row in rows for pixel in row)
    palette = [colour for colour, _ in counts.most_common(64)]
    places = {colour: k for k, colour in enumerate(palette)}
    for colour in counts:
        if colour not in places:
            places[colour] = min(range(len(palette)), key=lambda k: sum((a - b) ** 2 for a, b in zip(colour, palette[k])))
    raw = b"".join(b"\0" + bytes(places[pixel] for pixel in row) for row in rows)
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(raw, 9)),
        (b"IEND", b""),
    ]
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        for kind, part in parts:
            file.write(struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part)))


def main():
    with tempfile.TemporaryDirectory() as folder:
        for name, panel in PANELS.items():
            report, shot = os.path.join(folder, name + ".html"), os.path.join(folder, name + ".png")
            subprocess.run(["./rowwise", "estimate", *panel.split(), "--quiet", "--report", report], cwd=ROOT, check=True)
            subprocess.run(
                [os.environ.get("ROWWISE_CHROMIUM", "chromium"), "--headless", "--no-sandbox", "--disable-gpu",
                 "--hide-scrollbars", "--virtual-time-budget=8000", "--window-size=1280,4200", "--screenshot=" + shot,
                 "file://" + report],
                check=True, stderr=subprocess.DEVNULL)
            rows = pixels(shot)
            for picture, of, first, last in CUTS:
                if of == name:
                    write(os.path.join(HERE, picture + ".png"), rows[first:last])


if __name__ == "__main__":
    main()
