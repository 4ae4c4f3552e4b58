//! Made-up records for tests.

use crate::batch::Batch;
use crate::birth::{Birth, DateOrder};
use crate::decide::{Decision, Step};
use crate::explain::Explanation;
use crate::model::Model;
use crate::record::{HomeParts, NameParts, NumberClaim, NumberStatus, Record, Sex};
use crate::trust::Rule;

/// One made-up record; what is empty is missing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Person {
    pub(crate) number: &'static str,
    pub(crate) status: NumberStatus,
    pub(crate) given: &'static str,
    pub(crate) middle: &'static str,
    pub(crate) family: &'static str,
    pub(crate) born: &'static str,
    pub(crate) sex: &'static str,
    pub(crate) address: &'static str,
    pub(crate) postcode: &'static str,
    pub(crate) telephone: &'static str,
    pub(crate) order: Option<u8>,
    pub(crate) died: &'static str,
    pub(crate) restricted: bool,
}

/// Somebody with everything, of a name that is not common.
pub(crate) const ADA: Person = Person {
    number: "9990000018",
    status: NumberStatus::Unstated,
    given: "Ada",
    middle: "",
    family: "Quillfeather",
    born: "1941-03-12",
    sex: "F",
    address: "12 Mill Lane",
    postcode: "BH21 3AA",
    telephone: "07700 900001",
    order: None,
    died: "",
    restricted: false,
};

impl Person {
    /// The same without an NHS number.
    pub(crate) const fn unnumbered(self) -> Self {
        Self { number: "", ..self }
    }

    /// The record.
    pub(crate) fn with<T>(self, take: impl FnOnce(&Record<'_>) -> T) -> T {
        let numbers: Vec<NumberClaim> = NumberClaim::parse(self.number, self.status)
            .into_iter()
            .collect();
        let date = |text| Birth::parse(text, DateOrder::DayFirst);
        take(&Record {
            names: &[NameParts {
                given: self.given,
                middle: self.middle,
                family: self.family,
            }],
            born: date(self.born),
            died: date(self.died),
            sex: Sex::parse(self.sex),
            homes: &[HomeParts {
                address: self.address,
                postcode: self.postcode,
            }],
            telephones: &[self.telephone],
            numbers: &numbers,
            birth_order: self.order,
            is_restricted: self.restricted,
            ..Record::default()
        })
    }
}

/// What is decided of an incoming record against this index.
pub(crate) fn decide(
    index: &[Person],
    incoming: Person,
) -> (Decision, Step, Option<Rule>, Option<usize>) {
    let (batch, mut model) = batch(index, incoming);
    let outcome = batch.decide(&mut model, |_, _| None)[0];
    (outcome.decision, outcome.step, outcome.rule, outcome.index)
}

/// Why it is decided so.
pub(crate) fn explain(index: &[Person], incoming: Person) -> Explanation {
    let (batch, mut model) = batch(index, incoming);
    let outcome = batch.decide(&mut model, |_, _| None)[0];
    batch.explain(&model, &outcome)
}

/// An index and one incoming record, and the built-in model.
pub(crate) fn batch(index: &[Person], incoming: Person) -> (Batch, Model) {
    let mut batch = Batch::new(0);
    for person in index {
        person.with(|record| batch.index(record));
    }
    incoming.with(|record| batch.incoming(record));
    (batch, Model::new(&[]).unwrap())
}
