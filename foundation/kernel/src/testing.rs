//! What the tests of every crate share. Behind the feature `testing`; never in the binary.

use std::env;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::{Environment, FixedClock};

impl Environment {
    /// The clock stands at an instant such as `2026-11-24T09:00:00Z`; randomness and identifiers
    /// are the same on every run.
    ///
    /// # Panics
    ///
    /// When the text is not an instant.
    pub fn fixed(at: &str) -> Self {
        Self::seeded(instant(at), 1)
    }
}

impl FixedClock {
    /// A clock that stands at an instant such as `2026-11-24T09:00:00Z`.
    ///
    /// # Panics
    ///
    /// When the text is not an instant.
    pub fn at(at: &str) -> Self {
        Self::new(instant(at))
    }
}

#[expect(clippy::panic, reason = "a test with a wrong literal cannot go on")]
fn instant(text: &str) -> Timestamp {
    text.parse()
        .unwrap_or_else(|error| panic!("{text:?} is not an instant: {error}"))
}

/// A file of the reference data that stands beside the workspace in development, by its path
/// there, such as `care/winter.csv`. Where there is no reference data at all the test should end:
/// a line that starts with `skipped:` is printed, and `None` returned.
///
/// # Panics
///
/// When there is no reference data although the environment says `CI=true`, and when there is
/// reference data but not this file, so that a mistyped path is not taken for a missing copy.
#[expect(
    clippy::print_stdout,
    reason = "the summary of a run counts these lines"
)]
pub fn reference_data(path: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if root.is_dir() {
        let file = root.join(path);
        assert!(
            file.exists(),
            "the reference data has no {path}: correct the path in the test"
        );
        return Some(file);
    }
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    let must_run = env::var("CI").is_ok_and(|value| value == "true");
    assert!(
        !must_run,
        "{test}: reference data absent, and with CI=true that is a failure"
    );
    println!("skipped: {test}: reference data absent");
    None
}
