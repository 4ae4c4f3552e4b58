//! How rightly records are linked, on sets whose truth is known, with the settings that everybody gets.

use std::fmt::Write as _;

use stour_kernel::testing::reference_data;

use super::Folder;

/// A set of records, as text.
fn set(file: &str) -> Option<String> {
    reference_data(&format!("linkage/{file}")).map(|path| std::fs::read_to_string(path).unwrap())
}

fn number(measured: &serde_json::Value, name: &str) -> f64 {
    measured[name].as_f64().unwrap()
}

#[test]
fn the_hard_cases_are_all_as_expected() {
    let Some(cases) = set("hard_cases.csv") else {
        return;
    };
    let folder = Folder::new();
    folder.write("cases.csv", cases);
    let verdicts = folder.json("cases cases.csv --json");
    assert!(verdicts.as_array().unwrap().len() >= 14);
}

#[test]
fn an_index_of_a_place_is_matched_rightly_with_and_without_numbers() {
    let Some(people) = set("ukmpi_20k.csv") else {
        return;
    };
    let folder = Folder::new();
    let heading = people.lines().next().unwrap();
    let of = |is_index: bool| {
        let rows = people.lines().skip(1);
        let rows = rows.filter(|row| (row.split(',').nth(2) == Some("SPINE")) == is_index);
        format!("{heading}\n{}\n", rows.collect::<Vec<_>>().join("\n"))
    };
    folder.write("index.csv", of(true));
    folder.write("incoming.csv", of(false));
    let columns = "id=rec_id,given=given_name,family=surname,dob=dob,sex=sex,address=address_1,postcode=postcode,phone=phone";
    let evaluate = |columns: &str| {
        folder.json(&format!(
            "evaluate --index index.csv --incoming incoming.csv --columns {columns} --truth person_id --household household --json"
        ))
    };
    let with = evaluate(&format!("nhs_number=nhs_number,{columns}"));
    assert!(number(&with, "linked_rightly_share") >= 0.963, "{with:#}");
    assert!(number(&with, "linked_wrongly") < 0.5, "{with:#}");
    assert!(number(&with, "review_share") <= 0.01, "{with:#}");
    let without = evaluate(columns);
    assert!(number(&without, "recall") >= 0.985, "{without:#}");
}

#[test]
fn a_set_with_many_typing_errors_is_clustered_rightly() {
    let Some(records) = set("febrl_dataset3.csv") else {
        return;
    };
    let folder = Folder::new();
    let mut lines = records.lines();
    let mut text = format!("{},person\n", lines.next().unwrap());
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let person = line.split('-').nth(1).unwrap();
        writeln!(text, "{line},{person}").unwrap();
    }
    folder.write("records.csv", text);
    let measured = folder.json(
        "evaluate records.csv --truth person --json --columns id=rec_id,given=given_name,family=surname,dob=date_of_birth,address=address_1,postcode=postcode,extra:soc_sec_id,extra:street_number,extra:suburb,extra:state,extra:address_2",
    );
    assert!(number(&measured, "f1") >= 0.9985, "{measured:#}");
}

#[test]
fn a_set_with_few_fields_is_clustered_well() {
    let Some(records) = set("fake_1000.csv") else {
        return;
    };
    let folder = Folder::new();
    folder.write("records.csv", records);
    let measured = folder.json(
        "evaluate records.csv --truth cluster --json --columns id=unique_id,given=first_name,family=surname,dob=dob,email=email,extra:city",
    );
    assert!(number(&measured, "f1") > 0.92, "{measured:#}");
}
