use serde_json::json;

use crate::testing::house::{house, manager, risk};

const API: &str = "/api/programmes/test/registers/risk";

#[test]
fn programs_read_entries_with_their_version() {
    house(|site| {
        let mut browser = site.browser("analyst");
        let all = browser.get_json(API);
        assert_eq!(all.as_array().unwrap().len(), 2);
        let one = browser.get(&format!("{API}/1"));
        assert_eq!((one.status.as_u16(), one.tag()), (200, "\"1\""));
        let one: serde_json::Value = serde_json::from_str(&one.body).unwrap();
        assert_eq!(one["reference"], "R1");
        assert_eq!(one["fields"]["cost"], "3600000");
        assert_eq!(browser.get(&format!("{API}/9")).status, 404);
        assert_eq!(site.browser("ward").get(API).status, 403);
    });
}

#[test]
fn programs_change_entries_at_the_version_they_saw() {
    house(|site| {
        let mut browser = manager(site);
        let path = format!("{API}/1");
        let fields = |title: &str, cost: &str| {
            json!({
                "fields": { "title": title, "owner": "Sponsors", "due": "Sept 2013", "cost": cost },
                "why": "By a program",
            })
        };
        let unseen = browser.put_json(&path, None, &fields("A", "£3,600,000"));
        assert_eq!(unseen.status, 428);
        let saved = browser.put_json(&path, Some("\"1\""), &fields("A", "£3,600,000"));
        assert_eq!((saved.status.as_u16(), saved.tag()), (200, "\"2\""));
        // Another field of the first version: joined. The same field: refused.
        let joined = browser.put_json(&path, Some("\"1\""), &fields("Stakeholders disagree", "5"));
        assert_eq!((joined.status.as_u16(), joined.tag()), (200, "\"3\""));
        assert_eq!(risk(site, 1).get("title"), "A");
        assert_eq!(risk(site, 1).get("cost"), "5");
        let clash = browser.put_json(&path, Some("\"1\""), &fields("B", "3600000"));
        assert_eq!(clash.status, 412);
        let wrong = browser.put_json(&path, Some("\"3\""), &fields("", "much"));
        assert_eq!(wrong.status, 422);
        assert!(
            wrong.body.contains("Enter what may happen"),
            "{}",
            wrong.body
        );
        let silent = json!({ "fields": { "title": "A" }, "why": " " });
        assert_eq!(browser.put_json(&path, Some("\"3\""), &silent).status, 422);
        let mut other = site.browser("finance");
        let refused = other.put_json(&path, Some("\"3\""), &fields("C", "6"));
        assert_eq!(refused.status, 403);
        assert_eq!(risk(site, 1).version, 3);
    });
}

#[test]
fn programs_add_entries_once() {
    house(|site| {
        let mut browser = manager(site);
        let new = json!({ "fields": { "title": "New", "related": "R1" }, "why": "By a program" });
        let added = browser.post_json(API, &new);
        assert_eq!(added.status, 201, "{}", added.body);
        assert_eq!(added.location(), format!("{API}/3"));
        let again = browser.post_json_again(API, &new);
        assert_eq!(again.location(), format!("{API}/3"));
        assert_eq!(risk(site, 3).get("related"), "1");
        let unknown = json!({ "fields": { "title": "New", "colour": "red" }, "why": "x" });
        let unknown = browser.post_json(API, &unknown);
        assert_eq!(unknown.status, 422);
        assert!(unknown.body.contains("colour"), "{}", unknown.body);
        let refused = site.browser("finance").post_json(API, &new);
        assert_eq!(refused.status, 403);
    });
}
