"""Makes services out of the descriptions of the ESD list on real postcodes, and questions: generate.py DATA FOLDER COUNT SEED

DATA holds taxonomies/esd and postcodes. A service is called as one of the list and says what two of them say; it has 1.2
sites on average, and one in twenty has none. A question is one or two words of a label within 3 or 16 km of a postcode.
"""

import csv
import gzip
import json
import pathlib
import random
import re
import sys

data, folder, count, seed = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
draw = random.Random(seed)
with open(data / "taxonomies/esd/services.csv", newline="", encoding="utf-8") as file:
    esd = [row for row in csv.DictReader(file) if row["Description"].strip()]
with gzip.open(data / "postcodes/dorset_postcodes.csv.gz", "rt", newline="") as file:
    places = [
        row
        for row in csv.DictReader(file)
        if row["in_code_point_open_2025"] == "1" and row["lad25cd"] in ("E06000058", "E06000059")
    ]
towns = ["Stour", "Frome", "Piddle", "Harbour", "Heath", "Downs", "Purbeck", "Vale", "Chesil", "Avon"]
access = ["step-free", "hearing-loop", "accessible-toilet", "parking", "changing-place"]
groups = ["carers", "older-people", "disabled-people", "families", "veterans", "young-people"]
languages = ["en", "pl", "pt", "bsl", "bn", "ro"]
folder.mkdir(parents=True, exist_ok=True)


def openings():
    days = draw.sample(range(7), draw.choice([1, 1, 2, 3, 5]))
    start = draw.randrange(8 * 60, 16 * 60, 30)
    return [{"day": day, "from": start, "until": start + draw.choice([60, 120, 240, 420])} for day in days]


def some(values, most):
    return draw.sample(values, draw.randrange(0, most + 1))


with open(folder / "services.jsonl", "w", encoding="utf-8") as file:
    for number in range(count):
        is_of, other = draw.choice(esd), draw.choice(esd)
        town, organisation = draw.choice(towns), draw.randrange(max(1, count // 10))
        at_home = draw.random()
        sites = draw.choice([1, 1, 1, 1, 1, 1, 1, 1, 2, 3]) if at_home > 0.05 else 0
        service = {
            "id": f"{number:08x}",
            "name": f"{town} {is_of['Label']}",
            "keywords": [is_of["Label"]],
            "text": f"{is_of['Description'].strip()} {other['Description'].strip()}",
            "organisation": f"o{organisation}",
            "organisation_name": f"{town} Partnership {organisation}",
            "terms": [f"esdServiceType:{is_of['Identifier']}", f"esdServiceType:{other['Identifier']}"],
            "eligibility": some(groups, 2),
            "languages": ["en"] + some(languages[1:], 1),
            "cost": draw.choice(["free", "free", "paid", None]),
            "ways": [] if sites else [draw.choice(["home", "online", "telephone"])],
            "ages": draw.choice([{"from": 0, "to": 255}] * 6 + [{"from": 18, "to": 255}, {"from": 60, "to": 255}, {"from": 0, "to": 17}, {"from": 18, "to": 64}]),
            "openings": openings(),
            "sites": [],
        }
        for _ in range(sites):
            place = draw.choice(places)
            service["sites"].append(
                {
                    "point": {"lat": float(place["lat"]), "lon": float(place["lon"])},
                    "council": place["lad25cd"],
                    "access": some(access, 3),
                    "openings": [],
                }
            )
        print(json.dumps(service, ensure_ascii=False), file=file)
with open(folder / "queries.tsv", "w", encoding="utf-8") as file:
    common = {"and", "for", "the", "with", "from", "other", "of", "to", "in", "a"}
    for _ in range(500):
        words = []
        while not words:
            label = [word for word in re.findall("[a-z]+", draw.choice(esd)["Label"].lower()) if word not in common and len(word) > 2]
            words = draw.sample(label, min(len(label), draw.choice([1, 2])))
        place = draw.choice(places)
        print(" ".join(words), place["lat"], place["lon"], draw.choice([3000, 16000]), sep="\t", file=file)
