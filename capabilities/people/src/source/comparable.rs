//! What an organisation says, and what is kept of a person, as the engine compares it.

use stour_kernel::{Date, NhsNumber, OdsCode, PersonId};
use stour_linkage::{
    Birth, DateOrder, HomeParts, Index, NameParts, NumberClaim, NumberStatus, Record, Sex,
};

use super::Entry;
use crate::person::{Demographics, IdentifierStatus, NameText};
use crate::trace::SOURCE as NATIONAL;

/// Puts the line of a person in, and gives those who were merged into the person.
pub(crate) fn put(index: &mut Index<PersonId>, person: PersonId, line: &str) -> Vec<PersonId> {
    with_line(line, |record| index.put(person, record));
    let entry = Entry::read(line);
    let merged = entry.merged().filter_map(|merged| merged.parse().ok());
    merged.collect()
}

/// Looks at a line as the engine does.
pub(crate) fn with_line<T>(line: &str, look: impl FnOnce(&Record<'_>) -> T) -> T {
    let entry = Entry::read(line);
    let names: Vec<NameParts<'_>> = entry
        .names()
        .map(|name| NameParts {
            given: name.given,
            middle: name.middle,
            family: name.family,
        })
        .collect();
    let homes: Vec<HomeParts<'_>> = entry
        .addresses()
        .map(|(postcode, address)| HomeParts { address, postcode })
        .collect();
    let (telephones, emails): (Vec<&str>, Vec<&str>) =
        (entry.telephones().collect(), entry.emails().collect());
    let is_national = entry.sources().any(|source| source == NATIONAL);
    let numbers: Vec<NumberClaim> = entry
        .nhs_numbers()
        .filter_map(|(number, status)| {
            let status = status.parse().ok();
            NumberClaim::parse(number, status_of(status, is_national))
        })
        .collect();
    look(&Record {
        names: &names,
        born: Birth::parse(entry.born(), DateOrder::DayFirst),
        died: Birth::parse(entry.died(), DateOrder::DayFirst),
        sex: Sex::parse(entry.sex()),
        homes: &homes,
        telephones: &telephones,
        emails: &emails,
        numbers: &numbers,
        birth_order: entry.birth_order(),
        source: "",
        is_restricted: entry.is_restricted(),
        extras: &[],
    })
}

/// What is known of a number. That nobody else here holds it does not mean that it was traced: only the
/// national service says that.
fn status_of(status: Option<IdentifierStatus>, is_national: bool) -> NumberStatus {
    match status {
        Some(IdentifierStatus::Traced) if is_national => NumberStatus::Traced,
        Some(IdentifierStatus::Traced) | None => NumberStatus::Unstated,
        Some(IdentifierStatus::Untraced) => NumberStatus::Untraced,
        Some(IdentifierStatus::Superseded) => NumberStatus::Superseded,
        Some(IdentifierStatus::Invalidated | IdentifierStatus::Refuted) => NumberStatus::Invalid,
    }
}

/// What an organisation says, in the texts that the engine compares.
pub(crate) struct Comparable<'d> {
    given: &'d str,
    middle: String,
    family: &'d str,
    address: String,
    postcode: &'d str,
    telephone: Option<&'d str>,
    email: Option<&'d str>,
    numbers: Vec<NumberClaim>,
    born: Option<Birth>,
    died: Option<Birth>,
    sex: Sex,
    birth_order: Option<u8>,
    source: OdsCode,
}

impl<'d> Comparable<'d> {
    pub(crate) fn new(who: &'d Demographics, source: OdsCode) -> Self {
        let mut given = who.name.given.iter().map(NameText::as_str);
        let first = given.next().unwrap_or_default();
        let (address, postcode) = who.address.as_ref().map_or_else(Default::default, |home| {
            let postcode = home.postcode.as_ref().map_or("", |code| code.as_str());
            (home.lines.join(", "), postcode)
        });
        let is_national = source.as_str() == NATIONAL;
        let claim =
            |number: NhsNumber| NumberClaim::new(number, status_of(who.number_status, is_national));
        Self {
            given: first,
            middle: given.collect::<Vec<_>>().join(" "),
            family: who.name.family.as_str(),
            address,
            postcode,
            telephone: who.telephone.as_deref().filter(|text| !text.is_empty()),
            email: who.email.as_deref().filter(|text| !text.is_empty()),
            numbers: who.nhs_number.map(claim).into_iter().collect(),
            born: who.born.and_then(birth),
            died: who.died.and_then(birth),
            sex: who
                .sex
                .as_ref()
                .map_or(Sex::Unknown, |sex| Sex::parse(sex.as_str())),
            birth_order: who.birth_order,
            source,
        }
    }

    /// Looks at it as the engine does.
    pub(crate) fn record<T>(&self, look: impl FnOnce(&Record<'_>) -> T) -> T {
        look(&Record {
            names: &[NameParts {
                given: self.given,
                middle: &self.middle,
                family: self.family,
            }],
            born: self.born,
            died: self.died,
            sex: self.sex,
            homes: &[HomeParts {
                address: &self.address,
                postcode: self.postcode,
            }],
            telephones: self.telephone.as_slice(),
            emails: self.email.as_slice(),
            numbers: &self.numbers,
            birth_order: self.birth_order,
            source: self.source.as_str(),
            is_restricted: false,
            extras: &[],
        })
    }
}

fn birth(date: Date) -> Option<Birth> {
    Birth::parse(&date.to_string(), DateOrder::DayFirst)
}
