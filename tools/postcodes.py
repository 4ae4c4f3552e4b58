#!/usr/bin/env python3
"""Makes reference/postcodes/dorset.postcodes out of a CSV file of postcodes.

    tools/postcodes.py ../shared/data/postcodes/dorset_postcodes.csv.gz

The columns are postcode, lat, lon, lad25cd and in_code_point_open_2025 (1 for a postcode in use). Every postcode of the
file is kept. The format is told in reference/postcodes/README.md; capabilities/directory/src/postcode/table.rs reads it.
"""

import csv
import gzip
import math
import pathlib
import sys

DIGITS = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def number(postcode):
    """A postcode as a number in whose order postcodes of one sector stand together."""
    outward, inward = postcode.split(" ")
    code = 0
    for letter in outward.ljust(4):
        code = code * 37 + DIGITS.index(letter)
    first, second = (ord(letter) - ord("A") for letter in inward[1:])
    return (code * 10 + int(inward[0])) * 676 + first * 26 + second


def varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return out


def signed(value):
    return varint(value << 1 if value >= 0 else (-value << 1) - 1)


def units(degrees):
    """Hundred-thousandths of a degree; what lies halfway goes away from nothing, as Rust rounds."""
    whole = math.floor(abs(float(degrees) * 1e5) + 0.5)
    return int(math.copysign(whole, float(degrees)))


with gzip.open(sys.argv[1], "rt", newline="") as file:
    rows = sorted((number(row["postcode"]), row) for row in csv.DictReader(file))
councils = sorted({row["lad25cd"] for _, row in rows})
out = bytearray(b"stour postcodes 1\n") + varint(len(councils))
for council in councils:
    out += council.encode().ljust(9, b" ")
out += varint(len(rows))
before = lat = lon = 0
for code, row in rows:
    north, east = units(row["lat"]), units(row["lon"])
    out += varint(code - before) + signed(north - lat) + signed(east - lon)
    out += varint(councils.index(row["lad25cd"]) * 2 + int(row["in_code_point_open_2025"]))
    before, lat, lon = code, north, east
to = pathlib.Path(__file__).parent.parent / "reference/postcodes/dorset.postcodes"
to.write_bytes(out)
print(f"{len(rows)} postcodes of {len(councils)} councils in {len(out)} bytes")
