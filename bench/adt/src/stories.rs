//! Stays of made-up people, as messages.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use stour_flow::adt::{Bed, SpellPatient, SpellStory, messages};
use stour_kernel::NhsNumber;

/// How many messages a stay has: in, two moves, out.
pub(crate) const EACH: usize = 4;

/// One stay for each of so many people, each as its messages.
pub(crate) fn make(people: usize) -> Result<Vec<Vec<Vec<u8>>>> {
    let begin: Timestamp = "2026-06-01T08:00:00Z".parse()?;
    let mut numbers = (9_990_000_000_u64..).filter_map(|digits| {
        let number: Option<NhsNumber> = digits.to_string().parse().ok();
        number
    });
    (0..people)
        .map(|person| {
            let number = numbers.next();
            let minutes = i64::try_from(person)? % 100_000;
            let admitted = begin + SignedDuration::from_mins(minutes);
            story(person, number, admitted)
        })
        .collect()
}

fn story(
    person: usize,
    nhs_number: Option<NhsNumber>,
    admitted: Timestamp,
) -> Result<Vec<Vec<u8>>> {
    let hours = |hours| admitted + SignedDuration::from_hours(hours);
    let bed = |ward: &str| Bed {
        ward: ward.to_owned(),
        bed: (person % 30).to_string(),
        site: "RBH".to_owned(),
    };
    let story = SpellStory {
        patient: SpellPatient {
            nhs_number,
            local: format!("H{person}"),
            family: format!("Bench{}", letters(person)),
            given: format!("Made{}", letters(person / 7)),
            born: Some(
                format!(
                    "19{}-0{}-1{}",
                    30 + person % 60,
                    1 + person % 9,
                    person % 10
                )
                .parse()?,
            ),
            sex: if person.is_multiple_of(2) { "F" } else { "M" }.to_owned(),
            address: vec![
                format!("{} Made Up Road", 1 + person % 200),
                "Bournemouth".to_owned(),
            ],
            postcode: Some(postcode(person).parse()?),
            practice: Some("J81003".parse()?),
        },
        organisation: "R0D".parse()?,
        visit_number: format!("V{person}"),
        method: "21".to_owned(),
        specialty: "430".to_owned(),
        admitted,
        bed: bed("BAMU"),
        moves: vec![(hours(6), bed("BELD")), (hours(40), bed("BAMU"))],
        discharged: Some((hours(90), "19".to_owned())),
        expected: None,
        fit_since: None,
        came_from: None,
        arrived_by: None,
        diagnosis: None,
    };
    let all = messages(&[story])?;
    Ok(parted(&all))
}

/// Made up, and that of few: everybody under one postcode would have to be compared with everybody.
fn postcode(person: usize) -> String {
    let (district, sector, unit) = (1 + person % 23, 1 + person / 23 % 9, person / 207 % 100);
    let letter = |number: usize| "ABDEFGHJLN".get(number..=number).unwrap_or("A");
    format!(
        "BH{district} {sector}{}{}",
        letter(unit / 10),
        letter(unit % 10)
    )
}

/// Letters that tell people apart, since names have no digits.
fn letters(mut number: usize) -> String {
    let mut text = String::new();
    loop {
        let letter = u32::try_from(number % 26).unwrap_or_default();
        text.extend(char::from_u32(u32::from('a') + letter));
        number /= 26;
        if number == 0 {
            return text;
        }
    }
}

/// A file of messages, each by itself.
fn parted(all: &[u8]) -> Vec<Vec<u8>> {
    let mut parted: Vec<Vec<u8>> = Vec::new();
    for line in all.split_inclusive(|byte| *byte == b'\r') {
        if line.starts_with(b"MSH") {
            parted.push(Vec::new());
        }
        if let Some(message) = parted.last_mut() {
            message.extend_from_slice(line);
        }
    }
    parted
}
