use std::time::Instant;

use stour_kernel::SeededRandomness;

use super::{LONGEST, NOBODY, PasswordError, check, hash, verify};

#[test]
fn short_long_and_common_passwords_are_refused() {
    assert_eq!(check("elevenchars"), Err(PasswordError::TooShort));
    assert_eq!(check(&"ab cd ".repeat(30)), Err(PasswordError::TooLong));
    for common in [
        "Password123456",
        "password-password",
        "123456123456",
        "aaaaaaaaaaaa",
        "Bournemouth2026!",
        "qwertyuiop12",
    ] {
        assert_eq!(check(common), Err(PasswordError::Common), "{common}");
    }
    assert_eq!(check("river chalk heron"), Ok(()));
    assert_eq!(
        check(&"śląćbę x".repeat(LONGEST / 8)),
        Ok(()),
        "characters are counted, not bytes"
    );
}

#[test]
fn a_hash_verifies_its_own_password_exactly_as_sent() {
    let stored = hash("river chalk heron", &SeededRandomness::new(1)).unwrap();
    assert!(
        stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{stored}"
    );
    assert!(verify("river chalk heron", Some(&stored)));
    assert!(!verify("River chalk heron", Some(&stored)));
    assert!(!verify(" river chalk heron", Some(&stored)));
    assert!(!verify("river chalk heron", None));
    assert!(!verify("river chalk heron", Some("not a hash")));
    assert!(!verify(&"x".repeat(100_000), Some(&stored)));
}

#[test]
fn two_hashes_of_one_password_differ() {
    let randomness = SeededRandomness::new(1);
    assert_ne!(
        hash("river chalk heron", &randomness),
        hash("river chalk heron", &randomness)
    );
}

/// Time on a busy machine proves little, so the parameters are compared; the clock only has to show that the work is done.
#[test]
fn an_unknown_name_costs_as_much_as_a_known_one() {
    let stored = hash("river chalk heron", &SeededRandomness::new(1)).unwrap();
    let parameters = |hash: &str| {
        let parts: Vec<&str> = hash.split('$').collect();
        (parts[..4].join("$"), parts[4].len(), parts[5].len())
    };
    assert_eq!(parameters(&stored), parameters(NOBODY));
    let fastest = |stored: Option<&str>| {
        let time = |_| {
            let start = Instant::now();
            assert!(!verify("wrong wrong wrong", stored));
            start.elapsed()
        };
        (0..5).map(time).min().unwrap()
    };
    let (known, unknown) = (fastest(Some(&stored)), fastest(None));
    assert!(unknown * 10 > known, "{known:?} known, {unknown:?} unknown");
}
