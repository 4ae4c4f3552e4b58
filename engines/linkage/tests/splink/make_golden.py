"""Makes the files of this folder: what Splink and DuckDB say, for the tests to compare with.

    python -m venv venv && venv/bin/pip install splink==5.0.0 duckdb==2.0.1 pyarrow==26.0.1
    venv/bin/python make_golden.py

With splink==4.0.17 in place of 5.0.0 the script writes the files of the Splink 4 model only. Seeds
are fixed and DuckDB has one thread, so a second run with the same versions writes the same bytes.

For each model:

* `<name>.model.json`, as `linker.misc.save_model_to_json` writes it;
* `<name>.records.csv`, the input. A heading is a column and its type; an empty cell is an empty
  text, `\\N` is NULL, and the elements of a list are joined by `|`;
* `<name>.pairs.csv`, every pair that Splink predicts: the blocking rule, the identifiers, the
  weight, the probability, the comparison vector values, and the bits of term frequencies.

`expressions.csv` holds expressions without columns and the text of the value that DuckDB gives
them; `!` stands for an error.

All records are synthetic. Names are put together from syllables; no name, date, address or number
is that of a person.
"""

import csv
import json
import math
import random
import string
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import splink
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

HERE = Path(__file__).parent
MAJOR = int(splink.__version__.split(".")[0])

TEXT, LIST, INTEGER, NUMBER, DATE = "text", "list", "integer", "number", "date"
ARROW = {
    TEXT: pa.string(),
    LIST: pa.list_(pa.string()),
    INTEGER: pa.int64(),
    NUMBER: pa.float64(),
    DATE: pa.date32(),
}
COLUMNS = {
    "unique_id": TEXT,
    "given": TEXT,
    "family name": TEXT,
    "full_name": TEXT,
    "dob": TEXT,
    "born": DATE,
    "postcode": TEXT,
    "lat": NUMBER,
    "long": NUMBER,
    "email": TEXT,
    "town": TEXT,
    "sex": TEXT,
    "phones": LIST,
    "aliases": LIST,
    "income": INTEGER,
    "height": NUMBER,
}


class People:
    """Synthetic people, each written down one to three times with errors."""

    def __init__(self, seed, count):
        self.random = random.Random(seed)
        self.rows = []
        givens = [self.name(2) for _ in range(30)]
        families = [self.name(3) for _ in range(40)]
        for _ in range(count):
            person = self.person(self.often(givens), self.often(families))
            for _ in range(self.random.choice([1, 2, 2, 3])):
                self.rows.append(self.written(person))
        self.random.shuffle(self.rows)
        for number, row in enumerate(self.rows):
            row["unique_id"] = f"s{number:03}"

    def name(self, syllables):
        starts = ["b", "d", "g", "k", "l", "m", "n", "r", "s", "t", "v", "z", "sh", "tr"]
        vowels = ["a", "e", "i", "o", "u", "é", "ö", "ai"]
        parts = [self.random.choice(starts) + self.random.choice(vowels) for _ in range(syllables)]
        return "".join(parts).capitalize()

    def often(self, names):
        """Some names are much more frequent than others."""
        return names[int(len(names) * self.random.random() ** 2)]

    def person(self, given, family):
        pick = self.random
        year, month, day = pick.randint(1930, 2015), pick.randint(1, 12), pick.randint(1, 28)
        area = pick.choice(["QA", "QB", "X"])
        return {
            "given": given,
            "family name": family,
            "date": (year, month, day),
            "postcode": f"{area}{pick.randint(1, 3)} {pick.randint(1, 3)}"
            + "".join(pick.choices("ABDE", k=2)),
            "lat": round(pick.uniform(50.0, 51.0), 5),
            "long": round(pick.uniform(-4.0, -3.0), 5),
            "town": pick.choice(["Alba", "Brol", "Cant", "Drum"]),
            "sex": pick.choice(["F", "M"]),
            "phones": [str(pick.randint(1000, 1200)) for _ in range(pick.randint(1, 3))],
            "aliases": [given, self.name(2)],
            "income": pick.randint(0, 60) * 1000,
            "height": round(pick.uniform(1.4, 2.0), 2),
        }

    def written(self, person):
        pick = self.random
        year, month, day = person["date"]
        if pick.random() < 0.15:
            day = min(28, day + pick.choice([1, 3, 9]))
        if pick.random() < 0.08:
            month, day = min(day, 12), month
        if pick.random() < 0.05:
            year += pick.choice([-1, 1, 10])
        given = self.error(person["given"], 0.15)
        family = self.error(person["family name"], 0.15)
        if pick.random() < 0.05:
            given, family = family, given
        email = f"{given}.{family}@{pick.choice(['a.example', 'b.example'])}".lower()
        row = {
            "given": given,
            "family name": family,
            "full_name": f"{given} {family}",
            "dob": f"{year}-{month:02}-{day:02}",
            "born": date(year, month, day),
            "postcode": self.error(person["postcode"], 0.1),
            "lat": person["lat"] + pick.choice([0, 0, 0.001, 0.05]),
            "long": person["long"] + pick.choice([0, 0, 0.001, 0.05]),
            "email": email,
            "town": person["town"] if pick.random() < 0.8 else "Alba",
            "sex": person["sex"],
            "phones": pick.sample(person["phones"], pick.randint(0, len(person["phones"]))),
            "aliases": [self.error(alias, 0.2) for alias in person["aliases"]],
            "income": person["income"] + pick.choice([0, 0, 500, 3000]),
            "height": person["height"] + pick.choice([0, 0, 0.01, 0.1]),
        }
        if pick.random() < 0.1:
            row["postcode"] = f"X{pick.randint(4, 9)} {pick.randint(1, 9)}AB"
        if pick.random() < 0.06:
            row["dob"] = pick.choice(["1990-02-30", "unknown", "", " 1990-1-2 ", "31/12/1980"])
        for column in row:
            if pick.random() < 0.06:
                row[column] = None
        return row

    def error(self, text, share):
        if self.random.random() >= share or len(text) < 2:
            return text
        place = self.random.randrange(len(text) - 1)
        start, one, two, end = text[:place], text[place], text[place + 1], text[place + 2 :]
        letter = self.random.choice("aeénst")
        return self.random.choice(
            [start + two + one + end, start + two + end, start + letter + two + end, text + letter]
        )


def table(rows):
    columns = {
        name: pa.array([row[name] for row in rows], ARROW[kind]) for name, kind in COLUMNS.items()
    }
    return pa.table(columns)


def one(seed, count):
    return {"people": table(People(seed, count).rows)}


def two(seed, count):
    rows = People(seed, count).rows
    half = len(rows) // 2
    return {"clinic": table(rows[:half]), "ward": table(rows[half:])}


def connect():
    # Splink 5.0.0 writes lambdas with an arrow, which DuckDB 2 takes only if it is told to.
    return duckdb.connect(config={"threads": 1, "lambda_syntax": "ENABLE_SINGLE_ARROW"})


def linker_for(settings, tables):
    api = DuckDBAPI(connection=connect())
    if MAJOR >= 5:
        frames = [api.register(rows, dataset_display_name=name) for name, rows in tables.items()]
        return Linker(frames if len(frames) > 1 else frames[0], settings)
    frames = list(tables.values())
    aliases = list(tables)
    if len(frames) == 1:
        return Linker(frames[0], settings, db_api=api)
    return Linker(frames, settings, db_api=api, input_table_aliases=aliases)


def train(linker, recall, deterministic, sessions):
    linker.training.estimate_probability_two_random_records_match(deterministic, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=100_000, seed=1)
    for rule in sessions:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)


def write(name, trained, tables):
    """Saves the model, reads it again, and predicts the pairs of smaller tables with it."""
    model = trained.misc.save_model_to_json()
    model["linker_uid"] = "golden"
    path = HERE / f"{name}.model.json"
    path.write_text(json.dumps(model, indent=1) + "\n")
    linker = linker_for(str(path), tables)

    with open(HERE / f"{name}.records.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        sets = len(tables) > 1
        heading = [f"{column}:{kind}" for column, kind in COLUMNS.items()]
        out.writerow(["source_dataset:text"] * sets + heading)
        for source, rows in tables.items():
            for row in rows.to_pylist():
                cells = [cell(row[column], kind) for column, kind in COLUMNS.items()]
                out.writerow([source] * sets + cells)

    pairs = linker.inference.predict()
    predicted = pairs.as_record_list() if MAJOR >= 5 else pairs.as_record_dict()
    names = [
        comparison.output_column_name.replace(" ", "_")
        for comparison in linker._settings_obj.comparisons
    ]
    tf = "mw_tf_adj_" if MAJOR >= 5 else "bf_tf_adj_"
    with open(HERE / f"{name}.pairs.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(
            ["rule", "left", "right", "weight", "probability", "vector", "term_frequency_bits"]
        )
        lines = []
        for pair in predicted:
            identifiers = [
                "/".join(
                    pair[f"{part}_{side}"]
                    for part in ["source_dataset", "unique_id"]
                    if f"{part}_{side}" in pair
                )
                for side in "lr"
            ]
            bits = [pair.get(tf + each) for each in names]
            if MAJOR < 5:
                bits = [log2(factor) for factor in bits]
            lines.append(
                [
                    pair["match_key"],
                    *identifiers,
                    f"{pair['match_weight']:.10f}",
                    f"{pair['match_probability']:.10g}",
                    " ".join(str(pair[f"gamma_{each}"]) for each in names),
                    " ".join(f"{value or 0:.8g}" for value in bits),
                ]
            )
        out.writerows(sorted(lines))
    print(name, len(predicted), "pairs")


def log2(factor):
    return 0 if factor is None else math.log2(factor)


def cell(value, kind):
    if value is None:
        return "\\N"
    return "|".join(value) if kind == LIST else str(value)


def standard(name, seed):
    """The comparisons that Splink's documentation proposes for people."""
    tables = one(seed, 90)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("given"),
            cl.NameComparison("family name").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.EmailComparison("email"),
            cl.ExactMatch("town").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("given"),
            block_on("substr(email,1,3)", "town"),
            "l.dob = r.dob and l.sex <> 'F'",
        ],
        retain_intermediate_calculation_columns=True,
    )
    linker = linker_for(settings, one(seed, 1200))
    train(
        linker,
        0.7,
        [block_on("dob"), block_on("email")],
        [block_on("dob"), block_on("given"), block_on("town")],
    )
    write(name, linker, tables)


def joint():
    """Two sets of records, joint names, and every option of term frequencies."""
    email = cl.CustomComparison(
        output_column_name="email",
        comparison_levels=[
            cll.NullLevel("email"),
            cll.ExactMatchLevel("email", term_frequency_adjustments=True),
            cll.LevenshteinLevel("email", 2).configure(
                tf_adjustment_column="email", tf_adjustment_weight=0.5, tf_minimum_u_value=0.01
            ),
            cll.JaroWinklerLevel("email", 0.9).configure(
                tf_adjustment_column="email", disable_tf_exact_match_detection=True
            ),
            cll.ElseLevel(),
        ],
    )
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.ForenameSurnameComparison(
                "given", "family name", forename_surname_concat_col_name="full_name"
            ),
            cl.DateOfBirthComparison("dob", input_is_string=True, invalid_dates_as_null=False),
            cl.PostcodeComparison(
                "postcode",
                invalid_postcodes_as_null=True,
                lat_col="lat",
                long_col="long",
                km_thresholds=[1, 10],
            ),
            cl.ArrayIntersectAtSizes("phones", [2, 1]),
            email,
        ],
        blocking_rules_to_generate_predictions=[
            block_on("phones", arrays_to_explode=["phones"]),
            block_on("town", "sex"),
            'l.given = r."family name"',
        ],
        retain_intermediate_calculation_columns=True,
    )
    linker = linker_for(settings, two(6, 1200))
    train(
        linker,
        0.7,
        [block_on("full_name"), block_on("dob", "town")],
        [block_on("dob"), block_on("full_name")],
    )
    write("splink5_joint", linker, two(6, 90))


def custom():
    """Columns of dates and numbers, every other level of the library, and SQL of one's own."""

    def levels(name, null, *others):
        return cl.CustomComparison(
            output_column_name=name,
            comparison_levels=[cll.NullLevel(null), *others, cll.ElseLevel()],
        )

    swapped = {
        "sql_condition": "try_cast(substr(dob_l, 6, 2) as int)"
        " = try_cast(split_part(\"dob_r\", '-', 3) as int) and left(dob_l, 4) = left(dob_r, 4)"
        " or date_diff('month', born_l, born_r) between -1 and 1",
        "label_for_charts": "day and month swapped",
    }
    same_length = {
        "sql_condition": "case when length(postcode_l) = length(postcode_r)"
        " then hamming(postcode_l, postcode_r) <= 1 else false end",
        "label_for_charts": "one sign of the postcode",
    }
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.DateOfBirthComparison("born", input_is_string=False),
            levels(
                "day",
                "born",
                swapped,
                cll.AbsoluteDateDifferenceLevel(
                    "born", input_is_string=False, threshold=5, metric="year"
                ),
            ),
            levels(
                "income",
                "income",
                cll.ExactMatchLevel("income"),
                cll.PercentageDifferenceLevel("income", 0.05),
                cll.AbsoluteDifferenceLevel("income", 5000),
            ),
            levels("height", "height", cll.AbsoluteDifferenceLevel("height", 0.015)),
            levels(
                "names",
                "given",
                cll.And(cll.ExactMatchLevel("given"), cll.Not(cll.NullLevel("family name"))),
                cll.ColumnsReversedLevel("given", "family name"),
                cll.DamerauLevenshteinLevel("given", 1),
                cll.Or(cll.JaroLevel("given", 0.8), cll.JaccardLevel("family name", 0.75)),
            ),
            cl.PairwiseStringDistanceFunctionAtThresholds("aliases", "jaro_winkler", [0.92, 0.8]),
            levels("known as", "aliases", cll.ArraySubsetLevel("aliases", empty_is_subset=True)),
            levels(
                "sex",
                "sex",
                cll.LiteralMatchLevel("sex", "F", "string"),
                cll.LiteralMatchLevel("sex", "M", "string", "left"),
            ),
            levels(
                "place",
                "postcode",
                same_length,
                cll.DistanceInKMLevel("lat", "long", 4, not_null=True),
            ),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("substr(given,1,1)", "town"),
            "(l.sex = r.sex and abs(l.height - r.height) < 0.02)",
        ],
        retain_intermediate_calculation_columns=True,
        probability_two_random_records_match=0.003,
    )
    linker = linker_for(settings, one(10, 1200))
    linker.training.estimate_u_using_random_sampling(max_pairs=100_000, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
    write("splink5_custom", linker, one(10, 75))


def untrained():
    """A model with the probabilities that Splink starts from."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.ExactMatch("sex"),
            cl.LevenshteinAtThresholds("family name", [1, 2]),
            cl.JaroWinklerAtThresholds("given", [0.9, 0.7]).configure(
                term_frequency_adjustments=True
            ),
        ],
        blocking_rules_to_generate_predictions=["1=1"],
        retain_intermediate_calculation_columns=True,
    )
    write("splink5_untrained", linker_for(settings, one(5, 17)), one(5, 17))


def expressions():
    pick = random.Random(11)
    letters = "abcdeé" + "e\u0301"
    words = [
        "",
        "a",
        "martha",
        "marhta",
        "dwayne",
        "duane",
        "dixon",
        "dicksonx",
        "Zoë",
        "Zoe",
        "O'Neil",
    ]
    words += ["".join(pick.choices(letters, k=pick.randint(1, 9))) for _ in range(60)]
    words += [
        "".join(pick.choices(string.ascii_lowercase[:4], k=pick.randint(60, 80))) for _ in range(4)
    ]
    found = []
    strings = ["levenshtein", "damerau_levenshtein", "hamming"]
    strings += ["jaro_similarity", "jaro_winkler_similarity", "jaccard"]
    for function in strings:
        for _ in range(60):
            found.append(f"{function}({quote(pick.choice(words))}, {quote(pick.choice(words))})")
    found += [line for line in (HERE / "expressions.txt").read_text().splitlines() if line.strip()]
    connection = connect()
    with open(HERE / "expressions.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["sql", "value"])
        for sql in dict.fromkeys(found):
            try:
                value = connection.execute(f"select cast(({sql}) as text)").fetchone()[0]
            except duckdb.Error:
                value = "!"
            out.writerow([sql, "\\N" if value is None else value])


def quote(text):
    return "'" + text.replace("'", "''") + "'"


if __name__ == "__main__":
    if MAJOR >= 5:
        standard("splink5_standard", 1)
        joint()
        custom()
        untrained()
        expressions()
    else:
        standard("splink4_standard", 2)
