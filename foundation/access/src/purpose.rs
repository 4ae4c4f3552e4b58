//! What a request is for. Data protection law turns on purpose, so every decision names one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Looking after the person.
    DirectCare,
    /// A person's own record.
    #[serde(rename = "self")]
    Own,
    /// Answering for how information is used.
    Governance,
    /// Running services: boards, numbers, and checking them.
    ServiceManagement,
    /// Running the system itself: accounts and links to other systems.
    System,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Purpose; 5] = [
        Purpose::DirectCare,
        Purpose::Own,
        Purpose::Governance,
        Purpose::ServiceManagement,
        Purpose::System,
    ];

    /// As policies and the audit write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::DirectCare => "direct-care",
            Purpose::Own => "self",
            Purpose::Governance => "governance",
            Purpose::ServiceManagement => "service-management",
            Purpose::System => "system",
        }
    }

    /// In words that complete "for …".
    pub fn words(self) -> &'static str {
        match self {
            Purpose::DirectCare => "direct care",
            Purpose::Own => "the person's own use",
            Purpose::Governance => "information governance",
            Purpose::ServiceManagement => "managing services",
            Purpose::System => "running the system",
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is not a purpose.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a purpose: use direct-care, self, governance, service-management or system")]
pub struct UnknownPurpose(pub String);

impl FromStr for Purpose {
    type Err = UnknownPurpose;

    fn from_str(text: &str) -> Result<Purpose, UnknownPurpose> {
        Purpose::ALL
            .into_iter()
            .find(|purpose| purpose.as_str() == text)
            .ok_or_else(|| UnknownPurpose(text.to_owned()))
    }
}
