//! Rows as people and events.

use serde_json::Value;
use stour_kernel::Pence;

use super::record::lines;
use super::table::Table;
use super::{EventRecord, Mistakes, PersonRecord};

/// A person.
pub(super) fn person(table: &Table, index: u64, mistakes: &mut Mistakes) -> Option<PersonRecord> {
    let female = match table.text("sex") {
        "female" => true,
        "male" => false,
        other => {
            table.wrong(
                "sex",
                format!("{other:?} is neither female nor male"),
                "Use one of the two.",
                mistakes,
            );
            return None;
        }
    };
    let frailty = table.text("frailty");
    if !["fit", "mild", "moderate", "severe"].contains(&frailty) {
        let remedy = "Use fit, mild, moderate or severe.";
        table.wrong(
            "frailty",
            format!("{frailty:?} is not a degree of frailty"),
            remedy,
            mistakes,
        );
    }
    let names = stour_people::PersonName::new(table.text("family_name"), table.text("given_names"));
    if let Err(error) = names {
        table.wrong(
            "family_name",
            error.to_string(),
            "Correct the names.",
            mistakes,
        );
    }
    let telephone = Some(table.text("telephone")).filter(|text| !text.is_empty());
    Some(PersonRecord {
        index,
        nhs_number: table.parse("nhs_number", mistakes)?,
        family_name: table.text("family_name").to_owned(),
        given_names: table.text("given_names").to_owned(),
        female,
        born: table.parse("born", mistakes)?,
        died: table.optional("died", mistakes),
        address: lines(table.text("address")),
        postcode: table.parse("postcode", mistakes)?,
        lsoa: table.parse("lsoa", mistakes)?,
        council: table.parse("council", mistakes)?,
        locality: table.parse("locality", mistakes)?,
        practice: table.parse("practice", mistakes)?,
        telephone: telephone.map(str::to_owned),
        frailty: frailty.to_owned(),
        restricted: table.parse("restricted", mistakes)?,
        objection: table.parse("objection", mistakes)?,
        lives_alone: table.parse("lives_alone", mistakes)?,
        care_home: table.parse("care_home", mistakes)?,
    })
}

/// An event.
pub(super) fn event(table: &Table, person: u64, mistakes: &mut Mistakes) -> Option<EventRecord> {
    let detail: Value = table.parse("detail", mistakes)?;
    if !detail.is_object() {
        table.wrong(
            "detail",
            "it is not a JSON object".to_owned(),
            "Write {} where nothing more is known.",
            mistakes,
        );
    }
    for column in ["source_system", "source_reference"] {
        if table.text(column).is_empty() {
            table.wrong(
                column,
                "it is empty".to_owned(),
                "Say where the event comes from.",
                mistakes,
            );
        }
    }
    Some(EventRecord {
        person,
        kind: table.parse("kind", mistakes)?,
        started: table.parse("started", mistakes)?,
        ended: table.optional("ended", mistakes),
        organisation: table.parse("organisation", mistakes)?,
        outcome: table.optional("outcome", mistakes),
        cost: table
            .optional::<i64>("cost_pence", mistakes)
            .map(Pence::new),
        system: table.text("source_system").to_owned(),
        reference: table.text("source_reference").to_owned(),
        detail,
    })
}
