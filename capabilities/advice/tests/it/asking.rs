//! Asking for help from advice.

use stour_database::{params, sql};

use crate::house::{answered, begun, page, person, to_the_check, with_advice};

const ASKED: [(&str, &str); 5] = [
    ("about", "me"),
    ("words", "I cannot get into the bath any more"),
    ("name", "Mary Test"),
    ("telephone", "01202 000000"),
    ("pass-on", "yes"),
];

#[test]
fn what_was_answered_goes_with_what_is_asked_once_however_often_it_is_sent() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = to_the_check(&mut anybody);
        let form = page(&mut anybody, &format!("{draft}/ask"));
        assert!(form.shows("Who needs help?") && form.shows("pass on what I answered"));
        let wrong = anybody.post(
            &format!("{draft}/ask"),
            &[("about", "other"), ("words", "Her")],
        );
        assert_eq!(wrong.status, 422);
        assert!(wrong.shows("Select whether they know") && wrong.shows("Enter your name"));
        let sent = anybody.post(&format!("{draft}/ask"), &ASKED);
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert!(
            sent.location().starts_with("/ask-for-help/"),
            "{}",
            sent.location()
        );
        let again = anybody.post_again(&format!("{draft}/ask"), &ASKED);
        assert_eq!(again.location(), sent.location());
        let next = page(&mut anybody, sent.location());
        assert!(next.shows("Your reference is") && next.shows("What happens next"));
        let (count, asked): (i64, String) = site
            .database()
            .read_blocking(|tx| {
                tx.one(
                    sql!("SELECT count(*), max(asked) FROM contact"),
                    params![],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
            })
            .unwrap();
        assert_eq!(count, 1);
        assert!(
            asked.contains("Making food and eating; Washing yourself")
                && asked.contains("Do I need care and support?"),
            "{asked}"
        );
        // Whoever comes back to the outcome is told.
        let outcome = page(&mut anybody, &format!("{draft}/outcome"));
        assert!(outcome.shows(sent.location()));
    });
}

#[test]
fn answers_stay_here_when_somebody_does_not_want_them_passed_on() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = to_the_check(&mut anybody);
        let fields: Vec<_> = ASKED
            .iter()
            .copied()
            .filter(|(name, _)| *name != "pass-on")
            .chain([("pass-on", "no")])
            .collect();
        let sent = anybody.post(&format!("{draft}/ask"), &fields);
        assert_eq!(sent.status, 303, "{}", sent.body);
        let asked: String = site
            .database()
            .read_blocking(|tx| {
                tx.one(sql!("SELECT asked FROM contact"), params![], |row| {
                    row.get(0)
                })
            })
            .unwrap();
        assert!(!asked.contains("Making food and eating"), "{asked}");
    });
}

#[test]
fn what_a_resident_tells_in_a_sensitive_flow_is_an_urgent_contact_and_no_request_on_her_record() {
    with_advice(|site| {
        let mary = person(site, "Anning");
        let mut resident = site.browser_as(&["resident"], "E06000058", Some(mary));
        let draft = begun(&mut resident, "worried-about-someone");
        answered(&mut resident, &draft, "now", &[("answer_now", "no")]);
        answered(&mut resident, &draft, "who", &[("answer_who", "me")]);
        answered(&mut resident, &draft, "age", &[("answer_age", "adult")]);
        answered(
            &mut resident,
            &draft,
            "what",
            &[("answer_what_money", "yes")],
        );
        answered(&mut resident, &draft, "needs", &[("answer_needs", "yes")]);
        let sent = resident.post(&format!("{draft}/ask"), &ASKED);
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert!(
            sent.location().starts_with("/ask-for-help/"),
            "{}",
            sent.location()
        );
        assert!(page(&mut resident, sent.location()).shows("put before others"));
        let asked = site
            .database()
            .read_blocking(move |tx| stour_front_door::requests_of_person(tx, mary));
        assert!(asked.unwrap().is_empty());
        // Where nothing is urgent she has a request at once, as before.
        let draft = to_the_check(&mut resident);
        let sent = resident.post(&format!("{draft}/ask"), &ASKED);
        assert!(
            sent.location().starts_with("/requests/"),
            "{}",
            sent.location()
        );
    });
}

#[test]
fn a_reference_is_told_though_the_answers_were_deleted_while_help_was_asked_for() {
    with_advice(|site| {
        let mut anybody = site.stranger();
        let draft = to_the_check(&mut anybody);
        // The database deletes the draft once the contact is in: nothing else comes between the two every time. Each
        // database understands one of the statements.
        let in_sqlite = site.database().write_blocking(|tx| {
            tx.execute(
                sql!(
                    "CREATE TRIGGER meanwhile AFTER INSERT ON contact BEGIN DELETE FROM advice_draft; END"
                ),
                params![],
            )
        });
        if in_sqlite.is_err() {
            site.database()
                .write_blocking(|tx| {
                    tx.execute(
                        sql!(
                            "CREATE RULE meanwhile AS ON INSERT TO contact DO ALSO DELETE FROM advice_draft"
                        ),
                        params![],
                    )
                })
                .unwrap();
        }
        let sent = anybody.post(&format!("{draft}/ask"), &ASKED);
        assert_eq!(sent.status, 303, "{}", sent.body);
        assert_eq!(anybody.get(&draft).status, 404);
        assert!(page(&mut anybody, sent.location()).shows("Your reference is"));
    });
}
