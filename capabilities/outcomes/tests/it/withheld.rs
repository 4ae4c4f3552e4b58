//! What those who see counts only can work out of small numbers from everything they may open.

use axum::http::StatusCode;
use serde_json::Value;
use stour_web::testing::Site;

use crate::support::{discharges, house};

const API: &str = "/api/indicators/still-at-home";

/// Two councils over seven months; in the smaller one, and in one month of the larger, there are few.
fn few_and_many(site: &Site) {
    for (month, larger, smaller) in [
        ("2026-01", (30, 45), (9, 17)),
        ("2026-02", (28, 40), (2, 10)),
        ("2026-03", (31, 50), (20, 30)),
        ("2026-04", (3, 12), (15, 25)),
        ("2026-05", (30, 44), (18, 28)),
        ("2026-06", (25, 40), (3, 4)),
        ("2026-07", (26, 39), (16, 29)),
    ] {
        discharges(site, month, "E06000058", larger.0, larger.1);
        discharges(site, month, "E06000059", smaller.0, smaller.1);
    }
}

fn get(site: &Site, role: &str, place: Option<&str>, period: Option<&str>) -> Value {
    let place = place.map_or_else(String::new, |place| format!("place=council:{place}&"));
    let period = period.map_or_else(String::new, |period| format!("period={period}"));
    site.browser(role)
        .get_json(&format!("{API}?{place}{period}"))
}

fn periods(json: &Value) -> Vec<(String, &Value)> {
    let all = json["periods"].as_array().unwrap();
    let name = |period: &Value| {
        let month = |end: &str| period[end].as_str().unwrap().to_owned();
        format!("{} {}", month("from"), month("before"))
    };
    all.iter().map(|period| (name(period), period)).collect()
}

/// Numerator, denominator and what is between them; none where they are withheld.
fn counts(figure: &Value) -> Option<[i64; 3]> {
    let count = |half: &str| figure[half].as_i64();
    let (above, below) = (count("numerator")?, count("denominator")?);
    Some([above, below, below - above])
}

fn is_small(counts: [i64; 3]) -> bool {
    counts.iter().any(|count| (1..=7).contains(count))
}

#[test]
fn no_month_of_a_council_is_the_month_of_all_less_another_council() {
    house(|site| {
        few_and_many(site);
        let whole = get(site, "analyst", None, None);
        let councils =
            ["E06000058", "E06000059"].map(|code| get(site, "analyst", Some(code), None));
        assert!(counts(&whole["total"]).is_some());
        let mut both = 0;
        for (name, of_whole) in periods(&whole) {
            let mut shown = 0;
            for council in &councils {
                let own = periods(council).into_iter().find(|(own, _)| *own == name);
                let own = own.and_then(|(_, figure)| counts(figure));
                assert!(!own.is_some_and(is_small), "{name}");
                shown += usize::from(own.is_some());
            }
            assert!(
                counts(of_whole).is_none() || shown != 1,
                "{name}: one council of two"
            );
            both += usize::from(shown == 2);
        }
        let quarters = periods(&councils[0]).len();
        assert!(both > 0 || quarters < 7, "nothing is left to see");
    });
}

#[test]
fn a_month_opens_to_no_more_than_its_page_and_a_period_that_is_not_shown_is_not_found() {
    house(|site| {
        few_and_many(site);
        let open = get(site, "service-manager", None, Some("2026-02"));
        assert_eq!(counts(&open["total"]), Some([30, 50, 20]));
        assert_eq!(open["councils"].as_array().unwrap().len(), 2);
        let mut analyst = site.browser("analyst");
        for period in ["2011-01", "2026-02..2026-03", "soon"] {
            let answer = analyst.get(&format!("{API}?period={period}"));
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{period}");
        }
        let whole = get(site, "analyst", None, None);
        for (_, period) in periods(&whole) {
            let month = period["from"].as_str().unwrap().get(..7).unwrap();
            let opened = get(site, "analyst", None, Some(month));
            assert_eq!(counts(&opened["total"]), counts(period), "{month}");
            let councils = opened["councils"].as_array().unwrap();
            let shown: Vec<_> = councils.iter().filter_map(counts).collect();
            assert!(
                shown.len() != 1 && !shown.into_iter().any(is_small),
                "{month}"
            );
        }
    });
}

#[test]
fn a_council_that_is_withheld_among_councils_is_withheld_by_itself() {
    house(|site| {
        discharges(site, "2026-03", "E06000058", 80, 115);
        discharges(site, "2026-03", "E06000059", 3, 5);
        let whole = get(site, "analyst", None, None);
        assert_eq!(counts(&whole["total"]), Some([83, 120, 37]));
        for code in ["E06000058", "E06000059"] {
            let own = get(site, "analyst", Some(code), None);
            assert_eq!(counts(&own["total"]), None, "{code}");
        }
        for place in [
            "age:13",
            "provider:R0D",
            "deprivation:01",
            "within:E06000058/poole-bay",
        ] {
            let answer = site.browser("analyst").get(&format!("{API}?place={place}"));
            assert!(
                !answer.body.contains("\"numerator\":80"),
                "{place}: {}",
                answer.body
            );
        }
    });
}
