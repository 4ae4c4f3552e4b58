"""What both peers share: the sums over all localities, standardising, and how values are written."""

import csv
from collections import Counter

RATES = range(0, 8)
MEANS = range(12, 15)
STANDARDISED = range(15, 17)
PEOPLE = 17
LOCALITIES, MONTHS = 13, 60


def write(folder, name, rows, bands):
    """Writes a line for each indicator, place and month; all localities have the number after the last.

    `rows` are indicator, locality, month (from 0), above and below the line; `bands` of the standardised rates are
    indicator, locality, month, band of ages, and how many.
    """
    people, weights = Counter(), {}
    with open(f"{folder}/populations.csv") as file:
        for row in csv.DictReader(file):
            place, band = int(row["locality"]), int(row["band"])
            people[place] += int(row["people"])
            weights[place, band] = int(row["weight"])
    above, below = Counter(), Counter()
    for indicator, locality, month, one, other in rows:
        for place in (locality, LOCALITIES):
            above[indicator, place, month] += int(one)
            below[indicator, place, month] += int(other)
    for indicator, locality, month, band, count in bands:
        for place in (locality, LOCALITIES):
            above[indicator, place, month] += weights[place, band] * count
    with open(f"{folder}/{name}.csv", "w") as out:
        for indicator in range(20):
            for place in range(LOCALITIES + 1):
                for month in range(MONTHS):
                    found = value(indicator, above[indicator, place, month], below[indicator, place, month], people[place])
                    written = "none" if found is None else f"{found:.6f}"
                    out.write(f"{indicator},{place},{month},{written}\n")


def value(indicator, above, below, people):
    if indicator in RATES:
        return above * 100_000 / people
    if indicator in STANDARDISED or indicator == PEOPLE:
        return float(above)
    if below == 0:
        return None
    return (above if indicator in MEANS else above * 100) / below
