//! Each command on small files, to the byte where others rely on it.

use super::{COLUMNS, Folder, INCOMING, INDEX};

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("index.csv", INDEX);
    folder.write("incoming.csv", INCOMING);
    folder
}

/// A number of bits or a probability, as files have it: nine digits after the point.
fn is_number(text: &str) -> bool {
    let decimals = text.split_once('.').map(|(_, decimals)| decimals.len());
    text.parse::<f64>().is_ok() && decimals == Some(9)
}

#[test]
fn incoming_records_are_linked_held_or_new() {
    let folder = folder();
    let words = format!(
        "match --index index.csv --incoming incoming.csv --columns {COLUMNS} --out decisions.csv"
    );
    let said = folder.done(&words);
    assert_eq!(
        said,
        "6 incoming records: 3 linked, 2 to review, 1 new. Decisions are in decisions.csv.\n"
    );
    let text = folder.read("decisions.csv");
    let heading = "incoming_id,decision,index_id,weight,probability,step,reason\n";
    assert!(text.starts_with(heading), "{text}");
    let rows = folder.rows("decisions.csv");
    let decided: Vec<String> = rows
        .iter()
        .map(|row| {
            [&row[0], &row[1], &row[2], &row[5]]
                .map(String::as_str)
                .join(" ")
        })
        .collect();
    assert_eq!(
        decided,
        [
            "a link 1 cross-check",
            "b link 2 exact",
            "c link 3 exact",
            "d review 4 trust",
            "e new  none",
            "f review 5 trust"
        ],
        "{text}"
    );
    assert!(rows[3][6].starts_with("twins: "), "{text}");
    assert!(rows[5][6].starts_with("middle-names: "), "{text}");
    for row in rows.iter().filter(|row| row[1] != "new") {
        assert!(is_number(&row[3]) && is_number(&row[4]), "{row:?}");
    }
    let counts = folder.json(&format!("{words} --json"));
    assert_eq!(
        counts,
        serde_json::json!({ "incoming": 6, "link": 3, "review": 2, "new": 1 })
    );
    assert_eq!(folder.read("decisions.csv"), text, "the second time");
    assert_eq!(
        folder.files(),
        ["decisions.csv", "incoming.csv", "index.csv"]
    );
}

#[test]
fn what_people_have_decided_is_remembered_with_any_model() {
    let folder = folder();
    folder.write(
        "told.csv",
        "incoming_id,index_id,answer\nb,2,different\nd,4,same\nx,9,same\n",
    );
    let words = format!(
        "match --index index.csv --incoming incoming.csv --columns {COLUMNS} --remembered told.csv --out decisions.csv"
    );
    let left_out = "told.csv: 1 of 3 answers left out: no file has the record that is named.";
    let (_, warnings) = folder.warned(&format!("{words} --save-model model.json"));
    assert_eq!(warnings, [left_out]);
    let rows = folder.rows("decisions.csv");
    assert_eq!((rows[1][1].as_str(), rows[1][2].as_str()), ("new", ""));
    assert_eq!(
        (rows[3][1].as_str(), rows[3][5].as_str()),
        ("link", "human")
    );
    let first = folder.read("decisions.csv");
    let (_, warnings) = folder.warned(&format!("{words} --model model.json"));
    assert_eq!(warnings, [left_out]);
    assert_eq!(folder.read("decisions.csv"), first, "by the saved model");
}

#[test]
fn a_model_is_estimated_once_and_used_again() {
    let folder = folder();
    let files = format!("--index index.csv --incoming incoming.csv --columns {COLUMNS}");
    let said = folder.done(&format!("train {files} --out model.json"));
    assert_eq!(said, "The model is in model.json.\n");
    folder.done(&format!("match {files} --out without.csv"));
    folder.done(&format!("match {files} --model model.json --out with.csv"));
    assert_eq!(folder.read("with.csv"), folder.read("without.csv"));
}

#[test]
fn records_of_one_person_within_a_file_have_one_cluster() {
    let folder = Folder::new();
    let others = INCOMING.lines().skip(1).collect::<Vec<_>>().join("\n");
    folder.write("people.csv", format!("{INDEX}{others}\n"));
    let words =
        format!("dedupe people.csv --columns {COLUMNS} --out clusters.csv --pairs pairs.csv");
    let said = folder.done(&words);
    assert_eq!(
        said,
        "11 records are of 8 people. Clusters are in clusters.csv.\n"
    );
    assert_eq!(
        folder.read("clusters.csv"),
        "id,cluster\n1,1\n2,2\n3,3\n4,4\n5,5\na,1\nb,2\nc,3\nd,d\ne,e\nf,f\n"
    );
    let pairs = folder.read("pairs.csv");
    assert!(
        pairs.starts_with("id_a,id_b,weight,probability\n"),
        "{pairs}"
    );
    let rows = folder.rows("pairs.csv");
    assert!(
        rows.iter().any(|row| row[0] == "1" && row[1] == "a"),
        "{pairs}"
    );
    assert!(
        rows.iter()
            .all(|row| is_number(&row[2]) && is_number(&row[3])),
        "{pairs}"
    );
    folder.done(&words);
    assert_eq!(folder.read("pairs.csv"), pairs, "the second time");
    folder.done(&format!("{words} --threshold 1"));
    let apart = folder.rows("clusters.csv");
    assert!(apart.iter().filter(|row| row[0] == row[1]).count() >= 8);
}

#[test]
fn two_records_are_explained_by_either_order_of_identifiers() {
    let folder = folder();
    let words = format!("explain --index index.csv --incoming incoming.csv --columns {COLUMNS}");
    let said = folder.done(&format!("{words} --ids 4,d"));
    assert!(said.contains("twins"), "{said}");
    let json = folder.done(&format!("{words} --ids d,4 --json"));
    assert_eq!(json, folder.done(&format!("{words} --ids 4,d --json")));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let sum: f64 = json["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["bits"].as_f64().unwrap())
        .sum();
    let parts = sum + json["prior"].as_f64().unwrap() + json["household_bits"].as_f64().unwrap();
    let weight = json["weight"].as_f64().unwrap();
    assert!((parts - weight).abs() < 1e-6, "{parts} is not {weight}");
    assert_eq!(
        (&json["runner_up"], &json["runner_up_id"]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
    assert!(
        said.ends_with("Nobody else of the index comes near.\n"),
        "{said}"
    );
    let unknown = folder.run(&format!("{words} --ids 4,5"));
    assert_eq!(unknown.code, 1);
    assert!(
        unknown.errors.contains("check the identifiers"),
        "{}",
        unknown.errors
    );
}

#[test]
fn the_next_best_record_is_told_with_the_margin() {
    let folder = Folder::new();
    let twin = "6,,John,,Hardy,1941-03-02,M,12 Mill Lane,BH21 3AA";
    folder.write("index.csv", format!("{INDEX}{twin}\n"));
    folder.write("incoming.csv", INCOMING);
    let words = format!("explain --index index.csv --incoming incoming.csv --columns {COLUMNS}");
    let explain = |ids: &str| folder.json(&format!("{words} --ids {ids} --json"));
    let (first, second) = (explain("1,a"), explain("6,a"));
    let weight = |of: &serde_json::Value| of["weight"].as_f64().unwrap();
    for (one, other, id) in [(&first, &second, "6"), (&second, &first, "1")] {
        assert_eq!(one["runner_up_id"], id, "{one:#}");
        let (next, margin) = (&one["runner_up"]["weight"], &one["runner_up"]["margin"]);
        assert_eq!(next.as_f64(), Some(weight(other)));
        let expected = weight(one) - weight(other);
        assert!(
            (margin.as_f64().unwrap() - expected).abs() < 1e-3,
            "{one:#}"
        );
    }
    let said = folder.done(&format!("{words} --ids 6,a"));
    let margin = weight(&first) - weight(&second);
    let weight = weight(&first);
    let next = format!(
        "Next best is 1 with a weight of {weight:.2}: this one is {margin:.2} bits behind.\n"
    );
    assert!(said.ends_with(&next), "{said}");
}

#[test]
fn cases_say_what_was_expected_and_fail_when_one_is_not_so() {
    const HEADING: &str = "case_id,scenario,role,rec_id,nhs_number,nhs_status,given,middle,family_name,dob,sex,address,postcode,phone,multiple_birth_order,deceased_date,expect";
    const PERSON: &str = "9990000018,traced,Joan,,Hardy,1941-03-02,F,12 Mill Lane,BH21 3AA,,,";
    let folder = Folder::new();
    let file = |expect: &str| {
        format!(
            "{HEADING}\nS1,the same,INDEX,1,{PERSON},\nS1,the same,INCOMING,2,{PERSON},{expect}\n"
        )
    };
    folder.write("cases.csv", file("LINK:0"));
    let said = folder.done("cases cases.csv");
    assert!(said.ends_with("1 of 1 cases are as expected.\n"), "{said}");
    folder.write("cases.csv", file("NEW"));
    let failed = folder.run("cases cases.csv --json");
    assert_eq!(failed.code, 1);
    let verdicts: serde_json::Value = serde_json::from_str(&failed.said).unwrap();
    assert_eq!(verdicts[0]["got"], "LINK:0");
    assert_eq!(verdicts[0]["as_expected"], false);
}

#[test]
fn what_is_measured_is_what_was_decided() {
    let folder = Folder::new();
    let with = |text: &str, people: &[&str]| -> String {
        let lines = text.lines().zip(people);
        let lines: Vec<String> = lines
            .map(|(line, person)| format!("{line},{person}"))
            .collect();
        lines.join("\n")
    };
    folder.write("index.csv", with(INDEX, &["who", "1", "2", "3", "4", "5"]));
    folder.write(
        "incoming.csv",
        with(INCOMING, &["who", "1", "2", "30", "40", "50", "5"]),
    );
    let words = format!(
        "evaluate --index index.csv --incoming incoming.csv --columns {COLUMNS} --truth who --household code"
    );
    let measured = folder.json(&format!("{words} --json"));
    for (name, value) in [
        ("records", 6.0),
        ("present", 3.0),
        ("linked_rightly", 2.0),
        ("linked_wrongly", 1.0),
        ("false_links_in_one_household", 1.0),
        ("review", 2.0),
        ("precision", 2.0 / 3.0),
        ("recall", 2.0 / 3.0),
        ("f1", 2.0 / 3.0),
        ("false_links_per_million", 1e6 / 6.0),
    ] {
        let got = measured[name].as_f64().unwrap();
        assert!((got - value).abs() < 1e-6, "{name}: {got} is not {value}");
    }
    let said = folder.done(&words);
    assert!(said.contains("Precision 0.666667"), "{said}");
    assert!(measured["precision"].is_number(), "{measured:#}");
}

#[test]
fn where_no_links_are_made_there_is_no_precision() {
    let folder = folder();
    let nobody: String = INCOMING
        .lines()
        .take(1)
        .chain(INCOMING.lines().skip(5).take(1))
        .collect::<Vec<_>>()
        .join("\n");
    folder.write("incoming.csv", nobody);
    let words = format!(
        "evaluate --index index.csv --incoming incoming.csv --columns {COLUMNS} --truth rec"
    );
    let measured = folder.json(&format!("{words} --json"));
    assert_eq!(
        (&measured["linked_rightly"], &measured["linked_wrongly"]),
        (&0.into(), &0.into())
    );
    assert!(measured["precision"].is_null(), "{measured:#}");
    let said = folder.done(&words);
    assert!(
        said.contains("Precision none made, recall 0.000000"),
        "{said}"
    );
}
