//! One record composed of what all organisations say, field by field, each by a stated rule. A
//! function of values: the same versions always give the same record.

use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::{Code, Date, NhsNumber, OdsCode, Timestamp, london_date};

use super::runs::{
    Row, Run, last_moved, latest, most_said, most_trusted, rows, runs, runs_with_moves,
};
use super::said::SourceVersion;
use crate::person::{Address, IdentifierStatus, NHS_NUMBER, NameUse, PersonName, Place};

/// By which rule a value was chosen among those that organisations say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Of the organisation that the partnership's order of trust puts first; then the latest.
    MostTrusted,
    /// Of the record by which the NHS number is relied on.
    WithTheNumber,
    /// What most organisations say; then the most trusted.
    MostSaid,
    /// The address with the latest day of moving in; where no day is known, of the most trusted.
    LastMoved,
    /// What was recorded last.
    Latest,
    /// The NHS number that was found to be this person's and nobody else's.
    Traced,
    /// All of them are shown.
    All,
}

impl Rule {
    /// For the page.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::MostTrusted => {
                "From the organisation that the partnership trusts most for this; of those alike, the latest."
            }
            Self::WithTheNumber => "From the record by which the NHS number is relied on.",
            Self::MostSaid => "What most organisations say; of those alike, the most trusted.",
            Self::LastMoved => {
                "Where the person moved last; if no day is known, from the organisation trusted most."
            }
            Self::Latest => "What was recorded last.",
            Self::Traced => "The number that is relied on; other numbers are not.",
            Self::All => "Everything that anybody gave and nobody has ended.",
        }
    }
}

/// What was said of one field, and which of it the record shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field<T> {
    pub(crate) said: Vec<Run<T>>,
    pub(crate) chosen: Option<usize>,
    pub(crate) rule: Rule,
}

impl<T> Field<T> {
    fn new(said: Vec<Run<T>>, rule: Rule, choose: impl Fn(&[Run<T>]) -> Option<usize>) -> Self {
        let chosen = choose(&said);
        Self { said, chosen, rule }
    }

    /// What the record shows.
    pub(crate) fn shown(&self) -> Option<&Run<T>> {
        self.said.get(self.chosen?)
    }

    /// The value that the record shows.
    pub(crate) fn value(&self) -> Option<&T> {
        self.shown().map(|run| &run.what)
    }
}

/// A number by which an organisation knows the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) system: String,
    pub(crate) value: String,
    pub(crate) status: IdentifierStatus,
    pub(crate) source: OdsCode,
    pub(crate) recorded_at: Timestamp,
}

/// One person's record, composed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Composed {
    pub(crate) name: Field<PersonName>,
    pub(crate) born: Field<Date>,
    pub(crate) died: Field<Date>,
    pub(crate) sex: Field<Code>,
    pub(crate) number: Field<NhsNumber>,
    pub(crate) address: Field<Address>,
    pub(crate) telephone: Field<String>,
    pub(crate) email: Field<String>,
    pub(crate) practice: Field<OdsCode>,
    pub(crate) birth_order: Option<u8>,
    pub(crate) names: Vec<Row<(NameUse, PersonName)>>,
    pub(crate) addresses: Vec<Row<Address>>,
    pub(crate) telephones: Vec<Row<String>>,
    pub(crate) emails: Vec<Row<String>>,
    pub(crate) numbers: Vec<Number>,
    pub(crate) place: Place,
    /// Every organisation that has a record of the person.
    pub(crate) sources: BTreeSet<OdsCode>,
}

/// Composes a record from every version of every record linked to a person, in any order.
///
/// Name and sex: of the most trusted organisation, the latest. NHS number: the one relied on. Date of
/// birth: of the record by which the number is relied on, else what most say. Death: what most say.
/// Address: where the person moved last. Telephone and e-mail: all. Practice: the latest.
pub(crate) fn compose(mut versions: Vec<SourceVersion>) -> Composed {
    versions.sort_by_key(|version| (version.recorded_at, version.record, version.number));
    let versions = versions.as_slice();
    let name = Field::new(
        runs(versions, |said| said.name.clone(), same_name),
        Rule::MostTrusted,
        most_trusted,
    );
    let address = Field::new(
        runs_with_moves(versions, |said| said.address.clone(), same_address),
        Rule::LastMoved,
        last_moved,
    );
    let telephone = Field::new(
        runs_with_moves(versions, |said| said.telephone.clone(), PartialEq::eq),
        Rule::All,
        |_| None,
    );
    let email = Field::new(
        runs(versions, |said| said.email.clone(), PartialEq::eq),
        Rule::All,
        |_| None,
    );
    let practice = Field::new(
        runs(versions, |said| said.practice, PartialEq::eq),
        Rule::Latest,
        latest,
    );
    let taken = taken(versions);
    let number = number(versions, &taken);
    let birth_orders = runs(versions, |said| said.birth_order, PartialEq::eq);
    Composed {
        names: names(&name),
        addresses: rows(&address.said, same_address, address.chosen),
        telephones: said_rows(&telephone.said),
        emails: said_rows(&email.said),
        numbers: numbers(versions, &number, &taken),
        place: place(versions, &address, &practice),
        born: born(versions, &number),
        died: Field::new(
            runs(versions, |said| said.died, PartialEq::eq),
            Rule::MostSaid,
            most_said,
        ),
        sex: Field::new(
            runs(versions, |said| said.sex.clone(), PartialEq::eq),
            Rule::MostTrusted,
            most_trusted,
        ),
        birth_order: latest(&birth_orders)
            .and_then(|place| birth_orders.get(place))
            .map(|run| run.what),
        sources: versions.iter().map(|version| version.source).collect(),
        name,
        number,
        address,
        telephone,
        email,
        practice,
    }
}

/// Names are one where only capitals differ.
pub(crate) fn same_name(one: &PersonName, other: &PersonName) -> bool {
    let same = |one: &str, other: &str| one == other || one.to_lowercase() == other.to_lowercase();
    same(one.family.as_str(), other.family.as_str())
        && one.given.len() == other.given.len()
        && one
            .given
            .iter()
            .zip(&other.given)
            .all(|(one, other)| same(one.as_str(), other.as_str()))
}

/// Addresses are one where only capitals differ.
pub(crate) fn same_address(one: &Address, other: &Address) -> bool {
    one.postcode == other.postcode
        && one.lines.len() == other.lines.len()
        && one
            .lines
            .iter()
            .zip(&other.lines)
            .all(|(one, other)| one == other || one.to_lowercase() == other.to_lowercase())
}

/// The NHS number that is relied on: two records that were merged may each bring one, and then the one
/// that was traced is shown; of those alike, the more trusted organisation's. Not one that a register
/// has taken away.
fn number(versions: &[SourceVersion], taken: &Taken) -> Field<NhsNumber> {
    let said = runs(versions, |said| said.nhs_number, PartialEq::eq);
    let relied: BTreeSet<NhsNumber> = relied(versions)
        .map(|(number, _)| number)
        .filter(|number| !taken.contains_key(number))
        .collect();
    let is_traced = |number| {
        relied_versions_of(versions, number)
            .any(|version| version.said.number_status == Some(IdentifierStatus::Traced))
    };
    let chosen = said
        .iter()
        .enumerate()
        .filter(|(_, run)| relied.contains(&run.what) && is_relied_by(versions, run))
        .min_by_key(|(_, run)| (!is_traced(run.what), run.trust, run.order))
        .map(|(place, _)| place);
    Field {
        said,
        chosen,
        rule: Rule::Traced,
    }
}

/// Numbers that a register has taken away, with its word on each.
type Taken = BTreeMap<NhsNumber, IdentifierStatus>;

/// The latest word of registers on each number: put in another's place, withdrawn, never this person's.
fn taken(versions: &[SourceVersion]) -> Taken {
    use IdentifierStatus::{Invalidated, Refuted, Superseded, Traced};
    let mut taken = Taken::new();
    for said in versions.iter().map(|version| &version.said) {
        match (said.nhs_number, said.number_status) {
            (Some(number), Some(status @ (Superseded | Invalidated | Refuted))) => {
                taken.insert(number, status);
            }
            (Some(number), Some(Traced)) if said.relied => {
                taken.remove(&number);
            }
            _ => {}
        }
    }
    taken
}

fn relied_versions_of(
    versions: &[SourceVersion],
    number: NhsNumber,
) -> impl Iterator<Item = &SourceVersion> {
    relied(versions)
        .filter(move |(relied, _)| *relied == number)
        .map(|(_, version)| version)
}

fn relied(versions: &[SourceVersion]) -> impl Iterator<Item = (NhsNumber, &SourceVersion)> {
    versions
        .iter()
        .filter(|version| version.said.relied)
        .filter_map(|version| Some((version.said.nhs_number?, version)))
}

fn is_relied_by(versions: &[SourceVersion], run: &Run<NhsNumber>) -> bool {
    relied(versions).any(|(number, version)| number == run.what && version.record == run.record)
}

fn born(versions: &[SourceVersion], number: &Field<NhsNumber>) -> Field<Date> {
    let said = runs(versions, |said| said.born, PartialEq::eq);
    let with_number = number.shown().and_then(|relied| {
        said.iter()
            .position(|run| run.record == relied.record && run.is_current())
    });
    let rule = if with_number.is_some() {
        Rule::WithTheNumber
    } else {
        Rule::MostSaid
    };
    Field {
        chosen: with_number.or_else(|| most_said(&said)),
        said,
        rule,
    }
}

fn names(field: &Field<PersonName>) -> Vec<Row<(NameUse, PersonName)>> {
    rows(&field.said, same_name, field.chosen)
        .into_iter()
        .map(|row| {
            let name_use = match (row.shown, row.ended) {
                (true, _) => NameUse::Official,
                (false, None) => NameUse::Usual,
                (false, Some(_)) => NameUse::Previous,
            };
            Row {
                what: (name_use, row.what),
                shown: row.shown,
                starts: row.starts,
                ended: row.ended,
                source: row.source,
                recorded_at: row.recorded_at,
            }
        })
        .collect()
}

/// An empty value says only that there is none.
fn said_rows(said: &[Run<String>]) -> Vec<Row<String>> {
    let mut rows = rows(said, PartialEq::eq, None);
    rows.retain(|row| !row.what.is_empty());
    rows
}

/// The numbers of all versions, since a number once used goes on leading to the person.
fn numbers(versions: &[SourceVersion], number: &Field<NhsNumber>, taken: &Taken) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let mut add = |version: &SourceVersion, system: String, value: String, status| {
        let known = found
            .iter_mut()
            .find(|known| known.system == system && known.value == value);
        match known {
            Some(known) if known.status == IdentifierStatus::Untraced => {
                if status != IdentifierStatus::Untraced {
                    (known.status, known.source, known.recorded_at) =
                        (status, version.source, version.recorded_at);
                }
            }
            Some(_) => {}
            None => found.push(Number {
                system,
                value,
                status,
                source: version.source,
                recorded_at: version.recorded_at,
            }),
        }
    };
    for version in versions {
        if let Some(said) = version.said.nhs_number {
            let is_shown = number.value() == Some(&said);
            let status = match (taken.get(&said), version.said.relied) {
                (Some(status), _) => *status,
                (None, true) if is_shown => IdentifierStatus::Traced,
                (None, true) => IdentifierStatus::Superseded,
                (None, false) => IdentifierStatus::Untraced,
            };
            add(version, NHS_NUMBER.to_owned(), said.digits(), status);
        }
        if let Some(local) = &version.local {
            let system = version.source.to_string();
            add(version, system, local.to_string(), IdentifierStatus::Traced);
        }
    }
    found
}

/// The areas of the address that is shown: as they were given with it, else by the reference data of
/// the day on which it was recorded.
fn place(versions: &[SourceVersion], address: &Field<Address>, practice: &Field<OdsCode>) -> Place {
    let shown = address.shown();
    let recorded = shown
        .map(|run| run.order)
        .or(practice.shown().map(|run| run.order))
        .and_then(|order| versions.get(order))
        .or(versions.first());
    let Some(version) = recorded else {
        return Place::default();
    };
    if let Some(place) = &version.said.place {
        return place.clone();
    }
    stour_partnership::reference().map_or_else(
        |_| Place::default(),
        |reference| {
            let day = london_date(version.recorded_at);
            Place::from_parts(reference, address.value(), practice.value(), day)
        },
    )
}

#[cfg(test)]
mod tests;
