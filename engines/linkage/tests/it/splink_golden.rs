//! Scores and pairs against those of Splink itself. See `tests/splink/make_golden.py`.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use stour_linkage::splink::{Frequencies, LinkType, Model, Record, Value};

/// How far a weight may lie from Splink's, in bits. The files hold ten digits after the point.
const TOLERANCE: f64 = 1e-6;

fn text(file: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/splink");
    std::fs::read_to_string(folder.join(file)).unwrap()
}

fn rows(file: &str) -> Vec<csv::StringRecord> {
    let text = text(file);
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let mut all = vec![rows.headers().unwrap().clone()];
    all.extend(rows.records().map(Result::unwrap));
    all
}

/// A cell by the type in the heading of its column.
fn cell(kind: &str, text: &str) -> Value {
    match (kind, text) {
        (_, "\\N") => Value::Null,
        ("text", _) => text.into(),
        ("list", "") => Value::List(Vec::new()),
        ("list", _) => text.split('|').collect::<Vec<_>>().into(),
        ("integer", _) => Value::Integer(text.parse().unwrap()),
        ("number", _) => Value::Number(text.parse().unwrap()),
        ("date", _) => {
            let mut parts = text.split('-').map(|part| part.parse::<u32>().unwrap());
            let year = i32::try_from(parts.next().unwrap()).unwrap();
            Value::date(year, parts.next().unwrap(), parts.next().unwrap()).unwrap()
        }
        _ => panic!("no such type: {kind}"),
    }
}

/// A model of the folder with its records, by identifier, in the order in which Splink takes the
/// left one of two.
struct Golden {
    model: Model,
    records: BTreeMap<String, Record>,
    frequencies: Frequencies,
}

impl Golden {
    fn read(name: &str) -> Self {
        let model = Model::from_json(&text(&format!("{name}.model.json"))).unwrap();
        let rows = rows(&format!("{name}.records.csv"));
        let columns: Vec<(&str, &str)> = rows[0]
            .iter()
            .map(|heading| heading.split_once(':').unwrap())
            .collect();
        let mut records = BTreeMap::new();
        for row in &rows[1..] {
            let cells = columns.iter().zip(row);
            let cells = cells.map(|((name, kind), text)| (*name, cell(kind, text)));
            let named: HashMap<&str, Value> = cells.collect();
            let identifier = [model.source_dataset_column(), model.unique_id_column()]
                .into_iter()
                .filter_map(|column| match named.get(column) {
                    Some(Value::Text(text)) => Some(text.as_str()),
                    _ => None,
                });
            let identifier = identifier.collect::<Vec<_>>().join("/");
            records.insert(identifier, model.record(named));
        }
        let frequencies = model.frequencies(records.values());
        Self {
            model,
            records,
            frequencies,
        }
    }

    /// The pairs that the blocking rules admit, each with the first rule that does.
    fn candidates(&self) -> BTreeMap<(String, String), usize> {
        let mut pairs = BTreeMap::new();
        for (place, rule) in self.model.blocking_rules().iter().enumerate() {
            let mut index: HashMap<Vec<Value>, Vec<&String>> = HashMap::new();
            for (identifier, record) in &self.records {
                for key in rule.right_keys(record).unwrap() {
                    index.entry(key).or_default().push(identifier);
                }
            }
            for (left, record) in &self.records {
                for key in rule.left_keys(record).unwrap() {
                    for right in index.get(&key).into_iter().flatten() {
                        let admitted = left < *right
                            && (self.model.link_type() != LinkType::LinkOnly
                                || source(left) != source(right))
                            && (rule.is_key_only()
                                || rule.admits(record, &self.records[*right]).unwrap());
                        if admitted {
                            pairs
                                .entry((left.clone(), (*right).clone()))
                                .or_insert(place);
                        }
                    }
                }
            }
        }
        pairs
    }
}

fn source(identifier: &str) -> &str {
    identifier.split('/').next().unwrap()
}

fn assert_scores_as_splink(name: &str, least_pairs: usize, adjusted: bool) {
    let golden = Golden::read(name);
    let mut candidates = golden.candidates();
    let rows = rows(&format!("{name}.pairs.csv"));
    let (mut worst, mut adjustments) = (0.0_f64, 0);
    for row in &rows[1..] {
        let (left, right) = (&row[1], &row[2]);
        let score = golden
            .model
            .score(
                &golden.records[left],
                &golden.records[right],
                &golden.frequencies,
            )
            .unwrap();
        let vector: Vec<String> = score
            .parts
            .iter()
            .map(|part| part.vector_value.to_string())
            .collect();
        assert_eq!(vector.join(" "), row[5], "levels of {left} and {right}");
        for (part, theirs) in score.parts.iter().zip(row[6].split(' ')) {
            let theirs: f64 = theirs.parse().unwrap();
            let apart = (part.term_frequency_bits - theirs).abs();
            assert!(
                apart < TOLERANCE,
                "term frequency of {left} and {right}: {part:?}"
            );
            adjustments += usize::from(theirs != 0.0);
        }
        let weight: f64 = row[3].parse().unwrap();
        let apart = (score.weight - weight).abs();
        assert!(
            apart < TOLERANCE,
            "weight of {left} and {right}: {} not {weight}",
            score.weight
        );
        worst = worst.max(apart);
        let probability: f64 = row[4].parse().unwrap();
        let apart = (score.probability - probability).abs();
        assert!(apart < TOLERANCE, "probability of {left} and {right}");
        let rule = candidates.remove(&(left.to_owned(), right.to_owned()));
        assert_eq!(
            rule.map(|rule| rule.to_string()).as_deref(),
            Some(&row[0]),
            "{left} {right}"
        );
    }
    assert!(rows.len() > least_pairs, "only {} pairs", rows.len() - 1);
    assert!(
        candidates.is_empty(),
        "pairs that Splink does not compare: {candidates:?}"
    );
    assert_eq!(adjustments > 0, adjusted);
    println!(
        "{name}: {} pairs, at most {worst:e} bits apart",
        rows.len() - 1
    );
}

#[test]
fn the_comparisons_that_splink_proposes_score_as_in_splink_5() {
    assert_scores_as_splink("splink5_standard", 300, true);
}

#[test]
fn the_comparisons_that_splink_proposes_score_as_in_splink_4() {
    assert_scores_as_splink("splink4_standard", 300, true);
}

#[test]
fn two_sets_joint_names_and_every_option_of_term_frequencies_score_as_in_splink() {
    assert_scores_as_splink("splink5_joint", 300, true);
}

#[test]
fn dates_numbers_lists_and_custom_sql_score_as_in_splink() {
    assert_scores_as_splink("splink5_custom", 300, false);
}

#[test]
fn an_untrained_model_scores_with_the_probabilities_that_splink_starts_from() {
    assert_scores_as_splink("splink5_untrained", 300, true);
}
