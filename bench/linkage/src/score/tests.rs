use std::fs;
use std::path::PathBuf;

use super::{Columns, Links, clusters, decisions, pairs, table};

const INDEX: &str = "rec_id,person_id,nhs_number,household\n1,a,9,h\n2,b,9,h\n3,c,9,i\n";
const INCOMING: &str = "rec_id,person_id,nhs_number,household\n\
    10,a,9,h\n11,b,,h\n12,c,9,i\n13,d,,h\n14,e,9,j\n15,a,9,h\n16,b,9,h\n";

/// A folder of the test's own, with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("stour-score-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn columns() -> Columns {
    Columns {
        id: "rec_id".into(),
        truth: "person_id".into(),
        household: "household".into(),
        number: "nhs_number".into(),
    }
}

#[test]
fn decisions_are_counted() {
    let decided = "incoming_id,decision,index_id,weight,probability,step,reason\n\
        10,link,1,9,1,exact,\n11,link,1,9,1,exact,\n12,review,3,9,1,,\n13,link,2,9,1,probabilistic,\n\
        14,new,,,,,\n15,new,,,,,\n";
    let folder = folder(
        "match",
        &[
            ("index.csv", INDEX),
            ("incoming.csv", INCOMING),
            ("decisions.csv", decided),
        ],
    );
    let scored = decisions(
        &folder.join("index.csv"),
        &folder.join("incoming.csv"),
        &folder.join("decisions.csv"),
        &columns(),
    )
    .unwrap();
    let all = scored.all;
    assert_eq!((all.incoming, all.present, all.linked_right), (7, 5, 1));
    assert_eq!(
        (all.wrong, all.wrong_same_household, all.wrong_absent),
        (2, 2, 1)
    );
    assert_eq!((all.review, all.review_right), (1, 1));
    assert_eq!((all.new_wrong, all.new_right, all.undecided), (1, 1, 1));
    assert!((all.found_percent - 20.0).abs() < 1e-9);
    assert!((all.wrong_per_million - 285_714.3).abs() < 1e-9);
    assert_eq!(
        (scored.without_number.incoming, scored.without_number.wrong),
        (2, 2)
    );
    assert_eq!(scored.steps["exact"], Links { right: 1, wrong: 1 });
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn clusters_are_compared_in_pairs() {
    let folder = folder(
        "clusters",
        &[
            (
                "all.csv",
                "rec_id,person_id,household\n1,a,h\n2,a,h\n3,b,h\n4,b,h\n5,c,i\n6,c,i\n",
            ),
            ("clusters.csv", "id,cluster\n1,x\n2,x\n3,x\n4,y\n5,y\n"),
        ],
    );
    let scored = clusters(
        &folder.join("all.csv"),
        &folder.join("clusters.csv"),
        &columns(),
    )
    .unwrap();
    assert_eq!((scored.records, scored.clusters, scored.people), (6, 3, 3));
    assert_eq!((scored.true_pairs, scored.missed), (3, 2));
    assert_eq!((scored.wrong, scored.wrong_same_household), (3, 2));
    assert!((scored.precision - 0.25).abs() < 1e-9);
    assert!((scored.recall - 0.333_333).abs() < 1e-9);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn pairs_are_compared_at_every_weight() {
    let folder = folder(
        "pairs",
        &[
            (
                "all.csv",
                "rec_id, name\nrec-1-org, x\nrec-1-dup-0, y\nrec-2-org, z\nrec-2-dup-0, z\n",
            ),
            (
                "pairs.csv",
                "id_a,id_b,weight,probability\nrec-1-org,rec-1-dup-0,9,0.999\n\
                 rec-1-org,rec-2-org,5,0.9\nrec-2-org,rec-2-dup-0,5,0.9\nrec-1-dup-0,rec-2-org,1,0.1\n",
            ),
        ],
    );
    let scored = pairs(
        &folder.join("all.csv"),
        &folder.join("pairs.csv"),
        0.99,
        &columns(),
    )
    .unwrap();
    assert_eq!((scored.pairs, scored.true_pairs), (4, 2));
    assert!((scored.reach - 1.0).abs() < 1e-9);
    assert!((scored.at_threshold.recall - 0.5).abs() < 1e-9);
    assert!((scored.best.f1 - 0.8).abs() < 1e-9);
    // Pairs of one weight come together: the right one of the two at 5 bits cannot be had alone.
    assert_eq!((scored.best.wrong, scored.best.missed), (1, 0));
    assert!((scored.at_precision_999.recall - 0.5).abs() < 1e-9);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_file_without_its_column_is_named() {
    let folder = folder(
        "lacking",
        &[
            ("all.csv", "rec_id,person_id\n1,a\n"),
            ("clusters.csv", "who,cluster\n1,x\n"),
        ],
    );
    let error = clusters(
        &folder.join("all.csv"),
        &folder.join("clusters.csv"),
        &columns(),
    );
    assert!(error.unwrap_err().to_string().contains("no column \"id\""));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn results_become_tables_and_what_is_absent_is_said() {
    let results = concat!(
        r#"{"set":"s","engine":"one","cost":{"cpu_s":1.5,"system_s":0.5,"rss_kb":2048},"clusters":{"f1":0.9,"wrong":3}}"#,
        "\n",
        r#"{"set":"s","engine":"two","absent":"not installed"}"#,
        "\n"
    );
    let folder = folder("table", &[("results.jsonl", results)]);
    let mut out = Vec::new();
    table(&folder.join("results.jsonl"), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("| s | one | 0.9 |"), "{text}");
    assert!(text.contains("| 2.0 | 2 |"), "{text}");
    assert!(
        text.contains("s: no figure for two: not installed"),
        "{text}"
    );
    fs::remove_dir_all(folder).unwrap();
}
