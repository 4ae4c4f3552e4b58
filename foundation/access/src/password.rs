//! Passwords: argon2id with the parameters OWASP's password storage cheat sheet recommends first among the small ones
//! (19 MiB, two passes, one lane), salted, and stored as PHC text.

#[cfg(test)]
mod tests;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use stour_kernel::Randomness;

/// The fewest characters a password may have.
pub const SHORTEST: usize = 12;
/// The most characters a password may have: hashing must not become a way to keep the server busy.
pub const LONGEST: usize = 128;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A hash of the same cost, of no password anybody knows.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Long enough and still among the first that anybody tries.
const COMMON: &[&str] = &[
    "password",
    "qwerty",
    "qwertyuiop",
    "letmein",
    "welcome",
    "iloveyou",
    "administrator",
    "changeme",
    "stour",
    "dorset",
    "bournemouth",
    "poole",
    "christchurch",
    "hospital",
    "football",
    "liverpool",
    "arsenal",
    "123456",
    "1234567890",
    "abc",
    "secret",
    "trustno",
    "sunshine",
    "monkey",
    "dragon",
    "princess",
];

/// A password that was chosen badly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too short.
    #[error("Use at least {SHORTEST} characters: three unrelated words are easy to remember")]
    TooShort,
    /// Too long.
    #[error("Use at most {LONGEST} characters")]
    TooLong,
    /// A well-known word with decorations, or one character over and over.
    #[error("That is one of the passwords tried first: use three unrelated words")]
    Common,
    /// The hash could not be made.
    #[error("The password could not be stored; try again")]
    Hashing,
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Whether a password may be used.
pub fn check(password: &str) -> Result<(), PasswordError> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(PasswordError::TooShort);
    }
    if length > LONGEST {
        return Err(PasswordError::TooLong);
    }
    let lower = password.to_lowercase();
    let letters: String = lower
        .chars()
        .filter(|character| character.is_alphabetic())
        .collect();
    let distinct: std::collections::BTreeSet<char> = lower.chars().collect();
    let is_common = |text: &str| {
        COMMON
            .iter()
            .any(|common| !text.is_empty() && text.replace(common, "").is_empty())
    };
    if distinct.len() < 5 || is_common(&letters) || is_common(&lower) {
        return Err(PasswordError::Common);
    }
    Ok(())
}

/// The stored form of a password that [`check`] accepts. Takes tens of milliseconds: not for an async thread.
pub fn hash(password: &str, randomness: &dyn Randomness) -> Result<String, PasswordError> {
    check(password)?;
    let mut salt = [0_u8; 16];
    randomness.fill(&mut salt);
    hasher()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|_| PasswordError::Hashing)
}

/// Whether a password is the one stored. Without a stored one it does the same work and answers no, so that time does
/// not tell whether an account exists. Takes tens of milliseconds: not for an async thread.
pub fn verify(password: &str, stored: Option<&str>) -> bool {
    let known = stored.is_some();
    // An over-long guess is not worth hashing, and is not a password anybody has.
    let guess = if password.len() > LONGEST * 4 {
        ""
    } else {
        password
    };
    let Ok(hash) = PasswordHash::new(stored.unwrap_or(NOBODY)) else {
        return false;
    };
    hasher().verify_password(guess.as_bytes(), &hash).is_ok() && known
}
