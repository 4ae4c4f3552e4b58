"""The twenty indicators in DuckDB: duckdb_peer.py prepare FOLDER, then duckdb_peer.py count FOLDER.

`prepare` makes Parquet of the lines, in their order, each column as narrow as its numbers.
"""

import sys

import duckdb

from values import write

what, folder = sys.argv[1:]
db = duckdb.connect()
db.execute("SET threads = 2")

if what == "prepare":
    db.execute(f"""
        COPY (SELECT person::INTEGER AS person, locality::UTINYINT AS locality, kind::UTINYINT AS kind,
                     flag::UTINYINT AS flag, started::DATE AS started, ended::DATE AS ended, quantity::SMALLINT AS quantity
              FROM read_csv('{folder}/events.csv'))
        TO '{folder}/events.parquet' (FORMAT parquet, COMPRESSION zstd)""")
    db.execute(f"""
        COPY (SELECT person::INTEGER AS person, born::DATE AS born, died::DATE AS died FROM read_csv('{folder}/people.csv'))
        TO '{folder}/people.parquet' (FORMAT parquet, COMPRESSION zstd)""")
    sys.exit()

EVENTS, PEOPLE = f"read_parquet('{folder}/events.parquet')", f"read_parquet('{folder}/people.parquet')"
AS_OF = "DATE '2018-03-31'"


def month(day):
    return f"((year({day}) - 2013) * 12 + month({day}) - 4)"


def age(day, born="born"):
    written = "(year({0}) * 10000 + month({0}) * 100 + day({0}))".format
    return f"(({written(day)} - {written(born)}) // 10000)"


# Rates, shares, means of quantities: one scan.
plain = f"""
    SELECT kind, locality, {month('started')} AS number,
           CASE WHEN kind < 8 THEN count(*) WHEN kind < 12 THEN sum(flag) ELSE sum(quantity) END, count(*)
    FROM {EVENTS} WHERE kind < 14 GROUP BY kind, locality, number"""
nights = f"""
    SELECT 14 AS indicator, locality, {month('ended')} AS month, sum(ended - started), count(*)
    FROM {EVENTS} WHERE kind = 14 AND ended <= {AS_OF} GROUP BY ALL"""
bands = f"""
    SELECT kind, locality, {month('started')} AS month, least({age('started')} // 5, 18) AS band, count(*)
    FROM {EVENTS} JOIN {PEOPLE} USING (person) WHERE kind IN (15, 16) GROUP BY ALL"""
people = f"""
    SELECT 17 AS indicator, locality, {month('started')} AS month, count(DISTINCT person) AS above, 0 AS below
    FROM {EVENTS} WHERE kind IN (5, 6, 7) GROUP BY ALL"""
# Each stay lasts a night at least, so that the next to begin on the day it ended or later is another.
readmitted = f"""
    WITH stays AS (SELECT person, locality, started, ended FROM {EVENTS} WHERE kind = 18),
    followed AS (
        SELECT stay.locality, stay.ended, coalesce(later.started <= stay.ended + 29, false) AS came
        FROM (FROM stays WHERE ended <= {AS_OF}) stay
        ASOF LEFT JOIN stays later ON stay.person = later.person AND stay.ended <= later.started)
    SELECT 18 AS indicator, locality, {month('ended')} AS month, count(*) FILTER (came) AS above, count(*) AS below
    FROM followed WHERE came OR ended + 29 < {AS_OF} GROUP BY ALL"""
at_home = f"""
    WITH stays AS (SELECT person, started, ended FROM {EVENTS} WHERE kind = 18),
    looked_at AS (
        SELECT DISTINCT service.person, service.locality, stay.ended AS discharged
        FROM (SELECT person, locality, started FROM {EVENTS} WHERE kind = 19) service
        ASOF JOIN (FROM stays WHERE ended <= {AS_OF}) stay
            ON service.person = stay.person AND service.started + 3 >= stay.ended
        WHERE stay.ended >= service.started - 7 AND stay.ended + 91 < {AS_OF}),
    aged AS (
        SELECT looked_at.*, died FROM looked_at JOIN {PEOPLE} USING (person) WHERE {age('discharged')} >= 65),
    away AS (
        SELECT DISTINCT aged.person, discharged
        FROM aged JOIN (SELECT person, started, ended FROM {EVENTS} WHERE kind IN (17, 18)) other USING (person)
        WHERE other.started <= discharged + 91 AND (other.ended IS NULL OR other.ended > discharged + 91))
    SELECT 19 AS indicator, locality, {month('discharged')} AS month,
           count(*) FILTER (away.person IS NULL AND (died IS NULL OR died > discharged + 91)) AS above, count(*) AS below
    FROM aged LEFT JOIN away USING (person, discharged) GROUP BY ALL"""

rows = [row for query in (plain, nights, people, readmitted, at_home) for row in db.execute(query).fetchall()]
write(folder, "duckdb", rows, db.execute(bands).fetchall())
