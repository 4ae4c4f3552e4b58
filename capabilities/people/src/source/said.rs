//! What one organisation says of somebody, as one version of its record.

use serde::{Deserialize, Serialize};
use stour_database::text_value;
use stour_kernel::{Code, Date, NhsNumber, OdsCode, PersonId, Timestamp, typed_id};

use crate::person::{Address, Demographics, IdentifierStatus, PersonName, Place};

typed_id!(pub RecordId, "an organisation's record of somebody");
typed_id!(pub LinkId, "the link of an organisation's record to a person");
text_value!(RecordId, LinkId);

/// The content of one version of an organisation's record. What is absent was not said: it goes on as
/// an earlier version had it. An organisation that only corrects an address says nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<PersonName>,
    /// The NHS number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nhs_number: Option<NhsNumber>,
    /// Whether the organisation has traced the number, where it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number_status: Option<IdentifierStatus>,
    /// The number is relied on because of this record: when it came, nobody else held the number.
    /// One record at most relies on a number, so two people never hold it.
    #[serde(skip_serializing_if = "is_false")]
    pub relied: bool,
    /// The date of birth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub born: Option<Date>,
    /// The date of death.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub died: Option<Date>,
    /// A code of the list `administrative-sex`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Code>,
    /// The usual address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// From which day the address and telephone number hold, where that was said. Whatever anybody
    /// said of them before ends on that day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// A telephone number, as written; empty where it was said that there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// An e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The general practice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub practice: Option<OdsCode>,
    /// The place in a multiple birth, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_order: Option<u8>,
    /// The areas, where they were given and are not those that the address and practice lead to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_false(value: &bool) -> bool {
    !value
}

impl From<&Demographics> for Said {
    fn from(who: &Demographics) -> Self {
        Self {
            name: Some(who.name.clone()),
            nhs_number: who.nhs_number,
            number_status: who.number_status,
            relied: false,
            born: who.born,
            died: who.died,
            sex: who.sex.clone(),
            address: who.address.clone(),
            since: None,
            telephone: who.telephone.clone(),
            email: who.email.clone(),
            practice: who.practice,
            birth_order: who.birth_order,
            place: None,
        }
    }
}

impl Said {
    /// What an organisation says now, given what it said before: a later word replaces an earlier.
    #[must_use]
    pub fn then(self, later: Self) -> Self {
        let same_number = later.nhs_number.is_none() || later.nhs_number == self.nhs_number;
        Self {
            name: later.name.or(self.name),
            nhs_number: later.nhs_number.or(self.nhs_number),
            number_status: later
                .number_status
                .or(self.number_status.filter(|_| same_number)),
            relied: later.relied || (self.relied && same_number),
            born: later.born.or(self.born),
            died: later.died.or(self.died),
            sex: later.sex.or(self.sex),
            since: if later.address.is_some() || later.telephone.is_some() {
                later.since
            } else {
                self.since
            },
            address: later.address.or(self.address),
            telephone: later.telephone.or(self.telephone),
            email: later.email.or(self.email),
            practice: later.practice.or(self.practice),
            birth_order: later.birth_order.or(self.birth_order),
            place: later.place.or(self.place),
        }
    }

    /// Whether two say the same of somebody, apart from what is worked out of it here.
    pub(crate) fn is_the_same_as(&self, other: &Self) -> bool {
        let plain = |said: &Self| Self {
            relied: false,
            place: None,
            address: said.address.clone().map(|address| Address {
                lsoa: None,
                ..address
            }),
            ..said.clone()
        };
        plain(self) == plain(other)
    }

    /// Whether it says anything that was not said before. Repeating an address or telephone number
    /// does not move anybody there again.
    pub fn adds_to(&self, before: &Self) -> bool {
        let mut now = before.clone().then(self.clone());
        if now.address == before.address && now.telephone == before.telephone {
            now.since = before.since;
        }
        now != *before
    }
}

/// One stored version of an organisation's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceVersion {
    /// The record.
    pub record: RecordId,
    /// From 1.
    pub number: i64,
    /// Whose record it is.
    pub source: OdsCode,
    /// Its place in the order of trust when it spoke: 1 is believed first.
    pub trust: u8,
    /// The organisation's own number for the person.
    pub local: Option<Code>,
    /// What it says.
    pub said: Said,
    /// When it was recorded here.
    pub recorded_at: Timestamp,
    /// By whom: a user's name or a system.
    pub recorded_by: String,
    /// The person to whom the record is linked.
    pub person: PersonId,
}
