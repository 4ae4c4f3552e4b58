//! What care costs, on each database: in the months in which it was had, by how many it was had.

use jiff::ToSpan as _;
use serde_json::{Value, json};
use stour_database::Error;
use stour_facts::{Fact, FactKind, NewFact, Source, append};
use stour_kernel::{Date, Pence, PersonId};
use stour_people::{Demographics, PersonName, create};
use stour_web::testing::Site;

use crate::counted::check;
use crate::support::{day, house};

/// Pounds of a day.
const A_DAY: i64 = 100;

fn days(from: Date, before: Date) -> i64 {
    i64::from(from.until(before).unwrap().get_days())
}

fn support(
    person: Option<PersonId>,
    kind: FactKind,
    (started, ended): (Date, Option<Date>),
    cost: i64,
    detail: Value,
) -> NewFact {
    NewFact {
        thread: None,
        kind,
        person,
        organisation: "R0D".parse().unwrap(),
        commissioner: None,
        locality: "poole-bay".parse().ok(),
        council: "E06000058".parse().ok(),
        started,
        ended,
        outcome: None,
        cost: Some(Pence::new(cost)),
        source: Source {
            system: "test".to_owned(),
            reference: format!("{person:?}-{kind}-{started}"),
        },
        detail,
        recorded_by: "a test".to_owned(),
    }
}

/// People with a service that goes on, at so many pounds a day up to today.
fn supported(site: &Site, many: usize, started: Date, component: &str) -> Vec<Fact> {
    let environment = site.environment().clone();
    let cost = 100 * A_DAY * days(started, environment.today().tomorrow().unwrap());
    let component = component.to_owned();
    site.database()
        .write_blocking(move |tx| {
            let mut facts = Vec::new();
            for number in 0..many {
                let name = PersonName::new(&format!("Family{number}"), "Ann").unwrap();
                let who = Demographics {
                    born: Some(day("1940-05-05")),
                    ..Demographics::named(name)
                };
                let by = "R0D".parse().unwrap();
                let person = create(tx, &environment, &who, by, "a test").unwrap();
                let detail = json!({ "component": component });
                let service = support(
                    Some(person),
                    FactKind::Service,
                    (started, None),
                    cost,
                    detail,
                );
                facts.push(append(tx, &environment, service).unwrap());
            }
            Ok::<_, Error>(facts)
        })
        .unwrap()
}

fn put(site: &Site, fact: NewFact) {
    let environment = site.environment().clone();
    site.database()
        .write_blocking(move |tx| {
            append(tx, &environment, fact.clone()).unwrap();
            Ok::<_, Error>(())
        })
        .unwrap();
}

fn shown(site: &Site, role: &str, indicator: &str) -> Value {
    let address = format!("/api/indicators/{indicator}");
    site.browser(role).get_json(&address)
}

/// How many are counted, and the value.
fn total(json: &Value) -> (Option<i64>, Option<f64>) {
    let total = &json["total"];
    (total["counted"].as_i64(), total["value"].as_f64())
}

/// The days of the twelve months.
fn span(json: &Value) -> i64 {
    let date = |name: &str| day(json[name].as_str().unwrap());
    days(date("from"), date("before"))
}

fn pounds(number: i64) -> f64 {
    f64::from(i32::try_from(number).unwrap())
}

#[test]
fn care_that_began_years_ago_costs_in_every_month() {
    house(|site| {
        supported(site, 3, day("2020-02-29"), "long-term-residential-care");
        let home = shown(site, "service-manager", "careland-spend");
        assert_eq!(
            total(&home),
            (Some(3), Some(pounds(3 * A_DAY * span(&home))))
        );
        supported(
            site,
            1,
            day("2021-01-31"),
            "home-support-or-domiciliary-care",
        );
        let at_home = shown(site, "service-manager", "communityland-spend");
        assert_eq!(
            total(&at_home),
            (Some(1), Some(pounds(A_DAY * span(&at_home))))
        );
        for (indicator, share) in [
            ("careland-share-of-spend", 75.0),
            ("communityland-share-of-spend", 25.0),
        ] {
            let (_, value) = total(&shown(site, "service-manager", indicator));
            assert_eq!(value, Some(share), "{indicator}");
        }
        assert_eq!(check(site), Ok(()));
    });
}

#[test]
fn few_people_are_few_however_many_months_they_stay() {
    house(|site| {
        supported(site, 3, day("2020-02-29"), "long-term-nursing-care");
        let officer = shown(site, "chief-officer", "careland-spend");
        assert_eq!(officer["total"]["withheld"], true);
        assert_eq!(total(&officer), (None, None));
        let mut manager = site.browser("service-manager");
        let list = manager
            .get("/board/indicators/careland-spend/people?period=latest&part=numerator&page=1");
        assert!(list.shows("3 recorded costs."), "{}", list.body);
        assert!(list.shows("Counted: goes on from before"), "{}", list.body);
        supported(site, 5, day("2020-02-29"), "long-term-nursing-care");
        let officer = shown(site, "chief-officer", "careland-spend");
        assert_eq!(officer["total"]["counted"], 8);
    });
}

#[test]
fn what_ends_and_what_is_bought_follow_as_they_are_recorded() {
    house(|site| {
        let started = day("2020-02-29");
        let services = supported(site, 2, started, "long-term-residential-care");
        let before = shown(site, "service-manager", "careland-spend");
        let all = span(&before);
        assert_eq!(total(&before), (Some(2), Some(pounds(2 * A_DAY * all))));
        // One of them left on the tenth day of the twelve months.
        let from = day(before["from"].as_str().unwrap());
        let left = from + 9.days();
        let service = services.first().unwrap();
        put(
            site,
            NewFact {
                thread: Some(service.thread),
                ended: Some(left),
                cost: Some(Pence::new(100 * A_DAY * days(started, left))),
                ..service.what.clone()
            },
        );
        let after = shown(site, "service-manager", "careland-spend");
        assert_eq!(
            total(&after),
            (Some(2), Some(pounds(A_DAY * all + A_DAY * 9)))
        );
        assert_eq!(check(site), Ok(()));
        // Of nobody, on one day.
        let bought = (left, Some(left));
        let detail = json!({ "category": "equipment" });
        put(
            site,
            support(None, FactKind::Cost, bought, 12_300, detail.clone()),
        );
        put(
            site,
            support(
                None,
                FactKind::Cost,
                (from, Some(from)),
                -2_300,
                detail.clone(),
            ),
        );
        // What has no cost is not counted.
        let other = from + 1.days();
        put(
            site,
            support(None, FactKind::Cost, (other, Some(other)), 0, detail),
        );
        let bought = shown(site, "service-manager", "communityland-spend");
        assert_eq!(total(&bought), (Some(2), Some(100.0)));
        assert_eq!(check(site), Ok(()));
    });
}
