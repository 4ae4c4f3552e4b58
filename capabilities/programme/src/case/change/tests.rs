use std::collections::BTreeMap;

use proptest::prelude::*;
use toml_edit::{DocumentMut, Table, value};

use super::{Change, is_written};
use crate::WORKED;
use crate::document::{Refusal, differences, read};

const REABLEMENT: &str = WORKED[0].text;

fn line(text: &str, id: &str) -> Table {
    let document: DocumentMut = text.parse().unwrap();
    let lines = document["line"].as_array_of_tables().unwrap().clone();
    let mut lines = lines.into_iter();
    lines.find(|line| line["id"].as_str() == Some(id)).unwrap()
}

/// Puts a line with another take-up.
fn take_up(id: &str, part: f64) -> Change {
    let mut line = line(REABLEMENT, id);
    line["driver"]["take_up"] = value(part);
    Change::PutLine(id.to_owned(), line)
}

fn owned(id: &str, owner: &str) -> Change {
    let mut line = line(REABLEMENT, id);
    line["owner"] = value(owner);
    Change::PutLine(id.to_owned(), line)
}

/// A line that the text does not have, and so no place in it.
fn new_line(id: &str) -> Table {
    let mut new = Table::from_iter(line(REABLEMENT, "team"));
    new["id"] = value(id);
    new
}

fn set(inputs: &[(&str, f64)]) -> Change {
    let inputs = inputs
        .iter()
        .map(|(input, value)| ((*input).to_owned(), *value));
    Change::SetInputs(inputs.collect())
}

#[test]
fn one_number_is_changed_and_every_other_byte_stays() {
    let changed = take_up("bed-days", 0.2).apply(REABLEMENT).unwrap();
    let wanted = REABLEMENT.replace("take_up = 0.3\n", "take_up = 0.2\n");
    assert_eq!(changed, wanted);
    read(&changed).unwrap();
}

#[test]
fn remarks_stay_where_they_are() {
    let remarked = REABLEMENT
        .replace(
            "take_up = 0.3\n",
            "# as in May\ntake_up = 0.3   # of those asked\n",
        )
        .replace("[line.driver]", "# people\n[line.driver] # each");
    let changed = take_up("bed-days", 0.2).apply(&remarked).unwrap();
    assert_eq!(
        changed,
        remarked.replace("take_up = 0.3  ", "take_up = 0.2  ")
    );
}

#[test]
fn a_line_that_is_put_as_it_is_changes_nothing() {
    for worked in WORKED {
        let document: DocumentMut = worked.text.parse().unwrap();
        let lines = document
            .get("line")
            .and_then(toml_edit::Item::as_array_of_tables);
        for line in lines.into_iter().flatten() {
            let id = line["id"].as_str().unwrap().to_owned();
            let put = Change::PutLine(id, line.clone())
                .apply(worked.text)
                .unwrap();
            assert_eq!(put, worked.text, "{}", worked.name);
        }
    }
}

#[test]
fn the_layout_of_tables_stays_where_their_values_do() {
    let inline = REABLEMENT
        .replace("gained_by = \"nhs\"", "gained_by = { nhs = 1 }")
        .replace("impact = 4\n", "impact = 4.00\n")
        .replace(
            "amounts = { 2027 = \"£60,000.00\", 2028 = \"£60,000.00\" }",
            "[line.amounts] # of two years\n2027 = \"£60000\"\n2028 = \"£60,000.00\"",
        );
    read(&inline).unwrap();
    for id in ["bed-days", "wellbeing"] {
        let put = Change::PutLine(id.to_owned(), line(REABLEMENT, id));
        assert_eq!(put.apply(&inline).unwrap(), inline, "{id}");
    }
    let driver = "driver = { cohort = \"over-75\", first_year = 2026, last_year = 2028, take_up = 0.3, unit = \"hospital days each\", impact = 4, unit_value = \"£350.00\", deadweight = 0.2, displacement = 0.0, drop_off = 0.1, lag = 0.5 }\n";
    let begin = REABLEMENT.find("\n[line.driver]").unwrap();
    let (before, rest) = REABLEMENT.split_at(begin);
    let (_, after) = rest.split_once("\n\n[[line]]").unwrap();
    let one_row = [before, driver, "\n\n[[line]]", after].concat();
    read(&one_row).unwrap();
    let put = Change::PutLine("bed-days".to_owned(), line(REABLEMENT, "bed-days"));
    assert_eq!(put.apply(&one_row).unwrap(), one_row);
}

#[test]
fn a_new_line_stands_last_and_all_before_it_stays() {
    let new = new_line("second-team");
    let changed = Change::AddLine(new).apply(REABLEMENT).unwrap();
    let lines: toml::Table = changed.parse().unwrap();
    assert_eq!(
        lines["line"].as_array().unwrap()[4]["id"].as_str(),
        Some("second-team")
    );
    let told = differences(REABLEMENT, &changed);
    assert!(
        told.iter()
            .all(|one| one.place.starts_with("line second-team, "))
    );
    let begin = REABLEMENT.find("[[uncertain]]").unwrap();
    let (before, after) = REABLEMENT.split_at(begin);
    assert!(changed.starts_with(before.trim_end()) && changed.ends_with(after));
    read(&changed).unwrap();
}

#[test]
fn a_line_is_not_added_twice_nor_changed_or_removed_where_it_is_not() {
    let twice = Change::AddLine(line(REABLEMENT, "team"));
    assert_eq!(twice.apply(REABLEMENT), Err(Refusal::LineExists));
    let absent = Change::PutLine("absent".to_owned(), line(REABLEMENT, "team"));
    assert_eq!(absent.apply(REABLEMENT), Err(Refusal::NoSuchLine));
    let absent = Change::RemoveLine("absent".to_owned());
    assert_eq!(absent.apply(REABLEMENT), Err(Refusal::NoSuchLine));
}

#[test]
fn what_varies_a_removed_line_goes_with_it() {
    let changed = Change::RemoveLine("bed-days".to_owned())
        .apply(REABLEMENT)
        .unwrap();
    read(&changed).unwrap();
    let table: toml::Table = changed.parse().unwrap();
    let uncertain = table["uncertain"].as_array().unwrap();
    let inputs: Vec<_> = uncertain
        .iter()
        .map(|one| one["input"].as_str().unwrap())
        .collect();
    assert_eq!(inputs, ["home-care.impact", "team.scale"]);
    assert!(!table.contains_key("correlation"));
    let set = table["scenario"][0]["set"].as_table().unwrap();
    assert_eq!(set.keys().collect::<Vec<_>>(), ["home-care.scale"]);
    assert!(changed.starts_with("# A small case to follow with a calculator."));
}

#[test]
fn a_scenario_that_sets_nothing_any_more_goes_too() {
    let alone = REABLEMENT.replace(
        "set = { \"bed-days.take_up\" = 0.15, \"bed-days.lag\" = 1.5, \"home-care.scale\" = 0.5 }",
        "set = { \"bed-days.take_up\" = 0.15 }",
    );
    assert_ne!(alone, REABLEMENT);
    let changed = Change::RemoveLine("bed-days".to_owned())
        .apply(&alone)
        .unwrap();
    assert!(!changed.contains("[[scenario]]"));
    read(&changed).unwrap();
}

#[test]
fn inputs_are_set_where_the_text_has_them() {
    let change = set(&[("bed-days.take_up", 0.15), ("bed-days.unit_value", 1350.5)]);
    let changed = change.apply(REABLEMENT).unwrap();
    let wanted = REABLEMENT
        .replace("take_up = 0.3\n", "take_up = 0.15\n")
        .replace("£350.00", "£1,350.50");
    assert_eq!(changed, wanted);
    read(&changed).unwrap();
}

#[test]
fn inputs_that_the_text_does_not_hold_by_themselves_are_refused() {
    let document: toml::Table = REABLEMENT.parse().unwrap();
    for input in [
        "bed-days.scale",
        "over-75.population_scale",
        "team.take_up",
        "home-care.take_up",
        "absent.impact",
        "bed-days.cohort",
        "take_up",
        "",
        ".",
    ] {
        assert!(!is_written(&document, input), "{input}");
        let refused = set(&[(input, 0.5)]).apply(REABLEMENT);
        assert_eq!(refused, Err(Refusal::NotWritten), "{input}");
    }
    for input in [
        "bed-days.take_up",
        "bed-days.lag",
        "home-care.unit_value",
        "bed-days.optimism_bias",
    ] {
        assert!(is_written(&document, input), "{input}");
    }
    let endless = set(&[("bed-days.unit_value", f64::INFINITY)]);
    assert_eq!(endless.apply(REABLEMENT), Err(Refusal::NotWritten));
}

#[test]
fn two_changes_of_different_lines_are_both_kept() {
    let first = take_up("bed-days", 0.2).apply(REABLEMENT).unwrap();
    let both = owned("team", "Somebody else").rebase(REABLEMENT, &first);
    let both = both.unwrap();
    assert_eq!(
        both,
        first.replace("Head of reablement", "Somebody else"),
        "the change of the other line stays"
    );
    let inputs = set(&[("home-care.impact", 20.0)]).rebase(REABLEMENT, &both);
    assert_eq!(
        inputs.unwrap(),
        both.replace("impact = 30\n", "impact = 20.0\n")
    );
}

#[test]
fn a_second_change_of_the_same_line_is_refused() {
    let first = take_up("bed-days", 0.2).apply(REABLEMENT).unwrap();
    let second = [
        owned("bed-days", "Somebody else"),
        take_up("bed-days", 0.2),
        set(&[("bed-days.lag", 1.0)]),
        Change::RemoveLine("bed-days".to_owned()),
    ];
    for change in second {
        let refused = change.rebase(REABLEMENT, &first);
        assert_eq!(refused, Err(Refusal::Overtaken), "{change:?}");
    }
    let gone = Change::RemoveLine("team".to_owned())
        .apply(REABLEMENT)
        .unwrap();
    let refused = owned("team", "Me").rebase(REABLEMENT, &gone);
    assert_eq!(refused, Err(Refusal::Overtaken));
    let new = new_line("new-one");
    let added = Change::AddLine(new.clone()).apply(REABLEMENT).unwrap();
    let refused = Change::AddLine(new).rebase(REABLEMENT, &added);
    assert_eq!(refused, Err(Refusal::LineExists));
}

#[test]
fn the_same_line_laid_out_otherwise_is_not_changed() {
    let spaced = REABLEMENT.replace("take_up = 0.3\n", "take_up    =    0.30 # May\n");
    let changed = owned("bed-days", "Me").rebase(REABLEMENT, &spaced);
    assert_eq!(
        changed.unwrap(),
        spaced.replace("Director of finance", "Me")
    );
}

#[test]
fn a_text_that_is_no_case_is_refused_and_nothing_panics() {
    for text in [
        "",
        "line = 3",
        "[[line]]\n",
        "= nonsense",
        "[line]\nid = \"team\"",
    ] {
        for change in [
            Change::RemoveLine("team".to_owned()),
            set(&[("team.impact", 1.0)]),
            owned("team", "Me"),
        ] {
            assert!(change.apply(text).is_err(), "{text:?} {change:?}");
        }
    }
}

proptest! {
    #[test]
    fn a_changed_number_leaves_every_other_byte(
        part in 0_u32..=1000,
        id in prop_oneof![Just("bed-days"), Just("home-care")],
        field in prop_oneof![Just("impact"), Just("deadweight"), Just("lag"), Just("displacement")],
    ) {
        let part = f64::from(part) / 1000.0;
        let changed = set(&[(&format!("{id}.{field}"), part)]).apply(REABLEMENT).unwrap();
        let differ: Vec<(&str, &str)> = REABLEMENT
            .lines()
            .zip(changed.lines())
            .filter(|(before, after)| before != after)
            .collect();
        prop_assert_eq!(REABLEMENT.lines().count(), changed.lines().count());
        prop_assert!(differ.len() <= 1, "{:?}", differ);
        for (before, after) in differ {
            let begin = format!("{field} = ");
            prop_assert!(before.starts_with(&begin) && after.starts_with(&begin));
        }
        let mut values = BTreeMap::new();
        values.insert(format!("{id}.{field}"), part);
        prop_assert_eq!(Change::SetInputs(values).apply(&changed).unwrap(), changed);
    }
}
