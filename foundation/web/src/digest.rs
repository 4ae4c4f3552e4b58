//! A digest by which a form or body that is sent twice is known.

use sha2::{Digest, Sha256};
use stour_kernel::hex;

/// SHA-256 of a text, in hexadecimal.
pub(crate) fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}
