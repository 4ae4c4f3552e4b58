use serde_json::json;

use crate::support::{
    REABLEMENT, bed_days, but, form_of, found, house, latest, started, taken_up, text_of,
};

#[test]
fn a_form_that_is_sent_twice_saves_one_version() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let again = finance.post_again("/cases/new", &[("worked", "reablement")]);
        assert_eq!(again.location(), case);
        assert_eq!(finance.get_json("/api/cases").as_array().unwrap().len(), 1);
        let (action, fields) = bed_days(&mut finance, &case);
        let sent = but(&fields, &[("take_up", "20"), ("what", "x")]);
        let first = finance.post(&action, &sent);
        let second = finance.post_again(&action, &sent);
        assert_eq!((first.status.as_u16(), second.status.as_u16()), (303, 303));
        assert_eq!(first.location(), second.location());
        assert_eq!(latest(&mut finance, &case), 2);
        let other = but(&fields, &[("take_up", "25"), ("what", "x")]);
        let reused = finance.post_again(&action, &other);
        assert_eq!(reused.status, 409, "another form with the same key");
        let text = taken_up("0.4");
        let file = ("file", "a.toml", text.as_bytes());
        let fields = [("base", "2"), ("what-of-file", "x")];
        let action = format!("{case}/upload");
        let first = finance.upload(&action, &fields, file);
        let second = finance.upload_again(&action, &fields, file);
        assert_eq!(first.status, 303);
        assert_eq!(first.location(), second.location());
        let said = [("number", "1"), ("words", "Once")];
        let action = format!("{case}/comments");
        finance.post(&action, &said);
        finance.post_again(&action, &said);
        assert_eq!(finance.get(&action).body.matches("<p>Once</p>").count(), 1);
        assert_eq!(latest(&mut finance, &case), 3);
    });
}

#[test]
fn programs_start_and_read_a_document() {
    house(|site| {
        let mut finance = site.browser("finance");
        let body = json!({ "text": REABLEMENT, "what": "Begun" });
        let made = finance.post_json("/api/cases", &body);
        assert_eq!(made.status, 201, "{}", made.body);
        assert_eq!(made.tag(), "\"1\"");
        let address = made.location().to_owned();
        let again = finance.post_json_again("/api/cases", &body);
        assert_eq!(
            (again.status.as_u16(), again.location()),
            (201, address.as_str())
        );
        let read = finance.get(&address);
        assert_eq!(read.json(), made.json());
        assert_eq!(read.json()["text"], REABLEMENT);
        let printed = serde_json::to_string(&found(REABLEMENT)).unwrap();
        let expected: serde_json::Value = serde_json::from_str(&printed).unwrap();
        assert_eq!(read.json()["result"], expected);
    });
}

#[test]
fn programs_are_refused_what_the_forms_are_refused() {
    house(|site| {
        let mut finance = site.browser("finance");
        let address = format!("/api{}", started(&mut finance, "reablement"));
        let next = json!({ "text": taken_up("0.2"), "what": "As in May" });
        assert_eq!(finance.put_json(&address, None, &next).status, 428);
        for tag in ["x", "\"x\"", "1e9", ""] {
            assert_eq!(
                finance.put_json(&address, Some(tag), &next).status,
                400,
                "{tag}"
            );
        }
        let done = finance.put_json(&address, Some("\"1\""), &next);
        assert_eq!((done.status.as_u16(), done.tag()), (200, "\"2\""));
        let stale = json!({ "text": taken_up("0.1"), "what": "Late" });
        let refused = finance.put_json(&address, Some("\"1\""), &stale);
        assert_eq!(refused.status, 409);
        assert!(
            refused.json()["detail"]
                .as_str()
                .unwrap()
                .contains("another version")
        );
        let same = finance.put_json(&address, Some("\"2\""), &next);
        assert_eq!(same.status, 409);
        let wrong = json!({ "text": taken_up("2"), "what": "x" });
        let told = finance.put_json(&address, Some("\"2\""), &wrong);
        assert_eq!(told.status, 422);
        let error = &told.json()["errors"][0];
        assert_eq!(error["field"], "text");
        assert!(error["message"].as_str().unwrap().starts_with("Line "));
        let blank = json!({ "text": taken_up("0.1"), "what": "" });
        let told = finance.put_json(&address, Some("\"2\""), &blank);
        assert_eq!(
            (
                told.status.as_u16(),
                told.json()["errors"][0]["field"].as_str()
            ),
            (422, Some("what"))
        );
        assert_eq!(finance.post_json("/api/cases", &blank).status, 422);
        let more = json!({ "text": "", "what": "x", "more": 1 });
        assert!(
            finance
                .post_json("/api/cases", &more)
                .status
                .is_client_error()
        );
        let absent = "/api/cases/00000000-0000-7000-8000-000000000000";
        assert_eq!(finance.put_json(absent, Some("\"1\""), &next).status, 404);
        assert_eq!(finance.get(absent).status, 404);
        assert_eq!(finance.get(&address).json()["latest"], 2);
    });
}

#[test]
fn of_two_saves_from_one_version_the_second_is_told_of_the_first() {
    house(|site| {
        let (mut first, mut second) = (site.browser("finance"), site.browser("commissioner"));
        let case = started(&mut first, "reablement");
        let action = format!("{case}/text");
        let fields = form_of(&second.get(&action), &action);
        let (one, other) = (taken_up("0.2"), taken_up("0.1"));
        let done = first.post(&action, &but(&fields, &[("text", &one), ("what", "x")]));
        assert_eq!(done.status, 303);
        let late = second.post(&action, &but(&fields, &[("text", &other), ("what", "y")]));
        assert_eq!(late.status, 422);
        assert!(late.shows("Somebody saved another version in the meantime"));
        assert!(late.shows("take_up = 0.1"), "what was typed is kept");
        assert_eq!(latest(&mut first, &case), 2);
        assert_eq!(text_of(&mut first, &case, 2), one);
    });
}

#[test]
fn two_people_who_change_different_lines_are_both_in() {
    house(|site| {
        let (mut first, mut second) = (site.browser("finance"), site.browser("commissioner"));
        let case = started(&mut first, "reablement");
        let (bed_days, days) = bed_days(&mut first, &case);
        let team = format!("{case}/lines/team/edit");
        let costs = form_of(&second.get(&team), &team);
        let done = first.post(&bed_days, &but(&days, &[("take_up", "20"), ("what", "x")]));
        assert_eq!(done.status, 303);
        let others = [("amount-2026", "190,000"), ("what", "Pay rose")];
        let done = second.post(&team, &but(&costs, &others));
        assert_eq!(done.location(), format!("{case}/compare?from=2&to=3"));
        let both = taken_up("0.2").replace("£180,000.00", "£190,000.00");
        assert_eq!(text_of(&mut first, &case, 3), both);
        let late = second.post(&bed_days, &but(&days, &[("lag", "1"), ("what", "y")]));
        assert_eq!(late.status, 422, "the line was changed meanwhile");
        let gone = second.post(
            &format!("{case}/lines/bed-days/remove"),
            &[("base", "1"), ("what", "y")],
        );
        assert_eq!(gone.status, 422);
        assert!(gone.shows("Send this again to take it out all the same"));
        assert!(gone.shows("name=\"base\" value=\"3\""), "{}", gone.body);
        assert_eq!(latest(&mut first, &case), 3);
    });
}

#[test]
fn of_many_saves_at_the_same_time_one_wins() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let mut browsers: Vec<_> = (0..4).map(|_| site.browser("finance")).collect();
        let action = format!("{case}/text");
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let sent = browsers.iter_mut().enumerate().map(|(number, browser)| {
                let (text, action) = (taken_up(&format!("0.1{number}")), &action);
                scope.spawn(move || {
                    let fields = [("base", "1"), ("text", text.as_str()), ("what", "x")];
                    browser.post(action, &fields).status.as_u16()
                })
            });
            let sent: Vec<_> = sent.collect();
            sent.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let won = statuses.iter().filter(|status| **status == 303).count();
        assert_eq!(won, 1, "{statuses:?}");
        assert!(
            statuses.iter().all(|status| [303, 422].contains(status)),
            "{statuses:?}"
        );
        assert_eq!(latest(&mut finance, &case), 2);
    });
}

#[test]
fn of_many_changes_of_other_lines_at_the_same_time_all_are_in() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let lines = ["team", "bed-days", "home-care", "wellbeing"];
        let mut browsers: Vec<_> = lines.map(|_| site.browser("finance")).into();
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let sent = browsers.iter_mut().zip(lines).map(|(browser, line)| {
                let action = format!("{case}/lines/{line}/edit");
                scope.spawn(move || {
                    let fields = form_of(&browser.get(&action), &action);
                    let fields = but(&fields, &[("base", "1"), ("owner", line), ("what", "x")]);
                    browser.post(&action, &fields).status.as_u16()
                })
            });
            let sent: Vec<_> = sent.collect();
            sent.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses, [303; 4]);
        assert_eq!(latest(&mut finance, &case), 5);
        let text = text_of(&mut finance, &case, 5);
        for line in lines {
            assert!(text.contains(&format!("owner = \"{line}\"")), "{text}");
        }
    });
}
