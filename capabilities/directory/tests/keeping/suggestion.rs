use axum::http::StatusCode;
use stour_directory::listing::versions;
use stour_open_referral::Status;
use stour_web::testing::Browser;

use crate::house::{
    CLUB, HALL, begun, between, club, decide, granted, save, send, sent_as, standing, step,
    with_directory,
};

/// Fills in most steps of a suggestion on the lunch club.
fn filled_in(ann: &mut Browser<'_>) -> String {
    let suggestion = begun(ann, CLUB);
    let what = [
        ("name", "Lunch club"),
        ("description", "A hot meal, company & <b>song</b>."),
    ];
    let saved = step(ann, &suggestion, "what", &what);
    assert_eq!(
        saved.location(),
        format!("{suggestion}/contacts"),
        "{}",
        saved.body
    );
    let place = |name: &str| format!("place.{HALL}.{name}");
    let fields = ["name", "street", "town", "county", "postcode"].map(place);
    let hall = |code: &'static str| {
        let texts = ["Village hall", "1 High Street", "Wimborne", "Dorset", code];
        fields
            .iter()
            .map(String::as_str)
            .zip(texts)
            .collect::<Vec<_>>()
    };
    let wrong = step(ann, &suggestion, "places", &hall("BH21"));
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.shows("Enter a full postcode"));
    step(ann, &suggestion, "places", &hall("bh21 1pj"));
    let [monday, opens, closes] = ["mo", "opens", "closes"]
        .map(|name| format!("time.e94c9f38-1e8f-4564-91d4-d53501ab1799.{name}"));
    let times = [
        (monday.as_str(), "yes"),
        (&opens, "12:00"),
        (&closes, "14:30"),
    ];
    step(ann, &suggestion, "times", &times);
    step(
        ann,
        &suggestion,
        "who",
        &[("from-age", "60"), ("who", "Older people")],
    );
    let [amount, each] =
        ["amount", "each"].map(|name| format!("price.e94c9f38-1e8f-4564-91d4-d53501ab1798.{name}"));
    step(
        ann,
        &suggestion,
        "cost",
        &[(&amount, "£3.50"), (&each, "meal")],
    );
    let way_in = format!("access.{HALL}.entrance");
    step(ann, &suggestion, "access", &[(&way_in, "A ramp")]);
    suggestion
}

#[test]
fn a_change_goes_from_steps_to_an_editor() {
    with_directory(|site| {
        let mut ann = site.browser("provider");
        granted(&site, &mut ann);
        let suggestion = filled_in(&mut ann);
        // The draft that was begun is gone on with.
        assert_eq!(begun(&mut ann, CLUB), suggestion);
        let page = ann.get(&suggestion);
        assert!(page.shows("A hot meal, company &amp; &lt;b&gt;song&lt;/b&gt;."));
        assert!(!page.shows("<b>song"));
        send(&mut ann, &suggestion);
        assert_eq!(
            standing(&site, CLUB).unwrap().service.description,
            club().description
        );
        let mut editor = site.browser("editor");
        assert!(editor.get("/directory/suggestions").shows(&suggestion));
        let done = decide(
            &mut editor,
            &suggestion,
            &[("decision", "approve"), ("why", "Thank you")],
        );
        assert_eq!(done.location(), "/directory/suggestions", "{}", done.body);
        let listing = standing(&site, CLUB).unwrap();
        assert_eq!(listing.review_due.unwrap().to_string(), "2027-02-22");
        let id = listing.id;
        let all = site
            .database()
            .read_blocking(move |tx| versions(tx, id))
            .unwrap();
        assert!(
            all.first()
                .unwrap()
                .why
                .contains("Suggested by Test provider")
        );
        assert!(ann.get("/directory/mine").shows("Thank you"));
    });
}

#[test]
fn an_approved_change_is_the_next_version_and_the_rest_stays() {
    with_directory(|site| {
        let mut ann = site.browser("provider");
        granted(&site, &mut ann);
        let suggestion = filled_in(&mut ann);
        send(&mut ann, &suggestion);
        decide(
            &mut site.browser("editor"),
            &suggestion,
            &[("decision", "approve")],
        );
        let service = standing(&site, CLUB).unwrap().service;
        assert_eq!(
            service.description.as_deref(),
            Some("A hot meal, company & <b>song</b>.")
        );
        let location = service
            .service_at_locations
            .first()
            .unwrap()
            .location
            .as_ref()
            .unwrap();
        assert_eq!(location.addresses.first().unwrap().postal_code, "BH21 1PJ");
        // The point of the old postcode is gone; its organisation and telephone stay.
        assert_eq!(location.position(), None);
        assert_eq!(
            location.accessibility.first().unwrap().details.as_deref(),
            Some("A ramp")
        );
        assert_eq!(service.phones, club().phones);
        assert_eq!(service.organization, club().organization);
        assert_eq!(
            service
                .schedules
                .first()
                .unwrap()
                .opens_at
                .unwrap()
                .to_string(),
            "12:00:00"
        );
        assert_eq!(
            service
                .cost_options
                .first()
                .unwrap()
                .amount
                .unwrap()
                .0
                .as_i64(),
            350
        );
        assert_eq!(service.assured_date.unwrap().to_string(), "2026-11-24");
    });
}

#[test]
fn two_suggestions_on_one_listing_never_lose_each_other() {
    with_directory(|site| {
        let (mut ann, mut editor) = (site.browser("provider"), site.browser("editor"));
        granted(&site, &mut ann);
        let first = begun(&mut ann, CLUB);
        step(
            &mut ann,
            &first,
            "what",
            &[("name", "Lunch club"), ("description", "Warm meals.")],
        );
        send(&mut ann, &first);
        // An editor suggests too, from the same version: another field, and the same one otherwise.
        let second = begun(&mut editor, CLUB);
        step(
            &mut editor,
            &second,
            "what",
            &[("name", "Lunch and tea"), ("description", "Meals and tea.")],
        );
        send(&mut editor, &second);
        let done = decide(&mut editor, &first, &[("decision", "approve")]);
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let undecided = decide(&mut editor, &second, &[("decision", "approve")]);
        assert_eq!(undecided.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(undecided.shows("Choose which it is to be"));
        assert!(undecided.shows("changed by somebody else meanwhile"));
        let left = decide(
            &mut editor,
            &second,
            &[
                ("decision", "approve"),
                ("which.description", "leave"),
                ("which.name", "take"),
            ],
        );
        assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);
        let service = standing(&site, CLUB).unwrap().service;
        assert_eq!(service.name.as_str(), "Lunch and tea");
        assert_eq!(service.description.as_deref(), Some("Warm meals."));
        // Decided once.
        let page = format!("{second}/decide");
        let again = editor.post(
            &page,
            &[
                ("version", "\"4\""),
                ("stands", "\"3\""),
                ("decision", "approve"),
            ],
        );
        assert!(again.status.is_client_error());
    });
}

#[test]
fn an_approval_of_a_page_that_is_old_is_refused() {
    with_directory(|site| {
        let mut ann = site.browser("provider");
        granted(&site, &mut ann);
        let suggestion = begun(&mut ann, CLUB);
        step(
            &mut ann,
            &suggestion,
            "what",
            &[("name", "Lunch club"), ("description", "Warm meals.")],
        );
        send(&mut ann, &suggestion);
        save(&site, club(), None);
        let mut editor = site.browser("editor");
        let page = editor.get(&suggestion);
        let form = between(&page.body, "/decide\"", "</form>").to_owned();
        let version = sent_as(&form, "version");
        let old = [
            ("version", version.as_str()),
            ("stands", "\"1\""),
            ("decision", "approve"),
        ];
        let answer = editor.post(&format!("{suggestion}/decide"), &old);
        assert_eq!(answer.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(
            standing(&site, CLUB).unwrap().service.description,
            club().description
        );
    });
}

#[test]
fn a_suggestion_is_refused_with_a_reason_or_taken_back() {
    with_directory(|site| {
        let (mut ann, mut editor) = (site.browser("provider"), site.browser("editor"));
        granted(&site, &mut ann);
        let suggestion = begun(&mut ann, CLUB);
        let empty = ann.get(&suggestion);
        let version = crate::house::version(&empty);
        let nothing = ann.post(&format!("{suggestion}/send"), &[("version", &version)]);
        assert_eq!(nothing.status, StatusCode::CONFLICT);
        // A draft is nobody's but its maker's.
        assert_eq!(editor.get(&suggestion).status, StatusCode::NOT_FOUND);
        step(
            &mut ann,
            &suggestion,
            "open",
            &[
                ("status", "temporarily closed"),
                ("alert", "Closed until May"),
            ],
        );
        send(&mut ann, &suggestion);
        let mute = decide(&mut editor, &suggestion, &[("decision", "refuse")]);
        assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
        decide(
            &mut editor,
            &suggestion,
            &[("decision", "refuse"), ("why", "It is open")],
        );
        assert!(ann.get(&suggestion).shows("It is open"));
        let next = begun(&mut ann, CLUB);
        assert_ne!(next, suggestion);
        let page = ann.get(&next);
        let version = crate::house::version(&page);
        ann.post(&format!("{next}/take-back"), &[("version", &version)]);
        assert!(ann.get("/directory/mine").shows("Taken back"));
    });
}

#[test]
fn a_listing_is_taken_out_and_put_back() {
    with_directory(|site| {
        let (mut ann, mut editor) = (site.browser("provider"), site.browser("editor"));
        granted(&site, &mut ann);
        for (status, expected) in [("inactive", Status::Inactive), ("active", Status::Active)] {
            let suggestion = begun(&mut ann, CLUB);
            step(&mut ann, &suggestion, "open", &[("status", status)]);
            send(&mut ann, &suggestion);
            decide(&mut editor, &suggestion, &[("decision", "approve")]);
            assert_eq!(standing(&site, CLUB).unwrap().service.status, expected);
        }
    });
}

#[test]
fn a_new_listing_is_of_the_same_organisation() {
    with_directory(|site| {
        let (mut ann, mut editor) = (site.browser("provider"), site.browser("editor"));
        granted(&site, &mut ann);
        let begun = ann.post(&format!("/directory/mine/{CLUB}/new"), &[]);
        let suggestion = crate::house::suggestion_of(&begun);
        let nameless = step(&mut ann, &suggestion, "what", &[("description", "Tea.")]);
        assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
        step(
            &mut ann,
            &suggestion,
            "what",
            &[("name", "Tea dance"), ("description", "Tea.")],
        );
        send(&mut ann, &suggestion);
        // The editor puts right what they see, then approves.
        step(&mut editor, &suggestion, "who", &[("from-age", "50")]);
        let done = decide(&mut editor, &suggestion, &[("decision", "approve")]);
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let mine = ann.get("/directory/mine");
        assert!(mine.shows("Tea dance"));
        let page = ann.get(&suggestion);
        assert!(page.shows("Approved"));
        let tea = mine
            .body
            .split("/directory/mine/")
            .find(|part| part.contains(">Tea dance<"));
        let id = tea
            .and_then(|part| part.split('"').next())
            .unwrap()
            .to_owned();
        let service = standing(&site, &id).unwrap().service;
        assert_eq!(service.organization, club().organization);
        assert_eq!(service.minimum_age.unwrap().to_string(), "50");
    });
}

#[test]
fn what_cannot_be_is_refused_at_its_field() {
    with_directory(|site| {
        let mut ann = site.browser("provider");
        granted(&site, &mut ann);
        let suggestion = begun(&mut ann, CLUB);
        let long = "a".repeat(5_001);
        for (at, field, text) in [
            ("what", "name", ""),
            ("what", "name", "a\u{202E}b"),
            ("what", "description", long.as_str()),
            ("contacts", "url", "javascript:alert(1)"),
            ("contacts", "email", "ann@"),
            ("who", "from-age", "200"),
            ("open", "status", "gone"),
            ("contacts", "phone.x.number", "01632 960002"),
            (
                "contacts",
                "phone.e94c9f38-1e8f-4564-91d4-d53501ab1700.number",
                "<script>",
            ),
            (
                "cost",
                "price.e94c9f38-1e8f-4564-91d4-d53501ab1798.amount",
                "-1",
            ),
            (
                "times",
                "time.e94c9f38-1e8f-4564-91d4-d53501ab1799.opens",
                "25:00",
            ),
        ] {
            let answer = step(&mut ann, &suggestion, at, &[(field, text)]);
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{at} {field}"
            );
            assert!(!answer.shows("<script>"), "{at} {field}");
        }
        let turned = step(
            &mut ann,
            &suggestion,
            "who",
            &[("from-age", "60"), ("to-age", "50")],
        );
        assert!(turned.shows("is below the age from which"));
        assert_eq!(
            ann.get(&format!("{suggestion}/nowhere")).status,
            StatusCode::NOT_FOUND
        );
        let mut bob = site.browser("provider");
        assert_eq!(bob.get(&suggestion).status, StatusCode::NOT_FOUND);
        assert_eq!(
            bob.get(&format!("{suggestion}/what")).status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            bob.post(&format!("/directory/mine/{CLUB}/change"), &[])
                .status,
            StatusCode::NOT_FOUND
        );
    });
}
