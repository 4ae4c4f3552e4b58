use std::time::Duration;

use axum::http::StatusCode;
use stour_kernel::PersonId;
use stour_web::testing::{Answer, Browser, Site};

use super::{admitted, adt, hidden, house, take};
use crate::spell::in_hospital;

const ASK: [(&str, &str); 8] = [
    ("council", "E06000058"),
    ("needs", "Cannot wash or dress without help"),
    ("person-consulted", "yes"),
    ("carer-consulted", "NKC"),
    ("consent", "Y"),
    ("healthcare", "not-provided"),
    ("contact", "Sister Green"),
    ("reached-by", "01202 000000"),
];

const TELL: [(&str, &str); 7] = [
    ("date-day", "26"),
    ("date-month", "11"),
    ("date-year", "2026"),
    ("person-informed", "yes"),
    ("carer-informed", "no"),
    ("contact", "Sister Green"),
    ("reached-by", "01202 000000"),
];

/// The address of the only stay.
fn stay(site: &Site) -> String {
    let spells = site.database().read_blocking(in_hospital).unwrap();
    format!("/hub/stays/{}", spells[0].id)
}

/// Mrs Smith, whom the ward finds ready, and the address of her stay.
pub(super) fn ready(site: &Site) -> (PersonId, String) {
    let person = admitted(site);
    let stay = stay(site);
    let spell = stay.rsplit('/').next().unwrap();
    let form = format!("/wards/R0D/BAMU/spells/{spell}/review");
    let mut ward = site.browser("ward");
    let version = hidden(&ward.get(&form).body, "version");
    let made = ward.post(
        &form,
        &[
            ("version", version.as_str()),
            ("name", "Sister Green"),
            ("meets", "no"),
            ("reason", "HP4"),
            ("pathway", "1"),
            ("next-step", "Ask the council, ward clerk"),
            ("date-day", "22"),
            ("date-month", "11"),
            ("date-year", "2026"),
        ],
    );
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    (person, stay)
}

pub(super) fn ask(ward: &mut Browser<'_>, stay: &str) -> Answer {
    ward.post(&format!("{stay}/assessment-notice"), &ASK)
}

fn send(browser: &mut Browser<'_>, form: &str, fields: &[(&str, &str)]) -> Answer {
    let version = hidden(&browser.get(form).body, "version");
    let all = [&[("version", version.as_str())], fields].concat();
    browser.post(form, &all)
}

/// The address of the form that answers the only open notice.
fn open_notice(council: &mut Browser<'_>) -> String {
    let page = council.get("/hub").body;
    let mut links = page
        .split("href=\"")
        .filter_map(|part| part.split('"').next());
    let found = links.find(|link| link.ends_with("/answer"));
    found
        .unwrap_or_else(|| panic!("nothing to answer in {page}"))
        .to_owned()
}

fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[test]
fn hospital_and_council_arrange_that_somebody_goes_home() {
    house(|site| {
        let (_, stay) = ready(&site);
        let (mut ward, mut hub, mut council) = (
            site.browser("ward"),
            site.browser("transfer-hub"),
            site.browser("practitioner"),
        );
        let page = hub.get("/hub").body;
        for part in [
            "SMITH, Ann",
            "No assessment notice was sent",
            "Since 22 November 2026",
            "Ward suggests: Pathway 1",
        ] {
            assert!(page.contains(part), "{part} is not on the page:\n{page}");
        }
        assert!(!council.get("/hub").body.contains("SMITH, Ann"));
        done(&ask(&mut ward, &stay));
        assert!(ward.get("/hub").body.contains("due by 26 November 2026"));
        let form = open_notice(&mut council);
        assert!(
            council
                .get(&form)
                .body
                .contains("Cannot wash or dress without help")
        );
        done(&send(&mut council, &form, &[("answer", "received")]));
        done(&send(&mut council, &form, &[("answer", "accept")]));
        assert!(hub.get("/hub").body.contains("no day is told"));
        let tell = format!("{stay}/discharge-notice");
        done(&send(&mut ward, &tell, &TELL));
        let form = open_notice(&mut council);
        let reject = [("answer", "reject"), ("reason", "date-not-possible")];
        let silent = send(&mut council, &form, &reject);
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(silent.body.contains("Say why in words"));
        let why = [&reject[..], &[("words", "Not before Friday")]].concat();
        done(&send(&mut council, &form, &why));
        assert!(
            hub.get("/hub")
                .body
                .contains("The discharge notice was rejected")
        );
        done(&send(&mut ward, &tell, &TELL));
        let form = open_notice(&mut council);
        done(&send(&mut council, &form, &[("answer", "accept")]));
        assert!(hub.get("/hub").body.contains("Leaving on 26 November 2026"));
        let page = council.get(&stay).body;
        for part in [
            "Care cannot be in place by the day proposed: Not before Friday",
            "Arrived",
            "Rejected",
            "Accepted",
            "Test practitioner-",
            "Test ward-",
        ] {
            assert!(page.contains(part), "{part} is not on the page:\n{page}");
        }
    });
}

#[test]
fn a_notice_that_was_not_answered_in_time_stands_first_for_the_hub_and_the_council() {
    house(|site| {
        let (_, stay) = ready(&site);
        done(&ask(&mut site.browser("ward"), &stay));
        let is_late = |role: &str| {
            let page = site.browser(role).get("/hub").body;
            let warned = page.contains("1 notice was not answered in time");
            let (late, first) = (page.find("Not answered in time"), page.find("SMITH, Ann"));
            assert_eq!(warned, late.is_some(), "{page}");
            if let Some(late) = late {
                assert!(late < first.unwrap(), "{page}");
                assert!(page.contains("due 1 day ago"), "{page}");
            }
            warned
        };
        let roles = ["transfer-hub", "practitioner", "ward"];
        site.clock().advance(Duration::from_hours(48));
        for role in roles {
            assert!(!is_late(role), "{role}: the last day is in time");
        }
        site.clock().advance(Duration::from_hours(24));
        for role in roles {
            assert!(is_late(role), "{role}");
        }
        let mut council = site.browser("practitioner");
        let form = open_notice(&mut council);
        done(&send(&mut council, &form, &[("answer", "accept")]));
        assert!(!is_late("transfer-hub"));
        assert!(council.get(&stay).body.contains("Answered late"));
    });
}

#[test]
fn withdrawing_ends_both_and_the_council_confirms_it() {
    house(|site| {
        let (_, stay) = ready(&site);
        let mut ward = site.browser("ward");
        done(&ask(&mut ward, &stay));
        let again = ask(&mut ward, &stay);
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert!(again.body.contains("Withdraw it before you send another"));
        done(&send(&mut ward, &format!("{stay}/discharge-notice"), &TELL));
        let withdrawal = format!("{stay}/withdrawal-notice");
        let all = [("scope", "all"), ("reason", "07")];
        done(&send(&mut ward, &withdrawal, &all));
        let page = ward.get(&stay).body;
        assert_eq!(page.matches("Withdrawn by the hospital").count(), 2);
        assert!(ward.get(&withdrawal).body.contains("no such notice"));
        let mut council = site.browser("adviser");
        let form = open_notice(&mut council);
        assert!(council.get(&form).body.contains("has become worse"));
        done(&send(&mut council, &form, &[("answer", "accept")]));
        assert!(
            !council.get("/hub").body.contains("SMITH, Ann"),
            "what is over is over"
        );
        assert_eq!(council.get(&stay).status, StatusCode::FORBIDDEN);
        done(&ask(&mut ward, &stay));
        assert!(council.get("/hub").body.contains("SMITH, Ann"));
    });
}

#[test]
fn nothing_is_answered_twice_or_at_a_version_that_has_passed() {
    house(|site| {
        let (_, stay) = ready(&site);
        let mut ward = site.browser("ward");
        done(&ask(&mut ward, &stay));
        done(&ward.post_again(&format!("{stay}/assessment-notice"), &ASK));
        assert_eq!(ward.get(&stay).body.matches("Sent on").count(), 1);
        let (mut one, mut other) = (site.browser("practitioner"), site.browser("adviser"));
        let form = open_notice(&mut one);
        let version = hidden(&other.get(&form).body, "version");
        done(&send(&mut one, &form, &[("answer", "accept")]));
        let stale = [
            ("version", version.as_str()),
            ("answer", "reject"),
            ("reason", "OFT"),
            ("words", "No"),
        ];
        let refused = other.post(&form, &stale);
        assert_eq!(refused.status, StatusCode::PRECONDITION_FAILED);
        let now = [("version", "\"2\""), ("answer", "accept")];
        assert_eq!(other.post(&form, &now).status, StatusCode::CONFLICT);
        assert!(other.get(&form).body.contains("waits for no answer"));
    });
}

#[test]
fn a_stay_that_has_ended_shows_the_notices_that_are_open() {
    house(|site| {
        let (_, stay) = ready(&site);
        done(&ask(&mut site.browser("ward"), &stay));
        take(&site, &[adt("A03", "2", "202611240800", "BAMU")]);
        for role in ["transfer-hub", "practitioner"] {
            let page = site.browser(role).get("/hub").body;
            assert!(page.contains("The stay is over"), "{role}: {page}");
            assert!(page.contains("Not in hospital"), "{role}");
        }
        let mut hub = site.browser("transfer-hub");
        let tell = hub.get(&format!("{stay}/discharge-notice"));
        assert!(tell.body.contains("not in hospital on this stay"));
        let all = [("scope", "all"), ("reason", "10")];
        done(&send(&mut hub, &format!("{stay}/withdrawal-notice"), &all));
        let mut council = site.browser("practitioner");
        let form = open_notice(&mut council);
        done(&send(&mut council, &form, &[("answer", "accept")]));
        assert!(hub.get("/hub").body.contains("Nobody whom you may see"));
    });
}

#[test]
fn a_notice_is_seen_by_the_hub_the_hospital_and_the_council_that_it_is_for() {
    house(|site| {
        let (_, stay) = ready(&site);
        done(&ask(&mut site.browser("ward"), &stay));
        let form = open_notice(&mut site.browser("practitioner"));
        for mut other in [
            site.browser_as(&["practitioner"], "E06000059", None),
            site.browser_as(&["ward"], "RBD", None),
        ] {
            assert!(!other.get("/hub").body.contains("SMITH"));
            for path in [&stay, &form, &format!("{stay}/assessment-notice")] {
                let status = other.get(path).status;
                assert!(
                    status == StatusCode::NOT_FOUND || status == StatusCode::FORBIDDEN,
                    "{path}: {status}"
                );
            }
        }
        for role in ["community", "chief-officer", "integration", "records"] {
            let status = site.browser(role).get("/hub").status;
            assert_eq!(status, StatusCode::FORBIDDEN, "{role}");
        }
        for role in ["transfer-hub", "ward"] {
            let status = site.browser(role).get(&form).status;
            assert!(!status.is_success(), "{role} does not answer for a council");
        }
        let council = site
            .browser("practitioner")
            .get(&format!("{stay}/assessment-notice"));
        assert!(!council.status.is_success());
    });
}

#[test]
fn what_a_notice_lacks_is_told_field_by_field() {
    house(|site| {
        let (_, stay) = ready(&site);
        let mut ward = site.browser("ward");
        let form = format!("{stay}/assessment-notice");
        let page = ward.get(&form).body;
        assert!(
            page.contains("value=\"E06000058\" selected"),
            "the council of where she lives is chosen: {page}"
        );
        let empty = ward.post(&form, &[("date-day", "1")]);
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in [
            "Select the council that is asked",
            "Enter what the person needs help with",
            "Select whether the person was consulted",
            "Select whether the carer was consulted",
            "Select whether the person agrees to this notice",
            "Select what was considered of NHS continuing healthcare",
            "Enter a real date",
            "Enter a telephone number or an email address",
        ] {
            assert!(empty.body.contains(part), "{part}:\n{}", empty.body);
        }
        let past = [
            ("date-day", "1"),
            ("date-month", "1"),
            ("date-year", "2026"),
        ];
        let past = ward.post(&form, &[&ASK[..], &past].concat());
        assert!(past.body.contains("from today on"), "{}", past.body);
        let district = ASK.map(|(name, value)| match name {
            "council" => (name, "R0D"),
            _ => (name, value),
        });
        let refused = ward.post(&form, &district);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}
