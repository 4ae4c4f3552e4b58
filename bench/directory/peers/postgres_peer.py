"""PostgreSQL with a GIN index of words and earthdistance: postgres_peer.py FOLDER URL. CPU is that of the server's process and of this one."""

import sys
import time

import psycopg

import common

rows = common.services(sys.argv[1])
began = time.monotonic()
db = psycopg.connect(sys.argv[2], autocommit=True)
db.execute("create extension if not exists cube")
db.execute("create extension if not exists earthdistance")
db.execute("drop schema if exists stour_bench_directory cascade")
db.execute("create schema stour_bench_directory")
db.execute("set search_path = stour_bench_directory, public")
db.execute("set max_parallel_workers_per_gather = 0")
db.execute("set work_mem = '64MB'")
db.execute("create table service (id int primary key, youngest int, oldest int, days int, name text, ft tsvector)")
db.execute("create table site (service int, at earth)")
db.execute("create table value (service int, facet text, value text)")
db.execute("create temp table text (id int, youngest int, oldest int, days int, name text, organisation text, text text)")
with db.cursor() as cursor:
    with cursor.copy("copy text from stdin") as copy:
        for at, row in enumerate(rows):
            days = sum(1 << opening["day"] for opening in row["openings"])
            copy.write_row((at, row["ages"]["from"], row["ages"]["to"], days, row["name"], row["organisation_name"], row["text"]))
    db.execute(
        """insert into service select id, youngest, oldest, days, name,
        setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', organisation), 'B') || to_tsvector('english', text) from text"""
    )
    db.execute("create temp table place (service int, lat float8, lon float8)")
    with cursor.copy("copy place from stdin") as copy:
        for at, row in enumerate(rows):
            for site in row["sites"]:
                copy.write_row((at, site["point"]["lat"], site["point"]["lon"]))
    db.execute("insert into site select service, ll_to_earth(lat, lon) from place")
    with cursor.copy("copy value from stdin") as copy:
        for at, row in enumerate(rows):
            values = [("term", value) for value in row["terms"]] + [("organisation", row["organisation"])]
            values += [("eligibility", value) for value in row["eligibility"]] + [("language", value) for value in row["languages"]]
            values += [("cost", row["cost"])] if row["cost"] else []
            values += [("way", value) for value in common.ways(row)]
            for site in row["sites"]:
                values += [("council", site["council"])] + [("access", value) for value in site["access"]]
            for value in dict.fromkeys(values):
                copy.write_row((at, *value))
for index in ("service using gin (ft)", "site (service)", "site using gist (at)", "value (service)"):
    db.execute(f"create index on {index}")
for table in ("service", "site", "value"):
    db.execute(f"vacuum analyze {table}")
size = db.execute("select sum(pg_total_relation_size(c.oid)) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'stour_bench_directory' and c.relkind = 'r'").fetchone()[0]
common.built("PostgreSQL", began, f", {int(size) / 1e6:.0f} MB")
server = db.execute("select pg_backend_pid()").fetchone()[0]
CANDIDATES = """
    create temp table near as
    select e.id, e.days, e.name, min(earth_distance(s.at, ll_to_earth(%(lat)s, %(lon)s))) as metres
    from service e join site s on s.service = e.id
    where e.ft @@ to_tsquery('english', %(words)s) and e.youngest <= 75 and e.oldest >= 75
      and earth_box(ll_to_earth(%(lat)s, %(lon)s), %(metres)s) @> s.at
      and earth_distance(s.at, ll_to_earth(%(lat)s, %(lon)s)) <= %(metres)s
    group by e.id
"""


def find(terms, is_any, lat, lon, metres):
    db.execute("drop table if exists near")
    db.execute(CANDIDATES, {"words": (" | " if is_any else " & ").join(terms), "lat": lat, "lon": lon, "metres": metres})
    days = db.execute("select sum(days & 1), sum(days >> 1 & 1), sum(days >> 2 & 1), sum(days >> 3 & 1), sum(days >> 4 & 1), sum(days >> 5 & 1), sum(days >> 6 & 1) from near").fetchall()
    total = db.execute("select count(*) from near where days & 1 = 1").fetchone()[0]
    hits = db.execute("select id from near where days & 1 = 1 order by metres, name, id limit 20").fetchall()
    facets = db.execute("select facet, value, count(*) from near join value on value.service = near.id where days & 1 = 1 group by facet, value").fetchall()
    return total, hits, days, facets


def used():
    """Seconds of CPU of the server's process, as Linux tells them, and of this one."""
    with open(f"/proc/{server}/schedstat") as file:
        return int(file.read().split()[0]) / 1e9 + time.process_time()


spent, found = [], []
for query in common.queries(sys.argv[1]):
    began = used()
    found.append(common.most(find, *query))
    spent.append(used() - began)
common.report("PostgreSQL, nearest 20 with facets", spent, found)
db.execute("drop schema stour_bench_directory cascade")
