use axum::http::StatusCode;
use stour_web::testing::{Answer, Browser, Site};

use super::{hidden, house, take};

/// Somebody admitted as an emergency in October: the practice, the main diagnosis and where from. No two are alike.
fn emergency(number: u32, practice: &str, diagnosis: &str, from: &str) -> String {
    let (day, year) = (1 + number % 28, 1930 + number);
    let name = [
        "Archer", "Bowen", "Carver", "Dyer", "Ellis", "Fry", "Gale", "Hobbs",
    ];
    let name = name[usize::try_from(number).unwrap() % name.len()];
    let when = format!("202610{day:02}0900");
    format!(
        "MSH|^~\\&|PAS|R0D|ROUTE|ROUTE|{when}||ADT^A01|E{number}|P|2.4|||||||||ITKv1.0\r\
         EVN||{when}||||{when}\r\
         PID|1||E{number}^^^R0D^PI||{name}{number}^Ann||{year}0203|F|||The Elms^2 Sea Road^^^BH5 1AA^^H\r\
         PD1|||^^{practice}\r\
         PV1|1|I|R0D^BAMU^4^RBH|21||||||430||||{from}|||||E{number}\r\
         DG1|1||{diagnosis}^^I10|||F|||||||||1\r"
    )
}

/// Two from a care home, one coded as from home, all of one practice; and one of another without a diagnosis.
fn admitted(site: &Site) {
    take(
        site,
        &[
            emergency(1, "J81003", "N39.0", "56"),
            emergency(2, "J81003", "S72.0", "56"),
            emergency(3, "J81003", "J18.1", "19"),
            emergency(4, "J81002", "", "19")
                .replace("DG1|1||^^I10|||F|||||||||1\r", "")
                .replace("The Elms^2 Sea Road^^^BH5 1AA", "9 Hill Lane^^^^BH22 9HB"),
        ],
    );
}

fn shows(page: &Answer, parts: &[&str]) {
    for part in parts {
        assert!(
            page.body.contains(part),
            "{part} is not on the page:\n{}",
            page.body
        );
    }
}

fn shows_not(page: &Answer, parts: &[&str]) {
    for part in parts {
        assert!(
            !page.body.contains(part),
            "{part} is on the page:\n{}",
            page.body
        );
    }
}

const PRACTICE: &str = "/admissions/practices/J81003";

#[test]
fn counts_are_for_those_who_plan_and_people_for_those_who_look_after_them() {
    house(|site| {
        let mut hub = site.browser("transfer-hub");
        shows(
            &hub.get("/admissions"),
            &["No emergency admission is known in November 2025 to October 2026"],
        );
        admitted(&site);
        let list = hub.get("/admissions");
        shows(
            &list,
            &[
                "Winton Health Centre",
                "Orchid House Surgery",
                "67%",
                "Fewer than 10 admissions",
                "Infections of kidney and urinary tract",
            ],
        );
        shows_not(&list, &["Not shown"]);
        let practice = hub.get(PRACTICE);
        shows(
            &practice,
            &[
                "Winton Health Centre",
                "BOWEN1",
                "CARVER2",
                "DYER3",
                "Care home without nursing",
                "Not reviewed",
                "N39.0",
            ],
        );
        for role in [
            "commissioner",
            "service-manager",
            "chief-officer",
            "analyst",
        ] {
            let mut reader = site.browser(role);
            let list = reader.get("/admissions");
            assert_eq!(list.status, StatusCode::OK, "{role}");
            shows(
                &list,
                &[
                    "Winton Health Centre",
                    "Not shown",
                    "Numbers from 1 to 7 are not shown",
                ],
            );
            shows_not(&list, &["67%"]);
            let practice = reader.get(PRACTICE);
            shows(&practice, &["Not shown"]);
            shows_not(&practice, &["BOWEN1", "/people/", "N39.0"]);
            let file = reader.get("/admissions/practices.csv");
            assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
            let line = file
                .body
                .lines()
                .find(|line| line.starts_with("J81003"))
                .unwrap();
            assert!(line.contains("2026-10-31,3,,,,,"), "{line}");
        }
        for role in ["adviser", "ward", "resident", "governance", "finance"] {
            assert_eq!(
                site.browser(role).get("/admissions").status,
                StatusCode::FORBIDDEN,
                "{role}"
            );
        }
    });
}

/// Where the first admission of a page is reviewed.
fn review_of(page: &str) -> String {
    let from = page.split("href=\"/admissions/reviews/").nth(1).unwrap();
    format!("/admissions/reviews/{}", from.split('"').next().unwrap())
}

const FOUND: [(&str, &str); 9] = [
    ("brought-in", "Confused since the morning"),
    ("known", "known"),
    ("alternative", "rapid-response"),
    ("avoidable", "yes"),
    ("reason", "Antibiotics could have been given at home"),
    ("reviewed-by", "Grace Okafor"),
    ("date-day", "20"),
    ("date-month", "11"),
    ("date-year", "2026"),
];

fn say(browser: &mut Browser<'_>, at: &str, seen: &str, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("seen", seen)];
    all.extend(fields);
    browser.post(at, &all)
}

#[test]
fn an_admission_is_reviewed_put_right_and_every_word_kept() {
    house(|site| {
        admitted(&site);
        let mut hub = site.browser("transfer-hub");
        let at = review_of(&hub.get(PRACTICE).body);
        shows(
            &hub.get(&at),
            &["Nobody has reviewed this admission yet", "Save the review"],
        );
        let wrong = say(&mut hub, &at, "0", &[("known", "perhaps-so")]);
        shows(
            &wrong,
            &[
                "Enter what brought the person in",
                "Select whether community services knew the person",
                "Select whether the admission could have been avoided",
            ],
        );
        let saved = say(&mut hub, &at, "0", &FOUND);
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let page = hub.get(&at);
        shows(
            &page,
            &[
                "Confused since the morning",
                "Put the review right",
                "Antibiotics could have been given at home",
            ],
        );
        assert_eq!(hidden(&page.body, "seen"), "1");
        // Whoever made theirs from the page without a review is told so.
        let mut other = site.browser("community");
        let stale = say(&mut other, &at, "0", &FOUND);
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let mut again = FOUND;
        again[3] = ("avoidable", "no");
        assert_eq!(
            say(&mut other, &at, "1", &again).status,
            StatusCode::SEE_OTHER
        );
        let page = hub.get(&at);
        shows(
            &page,
            &[
                "Yes: the person could have stayed at home",
                "No: the person needed hospital",
            ],
        );
        assert_eq!(hidden(&page.body, "seen"), "2");
        shows(
            &hub.get(PRACTICE),
            &[
                "1, of which 0 could have been avoided",
                "Confused since the morning",
            ],
        );
        shows(
            &hub.get(&format!("{PRACTICE}?which=not-reviewed")),
            &["Not reviewed (2)"],
        );
        for role in ["commissioner", "service-manager", "ward", "adviser"] {
            let answer = site.browser(role).get(&at);
            assert_ne!(answer.status, StatusCode::OK, "{role}");
            shows_not(&answer, &["Confused"]);
        }
        // The log has the standing finding once, with both versions.
        let facts = site
            .database()
            .read_blocking(|tx| {
                let mut found = Vec::new();
                let days = ("2026-01-01".parse().unwrap(), "2027-01-01".parse().unwrap());
                stour_facts::each_latest(
                    tx,
                    stour_facts::FactKind::AdmissionReview,
                    days,
                    |fact| found.push(fact),
                )?;
                Ok::<_, stour_database::Error>(found)
            })
            .unwrap();
        assert_eq!(facts.len(), 1);
        assert_eq!(facts[0].version, 2);
        assert_eq!(facts[0].what.outcome.as_ref().unwrap().as_str(), "no");
    });
}

const ASKED: [(&str, &str); 7] = [
    ("finding", "Infections were not treated at the weekend"),
    ("what", "Agree a weekend round"),
    ("owner", "Grace Okafor"),
    ("organisation", "RDY"),
    ("due-day", "25"),
    ("due-month", "11"),
    ("due-year", "2026"),
];

#[test]
fn what_is_found_becomes_an_action_that_stays_until_somebody_says_what_came_of_it() {
    house(|site| {
        admitted(&site);
        let mut manager = site.browser("service-manager");
        let act = format!("{PRACTICE}/actions");
        shows(
            &manager.post(&act, &[("what", "Something")]),
            &[
                "Enter what was found",
                "Select the organisation that does it",
            ],
        );
        assert_eq!(manager.post(&act, &ASKED).location(), PRACTICE);
        assert_eq!(
            site.browser("chief-officer").post(&act, &ASKED).status,
            StatusCode::FORBIDDEN
        );
        shows(
            &manager.get(PRACTICE),
            &[
                "Agree a weekend round",
                "Infections were not treated at the weekend",
            ],
        );
        site.clock().set("2026-11-27T09:00:00Z".parse().unwrap());
        let mut chief = site.browser("chief-officer");
        let list = chief.get("/admissions/actions");
        shows(
            &list,
            &[
                "Agree a weekend round",
                "Overdue",
                "Winton Health Centre",
                "1 open, of which 1 overdue",
            ],
        );
        let from = list
            .body
            .split("href=\"/admissions/actions/")
            .nth(1)
            .unwrap();
        let one = format!("/admissions/actions/{}", from.split('"').next().unwrap());
        shows_not(&chief.get(&one), &["Mark as done"]);
        let mut owner = site.browser("community");
        let page = owner.get(&one);
        shows(&page, &["Mark as done"]);
        let version = hidden(&page.body, "version");
        let done = owner.post(
            &format!("{one}/done"),
            &[
                ("version", &version),
                ("outcome", "Agreed with the surgery"),
            ],
        );
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        shows(
            &owner.get("/admissions/actions"),
            &["Nothing is to be done", "Agreed with the surgery"],
        );
        let twice = owner.post(
            &format!("{one}/done"),
            &[("version", "\"2\""), ("outcome", "Again")],
        );
        assert_eq!(twice.status, StatusCode::CONFLICT);
    });
}

#[test]
fn a_care_home_shows_who_was_sent_in_with_its_numbers_and_without_blame() {
    house(|site| {
        admitted(&site);
        // One whose address is nobody else's is not at a home, whatever the hospital says.
        let alone = emergency(5, "J81003", "N39.0", "56");
        take(
            &site,
            &[alone.replace("The Elms^2 Sea Road", "4 Low Road^")],
        );
        let mut hub = site.browser("transfer-hub");
        let homes = hub.get("/admissions/care-homes");
        shows(
            &homes,
            &[
                "The Elms, 2 Sea Road",
                "As expected, or too few to tell",
                "A number says nothing about why",
                "where fewer than 3 people do: 1.",
            ],
        );
        shows_not(&homes, &["9 Hill Lane", "4 Low Road"]);
        let from = homes
            .body
            .split("href=\"/admissions/care-homes/")
            .nth(1)
            .unwrap();
        let home = format!("/admissions/care-homes/{}", from.split('"').next().unwrap());
        let page = hub.get(&home);
        shows(
            &page,
            &[
                "BOWEN1",
                "CARVER2",
                "DYER3",
                "Care home without nursing",
                "Usual place of residence",
            ],
        );
        let mut planner = site.browser("commissioner");
        shows_not(&planner.get("/admissions/care-homes"), &["The Elms"]);
        assert_eq!(planner.get(&home).status, StatusCode::FORBIDDEN);
        let mut about = ASKED.to_vec();
        about[0] = ("finding", "Plans for the end of life were not to hand");
        assert_eq!(
            planner
                .post("/admissions/care-homes/actions", &about)
                .location(),
            "/admissions/care-homes"
        );
        shows(
            &planner.get("/admissions/actions"),
            &["Care homes", "Plans for the end of life were not to hand"],
        );
    });
}
