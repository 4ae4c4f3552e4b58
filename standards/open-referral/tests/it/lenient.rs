//! What real feeds do.

use serde_json::{Value, json};
use stour_open_referral::{Service, SetAside, read_service};

fn read(value: Value) -> (Service, Vec<String>) {
    let read = read_service(value, "a-feed").unwrap();
    let repairs = read
        .repairs
        .iter()
        .map(|one| format!("{}: {}", one.at, one.why))
        .collect();
    (read.record, repairs)
}

const ID: &str = "ac148810-d857-441c-9679-408f346de14b";

#[test]
fn a_service_as_it_should_be_needs_no_repair() {
    let (service, repairs) = read(json!({
        "id": ID, "name": "Lunch club", "status": "active", "description": "Soup.\n\n- bread\n- tea",
        "email": "info@club.org.uk", "url": "https://club.org.uk/lunch?day=1#top", "minimum_age": 65,
        "last_modified": "2026-01-02T03:04:05.678Z", "assured_date": "2026-01-02",
        "schedules": [{ "id": ID, "freq": "MONTHLY", "byday": "2TU,-1FR", "opens_at": "10:00:00" }],
    }));
    assert_eq!(repairs, Vec::<String>::new());
    assert_eq!(
        serde_json::to_value(&service).unwrap()["schedules"][0]["byday"],
        "2TU,-1FR"
    );
}

#[test]
fn each_quirk_of_real_feeds_is_put_right_and_noted() {
    let (service, repairs) = read(json!({
        "id": 4711,
        "name": "CafÃ© &amp; chat",
        "description": "<p>Tea.</p><ul><li>Cake</li></ul>",
        "status": "Open",
        "email": "Unknown-77@noemail.invalid",
        "url": "www.club.org.uk/a b",
        "minimum_age": 0,
        "maximum_age": 999,
        "last_modified": "2026-07-02T10:00:00",
        "assured_date": "02/01/2026",
        "alert": null,
        "fees": "",
        "pc_metadata": { "date_created": "x", "empty": null },
        "service_areas": [{ "name": "Dorset", "uri": "http://www.example.com" }],
        "contacts": [null, "nobody", { "name": "Ann", "phones": [{ "number": 1_202_496_000 }, { "number": null }] }],
        "attributes": [{ "taxonomy_term": { "id": "esdServiceType:242", "name": "Care at home", "taxonomy": "esdservicetypes" } }],
        "organization": { "id": "club", "name": "The club", "email": false, "website": "https://path/to/profile" },
        "service_at_locations": [{ "location": { "latitude": "-1.98", "longitude": 50.8,
            "addresses": [{ "address_1": "1 High Street", "postal_code": "BH21 1AA" }, {}, { "city": "" }] } }],
    }));
    assert_eq!(&*service.name, "Café & chat");
    assert_eq!(service.description.as_deref(), Some("Tea.\n\n- Cake"));
    assert_eq!(service.status.as_str(), "active");
    assert_eq!(
        (
            service.email.as_ref(),
            service.minimum_age,
            service.maximum_age
        ),
        (None, None, None)
    );
    assert_eq!(
        service.url.as_ref().unwrap().as_str(),
        "http://www.club.org.uk/a%20b"
    );
    assert_eq!(
        service.last_modified.unwrap().to_string(),
        "2026-07-02T09:00:00Z"
    );
    assert_eq!(service.assured_date.unwrap().to_string(), "2026-01-02");
    assert_eq!(
        service.extra.get("pc_metadata"),
        Some(&json!({ "date_created": "x" }))
    );
    assert_eq!(service.service_areas[0].uri, None);
    assert_eq!(service.contacts.len(), 1);
    assert_eq!(service.contacts[0].phones.len(), 1);
    let term = service.attributes[0].taxonomy_term.as_ref().unwrap();
    assert_eq!(
        term.term_uri.as_ref().unwrap().as_str(),
        "http://id.esd.org.uk/service/242"
    );
    assert_eq!(
        (term.taxonomy.as_deref(), term.code.as_deref()),
        (Some("ESD Services"), Some("242"))
    );
    let organization = service.organization.as_ref().unwrap();
    assert_eq!(
        (organization.email.as_ref(), organization.website.as_ref()),
        (None, None)
    );
    assert_eq!(&*organization.description, "The club");
    let location = service.service_at_locations[0].location.as_ref().unwrap();
    assert_eq!(location.position(), Some((50.8, -1.98)));
    assert_eq!(location.addresses.len(), 1);
    assert_eq!(
        (
            &*location.addresses[0].country,
            &*location.addresses[0].city
        ),
        ("GB", "")
    );
    for field in [
        "id",
        "name",
        "description",
        "status",
        "email",
        "url",
        "minimum_age",
        "maximum_age",
        "last_modified",
    ] {
        assert!(
            repairs
                .iter()
                .any(|repair| repair.starts_with(&format!("{field}: "))),
            "{field}: {repairs:#?}"
        );
    }
}

#[test]
fn identifiers_that_are_missing_are_always_the_same() {
    let record =
        json!({ "id": "x1", "name": "A", "contacts": [{ "name": "Ann" }, { "name": "Bob" }] });
    let (first, _) = read(record.clone());
    let (again, _) = read(record.clone());
    assert_eq!(first, again);
    assert_ne!(first.contacts[0].id, first.contacts[1].id);
    let other = read_service(record, "another-feed").unwrap();
    assert_ne!(other.record.id, first.id);
    assert_eq!(other.source_id, "x1");
}

#[test]
fn what_is_no_service_is_set_aside_with_the_reason() {
    let aside = |value| -> SetAside { read_service(value, "f").unwrap_err() };
    assert_eq!(aside(json!("hello")).why, "it is not a record");
    assert_eq!(aside(json!([1])).why, "it is not a record");
    let nameless = aside(json!({ "id": ID, "name": "<p> </p>" }));
    assert_eq!(
        (nameless.why.as_str(), nameless.source_id.as_deref()),
        ("it has no name", Some(ID))
    );
}

#[test]
fn sentinels_of_age_are_taken_out() {
    for (given, read_as) in [
        (json!([-1, -1]), (None, None)),
        (json!([0, 999]), (None, None)),
        (json!([18, 120]), (Some(18.0), None)),
        (json!(["16", "25 "]), (Some(16.0), Some(25.0))),
        (json!([0, 5]), (Some(0.0), Some(5.0))),
        (json!([0.5, null]), (Some(0.5), None)),
        (json!([65, 18]), (None, None)),
        (json!(["old", true]), (None, None)),
    ] {
        let (service, _) = read(
            json!({ "id": ID, "name": "A", "minimum_age": given[0], "maximum_age": given[1] }),
        );
        let years =
            |age: Option<stour_open_referral::Age>| age.map(stour_open_referral::Age::years);
        assert_eq!(
            (years(service.minimum_age), years(service.maximum_age)),
            read_as,
            "{given}"
        );
    }
}

#[test]
fn days_and_hours_however_they_are_written() {
    let (service, _) = read(json!({ "id": ID, "name": "A", "schedules": [
        { "byday": "Mon-Wed", "opens_at": "9.30am", "closes_at": "5pm" },
        { "byday": ["tuesday", "Fridays"], "opens_at": "2020-01-01T10:00:00Z", "closes_at": "24:00" },
        { "freq": "weekly", "byday": "1MO", "interval": "2" },
        { "freq": "DAILY", "opens_at": "10:00" },
        { "byday": "whenever", "bymonthday": "1, 15;40", "interval": 0 },
    ] }));
    let shown = |number: usize| {
        let schedule = &service.schedules[number];
        let text = |value: Option<String>| value.unwrap_or_default();
        (
            text(schedule.byday.as_ref().map(ToString::to_string)),
            text(schedule.opens_at.map(|time| time.to_string())),
            text(schedule.closes_at.map(|time| time.to_string())),
        )
    };
    let is = |days: &str, opens: &str, closes: &str| {
        (days.to_owned(), opens.to_owned(), closes.to_owned())
    };
    assert_eq!(shown(0), is("MO,TU,WE", "09:30:00", "17:00:00"));
    assert_eq!(shown(1), is("TU,FR", "10:00:00", "00:00:00"));
    assert_eq!(
        service.schedules[2].freq,
        Some(stour_open_referral::Frequency::Monthly)
    );
    assert_eq!(shown(3), is("MO,TU,WE,TH,FR,SA,SU", "10:00:00", ""));
    assert_eq!(
        service.schedules[4]
            .bymonthday
            .as_ref()
            .unwrap()
            .to_string(),
        "1,15"
    );
    assert_eq!(
        (
            service.schedules[4].byday.as_ref(),
            service.schedules[4].interval
        ),
        (None, None)
    );
}

#[test]
fn prices_in_words_and_numbers() {
    let (service, _) = read(json!({ "id": ID, "name": "A", "cost_options": [
        { "amount": 35 }, { "amount": 4.5 }, { "amount": "£1,234.50" }, { "amount": 2.999 }, { "amount": -1 }, { "amount": "free" },
    ] }));
    let pence: Vec<Option<i64>> = service
        .cost_options
        .iter()
        .map(|one| one.amount.map(|amount| amount.0.as_i64()))
        .collect();
    assert_eq!(
        pence,
        [Some(3500), Some(450), Some(123_450), Some(300), None, None]
    );
    let written = serde_json::to_value(&service.cost_options[1]).unwrap();
    assert_eq!(written["amount"], json!(4.5));
}
