//! The page of one person, what is planned and written there, and what the team is told.

use axum::http::StatusCode;
use stour_kernel::PersonId;
use stour_web::testing::{Answer, Browser, Site};

use super::{admitted, adt, hidden, house, known_to, take};

fn says(answer: &Answer, parts: &[&str]) {
    for part in parts {
        assert!(
            answer.body.contains(part),
            "{part} is not on the page:\n{}",
            answer.body
        );
    }
}

/// The first address on a page that has a part.
fn link(browser: &mut Browser<'_>, page: &str, part: &str) -> String {
    let page = browser.get(page).body;
    let links = page.split("=\"").skip(1);
    let mut links = links.filter_map(|text| text.split('"').next());
    let found = links.find(|link| link.starts_with('/') && link.contains(part));
    found
        .unwrap_or_else(|| panic!("no link to {part}:\n{page}"))
        .to_owned()
}

fn with<'a>(
    fields: &[(&'a str, &'a str)],
    other: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let is_other = |name: &str| other.iter().any(|(changed, _)| *changed == name);
    let kept = fields.iter().filter(|(name, _)| !is_other(name));
    kept.chain(other).copied().collect()
}

/// Mrs Smith, in hospital and known to Dorset HealthCare, who were told so.
fn patient(site: &Site) -> (PersonId, String) {
    let person = admitted(site);
    known_to(site, person, "RDY");
    take(site, &[adt("A02", "2", "202611201000", "AMU")]);
    (person, format!("/in-reach/{person}"))
}

fn ready(site: &Site, reason: &str) {
    let mut ward = site.browser("ward");
    let form = link(&mut ward, "/wards/R0D/AMU?view=full", "/review");
    let version = hidden(&ward.get(&form).body, "version");
    let fields = [
        ("version", version.as_str()),
        ("name", "Sister Green"),
        ("date-day", "23"),
        ("date-month", "11"),
        ("date-year", "2026"),
        ("meets", "no"),
        ("reason", reason),
        ("pathway", "1"),
        ("next-step", "Ask for help at home, ward clerk"),
    ];
    assert_eq!(ward.post(&form, &fields).status, StatusCode::SEE_OTHER);
}

const BED_RAIL: [(&str, &str); 7] = [
    ("kind", "equipment"),
    ("what", "Bring the bed rail"),
    ("owner", "Amy Cole, occupational therapist"),
    ("agreement", "not-asked"),
    ("due-day", "25"),
    ("due-month", "11"),
    ("due-year", "2026"),
];

#[test]
fn a_person_has_a_page_with_what_the_ward_says_and_what_could_be_done() {
    house(|site| {
        let (_, page) = patient(&site);
        ready(&site, "IP1");
        let mut community = site.browser("community");
        says(
            &community.get("/in-reach"),
            &[&page, "SMITH, Ann", "Nothing planned"],
        );
        says(
            &community.get(&page),
            &[
                "bed 4",
                "University Hospitals Dorset",
                "20 November 2026",
                "since 23 November 2026",
                "Home based rehabilitation, reablement or recovery service arrangements still underway",
                "Pathway 1",
                "The person waits for support at home that you provide",
                "You provide: Home-based intermediate care and reablement",
                "No unpaid carer is recorded",
                "Nothing is written here yet.",
                "unverified",
                "Has a record with you",
            ],
        );
    });
}

#[test]
fn the_team_is_told_until_somebody_of_it_has_seen_it() {
    house(|site| {
        let (_, page) = patient(&site);
        let mut community = site.browser("community");
        says(
            &community.get("/in-reach"),
            &[
                "Came into hospital: <strong>1</strong>",
                "Admitted on 20 November 2026",
            ],
        );
        ready(&site, "IP1");
        says(
            &community.get("/in-reach"),
            &[
                "Ready to leave: <strong>1</strong>",
                "Since 23 November 2026",
            ],
        );
        let json = community.get_json("/api/in-reach");
        assert_eq!(json["alerts"].as_array().unwrap().len(), 2);
        assert_eq!(json["alerts"][0]["kind"], "ready");
        assert_eq!(json["alerts"][0]["on"], "2026-11-23");
        let ready = link(&mut community, "/in-reach", "/seen");
        let other = site
            .browser_as(&["community"], "E06000058", None)
            .post(&ready, &[]);
        assert_eq!(other.status, StatusCode::NOT_FOUND);
        for role in ["ward", "adviser", "governance"] {
            let refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
            let answer = site.browser(role).post(&ready, &[]);
            assert!(refused.contains(&answer.status), "{role}");
        }
        assert_eq!(community.post(&ready, &[]).status, StatusCode::SEE_OTHER);
        assert_eq!(
            community.post_again(&ready, &[]).status,
            StatusCode::SEE_OTHER
        );
        let twice = site.browser("community").post(&ready, &[]);
        assert_eq!(twice.status, StatusCode::CONFLICT);
        says(&twice, &["has said already that this was seen"]);
        assert!(
            !community
                .get("/in-reach")
                .body
                .contains("Ready to leave: <strong>")
        );
        says(&community.get(&page), &["Seen by Test community"]);
        take(&site, &[adt("A03", "3", "202611241500", "AMU")]);
        says(
            &community.get("/in-reach"),
            &["Left hospital: <strong>1</strong>"],
        );
        says(&community.get(&page), &["Left University Hospitals Dorset"]);
    });
}

#[test]
fn nobody_is_told_of_people_whom_they_may_not_know_of() {
    house(|site| {
        let (person, page) = patient(&site);
        let mut council = site.browser_as(&["community"], "E06000058", None);
        let list = council.get("/in-reach");
        assert!(!list.body.contains("SMITH"));
        says(&list, &["None. An alert stays here"]);
        assert_eq!(
            council.get_json("/api/in-reach")["alerts"]
                .as_array()
                .unwrap()
                .len(),
            0
        );
        let refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
        for address in [
            page.clone(),
            format!("{page}/plan"),
            format!("{page}/about-me"),
        ] {
            assert!(refused.contains(&council.get(&address).status), "{address}");
        }
        site.database()
            .write_blocking(move |tx| {
                tx.execute(
                    stour_database::sql!("UPDATE person SET restricted = TRUE WHERE id = $1"),
                    stour_database::params![person],
                )
            })
            .unwrap();
        let mut community = site.browser("community");
        says(&community.get("/in-reach"), &["None. An alert stays here"]);
        assert_eq!(community.get(&page).status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_plan_is_made_changed_and_done_and_every_version_is_kept() {
    house(|site| {
        let (_, page) = patient(&site);
        let mut community = site.browser("community");
        let form = format!("{page}/plan?kind=equipment");
        says(&community.get(&form), &["selected>Equipment at home"]);
        let plan = format!("{page}/plan");
        assert_eq!(
            community.post(&plan, &BED_RAIL).status,
            StatusCode::SEE_OTHER
        );
        says(
            &community.get(&page),
            &[
                "Bring the bed rail",
                "The person has not been asked yet",
                "25 November 2026",
            ],
        );
        says(
            &community.get("/in-reach"),
            &["1 to do, 0 done or withdrawn"],
        );
        let json = community.get_json("/api/in-reach");
        assert_eq!(json["in_hospital"][0]["plan"][0]["state"], "open");
        let item = link(&mut community, &page, "/plan/");
        let first = hidden(&community.get(&item).body, "version");
        let changed = with(&BED_RAIL, &[("version", &first), ("agreement", "agreed")]);
        assert_eq!(
            community.post(&item, &changed).status,
            StatusCode::SEE_OTHER
        );
        let late = community.post(&item, &with(&changed, &[("what", "Something else")]));
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        let second = hidden(&community.get(&item).body, "version");
        let done = [
            ("version", second.as_str()),
            ("how", "done"),
            ("outcome", "Fitted"),
        ];
        let end = format!("{item}/end");
        assert_eq!(community.post(&end, &done).status, StatusCode::SEE_OTHER);
        says(
            &community.get(&item),
            &[
                "Done: Fitted",
                "The person has not been asked yet",
                "The person agrees",
            ],
        );
        let third = hidden_or(&community.get(&item).body, &second);
        let again = community.post(
            &end,
            &with(&done, &[("version", &third), ("how", "withdrawn")]),
        );
        assert_eq!(again.status, StatusCode::PRECONDITION_FAILED);
        says(
            &community.get("/in-reach"),
            &["0 to do, 1 done or withdrawn"],
        );
        says(
            &site.browser("ward").get(&about(&site)),
            &["Bring the bed rail", "Fitted", "Dorset HealthCare"],
        );
    });
}

/// The version that a page's form has; what was seen before where the page has no form any more.
fn hidden_or(body: &str, before: &str) -> String {
    if body.contains("name=\"version\"") {
        hidden(body, "version")
    } else {
        before.to_owned()
    }
}

fn about(site: &Site) -> String {
    link(
        &mut site.browser("ward"),
        "/wards/R0D/AMU?view=full",
        "/about",
    )
}

#[test]
fn what_cannot_be_planned_is_refused_field_by_field() {
    house(|site| {
        let (_, page) = patient(&site);
        let mut community = site.browser("community");
        let plan = format!("{page}/plan");
        let (long, long_name) = ("x".repeat(501), "x".repeat(101));
        let refused: [(&[(&str, &str)], &str); 8] = [
            (&[("kind", "magic")], "Select what kind of thing it is"),
            (&[("what", " ")], "Enter what you will do"),
            (&[("what", &long)], "Use at most 500 characters"),
            (&[("owner", "")], "Enter whose it is"),
            (&[("owner", &long_name)], "Use at most 100 characters"),
            (&[("due-day", "23")], "Enter today or a day to come"),
            (&[("due-month", "13")], "Enter a real date"),
            (&[("agreement", "")], "Select whether the person agrees"),
        ];
        for (fields, why) in refused {
            let answer = community.post(&plan, &with(&BED_RAIL, fields));
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{fields:?}"
            );
            says(&answer, &[why]);
        }
        community.post(&plan, &BED_RAIL);
        let item = link(&mut community, &page, "/plan/");
        let version = hidden(&community.get(&item).body, "version");
        let end = format!("{item}/end");
        let refused: [(&[(&str, &str)], &str); 2] = [
            (&[("how", "perhaps")], "Select what happened"),
            (
                &[("outcome", "")],
                "Enter what came of it, or why it will not be done",
            ),
        ];
        for (fields, why) in refused {
            let done = [
                ("version", version.as_str()),
                ("how", "done"),
                ("outcome", "Fitted"),
            ];
            let answer = community.post(&end, &with(&done, fields));
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{fields:?}"
            );
            says(&answer, &[why]);
        }
        for address in [
            "/in-reach/nobody",
            "/in-reach/0193a1b2-0000-7000-8000-0000000000ff",
        ] {
            assert_eq!(
                community.get(address).status,
                StatusCode::NOT_FOUND,
                "{address}"
            );
        }
        let other = format!("{page}/plan/0193a1b2-0000-7000-8000-0000000000ff");
        assert_eq!(community.get(&other).status, StatusCode::NOT_FOUND);
        take(&site, &[adt("A03", "3", "202611241500", "AMU")]);
        let gone = community.post(&plan, &BED_RAIL);
        assert_eq!(gone.status, StatusCode::CONFLICT);
        says(&gone, &["no longer in hospital"]);
    });
}

#[test]
fn another_team_reads_a_plan_and_does_not_change_it() {
    house(|site| {
        let (person, page) = patient(&site);
        known_to(&site, person, "E06000058");
        let mut community = site.browser("community");
        community.post(&format!("{page}/plan"), &BED_RAIL);
        let item = link(&mut community, &page, "/plan/");
        let mut council = site.browser_as(&["community"], "E06000058", None);
        says(&council.get(&page), &["Bring the bed rail"]);
        assert_eq!(council.get(&item).status, StatusCode::NOT_FOUND);
        let done = [("version", "\"1\""), ("how", "done"), ("outcome", "Fitted")];
        let ended = council.post(&format!("{item}/end"), &done);
        assert_eq!(ended.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn about_me_and_carers_are_written_by_the_team_and_read_by_the_ward() {
    house(|site| {
        let (_, page) = patient(&site);
        let mut community = site.browser("community");
        let form = format!("{page}/about-me");
        let seen = hidden(&community.get(&form).body, "seen");
        let words = [
            ("seen", seen.as_str()),
            ("words-important", "My garden"),
            ("words-please", "Call me Annie\nDo not shout"),
            ("supported-by", "June Cole, her daughter"),
            ("said-day", "24"),
            ("said-month", "11"),
            ("said-year", "2026"),
        ];
        let nothing = with(&words, &[("words-important", ""), ("words-please", " ")]);
        let refused = community.post(&form, &nothing);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        says(&refused, &["Write something under at least one heading"]);
        assert_eq!(community.post(&form, &words).status, StatusCode::SEE_OTHER);
        let late = community.post(&form, &with(&words, &[("words-important", "My cat")]));
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        let carer = [
            ("who", "June Cole"),
            ("relation", "child"),
            ("cares", "Shops and cooks, every day"),
            ("contact", "01202 000000, evenings"),
            ("willing", "no"),
            ("words", "I am worn out"),
        ];
        let carers = format!("{page}/carers");
        let refused = community.post(&carers, &with(&carer, &[("willing", ""), ("who", "")]));
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        says(
            &refused,
            &["Enter the carer’s name", "Select whether the carer is able"],
        );
        assert_eq!(
            community.post(&carers, &carer).status,
            StatusCode::SEE_OTHER
        );
        let read = [
            "My garden",
            "Call me Annie<br>Do not shout",
            "Supported to write this by: June Cole, her daughter",
            "Shops and cooks, every day",
            "Not able or not willing to go on",
        ];
        says(&community.get(&page), &read);
        says(&community.get(&page), &["Offer a carer’s assessment"]);
        says(&site.browser("ward").get(&about(&site)), &read);
        let form = link(&mut community, &page, "/carers/0");
        let version = hidden(&community.get(&form).body, "version");
        let ended = with(&carer, &[("version", &version), ("still", "no")]);
        assert_eq!(community.post(&form, &ended).status, StatusCode::SEE_OTHER);
        says(&community.get(&page), &["No carer is written down here."]);
        says(&community.get(&form), &["No longer cares for the person"]);
        // A ward of another hospital does not read it, and the ward writes nothing.
        let page_of_ward = about(&site);
        let other = site.browser_as(&["ward"], "RBD", None).get(&page_of_ward);
        assert!([StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&other.status));
        let written = site
            .browser("ward")
            .post(&format!("{page}/about-me"), &words);
        assert_eq!(written.status, StatusCode::FORBIDDEN);
    });
}
