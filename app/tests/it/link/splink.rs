//! Models that Splink trained, from its JSON to files of decisions.

use std::collections::HashMap;
use std::path::PathBuf;

use super::Folder;

/// How far a weight may lie from Splink's, in bits.
const TOLERANCE: f64 = 1e-6;

fn golden(file: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../engines/linkage/tests/splink");
    std::fs::read_to_string(folder.join(file)).unwrap()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

/// The weights and probabilities of Splink, by the identifiers of the left and right record.
fn of_splink(name: &str) -> HashMap<(String, String), (f64, f64)> {
    let text = golden(&format!("{name}.pairs.csv"));
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let row = |row: csv::StringRecord| {
        let pair = (row[1].to_owned(), row[2].to_owned());
        (pair, (number(&row[3]), number(&row[4])))
    };
    rows.records().map(|found| row(found.unwrap())).collect()
}

#[test]
fn the_pairs_of_a_file_weigh_what_they_weigh_in_splink() {
    for name in ["splink5_standard", "splink5_custom"] {
        let folder = Folder::new();
        folder.write("records.csv", golden(&format!("{name}.records.csv")));
        folder.write("model.json", golden(&format!("{name}.model.json")));
        let run = folder
            .run("dedupe records.csv --model model.json --out clusters.csv --pairs pairs.csv");
        assert_eq!(run.code, 0, "{}", run.errors);
        let mut expected = of_splink(name);
        for row in folder.rows("pairs.csv") {
            let pair = (row[0].clone(), row[1].clone());
            let (weight, probability) =
                expected.remove(&pair).expect("a pair that Splink compares");
            assert!(
                (number(&row[2]) - weight).abs() < TOLERANCE,
                "{name} {row:?}: {weight}"
            );
            assert!(
                (number(&row[3]) - probability).abs() < TOLERANCE,
                "{name} {row:?}: {probability}"
            );
        }
        assert!(expected.is_empty(), "{name}: not compared: {expected:?}");
    }
}

/// Two files and a model of Splink's that links them.
fn two_files() -> Folder {
    let folder = Folder::new();
    let records = golden("splink5_joint.records.csv");
    let (heading, rows) = records.split_once('\n').unwrap();
    let of = |set: &str| {
        let lines = rows.lines().filter(|line| line.starts_with(set));
        format!("{heading}\n{}\n", lines.collect::<Vec<_>>().join("\n"))
    };
    folder.write("index.csv", of("clinic"));
    folder.write("incoming.csv", of("ward"));
    folder.write("model.json", golden("splink5_joint.model.json"));
    folder
}

const ACROSS: &str = "--index index.csv --incoming incoming.csv --model model.json";

#[test]
fn each_incoming_record_gets_the_pair_that_weighs_most_in_splink() {
    let folder = two_files();
    let run = folder.run(&format!(
        "match {ACROSS} --columns id=unique_id --out decisions.csv"
    ));
    assert_eq!(run.code, 0, "{}", run.errors);
    assert!(
        run.errors.starts_with("No rule of trust is asked"),
        "{}",
        run.errors
    );
    let mut weights: HashMap<String, Vec<(f64, String)>> = HashMap::new();
    for ((left, right), (weight, _)) in of_splink("splink5_joint") {
        let id = |of: &str| of.split_once('/').unwrap().1.to_owned();
        weights
            .entry(id(&right))
            .or_default()
            .push((weight, id(&left)));
    }
    let (mut links, mut reviews) = (0, 0);
    for row in folder.rows("decisions.csv") {
        let mut these = weights.remove(&row[0]).unwrap_or_default();
        these.sort_by(|one, other| other.0.total_cmp(&one.0));
        let Some((weight, index)) = these.first() else {
            assert_eq!((row[1].as_str(), row[3].as_str()), ("new", ""), "{row:?}");
            continue;
        };
        // One record has an empty text, which a file cannot tell from a missing one.
        let is_exempt = row[0] == "s112";
        assert!(
            is_exempt || (number(&row[3]) - weight).abs() < TOLERANCE,
            "{row:?}: {weight}"
        );
        let margin = these.get(1).map_or(f64::INFINITY, |next| weight - next.0);
        let probability = number(&row[4]);
        let expected = match probability {
            _ if probability < 0.2 => "new",
            _ if probability >= 0.98 && margin >= 3.0 => "link",
            _ => "review",
        };
        assert_eq!(row[1], expected, "{row:?}, {margin} bits before the next");
        if expected == "link" {
            assert_eq!((&row[2], row[5].as_str()), (index, "probabilistic"));
        }
        links += usize::from(expected == "link");
        reviews += usize::from(expected == "review");
    }
    assert!(weights.is_empty(), "not decided: {weights:?}");
    assert!(
        links > 10 && reviews > 3,
        "{links} links, {reviews} reviews"
    );
}

#[test]
fn the_parts_of_a_weight_are_shown() {
    let folder = two_files();
    let words = format!("explain {ACROSS} --columns id=unique_id --ids s008,s113");
    let run = folder.run(&words);
    assert!(
        run.said.contains("Exact match on full_name"),
        "{}",
        run.said
    );
    let json = folder.run(&format!("{words} --json")).said;
    assert_eq!(json, folder.run(&format!("{words} --json")).said);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let weight = json["score"]["weight"].as_f64().unwrap();
    assert!((weight - 18.406_035_245).abs() < TOLERANCE, "{json:#}");
    assert_eq!(json["score"]["parts"].as_array().unwrap().len(), 5);
    let others = of_splink("splink5_joint")
        .into_iter()
        .filter(|((left, right), _)| right.ends_with("/s113") && !left.ends_with("/s008"));
    let (next, weight) = others
        .map(|((left, _), (weight, _))| (left.split_once('/').unwrap().1.to_owned(), weight))
        .max_by(|one, other| one.1.total_cmp(&other.1))
        .unwrap();
    assert_eq!(json["runner_up_id"], next);
    let runner_up = |part: &str| json["runner_up"][part].as_f64().unwrap();
    assert!((runner_up("weight") - weight).abs() < 1e-4, "{json:#}");
    let margin = json["score"]["weight"].as_f64().unwrap() - weight;
    assert!((runner_up("margin") - margin).abs() < 1e-4, "{json:#}");
    assert!(
        run.said.contains(&format!("Next best is {next} ")),
        "{}",
        run.said
    );
}

/// A model of one comparison that any two records with one date of birth satisfy.
fn model(rule: &str) -> String {
    let level = |sql: &str, m: f64, u: f64| serde_json::json!({ "sql_condition": sql, "label_for_charts": sql, "m_probability": m, "u_probability": u });
    serde_json::json!({
        "link_type": "link_only",
        "probability_two_random_records_match": 0.01,
        "unique_id_column_name": "rec",
        "sql_dialect": "duckdb",
        "blocking_rules_to_generate_predictions": [{ "blocking_rule": rule, "sql_dialect": "duckdb" }],
        "comparisons": [{
            "output_column_name": "dob",
            "comparison_levels": [
                level("\"dob_l\" = \"dob_r\"", 0.99, 0.00001),
                level("ELSE", 0.01, 0.99999),
            ],
        }],
    })
    .to_string()
}

#[test]
fn the_rules_of_trust_hold_what_splink_would_link() {
    let folder = Folder::new();
    folder.write("index.csv", super::INDEX);
    folder.write("incoming.csv", super::INCOMING);
    folder.write("model.json", model("l.dob = r.dob"));
    // The file has no column dob: what --columns names so is read.
    let words = format!("{ACROSS} --columns {}", super::COLUMNS);
    folder.done(&format!("match {words} --out decisions.csv"));
    let rows = folder.rows("decisions.csv");
    let decided: Vec<&str> = rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(
        decided,
        ["link", "link", "link", "review", "new", "review"],
        "{rows:?}"
    );
    assert!(rows[3][6].starts_with("twins: agree: dob"), "{rows:?}");
    assert!(rows[5][6].starts_with("middle-names: "), "{rows:?}");
    let measured = folder.json(&format!("evaluate {words} --truth rec --json"));
    assert_eq!(
        (&measured["linked_wrongly"], &measured["review"]),
        (&3.into(), &2.into())
    );
    let said = folder.done(&format!("explain {words} --ids 4,d"));
    assert!(
        said.contains("A rule of trust holds a link: twins."),
        "{said}"
    );
    // The number alone is never enough.
    folder.write(
        "incoming.csv",
        super::INCOMING.replace("a,9990000018,Joan,,Hardy", "a,9990000018,Ann,,Cole"),
    );
    folder.done(&format!("match {words} --out decisions.csv"));
    let rows = folder.rows("decisions.csv");
    assert_eq!(rows[0][1], "review", "{rows:?}");
    // What a human has said is remembered.
    folder.write(
        "told.csv",
        "incoming_id,index_id,answer\nb,2,different\ne,1,same\n",
    );
    folder.done(&format!(
        "match {words} --remembered told.csv --out decisions.csv"
    ));
    let rows = folder.rows("decisions.csv");
    assert_eq!(
        (rows[1][1].as_str(), rows[4][1].as_str()),
        ("new", "link"),
        "{rows:?}"
    );
}

#[test]
fn clusters_keep_apart_what_a_rule_of_trust_keeps_apart() {
    let folder = Folder::new();
    let others = super::INCOMING
        .lines()
        .skip(1)
        .collect::<Vec<_>>()
        .join("\n");
    folder.write("people.csv", format!("{}{others}\n", super::INDEX));
    folder.write(
        "model.json",
        model("l.dob = r.dob").replace("link_only", "dedupe_only"),
    );
    let words = format!(
        "dedupe people.csv --model model.json --columns {} --out clusters.csv",
        super::COLUMNS
    );
    folder.done(&words);
    assert_eq!(
        folder.read("clusters.csv"),
        "id,cluster\n1,1\n2,2\n3,3\n4,4\n5,5\na,1\nb,2\nc,3\nd,d\ne,e\nf,f\n"
    );
}

#[test]
fn what_a_model_cannot_do_here_is_said() {
    let folder = Folder::new();
    folder.write("index.csv", super::INDEX);
    folder.write("incoming.csv", super::INCOMING);
    let refuse = |words: &str, message: &str| {
        let run = folder.run(words);
        assert_eq!(run.code, 1, "{words}");
        assert!(run.errors.contains(message), "{words}: {}", run.errors);
    };
    let across = format!("{ACROSS} --columns {}", super::COLUMNS);
    folder.write("model.json", model("l.dob = r.dob"));
    refuse(
        &format!("match {ACROSS} --out d.csv"),
        "reads a column \"dob\", and there are rec, ",
    );
    refuse(
        &format!("train {across} --out m.json"),
        "Splink has trained this model",
    );
    refuse(
        &format!("match {across} --out d.csv --save-model m.json"),
        "--save-model",
    );
    refuse(
        &format!(
            "dedupe index.csv --model model.json --columns {} --out c.csv",
            super::COLUMNS
        ),
        "links sets of records",
    );
    folder.write("model.json", model("levenshtein(l.dob, r.dob) < 2"));
    folder.done(&format!("match {across} --out d.csv"));
    let many = |rows: usize| -> String {
        let lines: Vec<String> = (0..rows).map(|row| format!("{row},1950-01-01")).collect();
        format!("rec,dob\n{}\n", lines.join("\n"))
    };
    folder.write("index.csv", many(2_600));
    folder.write("incoming.csv", many(2_000));
    refuse(
        &format!("match {ACROSS} --out d.csv"),
        "no equality is asked, so that all 5200000 pairs would be compared",
    );
}
