#!/usr/bin/env python3
"""Makes reference/population_lsoa.csv from published estimates by single year of age.

    tools/population.py SOURCE

SOURCE is a folder with dorset_population_mid2020_lsoa11_single_year_age.csv, as reference/README.md says where
it is from: a row for each lower-layer super output area of 2011, with its code as lsoa11_code and the people of each
age in columns 0 to 90+. It needs Python 3 and nothing else, and makes the same bytes each time.
"""

import csv
import sys
from pathlib import Path

REFERENCE = Path(__file__).resolve().parent.parent / "reference"

# The youngest age of each band; those under 1 are apart, for life tables.
BANDS = [0, 1, *range(5, 95, 5)]


def people(row, first, before):
    """How many people of a row are at least as old as the first age and younger than the other."""
    ages = ("90+" if age == 90 else str(age) for age in range(first, before))
    return sum(int(float(row[age])) for age in ages)


def main():
    source = Path(sys.argv[1]) / "dorset_population_mid2020_lsoa11_single_year_age.csv"
    with source.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["lsoa11_code"])
    with (REFERENCE / "population_lsoa.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["lsoa", *BANDS, "18_to_19"])
        for row in rows:
            bands = [people(row, *ages) for ages in zip(BANDS, [*BANDS[1:], 91])]
            out.writerow([row["lsoa11_code"], *bands, people(row, 18, 20)])


if __name__ == "__main__":
    main()
