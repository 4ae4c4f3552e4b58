//! What a hospital tells a council about somebody who is to leave, as the standard of the PRSB has it (hospital referral for
//! assessment for community care and support, version 1.1): assessment notice, discharge notice, withdrawal notice.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use stour_database::Version;
use stour_kernel::{Date, OdsCode, PersonId, Timestamp};
use stour_partnership::Reference;
use thiserror::Error;

use super::NoticeId;
use super::state::{NoticeState, StateName};
use crate::list::has;
use crate::spell::SpellId;

/// The lists of what a notice may say.
pub(crate) const CONSENTS: &str = "notice-consent";
pub(crate) const CARERS: &str = "carer-consultation";
pub(crate) const HEALTHCARE: &str = "continuing-healthcare";
pub(crate) const DESTINATIONS: &str = "discharge-destination";
pub(crate) const WITHDRAWALS: &str = "notice-withdrawal-reason";
pub(crate) const REJECTIONS: &str = "notice-reject-reason";

/// The longest that words may be, in characters.
pub(super) const LONGEST: usize = 2_000;
/// The longest that a name, a telephone number or an address of electronic mail may be, in characters.
pub(super) const LONGEST_NAME: usize = 100;
/// The furthest ahead that a day may be, in days.
const AHEAD: i32 = 365;

/// Which notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Somebody is likely to need care and support: the council is asked to assess.
    Assessment,
    /// When the person is to leave.
    Discharge,
    /// What was asked for is no longer.
    Withdrawal,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Assessment, Self::Discharge, Self::Withdrawal];

    /// As the database writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assessment => "assessment",
            Self::Discharge => "discharge",
            Self::Withdrawal => "withdrawal",
        }
    }

    /// As pages write it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Assessment => "Assessment notice",
            Self::Discharge => "Discharge notice",
            Self::Withdrawal => "Withdrawal notice",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Text that is no kind of notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a notice is an assessment, discharge or withdrawal notice")]
pub struct UnknownKind;

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(UnknownKind)
    }
}

stour_database::text_value!(Kind);

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "lowercase")]
pub enum Content {
    /// Of an assessment notice.
    Assessment(Assessment),
    /// Of a discharge notice.
    Discharge(Discharge),
    /// Of a withdrawal notice.
    Withdrawal(Withdrawal),
}

/// Who at the hospital is asked when something is unclear.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The full name.
    pub name: String,
    /// A telephone number or an address of electronic mail.
    pub reached_by: String,
}

/// What an assessment notice says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// What the person needs help with: never what care is to be given.
    pub needs: String,
    /// Whether the person was consulted.
    pub person_consulted: bool,
    /// Whether the carer was: a code of the list `carer-consultation`.
    pub carer_consulted: String,
    /// Whether the person agrees: a code of the list `notice-consent`.
    pub consent: String,
    /// Who spoke for a person who cannot decide this.
    pub consent_source: Option<String>,
    /// What was considered of NHS continuing healthcare: a code of the list `continuing-healthcare`.
    pub healthcare: String,
    /// When the person is likely to leave, if known.
    pub likely_discharge: Option<Date>,
    /// Whom to ask.
    pub contact: Contact,
}

/// What a discharge notice says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discharge {
    /// When the person is to leave.
    pub on: Date,
    /// Whether the person was told that day.
    pub person_informed: bool,
    /// Whether the carer was told that day.
    pub carer_informed: bool,
    /// Where to: a code of the list `discharge-destination`.
    pub destination: Option<String>,
    /// Whom to ask.
    pub contact: Contact,
}

/// What a withdrawal notice says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// What is withdrawn.
    pub scope: Scope,
    /// Why: a code of the list `notice-withdrawal-reason`.
    pub reason: String,
    /// Why, in words.
    pub words: Option<String>,
}

/// What is withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The assessment notice, and the discharge notice that rests on it.
    All,
    /// The discharge notice; the council goes on assessing.
    Discharge,
}

/// Something wrong, and the field that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{why}")]
pub struct Wrong {
    /// The field, as forms name it.
    pub field: &'static str,
    /// What to do about it.
    pub why: String,
}

pub(super) fn wrong(field: &'static str, why: impl Into<String>) -> Wrong {
    Wrong {
        field,
        why: why.into(),
    }
}

fn is_ahead(day: Date, today: Date) -> bool {
    let days = today.until(day).map_or(-1, |span| span.get_days());
    (0..=AHEAD).contains(&days)
}

pub(super) fn too_long(field: &'static str, text: &str, longest: usize) -> Option<Wrong> {
    (text.chars().count() > longest)
        .then(|| wrong(field, format!("Use at most {longest} characters")))
}

impl Contact {
    fn wrongs(&self) -> Vec<Wrong> {
        let mut wrongs = Vec::new();
        if self.name.is_empty() {
            let why = "Enter the full name of somebody at the hospital whom the council can ask";
            wrongs.push(wrong("contact", why));
        }
        if self.reached_by.is_empty() {
            let why = "Enter a telephone number or an email address";
            wrongs.push(wrong("reached-by", why));
        }
        wrongs.extend(too_long("contact", &self.name, LONGEST_NAME));
        wrongs.extend(too_long("reached-by", &self.reached_by, LONGEST_NAME));
        wrongs
    }
}

impl Assessment {
    /// All that is wrong with it.
    pub fn wrongs(&self, today: Date, reference: &Reference) -> Vec<Wrong> {
        let mut wrongs = Vec::new();
        if self.needs.is_empty() {
            wrongs.push(wrong("needs", "Enter what the person needs help with"));
        }
        wrongs.extend(too_long("needs", &self.needs, LONGEST));
        for (field, list, code, why) in [
            (
                "carer-consulted",
                CARERS,
                &self.carer_consulted,
                "Select whether the carer was consulted",
            ),
            (
                "consent",
                CONSENTS,
                &self.consent,
                "Select whether the person agrees to this notice",
            ),
            (
                "healthcare",
                HEALTHCARE,
                &self.healthcare,
                "Select what was considered of NHS continuing healthcare",
            ),
        ] {
            if !has(reference, list, code, today) {
                wrongs.push(wrong(field, why));
            }
        }
        let source = self.consent_source.as_deref().unwrap_or_default();
        wrongs.extend(too_long("consent-source", source, LONGEST_NAME));
        if self
            .likely_discharge
            .is_some_and(|day| !is_ahead(day, today))
        {
            let why = "Enter a day from today on, within a year";
            wrongs.push(wrong("date-day", why));
        }
        wrongs.extend(self.contact.wrongs());
        wrongs
    }
}

impl Discharge {
    /// All that is wrong with it.
    pub fn wrongs(&self, today: Date, reference: &Reference) -> Vec<Wrong> {
        let mut wrongs = Vec::new();
        if !is_ahead(self.on, today) {
            wrongs.push(wrong(
                "date-day",
                "Enter a day from today on, within a year",
            ));
        }
        let destination = self.destination.as_deref();
        if destination.is_some_and(|code| !has(reference, DESTINATIONS, code, today)) {
            wrongs.push(wrong("destination", "Select a destination of the list"));
        }
        wrongs.extend(self.contact.wrongs());
        wrongs
    }
}

impl Withdrawal {
    /// All that is wrong with it.
    pub fn wrongs(&self, today: Date, reference: &Reference) -> Vec<Wrong> {
        let mut wrongs = Vec::new();
        if !has(reference, WITHDRAWALS, &self.reason, today) {
            wrongs.push(wrong("reason", "Select why the notice is withdrawn"));
        }
        let words = self.words.as_deref().unwrap_or_default();
        wrongs.extend(too_long("words", words, LONGEST));
        wrongs
    }
}

impl Content {
    /// Which notice it makes.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Assessment(_) => Kind::Assessment,
            Self::Discharge(_) => Kind::Discharge,
            Self::Withdrawal(_) => Kind::Withdrawal,
        }
    }

    /// All that is wrong with it.
    pub fn wrongs(&self, today: Date, reference: &Reference) -> Vec<Wrong> {
        match self {
            Self::Assessment(assessment) => assessment.wrongs(today, reference),
            Self::Discharge(discharge) => discharge.wrongs(today, reference),
            Self::Withdrawal(withdrawal) => withdrawal.wrongs(today, reference),
        }
    }
}

/// A notice as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its name here.
    pub id: NoticeId,
    /// The stay that it is about.
    pub spell: SpellId,
    /// Who.
    pub person: PersonId,
    /// Whose hospital it is.
    pub hospital: OdsCode,
    /// Which council it is for.
    pub council: OdsCode,
    /// What it says.
    pub content: Content,
    /// How far it has come.
    pub state: NoticeState,
    /// Raised by every change.
    pub version: Version,
}

impl Notice {
    /// Which notice.
    pub const fn kind(&self) -> Kind {
        self.content.kind()
    }
}

/// One version of a notice: what somebody did with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which notice.
    pub notice: NoticeId,
    /// What it became.
    pub state: StateName,
    /// Why, a code, where it was rejected.
    pub reason: Option<String>,
    /// What was said of it.
    pub words: Option<String>,
    /// Who.
    pub name: String,
    /// Of which organisation.
    pub organisation: OdsCode,
    /// When.
    pub at: Timestamp,
}
