"""SQLite with FTS5: sqlite_peer.py FOLDER. Words first, then sites of those by index; facets from the list of what was found."""

import math
import os
import pathlib
import sqlite3
import sys
import time

import common

rows = common.services(sys.argv[1])
path = pathlib.Path(sys.argv[1]) / "peer.sqlite"
path.unlink(missing_ok=True)
began = time.monotonic()
db = sqlite3.connect(path)
db.executescript(
    """
    pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -500000; pragma temp_store = memory;
    create virtual table ft using fts5 (name, organisation, text, content = '', tokenize = 'porter unicode61');
    create table service (id integer primary key, youngest int, oldest int, days int, name text);
    create table site (service int, lat real, lon real);
    create table value (service int, facet text, value text);
    """
)
for at, row in enumerate(rows):
    db.execute("insert into ft (rowid, name, organisation, text) values (?, ?, ?, ?)", (at, row["name"], row["organisation_name"], row["text"]))
    days = sum(1 << opening["day"] for opening in row["openings"])
    db.execute("insert into service values (?, ?, ?, ?, ?)", (at, row["ages"]["from"], row["ages"]["to"], days, row["name"]))
    values = [("term", value) for value in row["terms"]] + [("organisation", row["organisation"])]
    values += [("eligibility", value) for value in row["eligibility"]] + [("language", value) for value in row["languages"]]
    values += [("cost", row["cost"])] if row["cost"] else []
    values += [("way", value) for value in common.ways(row)]
    for site in row["sites"]:
        db.execute("insert into site values (?, ?, ?)", (at, math.radians(site["point"]["lat"]), math.radians(site["point"]["lon"])))
        values += [("council", site["council"])] + [("access", value) for value in site["access"]]
    db.executemany("insert into value values (?, ?, ?)", [(at, *value) for value in dict.fromkeys(values)])
db.executescript("create index site_service on site (service, lat, lon); create index value_service on value (service, facet, value); analyze;")
db.commit()
common.built(f"SQLite {sqlite3.sqlite_version} FTS5", began, f", {os.path.getsize(path) / 1e6:.0f} MB")
# The candidates by words are made first: left to itself the planner asks the index of words for each site.
CANDIDATES = """
    create temp table near as
    with words as materialized (select rowid as id from ft where ft match :words),
    sites as materialized (
        select s.service, 2 * 6371008.8 * asin(sqrt(pow(sin((s.lat - :lat) / 2), 2) + cos(:lat) * cos(s.lat) * pow(sin((s.lon - :lon) / 2), 2))) as metres
        from words cross join service e on e.id = words.id cross join site s on s.service = e.id
        where e.youngest <= 75 and e.oldest >= 75
    )
    select e.id, e.days, e.name, min(metres) as metres from sites join service e on e.id = sites.service
    where metres <= :metres group by e.id
"""


def find(terms, is_any, lat, lon, metres):
    db.execute("drop table if exists temp.near")
    words = (" OR " if is_any else " ").join(f'"{term}"' for term in terms)
    db.execute(CANDIDATES, {"words": words, "lat": math.radians(lat), "lon": math.radians(lon), "metres": metres})
    days = db.execute("select sum(days & 1), sum(days >> 1 & 1), sum(days >> 2 & 1), sum(days >> 3 & 1), sum(days >> 4 & 1), sum(days >> 5 & 1), sum(days >> 6 & 1) from near").fetchall()
    total = db.execute("select count(*) from near where days & 1").fetchone()[0]
    hits = db.execute("select id from near where days & 1 order by metres, name, id limit 20").fetchall()
    facets = db.execute("select facet, value, count(*) from near cross join value on value.service = near.id where days & 1 group by facet, value").fetchall()
    return total, hits, days, facets


spent, found = [], []
for query in common.queries(sys.argv[1]):
    began = time.process_time()
    found.append(common.most(find, *query))
    spent.append(time.process_time() - began)
common.report("SQLite FTS5, nearest 20 with facets", spent, found)
