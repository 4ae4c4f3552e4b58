use serde_json::{Value, json};
use stour_web::testing::{Site, each_house};

use crate::capability;
use crate::testing::{saved, service};

const LUNCH: &str = "ac148810-d857-441c-9679-408f346de14b";
const FRIENDS: &str = "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610";

/// The fourth id of this kind of thing.
fn id(kind: u8, number: u32) -> String {
    format!("{kind:08x}-0000-4000-8000-{number:012x}")
}

/// A service at a place of its own, some metres to the north of the middle of BH8 9RL.
fn at(number: u32, name: &str, north: f64, over: Value) -> stour_open_referral::Service {
    let mut all = json!({
        "id": id(1, number), "name": name, "description": format!("About {name}."),
        "organization": {"id": id(2, number), "name": format!("Group {number}"), "description": "A charity"},
        "service_at_locations": [{
            "id": id(3, number),
            "location": {
                "id": id(4, number), "location_type": "physical", "name": format!("Hall {number}"),
                "latitude": 50.737_523 + north / 111_195.0, "longitude": -1.863_949,
            },
        }],
    });
    if let (Value::Object(all), Value::Object(over)) = (&mut all, over) {
        all.extend(over);
    }
    service(all)
}

fn put(site: &Site, service: stour_open_referral::Service) {
    saved(site.database(), site.environment(), service);
}

fn places(body: &str, names: &[&str]) -> Vec<Option<usize>> {
    names
        .iter()
        .map(|name| body.find(&format!("{name}</a>")))
        .collect()
}

#[test]
fn anybody_finds_the_nearest_first() {
    each_house(
        || vec![capability()],
        |site| {
            put(&site, at(1, "Far lunch club", 8_000.0, json!({})));
            put(&site, at(2, "Near lunch club", 300.0, json!({})));
            put(&site, at(3, "Middle lunch club", 2_500.0, json!({})));
            let mut visitor = site.stranger();
            let page = visitor.get("/find?q=lunch+club&postcode=bh89rl").body;
            assert!(page.contains("3 results at a place"), "{page}");
            let order = places(
                &page,
                &["Near lunch club", "Middle lunch club", "Far lunch club"],
            );
            assert!(
                order.iter().all(Option::is_some) && order.is_sorted(),
                "{order:?}"
            );
            assert!(page.contains("less than half a mile away") && page.contains("1.6 miles away"));
            assert!(page.contains("Hall 2"));
            assert!(page.contains("Showing results for <strong>Lunch clubs</strong>"));
            // The map has the numbers of the list.
            assert!(page.contains("href=\"#result-1\"") && page.contains("id=\"result-3\""));
            assert!(page.contains("Crown copyright"));
            let within = visitor
                .get("/find?q=lunch+club&postcode=BH8+9RL&miles=3")
                .body;
            assert!(within.contains("2 results at a place") && !within.contains("Far lunch club"));
        },
    );
}

#[test]
fn words_are_forgiven_and_nothing_is_a_dead_end() {
    each_house(
        || vec![capability()],
        |site| {
            put(
                &site,
                at(
                    1,
                    "Befriending",
                    0.0,
                    json!({"cost_options": [{"id": id(5, 1), "amount": 0}]}),
                ),
            );
            put(
                &site,
                at(
                    2,
                    "Swimming",
                    0.0,
                    json!({"cost_options": [{"id": id(5, 2), "amount": 3.5}]}),
                ),
            );
            let mut visitor = site.stranger();
            let page = visitor.get("/find?q=befreinding").body;
            assert!(
                page.contains("Showing results for <strong>befriending</strong> instead of"),
                "{page}"
            );
            let page = visitor.get("/find?q=befriending&cost=paid").body;
            assert!(page.contains("Nothing found"), "{page}");
            assert!(page.contains("take away what you chose"));
            assert!(
                page.contains("Has to be paid for (0)") && page.contains("Free (1)"),
                "{page}"
            );
            for query in [
                "q=%21%21%21",
                "q=%F0%9F%99%82",
                "q=zzqqxx",
                "q=the",
                "page=99",
                "q=swimming&page=7",
            ] {
                let answer = visitor.get(&format!("/find?{query}"));
                assert_eq!(answer.status, 200, "{query}");
            }
            let long = "x".repeat(5_000);
            assert_eq!(visitor.get(&format!("/find?q={long}")).status, 200);
            let wrong = visitor.get("/find?q=swimming&postcode=SW1A+1AA&age=old");
            assert_eq!(wrong.status, 200);
            assert!(wrong.body.contains("We do not know the postcode SW1A 1AA"));
            assert!(wrong.body.contains("Age must be a number of years"));
            let ended = visitor.get("/find?q=swimming&postcode=BH8+9RN").body;
            assert!(ended.contains("The postcode BH8 9RN is no longer used"));
        },
    );
}

#[test]
fn what_comes_home_is_a_list_of_its_own() {
    each_house(
        || vec![capability()],
        |site| {
            let home = |number, name: &str, area: &str| {
                at(
                    number,
                    name,
                    0.0,
                    json!({
                        "description": "Help in your own home.",
                        "service_at_locations": [],
                        "service_areas": [{"id": id(6, number), "name": area}],
                    }),
                )
            };
            put(&site, at(1, "Cleaning club", 0.0, json!({})));
            put(&site, home(2, "Cleaning for Dorset", "Dorset"));
            put(
                &site,
                home(
                    3,
                    "Cleaning for everybody here",
                    "Bournemouth, Christchurch and Poole",
                ),
            );
            let mut visitor = site.stranger();
            let page = visitor.get("/find?q=hoover&postcode=BH8+9RL").body;
            assert!(page.contains("1 result at a place"), "{page}");
            assert!(page.contains("At home, online or by telephone"));
            assert!(
                page.contains("Cleaning for everybody here")
                    && !page.contains("Cleaning for Dorset")
            );
        },
    );
}

#[test]
fn a_listing_says_everything_and_markup_is_text() {
    each_house(
        || vec![capability()],
        |site| {
            let over = json!({
                "name": "Lunch <b>club</b>",
                "description": "A hot meal.\n<script>alert(1)</script>",
                "minimum_age": 60,
                "phones": [{"id": id(7, 1), "number": "01202 123456"}],
                "url": "https://lunch.example/",
                "schedules": [{"id": id(7, 2), "freq": "WEEKLY", "byday": "WE", "opens_at": "12:00", "closes_at": "14:00"}],
                "assured_date": "2026-10-01",
            });
            put(&site, service(over));
            let mut visitor = site.stranger();
            let answer = visitor.get(&format!("/find/{LUNCH}?q=lunch"));
            assert_eq!(answer.status, 200);
            let page = answer.body;
            for part in [
                "Lunch &lt;b&gt;club&lt;/b&gt;",
                "&lt;script&gt;",
                "60 and over",
                "01202 123456",
                "Wednesday: midday to 2pm",
                "Next open tomorrow, midday to 2pm",
                "Checked on 1 October 2026",
                "1 High Street, Wimborne, BH21 1AA",
                "/directory/feedback?listing=",
                "href=\"/find?q=lunch\"",
            ] {
                assert!(page.contains(part), "{part} is not in {page}");
            }
            assert!(!page.contains("<script>alert"));
            let found = visitor.get("/find?q=lunch").body;
            assert!(!found.contains("<b>club") && found.contains("&lt;b&gt;club"));
            assert_eq!(visitor.get(&format!("/find/{}", id(1, 9))).status, 404);
            assert_eq!(visitor.get("/find/nonsense").status, 404);
            let organisation = visitor.get(&format!("/find/organisations/{FRIENDS}"));
            assert!(
                organisation.body.contains("1 service")
                    && organisation.body.contains("Lunch &lt;b&gt;")
            );
            assert_eq!(
                visitor
                    .get(&format!("/find/organisations/{}", id(2, 9)))
                    .status,
                404
            );
        },
    );
}

#[test]
fn what_is_held_is_on_no_page() {
    each_house(
        || vec![capability()],
        |site| {
            put(&site, at(1, "A women's refuge", 0.0, json!({})));
            let mut visitor = site.stranger();
            assert!(!visitor.get("/find?q=refuge").body.contains("refuge</a>"));
            assert_eq!(visitor.get(&format!("/find/{}", id(1, 1))).status, 404);
            assert_eq!(
                visitor
                    .get(&format!("/find/organisations/{}", id(2, 1)))
                    .status,
                404
            );
            let list = visitor.get(&format!("/find/list?list={}", id(1, 1))).body;
            assert!(list.contains("can no longer be shown") && !list.contains("women"));
        },
    );
}

#[test]
fn somebodys_list_is_in_its_address() {
    each_house(
        || vec![capability()],
        |site| {
            put(
                &site,
                at(
                    1,
                    "Choir",
                    0.0,
                    json!({"phones": [{"id": id(7, 1), "number": "01202 1"}]}),
                ),
            );
            put(&site, at(2, "Walks", 0.0, json!({})));
            let mut visitor = site.stranger();
            let both = format!("{}_{}", id(1, 1), id(1, 2));
            let page = visitor.get("/find?q=choir").body;
            assert!(
                page.contains(&format!("/find?q=choir&amp;list={}", id(1, 1))),
                "{page}"
            );
            let list = visitor.get(&format!("/find/list?q=choir&list={both}"));
            assert_eq!(list.headers.get("set-cookie"), None);
            assert!(list.body.contains("Choir") && list.body.contains("Walks"));
            assert!(list.body.contains("mailto:?subject=My%20list"));
            assert!(
                list.body
                    .contains(&format!("/find/list?q=choir&amp;list={}\"", id(1, 2)))
            );
            assert!(
                visitor
                    .get("/find/list")
                    .body
                    .contains("nothing on your list yet")
            );
        },
    );
}
