"""What the peers share: the services, the questions and how they are measured."""

import json
import pathlib
import resource
import time

COMMON = {"and", "for", "the", "with", "from", "of", "to", "in", "a", "an", "or", "is", "be", "by", "at", "on", "it", "this", "that", "are", "as", "can", "may", "will"}


def services(folder):
    with open(pathlib.Path(folder) / "services.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def queries(folder):
    with open(pathlib.Path(folder) / "queries.tsv", encoding="utf-8") as file:
        for line in file:
            words, lat, lon, metres = line.rstrip("\n").split("\t")
            yield words.split(), float(lat), float(lon), float(metres)


def ways(service):
    return (["place"] if service["sites"] else []) + service["ways"]


def most(find, words, lat, lon, metres):
    """How many services have all words or, where none does, any of them."""
    total = find(words, False, lat, lon, metres)[0]
    return total or len(words) < 2 or find(words, True, lat, lon, metres)[0]


def report(what, spent, found):
    spent = sorted(spent)
    at = lambda part: spent[min(len(spent) * part // 100, len(spent) - 1)] * 1e3
    print(f"{what}: p50 {at(50):.2f} p95 {at(95):.2f} most {at(100):.2f} CPU ms of {len(spent)} (found {sum(found) // len(found)} each)", flush=True)


def built(what, began, extra=""):
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: built in {time.monotonic() - began:.1f} s on the wall{extra}; {most:.0f} MiB resident at most", flush=True)
