//! The score of the last step: the plain mean of five fields.

use super::record::{Born, Record};

/// Points of a hundred for two records.
pub(super) fn score(record: &Record, held: &Record) -> f64 {
    let fields = [
        born(record.born.as_ref(), held.born.as_ref()),
        sex(&record.sex, &held.sex),
        postcode(&record.postcode, &held.postcode),
        name(&record.given_plain, &held.given_plain),
        name(&record.family_plain, &held.family_plain),
    ];
    fields.iter().sum::<f64>() / 5.0
}

fn born(one: Option<&Born>, other: Option<&Born>) -> f64 {
    let Some((one, other)) = one.zip(other) else {
        return 0.0;
    };
    let year = one.year == other.year;
    let parts =
        u8::from(year) + u8::from(one.month == other.month) + u8::from(one.day == other.day);
    let swapped = year && one.day == other.month && one.month == other.day;
    match parts {
        3 => 100.0,
        2 => 66.0,
        _ if swapped => 66.0,
        _ if year => 33.0,
        _ => 0.0,
    }
}

fn sex(one: &str, other: &str) -> f64 {
    let told = |sex: &str| matches!(sex, "F" | "M");
    match (told(one), told(other)) {
        (true, true) if one == other => 100.0,
        (true, true) => 0.0,
        _ => 50.0,
    }
}

fn postcode(one: &str, other: &str) -> f64 {
    let length = u32::try_from(one.len().max(other.len())).unwrap_or(u32::MAX);
    let alike = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let alike = u32::try_from(alike.count()).unwrap_or(0);
    if length == 0 {
        return 0.0;
    }
    100.0 * f64::from(alike) / f64::from(length)
}

/// Letters that are not of the plain alphabet count as one and the same.
fn name(one: &str, other: &str) -> f64 {
    let plain = |name: &str| name.replace(|letter: char| !letter.is_ascii(), "@");
    100.0 * strsim::jaro_winkler(&plain(one), &plain(other))
}
