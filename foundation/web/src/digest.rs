//! A digest by which a form or body that is sent twice is known.

use sha2::{Digest, Sha256};

/// SHA-256 of a text, in hexadecimal.
pub(crate) fn digest(text: &str) -> String {
    use std::fmt::Write as _;
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut out, byte| {
            // Writing to a String cannot fail.
            let _ = write!(out, "{byte:02x}");
            out
        })
}
