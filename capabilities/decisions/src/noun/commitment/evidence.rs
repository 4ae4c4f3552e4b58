//! What shows that a promise came true.

use std::fmt;
use std::str::FromStr;

/// Where what shows it is published: an address of the web, or a page of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Evidence(String);

/// A text that is not the address of anything published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "Give the address of something published: one that begins with https://, or a page of the record that begins with /decisions/."
)]
pub(crate) struct NoEvidence;

/// With what the address of a page of the record begins.
const HERE: &str = "/decisions/";

impl Evidence {
    /// The page of the record that it is; none where it is published elsewhere.
    pub(crate) fn page(&self) -> Option<&str> {
        self.0.starts_with(HERE).then_some(self.0.as_str())
    }
}

impl FromStr for Evidence {
    type Err = NoEvidence;

    fn from_str(text: &str) -> Result<Self, NoEvidence> {
        let text = text.trim();
        let is_clean = text.chars().all(|c| !c.is_whitespace() && !c.is_control());
        let is_elsewhere = text.strip_prefix("https://").is_some_and(|rest| {
            rest.split('/')
                .next()
                .is_some_and(|host| host.contains('.'))
        });
        let is_here = text.starts_with(HERE) && !text.contains(['\\', '?']) && !text.contains("..");
        if is_clean && (is_elsewhere || is_here) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NoEvidence)
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
