//! Addresses of things: RFC 3986.

use std::str::FromStr;

use super::{ValueError, holds_text, written_as_text};

/// A URI with a scheme (RFC 3986, 3): what names a term or an organisation, not always something to open.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uri(String);

/// An address on the web: `http` or `https` with a name of a computer. Safe to put into a link.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebAddress(String);

/// Longer than any address that a browser opens.
const LONGEST: usize = 2_000;

impl Uri {
    /// The same as an address on the web, if it is one.
    pub fn web(&self) -> Option<WebAddress> {
        self.0.parse().ok()
    }
}

impl WebAddress {
    /// The name of the computer in small letters, without `www.`.
    pub fn host(&self) -> String {
        let host = host(&self.0).unwrap_or_default().to_ascii_lowercase();
        host.strip_prefix("www.").map(str::to_owned).unwrap_or(host)
    }
}

impl FromStr for Uri {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let wrong =
            ValueError("an address begins with a scheme, such as https://, and has no spaces");
        let (scheme, rest) = text.split_once(':').ok_or(wrong.clone())?;
        let well_named = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        let (before, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        let whole = well_named
            && !rest.is_empty()
            && text.len() <= LONGEST
            && has_authority(before)
            && has_characters(before)
            && has_characters(fragment)
            && (!is_web || is_web_host(text));
        if whole {
            Ok(Self(text.to_owned()))
        } else {
            Err(wrong)
        }
    }
}

impl FromStr for WebAddress {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let wrong = ValueError("an address on the web looks like https://example.org/page");
        let Uri(text) = text.parse().map_err(|_| wrong.clone())?;
        if is_web_host(&text) {
            Ok(Self(text))
        } else {
            Err(wrong)
        }
    }
}

/// Whether what follows the scheme begins with a well-formed authority, or has none.
fn has_authority(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix("//") else {
        return true;
    };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, _) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    !host.is_empty()
        && port.len() <= 5
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

/// Whether only characters of a URI are there, and every per cent sign begins two hexadecimal digits.
fn has_characters(text: &str) -> bool {
    let bytes = text.as_bytes();
    let escaped = |place: usize| {
        let digits = bytes.get(place + 1..place + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    bytes.iter().enumerate().all(|(place, byte)| match byte {
        b'%' => escaped(place),
        byte => is_character(*byte),
    })
}

/// Whether a character may stand in a URI as it is, outside the brackets of a numbered host.
pub(crate) fn is_character(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte)
}

fn host(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    authority.split(':').next()
}

fn is_web_host(text: &str) -> bool {
    host(text).is_some_and(|host| {
        // A server that is tried out is at an address of its own machine.
        host == "localhost"
            || host.parse::<std::net::Ipv4Addr>().is_ok()
            || super::email::is_domain(host)
    })
}

holds_text!(Uri, WebAddress);
written_as_text!(Uri, WebAddress);

#[cfg(test)]
mod tests {
    use super::Uri;

    #[test]
    fn a_server_on_its_own_machine_has_an_address_too() {
        for address in [
            "http://127.0.0.1:8080/x",
            "http://localhost/x",
            "https://example.org/x",
        ] {
            assert!(address.parse::<Uri>().is_ok(), "{address}");
        }
        assert!("http://nowhere/x".parse::<Uri>().is_err());
    }
}
