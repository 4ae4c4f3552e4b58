//! Of what pressure is worked out, and by what.

use std::fmt;
use std::str::FromStr;

use stour_kernel::{Code, Date, OdsCode};
use thiserror::Error;

use crate::capacity::{services, services_at};
use crate::error::{FlowError, reference};
use crate::shown;

/// The kind of organisation whose people in hospital are counted.
const TRUST: &str = "acute-trust";

/// What is, or is not, under pressure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A hospital trust.
    Trust(OdsCode),
    /// A service that people go on to from hospital.
    Service(Code),
}

/// A text that names neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("say trust: and the code of a trust, or service: and the name of a service")]
pub struct UnknownSubject;

impl fmt::Display for Subject {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trust(code) => write!(out, "trust:{code}"),
            Self::Service(id) => write!(out, "service:{id}"),
        }
    }
}

impl FromStr for Subject {
    type Err = UnknownSubject;

    fn from_str(text: &str) -> Result<Self, UnknownSubject> {
        let named = match text.split_once(':') {
            Some(("trust", code)) => code.parse().ok().map(Self::Trust),
            Some(("service", id)) => id.parse().ok().map(Self::Service),
            _ => None,
        };
        named.ok_or(UnknownSubject)
    }
}

stour_database::text_value!(Subject);

impl Subject {
    /// Everything of which pressure is worked out on a day: trusts, then services, each in the order of its file.
    ///
    /// # Errors
    /// [`FlowError::Reference`].
    pub fn all(on: Date) -> Result<Vec<Self>, FlowError> {
        let trusts = reference()?
            .organisations_at(on)
            .filter(|organisation| organisation.kind.as_str() == TRUST)
            .map(|organisation| Self::Trust(organisation.code));
        let services = services_at(on)?.map(|service| Self::Service(service.id.clone()));
        Ok(trusts.chain(services).collect())
    }

    /// Its name for people.
    pub fn name(&self) -> String {
        match self {
            Self::Trust(code) => shown::organisation_name(code),
            Self::Service(id) => {
                let known = services()
                    .ok()
                    .and_then(|all| all.iter().find(|service| service.id == *id));
                known.map_or_else(|| id.to_string(), |service| service.name.clone())
            }
        }
    }

    /// As an address of a part of the page writes it.
    pub fn anchor(&self) -> String {
        match self {
            Self::Trust(code) => format!("trust-{code}"),
            Self::Service(id) => format!("service-{id}"),
        }
    }

    /// The kind, as the plan writes it.
    pub(super) const fn kind(&self) -> Kind {
        match self {
            Self::Trust(_) => Kind::Trust,
            Self::Service(_) => Kind::Service,
        }
    }

    /// Whose it is: the trust, or who provides the service now.
    pub(super) fn owner(&self, on: Date) -> Option<OdsCode> {
        match self {
            Self::Trust(code) => Some(*code),
            Self::Service(id) => {
                let mut now = services_at(on).ok()?;
                now.find(|service| service.id == *id)
                    .map(|service| service.provider)
            }
        }
    }
}

/// What kind of thing is under pressure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A trust.
    Trust,
    /// A service.
    Service,
}

/// What pressure is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// People in hospital.
    InHospital,
    /// People ready to leave and still there.
    Ready,
    /// Of those in hospital, how many in a hundred are ready to leave.
    ReadyShare,
    /// People in hospital for 21 days or longer.
    LongStays,
    /// Nights lost yesterday.
    NightsLost,
    /// Of the places of today, how many in a hundred are taken.
    TakenToday,
    /// The same of tomorrow.
    TakenTomorrow,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Self; 7] = [
        Self::InHospital,
        Self::Ready,
        Self::ReadyShare,
        Self::LongStays,
        Self::NightsLost,
        Self::TakenToday,
        Self::TakenTomorrow,
    ];

    /// Of what it is.
    pub const fn kind(self) -> Kind {
        match self {
            Self::TakenToday | Self::TakenTomorrow => Kind::Service,
            _ => Kind::Trust,
        }
    }

    /// Whether it is so many in a hundred, rounded down.
    pub const fn is_share(self) -> bool {
        matches!(
            self,
            Self::ReadyShare | Self::TakenToday | Self::TakenTomorrow
        )
    }

    /// As the database writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InHospital => "in-hospital",
            Self::Ready => "ready",
            Self::ReadyShare => "ready-share",
            Self::LongStays => "long-stays",
            Self::NightsLost => "nights-lost",
            Self::TakenToday => "taken-today",
            Self::TakenTomorrow => "taken-tomorrow",
        }
    }

    /// For people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::InHospital => "People in hospital",
            Self::Ready => "People ready to leave and still there",
            Self::ReadyShare => "People ready to leave, of those in hospital",
            Self::LongStays => "People in hospital for 21 days or longer",
            Self::NightsLost => "Nights lost yesterday",
            Self::TakenToday => "Places taken today, of those said",
            Self::TakenTomorrow => "Places taken tomorrow, of those said",
        }
    }
}
