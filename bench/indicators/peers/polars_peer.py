"""The twenty indicators in polars, lazily and streaming: polars_peer.py count FOLDER, after DuckDB made the Parquet."""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = "2"

import polars as pl  # noqa: E402

from values import write  # noqa: E402

folder = sys.argv[2]
events = pl.scan_parquet(f"{folder}/events.parquet")
people = pl.scan_parquet(f"{folder}/people.parquet")
AS_OF = pl.date(2018, 3, 31)


def month(day):
    day = pl.col(day)
    return ((day.dt.year().cast(pl.Int32) - 2013) * 12 + day.dt.month() - 4).alias("month")


def age(day):
    def written(name):
        name = pl.col(name).dt
        return name.year().cast(pl.Int32) * 10_000 + name.month().cast(pl.Int32) * 100 + name.day()

    return (written(day) - written("born")) // 10_000


def of(*kinds):
    return events.filter(pl.col("kind").is_in(list(kinds)))


plain = (
    events.filter(pl.col("kind") < 14)
    .group_by("kind", "locality", month("started"))
    .agg(pl.len().alias("count"), pl.col("flag").cast(pl.Int64).sum(), pl.col("quantity").cast(pl.Int64).sum())
    .select(
        "kind",
        "locality",
        "month",
        pl.when(pl.col("kind") < 8).then("count").when(pl.col("kind") < 12).then("flag").otherwise("quantity"),
        pl.col("count").alias("below"),
    )
)
nights = (
    of(14)
    .filter(pl.col("ended") <= AS_OF)
    .group_by("locality", month("ended"))
    .agg((pl.col("ended") - pl.col("started")).dt.total_days().sum().alias("above"), pl.len().alias("below"))
    .select(pl.lit(14), "locality", "month", "above", "below")
)
bands = (
    of(15, 16)
    .join(people, on="person")
    .group_by("kind", "locality", month("started"), pl.min_horizontal(age("started") // 5, 18).alias("band"))
    .len()
)
distinct = (
    of(5, 6, 7)
    .select("person", "locality", month("started"))
    .unique()
    .group_by("locality", "month")
    .len()
    .select(pl.lit(17), "locality", "month", "len", below=pl.lit(0))
)
stays = of(18).select("person", "locality", "started", "ended")
left = stays.filter(pl.col("ended") <= AS_OF)
# Each stay lasts a night at least, so that the next to begin on the day it ended or later is another.
readmitted = (
    left.select("person", "locality", "ended")
    .sort("person", "ended")
    .join_asof(
        stays.select("person", later="started").sort("person", "later"),
        left_on="ended",
        right_on="later",
        by="person",
        strategy="forward",
    )
    .with_columns(came=(pl.col("later") <= pl.col("ended").dt.offset_by("29d")).fill_null(False))
    .filter(pl.col("came") | (pl.col("ended").dt.offset_by("29d") < AS_OF))
    .group_by("locality", month("ended"))
    .agg(pl.col("came").sum(), pl.len())
    .select(pl.lit(18), "locality", "month", "came", "len")
)
looked_at = (
    of(19)
    .select("person", "locality", "started", until=pl.col("started").dt.offset_by("3d"))
    .sort("person", "until")
    .join_asof(
        left.select("person", discharged="ended").sort("person", "discharged"),
        left_on="until",
        right_on="discharged",
        by="person",
        strategy="backward",
    )
    .filter(
        pl.col("discharged") >= pl.col("started").dt.offset_by("-7d"),
        pl.col("discharged").dt.offset_by("91d") < AS_OF,
    )
    .select("person", "locality", "discharged", day=pl.col("discharged").dt.offset_by("91d"))
    .unique()
    .join(people, on="person")
    .filter(age("discharged") >= 65)
)
away = (
    looked_at.select("person", "discharged", "day")
    .join(of(17, 18).select("person", "started", "ended"), on="person")
    .filter(pl.col("started") <= pl.col("day"), pl.col("ended").is_null() | (pl.col("ended") > pl.col("day")))
    .select("person", "discharged", away=True)
    .unique()
)
at_home = (
    looked_at.join(away, on=["person", "discharged"], how="left")
    .with_columns(here=pl.col("away").is_null() & (pl.col("died").is_null() | (pl.col("died") > pl.col("day"))))
    .group_by("locality", month("discharged"))
    .agg(pl.col("here").sum(), pl.len())
    .select(pl.lit(19), "locality", "month", "here", "len")
)

*found, by_age = pl.collect_all([plain, nights, distinct, readmitted, at_home, bands], engine="streaming")
write(folder, "polars", [row for frame in found for row in frame.rows()], by_age.rows())
