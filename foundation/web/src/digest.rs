//! A digest by which a form or body that is sent twice is known.

use sha2::{Digest, Sha256};
use stour_kernel::hex;

/// SHA-256 of a text, in hexadecimal.
pub(crate) fn digest(text: &str) -> String {
    digest_of_bytes(text.as_bytes())
}

/// SHA-256 of bytes, in hexadecimal.
pub(crate) fn digest_of_bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
