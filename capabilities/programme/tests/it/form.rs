use stour_web::testing::Browser;

use crate::support::{bed_days, but, errors, form_of, house, latest, message, plain, started};

/// Sends a form of a line with some fields otherwise, and sees that nothing is saved, that the first of
/// them has a message of these words beside it, and that what was typed is still there.
fn refused(
    browser: &mut Browser<'_>,
    case: &str,
    (line, others): (&str, &[(&str, &str)]),
    (field, words): (&str, &str),
) {
    let action = match line {
        "add-line?side=benefit" => format!("{case}/{line}"),
        line => format!("{case}/lines/{line}"),
    };
    let fields = form_of(&browser.get(&action), action.split('?').next().unwrap());
    let action = action.split('?').next().unwrap().to_owned();
    let what = ("what", "As in May & June");
    let mut sent = but(&fields, others);
    if !others.iter().any(|(name, _)| *name == "what") {
        sent.retain(|(name, _)| *name != "what");
        sent.push(what);
    }
    let page = browser.post(&action, &sent);
    assert_eq!(page.status, 422, "{others:?}");
    let told = message(&page, field);
    assert!(told.contains(words), "{field}: {told}");
    let again = browser.post(&action, &sent);
    assert_eq!(again.status, 422);
    let kept: Vec<(String, String)> = form_of_refused(&page, &action);
    // Of what is chosen from a list, only what is offered can be shown again.
    let lists = ["cohort", "first_year", "last_year", "evidence"];
    for (name, value) in sent.into_iter().filter(|(name, _)| !lists.contains(name)) {
        let is_kept = kept.iter().any(|(other, kept)| {
            other == name && (kept == value || kept.replace('£', "") == value.replace('£', ""))
        });
        assert!(is_kept || value.is_empty(), "{name} {value:?} {kept:?}");
    }
}

fn form_of_refused(page: &stour_web::testing::Answer, action: &str) -> Vec<(String, String)> {
    let shown = stour_web::testing::Answer {
        status: axum::http::StatusCode::OK,
        ..page.clone()
    };
    form_of(&shown, action)
}

/// A new benefit by year, but for its id.
const NEW: [(&str, &str); 12] = [
    ("layer", "fiscal"),
    ("id", "visits"),
    ("name", "Visits not needed"),
    ("intervention", "reablement"),
    ("claims", "visits"),
    ("source", "a count"),
    ("share-nhs", "100"),
    ("evidence", "none"),
    ("cashable", "0"),
    ("optimism-percent", "20"),
    ("optimism-source", "a guess"),
    ("amount-2026", "100"),
];

fn new_but<'f>(field: &'f str, value: &'f str) -> Vec<(&'f str, &'f str)> {
    let others = NEW.iter().copied().filter(|(name, _)| *name != field);
    others.chain([(field, value)]).collect()
}

/// Fields of the line bed-days that are filled in otherwise, and the message that follows beside a field.
type Wrong = (
    &'static [(&'static str, &'static str)],
    (&'static str, &'static str),
);

const WRONG: [Wrong; 25] = [
    (
        &[("share-nhs", "50"), ("share-council", "40")],
        ("share-council", "sum to 90%"),
    ),
    (
        &[("share-nhs", "-10"), ("share-council", "110")],
        ("share-nhs", "from 0 to 100"),
    ),
    (&[("share-nhs", "")], ("share-council", "Say who gains it")),
    (&[("take_up", "-5")], ("take_up", "from 0 to 100")),
    (&[("take_up", "10; 20")], ("take_up", "take_up of bed-days")),
    (
        &[("claims", "home care hours of people over 75")],
        ("claims", "both claim"),
    ),
    (&[("claims", "")], ("claims", "Say which change it claims")),
    (&[("unit_value", "many")], ("unit_value", "")),
    (
        &[("unit_value", "-1")],
        ("unit_value", "must not be negative"),
    ),
    (&[("impact", "many")], ("impact", "Give a number")),
    (&[("impact", "")], ("impact", "Give the impact")),
    (&[("impact", "1e999")], ("impact", "Give a number")),
    (&[("source", "")], ("source", "Give the source")),
    (
        &[("last_year", "2040")],
        ("last_year", "no year of the case"),
    ),
    (&[("first_year", "soon")], ("first_year", "Give a year")),
    (&[("what", "")], ("what", "Say what changes")),
    (&[("cohort", "nobody")], ("cohort", "nobody")),
    (
        &[("cashable", "")],
        ("cashable", "which part can leave a budget"),
    ),
    (&[("deadweight", "")], ("deadweight", "Give the deadweight")),
    (&[("evidence", "")], ("evidence", "Choose the evidence")),
    (&[("price_base", "")], ("price_base", "year’s prices")),
    (&[("price_base", "then")], ("price_base", "")),
    (
        &[("optimism-percent", "120")],
        ("optimism", "optimism bias"),
    ),
    (
        &[("optimism-source", "")],
        ("optimism-source", "Give the source"),
    ),
    (&[("discount", "luck")], ("discount", "luck")),
];

#[test]
fn mistakes_in_a_line_are_told_beside_their_fields_and_nothing_is_saved() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        for (others, told) in WRONG {
            refused(&mut finance, &case, ("bed-days/edit", others), told);
        }
        assert_eq!(latest(&mut finance, &case), 1);
    });
}

#[test]
fn mistakes_in_a_new_line_are_told_beside_their_fields_and_nothing_is_saved() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        for (field, value, told) in [
            ("id", "bed-days", "another line with this id"),
            ("id", "bed days", "other characters"),
            ("id", "\"]]", "other characters"),
            ("id", "", "short name"),
            ("name", "", "name"),
            ("amount-2026", "-5", "not negative"),
            ("amount-2026", "£1,00x", ""),
            ("share-people", "100", "sum to 200%"),
        ] {
            let others = new_but(field, value);
            let at = if field == "share-people" {
                "share-council"
            } else {
                field
            };
            let new = ("add-line?side=benefit", others.as_slice());
            refused(&mut finance, &case, new, (at, told));
        }
        let mut gap = new_but("amount-2026", "100");
        gap.push(("amount-2028", "100"));
        let new = ("add-line?side=benefit", gap.as_slice());
        refused(
            &mut finance,
            &case,
            new,
            ("amount-2027", "no amount for 2027"),
        );
        let huge = new_but("amount-2026", "99999999999999");
        let new = ("add-line?side=benefit", huge.as_slice());
        refused(
            &mut finance,
            &case,
            new,
            ("how", "check that its digits are right"),
        );
        let none = new_but("amount-2026", "");
        let new = ("add-line?side=benefit", none.as_slice());
        refused(
            &mut finance,
            &case,
            new,
            ("amount-2026", "at least one year"),
        );
        assert_eq!(latest(&mut finance, &case), 1);
    });
}

#[test]
fn a_new_line_is_added_changed_and_taken_out() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let action = format!("{case}/add-line");
        let fields = form_of(&finance.get(&format!("{action}?side=benefit")), &action);
        let mut sent = but(&fields, &NEW);
        sent.retain(|(name, _)| *name != "what");
        sent.push(("what", "They were counted"));
        let done = finance.post(&action, &sent);
        assert_eq!(done.status, 303, "{}", errors(&done));
        let twice = finance.post_again(&action, &sent);
        assert_eq!(twice.location(), done.location());
        let other = finance.post(&action, &sent);
        assert_eq!(other.status, 422);
        assert!(message(&other, "id").contains("another line with this id"));
        let page = finance.get(done.location());
        assert!(page.shows("Visits not needed: name"), "{}", page.body);
        let line = format!("{case}/lines/visits");
        let page = finance.get(&line);
        assert!(page.shows("Visits not needed") && page.shows("£100.00"));
        let remove = format!("{line}/remove");
        assert!(page.shows(&remove));
        let fields = form_of(&finance.get(&remove), &remove);
        let blank = finance.post(&remove, &but(&fields, &[("what", "")]));
        assert_eq!(blank.status, 422);
        assert_eq!(message(&blank, "what"), "Say what changes, and why");
        let long = "c".repeat(2_001);
        let kept = finance.post(&remove, &but(&fields, &[("what", &long)]));
        assert!(
            kept.status == 422 && kept.shows(&long),
            "what was typed is kept"
        );
        let sent = but(&fields, &[("what", "Counted twice")]);
        let done = finance.post(&remove, &sent);
        assert_eq!(done.location(), format!("{case}/compare?from=2&to=3"));
        assert_eq!(
            finance.post_again(&remove, &sent).location(),
            done.location()
        );
        assert_eq!(latest(&mut finance, &case), 3);
        assert_eq!(finance.get(&line).status, 404);
        assert!(finance.get(done.location()).shows("Counted twice"));
    });
}

#[test]
fn a_form_that_comes_back_with_mistakes_still_changes_the_version_that_was_seen() {
    house(|site| {
        let (mut first, mut second) = (site.browser("finance"), site.browser("commissioner"));
        let case = started(&mut first, "reablement");
        let (action, fields) = bed_days(&mut first, &case);
        let done = second.post(&action, &but(&fields, &[("lag", "1"), ("what", "Later")]));
        assert_eq!(done.status, 303, "{}", errors(&done));
        let wrong = first.post(
            &action,
            &but(&fields, &[("lag", "soon"), ("what", "Sooner")]),
        );
        assert_eq!(wrong.status, 422);
        let shown = form_of_refused(&wrong, &action);
        let done = first.post(&action, &but(&shown, &[("lag", "0.25")]));
        assert_eq!(done.status, 422, "the other change is not lost");
        assert!(done.shows("Somebody saved another version"));
        assert_eq!(latest(&mut first, &case), 2);
        let shown = form_of_refused(&done, &action);
        let done = first.post(&action, &but(&shown, &[]));
        assert_eq!(done.location(), format!("{case}/compare?from=2&to=3"));

        let action = format!("{case}/text");
        let fields = form_of(&first.get(&action), &action);
        let (edit, line) = bed_days(&mut second, &case);
        let done = second.post(&edit, &but(&line, &[("lag", "2"), ("what", "Later")]));
        assert_eq!(done.status, 303, "{}", errors(&done));
        let wrong = first.post(&action, &but(&fields, &[("what", "")]));
        assert_eq!(wrong.status, 422);
        let shown = form_of_refused(&wrong, &action);
        let text = shown
            .iter()
            .find(|(name, _)| name == "text")
            .unwrap()
            .1
            .clone();
        let text = text.replace("take_up = 0.3\n", "take_up = 0.2\n");
        let done = first.post(&action, &but(&shown, &[("what", "x"), ("text", &text)]));
        assert_eq!(done.status, 422, "the other change is not lost");
        assert!(done.shows("take_up = 0.2"), "what was typed is kept");
        assert_eq!(latest(&mut first, &case), 4);
    });
}

#[test]
fn mistakes_in_a_text_are_told_by_line_and_what_was_typed_is_kept() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let action = format!("{case}/text");
        let fields = form_of(&finance.get(&action), &action);
        let text = &fields.iter().find(|(name, _)| name == "text").unwrap().1;
        let wrong = text.replace("take_up = 0.3\n", "take_up = 3\n");
        let line = wrong
            .lines()
            .position(|line| line == "take_up = 3")
            .unwrap()
            + 1;
        let page = finance.post(&action, &but(&fields, &[("text", &wrong), ("what", "")]));
        assert_eq!(page.status, 422);
        let told = message(&page, "text");
        assert!(
            told.starts_with(&format!("Line {line}: take_up of bed-days")),
            "{told}"
        );
        assert_eq!(message(&page, "what"), "Say what changes, and why");
        assert!(
            plain(&page.body).contains(wrong.trim()),
            "what was typed is kept"
        );
        // A browser sends the ends of lines as CR LF.
        let sent = text.replace('\n', "\r\n");
        let same = finance.post(&action, &but(&fields, &[("text", &sent), ("what", "x")]));
        assert_eq!(same.status, 422);
        assert!(same.shows("Nothing has changed"));
        assert_eq!(latest(&mut finance, &case), 1);
    });
}
