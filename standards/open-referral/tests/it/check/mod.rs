//! The check of a feed: the official mock feeds, feeds that ignore one filter, and feeds that misbehave.

mod filters;
mod hostile;
mod mocks;
mod simulated;
mod version_one;

use stour_open_referral::check::{Fetch, Plan, Report, Verdict, check};

/// The plan of every test.
fn plan() -> Plan {
    Plan {
        feed: "https://feed.test/v3".to_owned(),
        today: stour_kernel::Date::constant(2026, 11, 27),
        details: 30,
        requests: 200,
    }
}

fn checked(mut fetch: impl Fetch) -> Report {
    check(&plan(), &mut fetch)
}

/// The verdict of one check.
fn verdict(report: &Report, id: &str) -> Option<Verdict> {
    report.check(id).map(|check| check.verdict)
}
