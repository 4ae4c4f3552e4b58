//! A house that gives advice, and steps that the tests share.

use stour_kernel::PersonId;
use stour_people::{Demographics, IdentifierStatus, NewPerson, PersonName, Place};
use stour_web::testing::{Answer, Browser, Site, each_house};

/// Runs a test on each database, in a house that gives advice and takes requests.
pub(crate) fn with_advice(test: impl Fn(&Site)) {
    each_house(
        || {
            vec![
                stour_people::capability(stour_front_door::person_links()),
                stour_front_door::capability(),
                stour_advice::capability(),
            ]
        },
        |site| test(&site),
    );
}

/// A person whom the records of BCP Council have.
pub(crate) fn person(site: &Site, family: &str) -> PersonId {
    let environment = site.environment().clone();
    let person = NewPerson {
        id: environment.id(),
        demographics: Demographics::named(PersonName::new(family, "Mary").unwrap()),
        number_status: IdentifierStatus::Untraced,
        place: Place::default(),
        restricted: false,
        objection: false,
        known_to: Vec::new(),
        source: "E06000058".parse().unwrap(),
        recorded_by: "A test".to_owned(),
    };
    let id = person.id;
    site.database()
        .write_blocking(move |tx| {
            stour_people::insert_all(tx, &environment, std::slice::from_ref(&person))
        })
        .unwrap();
    id
}

/// Begins a flow and tells the address of the draft.
pub(crate) fn begun(browser: &mut Browser<'_>, flow: &str) -> String {
    let done = browser.post(&format!("/advice/{flow}/start"), &[]);
    assert_eq!(done.status, 303, "{}", done.body);
    let parts: Vec<&str> = done.location().split('/').collect();
    assert_eq!(parts[..3], ["", "advice", flow], "{}", done.location());
    assert_eq!(parts[3].len(), 32);
    parts[..4].join("/")
}

/// Answers a question and follows where it leads.
pub(crate) fn answered(
    browser: &mut Browser<'_>,
    draft: &str,
    question: &str,
    fields: &[(&str, &str)],
) -> String {
    let done = browser.post(&format!("{draft}/question/{question}"), fields);
    assert_eq!(done.status, 303, "{question}: {}", done.body);
    done.location().to_owned()
}

/// Opens a page that there is.
pub(crate) fn page(browser: &mut Browser<'_>, path: &str) -> Answer {
    let page = browser.get(path);
    assert_eq!(page.status, 200, "{path}: {}", page.body);
    page
}

/// Follows care and support as far as the check of the answers: two outcomes that cannot be achieved, and an impact.
pub(crate) fn to_the_check(browser: &mut Browser<'_>) -> String {
    let draft = begun(browser, "care-and-support");
    let steps: [(&str, &[(&str, &str)]); 7] = [
        ("now", &[("answer_now", "no")]),
        ("health", &[("answer_health", "yes")]),
        (
            "care",
            &[("answer_care_food", "yes"), ("answer_care_washing", "yes")],
        ),
        ("home", &[("answer_home_none", "yes")]),
        ("life", &[("answer_life_none", "yes")]),
        ("why", &[("answer_why_help", "yes")]),
        ("impact", &[("answer_impact", "lot")]),
    ];
    let mut to = String::new();
    for (question, fields) in steps {
        to = answered(browser, &draft, question, fields);
    }
    assert_eq!(to, format!("{draft}/check"));
    draft
}
