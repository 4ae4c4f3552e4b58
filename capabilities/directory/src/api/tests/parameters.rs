//! Each parameter against a filter over what the feed itself gives, written in another way.

use std::collections::BTreeSet;

use serde_json::Value;
use stour_web::testing::Site;

use super::{contents, each_feed, get, ids, whole};

/// The ids of those that a filter keeps, in order.
fn kept(all: &[Value], keeps: impl Fn(&Value) -> bool) -> Vec<String> {
    let kept = all.iter().filter(|service| keeps(service));
    kept.map(|service| service["id"].as_str().unwrap().to_owned())
        .collect()
}

fn agrees(site: &Site, all: &[Value], query: &str, keeps: impl Fn(&Value) -> bool) -> usize {
    let expected = kept(all, keeps);
    let answer = get(site, &format!("/services?per_page=500&{query}"));
    assert_eq!(answer.status, 200, "{query}: {}", answer.body);
    assert_eq!(answer.json()["total_items"], expected.len(), "{query}");
    assert_eq!(
        ids(site, &format!("/services?per_page=500&{query}")),
        expected,
        "{query}"
    );
    expected.len()
}

fn list<'v>(value: &'v Value, name: &str) -> Vec<&'v Value> {
    value[name].as_array().into_iter().flatten().collect()
}

#[test]
fn ages_are_compared_as_the_standard_words_it() {
    each_feed(|site| {
        let all = whole(site);
        let mut found = BTreeSet::new();
        for age in ["0", "14", "15", "15.5", "29", "60", "74", "150"] {
            let years: f64 = age.parse().unwrap();
            found.insert(agrees(
                site,
                &all,
                &format!("minimum_age={age}"),
                |service| {
                    service["minimum_age"]
                        .as_f64()
                        .is_some_and(|least| least >= years)
                },
            ));
            agrees(site, &all, &format!("maximum_age={age}"), |service| {
                service["maximum_age"]
                    .as_f64()
                    .is_some_and(|most| most <= years)
            });
            agrees(
                site,
                &all,
                &format!("minimum_age=15&maximum_age={age}"),
                |service| {
                    service["minimum_age"].as_f64() >= Some(15.0)
                        && service["maximum_age"]
                            .as_f64()
                            .is_some_and(|most| most <= years)
                },
            );
        }
        assert!(found.len() > 3, "{found:?}");
    });
}

/// The days of a schedule by letters.
fn days(schedule: &Value) -> String {
    schedule["byday"].as_str().map_or_else(
        || {
            if schedule["dtstart"] == "2026-11-03" {
                "TU".to_owned()
            } else {
                String::new()
            }
        },
        str::to_owned,
    )
}

fn schedules(service: &Value) -> Vec<&Value> {
    let own = list(service, "schedules");
    let places = list(service, "service_at_locations")
        .into_iter()
        .flat_map(|at| list(at, "schedules"));
    own.into_iter().chain(places).collect()
}

#[test]
fn day_and_times_are_met_by_one_schedule_that_has_not_ended() {
    each_feed(|site| {
        let all = whole(site);
        let runs = |schedule: &Value| {
            schedule["valid_to"]
                .as_str()
                .is_none_or(|to| to >= "2026-11-24")
        };
        let text =
            |schedule: &Value, name: &str| schedule[name].as_str().unwrap_or_default().to_owned();
        let mut some = 0;
        for day in ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] {
            some += agrees(site, &all, &format!("day={day}"), |service| {
                schedules(service)
                    .into_iter()
                    .any(|schedule| runs(schedule) && days(schedule).contains(day))
            });
            for (start, end) in [
                ("09:00", "11:30"),
                ("13:00", "21:00"),
                ("00:00", "24:00"),
                ("20:00", "24:00"),
            ] {
                let query = format!("day={day}&start_time={start}&end_time={end}");
                agrees(site, &all, &query, |service| {
                    schedules(service).into_iter().any(|schedule| {
                        let (opens, closes) =
                            (text(schedule, "opens_at"), text(schedule, "closes_at"));
                        runs(schedule)
                            && days(schedule).contains(day)
                            && opens.as_str() >= start
                            && opens < closes
                            && closes.as_str() <= format!("{end}:00").as_str()
                    })
                });
            }
        }
        assert!(some > 50);
        agrees(site, &all, "day=sa,mo", |service| {
            schedules(service).into_iter().any(|schedule| {
                runs(schedule) && (days(schedule).contains("SA") || days(schedule).contains("MO"))
            })
        });
        agrees(site, &all, "start_time=18:30:00Z", |service| {
            schedules(service)
                .into_iter()
                .any(|schedule| runs(schedule) && text(schedule, "opens_at").as_str() >= "18:30")
        });
    });
}

#[test]
fn terms_taxonomies_and_organisations_are_found_exactly() {
    each_feed(|site| {
        let all = whole(site);
        let terms = |service: &Value| -> Vec<Value> {
            list(service, "attributes")
                .into_iter()
                .map(|attribute| attribute["taxonomy_term"].clone())
                .collect()
        };
        for term in contents(site, "/taxonomy_terms") {
            let id = term["id"].as_str().unwrap();
            let found = agrees(site, &all, &format!("taxonomy_term_id={id}"), |service| {
                terms(service).iter().any(|term| term["id"] == id)
            });
            assert!(found > 0);
            assert_eq!(get(site, &format!("/taxonomy_terms/{id}")).json(), term);
        }
        let taxonomies = contents(site, "/taxonomies");
        assert_eq!(taxonomies.len(), 2);
        for taxonomy in taxonomies {
            let id = taxonomy["id"].as_str().unwrap();
            let found = agrees(site, &all, &format!("taxonomy_id={id}"), |service| {
                terms(service).iter().any(|term| term["taxonomy_id"] == id)
            });
            assert!((1..all.len()).contains(&found));
            let one = get(site, &format!("/taxonomies/{id}")).json();
            assert_eq!(one["name"], taxonomy["name"]);
            assert_eq!(one["taxonomy_terms"].as_array().unwrap().len(), 3);
        }
        let organisation = all[2]["organization_id"].as_str().unwrap();
        let found = agrees(
            site,
            &all,
            &format!("organization_id={organisation}"),
            |service| service["organization"]["id"] == organisation,
        );
        assert!(found > 1);
        for unknown in [
            "taxonomy_term_id=x",
            "taxonomy_id=4",
            "organization_id=00000000-0000-4000-8000-000000000000",
        ] {
            assert_eq!(agrees(site, &all, unknown, |_| false), 0);
        }
    });
}

#[test]
fn words_find_services_by_name_and_nonsense_finds_none() {
    each_feed(|site| {
        let found = ids(site, "/services?search=badminton");
        assert_eq!(found.len(), 6);
        let all = whole(site);
        for service in all.iter().take(12) {
            let name = service["name"].as_str().unwrap().replace(' ', "%20");
            assert!(
                ids(site, &format!("/services?search={name}"))
                    .contains(&service["id"].as_str().unwrap().to_owned())
            );
        }
        assert!(ids(site, "/services?search=zqxjkvbw%20qzjxwvkq").is_empty());
        assert!(ids(site, "/services?search=refuge").is_empty());
        let both = ids(site, "/services?search=drumming&maximum_age=44");
        assert!(!both.is_empty() && both.len() < 6);
        let drumming = ids(site, "/services?search=drumming");
        assert!(both.iter().all(|id| drumming.contains(id)));
    });
}

#[test]
fn what_has_changed_is_known_by_when_it_changed_here() {
    each_feed(|site| {
        let all = whole(site);
        assert!(
            all.iter()
                .all(|service| service["last_modified"] == "2026-11-24T09:00:00Z")
        );
        site.clock().set("2026-11-25T10:00:00Z".parse().unwrap());
        let mut later = super::made::services()[3].clone();
        later["id"] = "00000000-0000-4000-8001-000000000777".into();
        super::save(site, later);
        let id = ["00000000-0000-4000-8001-000000000777".to_owned()];
        assert_eq!(
            ids(site, "/services?modified_after=2026-11-24T09:00:01Z"),
            id
        );
        assert_eq!(ids(site, "/services?modified_after=2026-11-25"), id);
        assert_eq!(
            ids(site, "/services?modified_after=2026-11-25T10:00:00Z"),
            id
        );
        assert!(ids(site, "/services?modified_after=2026-11-25T10:00:01Z").is_empty());
        assert_eq!(
            ids(
                site,
                "/services?modified_after=2026-11-24T09:00:00Z&per_page=500"
            )
            .len(),
            all.len() + 1
        );
    });
}

#[test]
fn pages_part_a_list_without_loss_and_repetition() {
    each_feed(|site| {
        let all = ids(site, "/services?per_page=500");
        for size in [1, 7, 50, 59, 60, 61] {
            let mut read = Vec::new();
            let mut number = 1;
            loop {
                let page = get(site, &format!("/services?per_page={size}&page={number}")).json();
                let entries = page["contents"].as_array().unwrap();
                assert_eq!(page["total_items"], 60);
                assert_eq!(page["total_pages"], 60_usize.div_ceil(size));
                assert_eq!(page["page_number"], number);
                assert_eq!(page["size"], entries.len());
                assert_eq!(page["first_page"], number == 1);
                read.extend(
                    entries
                        .iter()
                        .map(|entry| entry["id"].as_str().unwrap().to_owned()),
                );
                if page["last_page"] == true {
                    break;
                }
                number += 1;
            }
            assert_eq!(read, all, "{size}");
        }
        let beyond = get(site, "/services?page=4000").json();
        assert_eq!(
            (&beyond["empty"], &beyond["last_page"]),
            (&true.into(), &true.into())
        );
        assert_eq!(get(site, "/services").json()["size"], 50);
    });
}

#[test]
fn entries_are_given_short_whole_and_smallest() {
    each_feed(|site| {
        let short = &contents(site, "/services")[1];
        assert!(short["schedules"].is_null() && short["service_at_locations"].is_null());
        assert!(short["organization"]["name"].is_string());
        let full = &contents(site, "/services?full=true")[1];
        assert_eq!(
            *full,
            get(site, &format!("/services/{}", full["id"].as_str().unwrap())).json()
        );
        assert!(full["schedules"][0]["byday"].is_string());
        assert_eq!(contents(site, "/services?full_service=true")[1], *full);

        let minimal = get(site, "/services?minimal=true").json();
        assert_eq!(minimal["contents"].as_array().unwrap().len(), 60);
        assert_eq!(minimal["total_pages"], 1);
        let keys: Vec<&String> = minimal["contents"][0].as_object().unwrap().keys().collect();
        assert_eq!(keys, ["id", "modified_date"]);

        let at = &contents(site, "/service_at_locations")[0];
        assert!(at["location"]["addresses"].is_null() && at["service"]["schedules"].is_null());
        let full = &contents(site, "/service_at_locations?full=true")[0];
        assert!(full["location"]["addresses"][0]["postal_code"].is_string());
        assert!(full["service"]["schedules"][0]["opens_at"].is_string());
        assert!(full["service"]["service_at_locations"].is_null());
        assert_eq!(
            *full,
            get(
                site,
                &format!("/service_at_locations/{}", full["id"].as_str().unwrap())
            )
            .json()
        );
        let with_service = &contents(site, "/service_at_locations?full_service=true")[0];
        assert!(with_service["location"]["addresses"].is_null());
        assert!(with_service["service"]["schedules"][0]["opens_at"].is_string());
    });
}

#[test]
fn lines_hold_every_entry_without_pages() {
    each_feed(|site| {
        for list in [
            "/services",
            "/service_at_locations",
            "/taxonomies",
            "/taxonomy_terms",
        ] {
            let answer = get(site, &format!("{list}?format=ndjson&page=2&per_page=3"));
            assert_eq!(answer.headers["content-type"], "application/x-ndjson");
            let lines: Vec<Value> = answer
                .body
                .lines()
                .map(|line| serde_json::from_str(line).unwrap())
                .collect();
            assert_eq!(
                lines,
                contents(site, &format!("{list}?per_page=500")),
                "{list}"
            );
        }
        let full = get(site, "/services?format=ndjson&full=true");
        let lines: Vec<Value> = full
            .body
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines, whole(site));
    });
}

/// Metres between two places, by the law of cosines.
fn metres(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (a, b) = (one.0.to_radians(), other.0.to_radians());
    let angle = a.sin() * b.sin() + a.cos() * b.cos() * (other.1 - one.1).to_radians().cos();
    6_371_008.8 * angle.clamp(-1.0, 1.0).acos()
}

#[test]
fn places_are_found_by_their_distance_from_a_postcode() {
    each_feed(|site| {
        let all = whole(site);
        let at_locations = contents(site, "/service_at_locations?full=true&per_page=500");
        assert!(at_locations.len() > all.len() - 10);
        for (postcode, spelt, from) in [
            ("BH8 9RN", "bh89rn", "BH8 9RN"),
            ("DT1 1XJ", "DT1%201XJ", "DT1 1XJ"),
        ] {
            let middle = super::check::middle(site, from);
            let place = |at: &Value| {
                (
                    at["location"]["latitude"].as_f64().unwrap(),
                    at["location"]["longitude"].as_f64().unwrap(),
                )
            };
            // Between one place and the next, so that no rounding decides.
            let mut distances: Vec<f64> = at_locations
                .iter()
                .map(|at| metres(middle, place(at)))
                .collect();
            distances.sort_by(f64::total_cmp);
            let gaps = distances.windows(2).filter(|pair| pair[1] - pair[0] > 1.0);
            let between: Vec<f64> = gaps.map(|pair| f64::midpoint(pair[0], pair[1])).collect();
            assert!(between.len() > 5, "{postcode}: {between:?}");
            for metres_away in between.into_iter().step_by(3).chain([0.0, 1_000_000.0]) {
                let near = |at: &Value| metres(middle, place(at)) <= metres_away;
                let query = format!("postcode={spelt}&proximity={metres_away}&per_page=500");
                let expected = kept(&at_locations, near);
                assert_eq!(
                    ids(site, &format!("/service_at_locations?{query}")),
                    expected,
                    "{postcode} {metres_away}"
                );
                let expected = kept(&all, |service| {
                    list(service, "service_at_locations").into_iter().any(near)
                });
                assert_eq!(
                    ids(site, &format!("/services?{query}")),
                    expected,
                    "{postcode} {metres_away}"
                );
            }
        }
    });
}

#[test]
fn a_site_is_found_by_its_own_hours() {
    each_feed(|site| {
        let at_locations = contents(site, "/service_at_locations?full=true&per_page=500");
        let expected = kept(&at_locations, |at| {
            let own = list(at, "schedules");
            let of_service = list(&at["service"], "schedules");
            own.into_iter().chain(of_service).any(|schedule| {
                days(schedule).contains("SU")
                    && schedule["valid_to"]
                        .as_str()
                        .is_none_or(|to| to >= "2026-11-24")
            })
        });
        assert_eq!(
            ids(site, "/service_at_locations?day=SU&per_page=500"),
            expected
        );
        assert!(!expected.is_empty() && expected.len() < at_locations.len());
    });
}

#[test]
fn a_postcode_alone_leaves_out_what_is_for_other_people() {
    each_feed(|site| {
        let all = whole(site);
        let for_dorset = |service: &Value| service["service_areas"][0]["name"] == "Dorset";
        // Bournemouth is no part of the council of Dorset; Dorchester is.
        let found = agrees(site, &all, "postcode=BH8%209RN", |service| {
            !for_dorset(service)
        });
        assert!(found < all.len());
        assert_eq!(
            agrees(site, &all, "postcode=DT1%201XJ", |_| true),
            all.len()
        );
    });
}

#[test]
fn filters_that_are_given_together_are_all_met() {
    each_feed(|site| {
        let term = ids(site, "/taxonomy_terms").remove(2);
        let taxonomy = ids(site, "/taxonomies").remove(0);
        let filters = [
            "minimum_age=15".to_owned(),
            "maximum_age=60".to_owned(),
            "day=WE".to_owned(),
            "start_time=12:00".to_owned(),
            format!("taxonomy_term_id={term}"),
            format!("taxonomy_id={taxonomy}"),
            "postcode=BH8%209RN&proximity=30000".to_owned(),
            "organization_id=00000000-0000-4000-8003-000000000002".to_owned(),
            "search=group".to_owned(),
        ];
        let of = |query: &str| -> BTreeSet<String> {
            ids(site, &format!("/services?per_page=500&{query}"))
                .into_iter()
                .collect()
        };
        let apart: Vec<BTreeSet<String>> = filters.iter().map(|filter| of(filter)).collect();
        for (at, one) in filters.iter().enumerate() {
            for (beside, other) in filters.iter().enumerate().skip(at + 1) {
                if (one.starts_with("day"), other.starts_with("start")) == (true, true) {
                    // Met by one schedule, and not one by each.
                    continue;
                }
                let both = of(&format!("{one}&{other}"));
                assert_eq!(
                    both,
                    apart[at].intersection(&apart[beside]).cloned().collect(),
                    "{one} {other}"
                );
            }
        }
    });
}
