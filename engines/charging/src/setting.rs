//! Where care is given: the regulations have one means test for each.

use serde::{Deserialize, Serialize};

/// Where care is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// At home or in the community.
    Home,
    /// In a care home for a time, to go home again.
    Temporary,
    /// In a care home for good.
    Permanent,
}

impl Setting {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Home, Self::Temporary, Self::Permanent];

    /// As forms and files write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Temporary => "temporary",
            Self::Permanent => "permanent",
        }
    }

    /// The setting of this code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}
