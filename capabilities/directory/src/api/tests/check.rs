//! The check that anybody can run, against our own feed: from end to end, without a socket.

use stour_open_referral::check::{Answer, Failure, Outcome, Plan, Verdict, check};
use stour_web::testing::Site;

use super::{each_feed, get};

/// Where a postcode is, by the reference data.
pub(super) fn middle(site: &Site, postcode: &str) -> (f64, f64) {
    let postcode: stour_kernel::Postcode = postcode.parse().unwrap();
    let found = site.database().read_blocking(crate::postcode::postcodes);
    let known = found.unwrap().get(&postcode).unwrap();
    (known.point.lat(), known.point.lon())
}

#[test]
fn our_own_feed_passes_every_check_of_a_feed() {
    each_feed(|site| {
        // One more, made later, by which to see what changed.
        site.clock().set("2026-11-25T10:00:00Z".parse().unwrap());
        let mut later = super::made::services()[3].clone();
        later["id"] = "00000000-0000-4000-8001-000000000777".into();
        later["service_at_locations"] = serde_json::json!([]);
        super::save(site, later);
        let plan = Plan {
            feed: "https://stour.test/open-referral/v3".to_owned(),
            today: site.environment().today(),
            details: 60,
            requests: 300,
        };
        let mut ask = |path: &str| -> Result<Answer, Failure> {
            let answer = get(site, path);
            let header = |name: &str| {
                let value = answer.headers.get(name)?.to_str().ok()?;
                Some(value.to_owned())
            };
            Ok(Answer {
                status: answer.status.as_u16(),
                content_type: header("content-type").unwrap_or_default(),
                allow_origin: header("access-control-allow-origin"),
                body: answer.body.into_bytes(),
            })
        };
        let report = check(&plan, &mut ask);
        assert_eq!(report.outcome, Outcome::Pass, "{report}");
        assert_eq!(report.sample.services, super::made::PUBLISHED + 1);
        for check in &report.checks {
            assert_eq!(check.verdict, Verdict::Pass, "{}: {report}", check.id);
        }
        for filter in [
            "filter-age",
            "filter-place",
            "filter-time",
            "filter-taxonomy",
            "filter-text",
        ] {
            assert!(report.check(filter).is_some(), "{report}");
        }
    });
}
