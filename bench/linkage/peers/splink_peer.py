"""Runs Splink 5 on the files that the other programs are given, with settings tuned for them.

    splink_peer.py people FOLDER OUT [--no-numbers]   all.csv of a generated set
    splink_peer.py febrl3 FILE OUT                    FEBRL's third set
    splink_peer.py fake_1000 FILE OUT                 Splink's own example

Writes pairs.csv and clusters.csv and, for people, decisions-W.csv: a link is the heaviest pair with a record of the
index, if it weighs at least W bits and at least three more than the next. Everything runs on two threads in 8 GB.
"""

import argparse
import json
import logging
import os
import sys
import time

import duckdb
import splink.comparison_level_library as level
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

MARGIN = 3
WEIGHTS = [5, 8, 12, 20]
# The probability above which clusters are best, of those that Splink's own examples use.
CLUSTERS = {"people": 0.99, "febrl3": 0.5, "fake_1000": 0.5}


def connect():
    connection = duckdb.connect()
    connection.execute("SET threads = 2; SET memory_limit = '8GB'")
    return connection


def number_comparison(column, distance):
    return compare.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            level.NullLevel(column),
            level.ExactMatchLevel(column),
            level.DamerauLevenshteinLevel(column, distance),
            level.ElseLevel(),
        ],
    )


def people(connection, folder, numbers):
    connection.execute(f"""
        CREATE TABLE records AS
        SELECT rec_id AS unique_id, org, upper(given_name) AS given, upper(surname) AS surname, dob, sex, postcode,
               {"nhs_number" if numbers else "NULL::VARCHAR AS nhs_number"}, substr(dob, 1, 4) AS yob,
               substr(upper(given_name), 1, 1) AS initial,
               split_part(postcode, ' ', 1) AS outcode
        FROM read_csv('{folder}/all.csv', all_varchar = true, nullstr = '')
    """)
    blocks = [
        block_on("surname", "dob"),
        block_on("given", "dob"),
        block_on("postcode", "dob"),
        block_on("postcode", "surname", "initial"),
        block_on("given", "surname", "yob"),
        block_on("given", "surname", "outcode"),
        block_on("postcode", "given"),
    ]
    comparisons = [
        compare.NameComparison("given"),
        compare.NameComparison("surname"),
        compare.DateOfBirthComparison("dob", input_is_string=True),
        compare.PostcodeComparison("postcode"),
        compare.ExactMatch("sex"),
    ]
    certain = [block_on("given", "surname", "dob"), block_on("postcode", "given", "dob")]
    if numbers:
        blocks.append(block_on("nhs_number"))
        comparisons.append(number_comparison("nhs_number", 1))
        certain.append(block_on("nhs_number"))
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
    )
    return settings, certain, 0.9, [block_on("given", "dob"), block_on("postcode", "surname")], 1e6


def febrl3(connection, file):
    head = [name.strip() for name in open(file).readline().split(",")]
    fields = ", ".join(f"nullif(trim({name}), '') AS {name}" for name in head)
    connection.execute(f"""
        CREATE TABLE records AS SELECT * RENAME (rec_id AS unique_id)
        FROM (SELECT {fields} FROM read_csv('{file}', all_varchar = true, header = true))
    """)
    born = compare.DateOfBirthComparison(
        "date_of_birth", input_is_string=True, datetime_format="%Y%m%d"
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.NameComparison("given_name"),
            compare.NameComparison("surname"),
            born,
            number_comparison("soc_sec_id", 2),
            compare.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            compare.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("soc_sec_id"),
            block_on("given_name"),
            block_on("surname"),
            block_on("date_of_birth"),
            block_on("postcode"),
        ],
    )
    certain = [
        block_on("soc_sec_id"),
        block_on("given_name", "surname", "date_of_birth"),
        "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth",
    ]
    return settings, certain, 0.9, [block_on("date_of_birth"), block_on("postcode")], 1e6


def fake_1000(connection, file):
    connection.execute(f"CREATE TABLE records AS FROM read_csv('{file}', all_varchar = true, nullstr = '')")
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.ForenameSurnameComparison("first_name", "surname"),
            compare.DateOfBirthComparison("dob", input_is_string=True),
            compare.ExactMatch("city").configure(term_frequency_adjustments=True),
            compare.EmailComparison("email"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("first_name"),
            block_on("surname"),
            block_on("dob"),
            block_on("email"),
        ],
    )
    certain = [block_on("first_name", "surname"), block_on("email"), block_on("dob", "surname")]
    trained = [block_on("dob"), block_on("email"), block_on("first_name", "surname")]
    return settings, certain, 0.7, trained, 1e6


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["people", "febrl3", "fake_1000"])
    parser.add_argument("input")
    parser.add_argument("out")
    parser.add_argument("--no-numbers", action="store_true")
    parser.add_argument("--one-by-one", type=int, metavar="N", help="then time N records, each against the whole index")
    arguments = parser.parse_args()
    logging.getLogger("splink").setLevel(logging.ERROR)
    os.makedirs(arguments.out, exist_ok=True)
    connection = connect()
    if arguments.kind == "people":
        made = people(connection, arguments.input, not arguments.no_numbers)
    else:
        made = globals()[arguments.kind](connection, arguments.input)
    settings, certain, recall, trained, pairs = made

    api = DuckDBAPI(connection)
    linker = Linker(api.register("records"), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(certain, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=pairs, seed=1)
    for block in trained:
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    predicted = linker.inference.predict()
    table = predicted.physical_name
    out = arguments.out
    connection.execute(f"""
        COPY (SELECT unique_id_l AS id_a, unique_id_r AS id_b, match_weight AS weight, match_probability AS probability
              FROM {table}) TO '{out}/pairs.csv' (HEADER)
    """)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, CLUSTERS[arguments.kind])
    connection.execute(f"""
        COPY (SELECT unique_id AS id, cluster_id AS cluster FROM {clusters.physical_name})
        TO '{out}/clusters.csv' (HEADER)
    """)
    if arguments.kind == "people":
        decide(connection, table, out)
        if arguments.one_by_one:
            one_by_one(connection, api, linker, arguments.one_by_one)


def one_by_one(connection, api, linker, count):
    for name in ["given", "surname"]:
        linker.table_management.compute_tf_table(name)
    connection.execute("CREATE TABLE held AS FROM records WHERE org = 'SPINE'")
    held = api.register("held")
    taken = []
    for place in range(count):
        connection.execute(f"""
            CREATE TABLE one_{place} AS FROM records WHERE org <> 'SPINE'
            ORDER BY CAST(unique_id AS INTEGER) LIMIT 1 OFFSET {place}
        """)
        one = api.register(f"one_{place}")
        began, used = time.perf_counter(), time.process_time()
        linker.inference.predict_between(held, one).as_record_list()
        taken.append((time.perf_counter() - began, time.process_time() - used))
    middle = [round(1000 * sorted(times)[count // 2]) for times in zip(*taken)]
    print(json.dumps({"one_record_ms": middle[0], "one_record_cpu_ms": middle[1], "records": count}))


def decide(connection, table, out):
    connection.execute(f"""
        CREATE TABLE ranked AS
        SELECT incoming, held, weight, row_number() OVER best AS place,
               weight - lead(weight, 1, -1000) OVER best AS ahead
        FROM (
            SELECT CASE WHEN l.org = 'SPINE' THEN r.unique_id ELSE l.unique_id END AS incoming,
                   CASE WHEN l.org = 'SPINE' THEN l.unique_id ELSE r.unique_id END AS held,
                   match_weight AS weight
            FROM {table} JOIN records l ON l.unique_id = unique_id_l JOIN records r ON r.unique_id = unique_id_r
            WHERE (l.org = 'SPINE') <> (r.org = 'SPINE')
        )
        WINDOW best AS (PARTITION BY incoming ORDER BY weight DESC)
    """)
    for weight in WEIGHTS:
        connection.execute(f"""
            COPY (
                SELECT unique_id AS incoming_id,
                       CASE WHEN weight >= {weight} AND ahead >= {MARGIN} THEN 'link' ELSE 'new' END AS decision,
                       CASE WHEN weight >= {weight} AND ahead >= {MARGIN} THEN held END AS index_id,
                       weight, NULL AS probability, 'probabilistic' AS step, NULL AS reason
                FROM records LEFT JOIN ranked ON incoming = unique_id AND place = 1
                WHERE org <> 'SPINE'
            ) TO '{out}/decisions-{weight}.csv' (HEADER)
        """)


if __name__ == "__main__":
    sys.exit(main())
