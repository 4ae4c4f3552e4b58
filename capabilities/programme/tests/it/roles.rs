use stour_web::testing::{Answer, Browser};

use crate::support::{audited, bed_days, but, form_of, house, latest, started, taken_up};

const READERS: [&str; 5] = [
    "finance",
    "commissioner",
    "chief-officer",
    "analyst",
    "service-manager",
];
const EDITORS: [&str; 2] = ["finance", "commissioner"];
const SIGNATORIES: [&str; 2] = ["finance", "chief-officer"];

/// Every role that there is, but those that read.
fn outside() -> impl Iterator<Item = &'static str> {
    let all = stour_access::ROLES.iter().map(|role| role.name);
    all.filter(|role| !READERS.contains(role))
}

/// Pages that somebody who reads may see.
const PAGES: [&str; 12] = [
    "/cases",
    "/cases/template.xlsx",
    "{case}",
    "{case}/partners",
    "{case}/how-sure?draws=100",
    "{case}/what-if",
    "{case}/lines/bed-days",
    "{case}/versions",
    "{case}/versions/1/case.toml",
    "{case}/versions/1/case.xlsx",
    "{case}/compare?from=1&to=1",
    "{case}/comments",
];
const ANSWERS: [&str; 2] = ["/api/cases", "/api{case}"];
/// Forms for those who edit.
const FORMS: [&str; 5] = [
    "/cases/new",
    "{case}/text",
    "{case}/add-line?side=benefit",
    "{case}/lines/bed-days/edit",
    "{case}/lines/bed-days/remove",
];
const CHANGES: [&str; 7] = [
    "/cases/new",
    "{case}/what-if",
    "{case}/add-line",
    "{case}/lines/bed-days/edit",
    "{case}/lines/bed-days/remove",
    "{case}/text",
    "{case}/go-back",
];
const UPLOADS: [&str; 2] = ["/cases/upload", "{case}/upload"];
const COMMENTS: [&str; 2] = [
    "{case}/comments",
    "{case}/comments/00000000-0000-7000-8000-000000000000/settle",
];

fn at(path: &str, case: &str) -> String {
    path.replace("{case}", case)
}

/// Everything that any of the forms asks for.
fn filled(text: &str) -> Vec<(&str, &str)> {
    vec![
        ("worked", "agreement"),
        ("base", "1"),
        ("number", "1"),
        ("what", "a try"),
        ("what-of-file", "a try"),
        ("text", text),
        ("words", "hello"),
        ("answer", "hello"),
        ("hash", "0"),
        ("read", "yes"),
        ("input-bed-days.take_up", "0.2"),
    ]
}

/// What each change of the list answers to this browser.
fn tried(browser: &mut Browser<'_>, case: &str) -> Vec<(String, Answer)> {
    let text = taken_up("0.25");
    let fields = filled(&text);
    let mut answers = Vec::new();
    for path in CHANGES {
        answers.push((path.to_owned(), browser.post(&at(path, case), &fields)));
    }
    for path in UPLOADS {
        let file = ("file", "case.toml", text.as_bytes());
        let answer = browser.upload(&at(path, case), &fields, file);
        answers.push((path.to_owned(), answer));
    }
    let json = serde_json::json!({ "text": text, "what": "a try" });
    let answer = browser.post_json("/api/cases", &json);
    answers.push(("POST /api/cases".to_owned(), answer));
    let answer = browser.put_json(&format!("/api{case}"), Some("\"1\""), &json);
    answers.push(("PUT /api/cases".to_owned(), answer));
    answers
}

#[test]
fn the_lists_of_these_tests_have_every_route() {
    let lists = PAGES.iter().chain(&ANSWERS).chain(&FORMS);
    let got: Vec<String> = lists.map(|path| shape(path)).collect();
    let lists = CHANGES.iter().chain(&UPLOADS).chain(&COMMENTS);
    let mut sent: Vec<String> = lists.map(|path| shape(path)).collect();
    sent.extend(["/api/cases", "/api/cases/{}", "/cases/{}/sign-off"].map(str::to_owned));
    let routes = stour_programme::capability().routes;
    // Those of programmes have tests of their own.
    let of_cases = routes.iter().filter(|route| route.path.contains("/cases"));
    for route in of_cases {
        let path = route.path.to_owned();
        let known = if route.method == "GET" { &got } else { &sent };
        assert!(known.contains(&shape(&path)), "{} {path}", route.method);
    }
}

/// A path without what is particular to one case.
fn shape(path: &str) -> String {
    let path = path
        .split('?')
        .next()
        .unwrap()
        .replace("{case}", "/cases/{}");
    let mut parts: Vec<&str> = path.split('/').collect();
    for (place, after) in [("lines", "new"), ("versions", ""), ("comments", "")] {
        if let Some(at) = parts.iter().position(|part| *part == place) {
            for part in parts
                .iter_mut()
                .skip(at + 1)
                .take(if place == "versions" { 2 } else { 1 })
            {
                if *part != after {
                    *part = "{}";
                }
            }
        }
    }
    let parts = parts.into_iter();
    let parts: Vec<&str> = parts
        .map(|part| if part.starts_with('{') { "{}" } else { part })
        .collect();
    parts.join("/")
}

#[test]
fn those_who_work_on_business_cases_read_every_page() {
    house(|site| {
        let case = started(&mut site.browser("finance"), "reablement");
        for role in READERS {
            let mut browser = site.browser(role);
            for path in PAGES.iter().chain(&ANSWERS) {
                let answer = browser.get(&at(path, &case));
                assert_eq!(answer.status, 200, "{role} {path} {}", answer.body);
            }
            let said = browser.post(
                &format!("{case}/comments"),
                &[("number", "1"), ("words", "It is so")],
            );
            assert_eq!(said.status, 303, "{role}");
        }
        assert_eq!(audited(site, "case.edit", "permit"), 1, "it was started");
        assert_eq!(audited(site, "case.comment", "permit"), 5);
    });
}

#[test]
fn all_others_and_strangers_are_refused_on_every_route() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let mut browsers: Vec<(String, Browser<'_>)> = outside()
            .map(|role| (role.to_owned(), site.browser(role)))
            .collect();
        assert!(browsers.len() > 8);
        browsers.push(("stranger".to_owned(), site.stranger()));
        for (role, browser) in &mut browsers {
            let is_stranger = role.as_str() == "stranger";
            let mut answers: Vec<(String, Answer)> = Vec::new();
            for path in PAGES.iter().chain(&ANSWERS).chain(&FORMS) {
                answers.push(((*path).to_owned(), browser.get(&at(path, &case))));
            }
            answers.extend(tried(browser, &case));
            let fields = filled("");
            for path in COMMENTS {
                answers.push((path.to_owned(), browser.post(&at(path, &case), &fields)));
            }
            let signed = browser.post(&format!("{case}/sign-off"), &fields);
            answers.push(("sign-off".to_owned(), signed));
            for (path, answer) in answers {
                let status = answer.status.as_u16();
                if is_stranger {
                    assert!([303, 401, 403].contains(&status), "{path} {status}");
                    assert!(!answer.location().starts_with("/cases"), "{path}");
                } else {
                    assert_eq!(status, 403, "{role} {path}");
                }
                assert!(
                    !answer.shows("Reablement at the front door"),
                    "{role} {path}"
                );
            }
        }
        assert_eq!(latest(&mut finance, &case), 1);
        assert_eq!(finance.get_json("/api/cases").as_array().unwrap().len(), 1);
    });
}

#[test]
fn those_who_only_read_are_refused_each_form_and_each_change() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        for role in READERS.iter().filter(|role| !EDITORS.contains(role)) {
            let mut browser = site.browser(role);
            for path in FORMS {
                let answer = browser.get(&at(path, &case));
                assert_eq!(answer.status, 403, "{role} {path}");
            }
            for (path, answer) in tried(&mut browser, &case) {
                assert_eq!(answer.status, 403, "{role} {path}");
            }
            // Nor is a form with mistakes shown again to them.
            for path in CHANGES {
                let blank = [("base", "1"), ("number", "1"), ("text", "x")];
                let answer = browser.post(&at(path, &case), &blank);
                assert_eq!(answer.status, 403, "{role} {path}");
            }
            for path in UPLOADS {
                let file = ("file", "x.png", b"x".as_slice());
                let answer = browser.upload(&at(path, &case), &[("base", "1")], file);
                assert_eq!(answer.status, 403, "{role} {path}");
            }
            let page = browser.get(&case);
            assert!(!page.shows("/edit") && !page.shows("/text\""), "{role}");
        }
        assert_eq!(latest(&mut finance, &case), 1);
        for role in EDITORS {
            let mut browser = site.browser(role);
            for path in FORMS {
                assert_eq!(browser.get(&at(path, &case)).status, 200, "{role} {path}");
            }
        }
    });
}

#[test]
fn finance_and_chief_officers_sign_and_nobody_else_does() {
    house(|site| {
        let mut commissioner = site.browser("commissioner");
        let case = started(&mut commissioner, "reablement");
        let hash = commissioner.get_json(&format!("/api{case}"))["hash"].clone();
        let hash = hash.as_str().unwrap();
        let action = format!("{case}/sign-off");
        let long = "a".repeat(2_001);
        for role in READERS {
            let mut browser = site.browser(role);
            let may = SIGNATORIES.contains(&role);
            let page = browser.get(&format!("{case}/versions"));
            assert_eq!(page.shows(&format!("action=\"{action}\"")), may, "{role}");
            let fields = [
                ("number", "1"),
                ("hash", hash),
                ("read", "yes"),
                ("words", "Agreed by the board"),
            ];
            let wordy = but_words(&fields, &long);
            let status = browser.post(&action, &wordy).status;
            assert_eq!(status, if may { 422 } else { 403 }, "{role}");
            let status = browser.post(&action, &fields).status;
            assert_eq!(status, if may { 303 } else { 403 }, "{role}");
        }
        assert_eq!(audited(site, "case.sign-off", "permit"), 2);
    });
}

fn but_words<'f>(fields: &[(&'f str, &'f str)], words: &'f str) -> Vec<(&'f str, &'f str)> {
    let others = fields.iter().copied().filter(|(name, _)| *name != "words");
    others.chain([("words", words)]).collect()
}

#[test]
fn the_audit_does_not_say_that_a_form_was_a_change() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        assert_eq!(audited(site, "case.edit", "permit"), 1);
        for path in FORMS {
            assert_eq!(finance.get(&at(path, &case)).status, 200, "{path}");
        }
        let (action, fields) = bed_days(&mut finance, &case);
        let wrong = finance.post(&action, &but(&fields, &[("impact", "many"), ("what", "x")]));
        assert_eq!(wrong.status, 422);
        let action = format!("{case}/text");
        let fields = form_of(&finance.get(&action), &action);
        let wrong = finance.post(&action, &but(&fields, &[("text", "nonsense")]));
        assert_eq!(wrong.status, 422);
        let file = ("file", "x.toml", b"nonsense".as_slice());
        assert_eq!(finance.upload("/cases/upload", &[], file).status, 422);
        let none = finance.post(&format!("{case}/what-if"), &[("base", "1")]);
        assert_eq!(none.status, 422);
        assert_eq!(finance.post("/cases/new", &[]).status, 422);
        assert_eq!(audited(site, "case.edit", "permit"), 1);
        assert_eq!(audited(site, "case.edit", "refuse"), 0);
        let (action, fields) = bed_days(&mut finance, &case);
        let done = finance.post(&action, &but(&fields, &[("impact", "3"), ("what", "x")]));
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(audited(site, "case.edit", "permit"), 2);
    });
}
