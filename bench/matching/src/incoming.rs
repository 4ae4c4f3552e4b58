//! What organisations say of people: of those who are known, with slips, and of new ones.

use std::time::Duration;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};
use stour_bench_people_search::population::{FIRST_NUMBER, SEED, Source};
use stour_kernel::{Environment, NhsNumber};
use stour_people::{Demographics, NameText, PersonName};

/// Records of people here and there in the population that was loaded; a third has a slip, and half have no
/// NHS number.
pub(crate) fn known(
    environment: &Environment,
    people: u32,
    records: usize,
) -> Result<Vec<Demographics>> {
    let people = usize::try_from(people)?;
    let step = (people / records).max(1);
    let mut source = Source::new(SEED, FIRST_NUMBER);
    let mut known = Vec::with_capacity(records);
    for place in 0..people {
        let person = source.person(environment)?;
        if place % step == 0 && known.len() < records {
            known.push(person.demographics);
        }
    }
    for (place, who) in known.iter_mut().enumerate() {
        if place % 2 == 0 {
            who.nhs_number = None;
        }
        if place % 3 == 0 {
            slip(who, place / 3)?;
        }
    }
    Ok(known)
}

/// Two letters swapped in the family name, a first name cut short, another day of birth, or another house.
fn slip(who: &mut Demographics, kind: usize) -> Result<()> {
    let family = who.name.family.as_str();
    let given: Vec<&str> = who.name.given.iter().map(NameText::as_str).collect();
    match kind % 4 {
        0 => {
            let mut letters: Vec<char> = family.chars().collect();
            let middle = letters.len() / 2;
            letters.swap(middle - 1, middle);
            let family: String = letters.into_iter().collect();
            who.name = PersonName::new(&family, &given.join(" ")).context("a name")?;
        }
        1 => {
            let first: String = given.iter().flat_map(|name| name.chars()).take(3).collect();
            who.name = PersonName::new(family, &first).context("a name")?;
        }
        2 => {
            let born = who.born.context("a date of birth")?;
            who.born = Some(born.checked_add(Duration::from_hours(24))?);
        }
        _ => {
            let home = who.address.as_mut().context("a home")?;
            home.lines = vec!["The Old Bakery".to_owned(), "Poole".to_owned()];
        }
    }
    Ok(())
}

/// People whom nobody knows yet.
pub(crate) fn fresh(environment: &Environment, records: usize) -> Result<Vec<Demographics>> {
    let mut source = Source::new(SEED + 1, FIRST_NUMBER + 50_000_000);
    (0..records)
        .map(|_| Ok(source.person(environment)?.demographics))
        .collect()
}

/// As the API takes it.
pub(crate) fn json(who: &Demographics) -> Value {
    let given: Vec<&str> = who.name.given.iter().map(NameText::as_str).collect();
    let home = who.address.as_ref();
    json!({
        "family_name": who.name.family.as_str(),
        "given_names": given,
        "born": who.born.map(|born| born.to_string()),
        "nhs_number": who.nhs_number.map(NhsNumber::digits),
        "address": home.map(|home| json!({
            "lines": home.lines,
            "postcode": home.postcode.map(|postcode| postcode.to_string()),
        })),
    })
}
