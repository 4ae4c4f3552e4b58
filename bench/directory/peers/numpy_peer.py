"""An index of words to rows and columns in numpy: numpy_peer.py FOLDER. Stems of words, nearest first, facets by bincount."""

import functools
import re
import sys
import time

import numpy as np

import snowballstemmer

import common

stem = functools.cache(snowballstemmer.stemmer("english").stemWord)

began = time.monotonic()
rows = common.services(sys.argv[1])
began = time.monotonic()
words, site_of, lat, lon = {}, [], [], []
for at, row in enumerate(rows):
    for word in set(map(stem, re.findall("[a-z0-9]+", f"{row['name']} {row['organisation_name']} {row['text']}".lower()))) - common.COMMON:
        words.setdefault(word, []).append(at)
    for site in row["sites"]:
        site_of.append(at)
        lat.append(site["point"]["lat"])
        lon.append(site["point"]["lon"])
words = {word: np.array(at, dtype=np.int32) for word, at in words.items()}
site_of, lat, lon = np.array(site_of), np.radians(lat), np.radians(lon)
cosine = np.cos(lat)
first_site = np.searchsorted(site_of, np.arange(len(rows) + 1))
youngest = np.array([row["ages"]["from"] for row in rows], dtype=np.uint8)
oldest = np.array([row["ages"]["to"] for row in rows], dtype=np.uint8)
days = np.array([sum(1 << opening["day"] for opening in row["openings"]) for row in rows], dtype=np.uint8)


def lists(of):
    """Values of each service as numbers, one after another, and where those of each begin."""
    numbers, flat, starts = {}, [], [0]
    for row in rows:
        flat.extend(numbers.setdefault(value, len(numbers)) for value in dict.fromkeys(of(row)))
        starts.append(len(flat))
    return np.array(flat, dtype=np.int32), np.array(starts), len(numbers)


facets = [
    lists(lambda row: row["terms"]),
    lists(lambda row: [row["organisation"]]),
    lists(lambda row: row["eligibility"]),
    lists(lambda row: row["languages"]),
    lists(lambda row: [row["cost"]] if row["cost"] else []),
    lists(common.ways),
]
of_site = [
    lists(lambda row: [site["council"] for site in row["sites"]]),
    lists(lambda row: [feature for site in row["sites"] for feature in site["access"]]),
]
common.built("numpy", began)


def gather(at, starts):
    """The places of the items of several rows."""
    begin, length = starts[at], starts[at + 1] - starts[at]
    within = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    return np.repeat(begin, length) + within


def counts(at, facet):
    flat, starts, size = facet
    return np.bincount(flat[gather(at, starts)], minlength=size)


def find(terms, is_any, here_lat, here_lon, metres):
    lists = [words.get(stem(word), np.empty(0, dtype=np.int32)) for word in terms]
    at = lists[0]
    for other in lists[1:]:
        at = np.union1d(at, other) if is_any else np.intersect1d(at, other, assume_unique=True)
    at = at[(youngest[at] <= 75) & (oldest[at] >= 75)]
    sites = gather(at, first_site)
    here_lat, here_lon = np.radians(here_lat), np.radians(here_lon)
    chord = np.sin((lat[sites] - here_lat) / 2) ** 2 + np.cos(here_lat) * cosine[sites] * np.sin((lon[sites] - here_lon) / 2) ** 2
    away = 2 * 6371008.8 * np.arcsin(np.sqrt(chord))
    near = away <= metres
    sites, away = sites[near], away[near]
    any_day = np.unique(site_of[sites])
    by_day = [int(((days[any_day] >> day) & 1).sum()) for day in range(7)]
    is_open = (days[site_of[sites]] & 1) == 1
    sites, away = sites[is_open], away[is_open]
    order = np.argsort(away, kind="stable")
    nearest, at_first = np.unique(site_of[sites][order], return_index=True)
    hits = nearest[np.argsort(at_first)[:20]]
    counted = [counts(nearest, facet) for facet in facets + of_site]
    top = [np.argsort(-count)[:50] for count in counted]
    return len(nearest), hits, by_day, top


spent, found = [], []
for query in common.queries(sys.argv[1]):
    began = time.process_time()
    found.append(common.most(find, *query))
    spent.append(time.process_time() - began)
common.report("numpy, nearest 20 with facets", spent, found)
