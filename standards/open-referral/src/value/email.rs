//! E-mail addresses.

use std::str::FromStr;

use super::{ValueError, holds_text, written_as_text};

/// An e-mail address in the shape that the JSON Schema format `email` means (RFC 5321, 4.1.2): a local part
/// of the usual characters and a domain of at least two labels.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// What stands after the `@`, in small letters.
    pub fn domain(&self) -> String {
        let domain = self.0.rsplit_once('@').map_or("", |(_, domain)| domain);
        domain.to_ascii_lowercase()
    }
}

impl FromStr for Email {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let wrong = ValueError("an e-mail address looks like name@example.org");
        let (local, domain) = text.rsplit_once('@').ok_or(wrong.clone())?;
        let whole =
            local.len() <= 64 && domain.len() <= 253 && is_local(local) && is_domain(domain);
        if whole {
            Ok(Self(text.to_owned()))
        } else {
            Err(wrong)
        }
    }
}

fn is_local(local: &str) -> bool {
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte);
    local
        .split('.')
        .all(|part| !part.is_empty() && part.bytes().all(usual))
}

/// Whether this is a name of at least two labels by which a computer is known (RFC 1123, 2.1).
pub(super) fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let ends_in_letters = domain
        .rsplit('.')
        .next()
        .is_some_and(|last| last.bytes().any(|byte| byte.is_ascii_alphabetic()));
    domain.contains('.') && ends_in_letters && domain.split('.').all(label)
}

holds_text!(Email);
written_as_text!(Email);
