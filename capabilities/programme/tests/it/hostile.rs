use serde_json::json;

use crate::support::{REABLEMENT, house, latest, message, started};

#[test]
fn what_a_text_says_is_shown_as_text() {
    house(|site| {
        let mut finance = site.browser("finance");
        let script = "<script>alert(1)</script>";
        let text = REABLEMENT
            .replace("Reablement at the front door", script)
            .replace("A reablement team", "\\\"><img src=x onerror=alert(1)>")
            .replace("The council", script)
            .replace("Head of reablement", script)
            .replace(
                "unit = \"hospital days each\"",
                &format!("unit = \"{script}\""),
            );
        let body = json!({ "text": text, "what": script });
        let made = finance.post_json("/api/cases", &body);
        assert_eq!(made.status, 201, "{}", made.body);
        let case = made.location().replace("/api", "");
        let words = [("number", "1"), ("words", script)];
        assert_eq!(
            finance.post(&format!("{case}/comments"), &words).status,
            303
        );
        for path in [
            "",
            "/partners",
            "/how-sure?draws=100",
            "/what-if?bed-days.take_up=10",
            "/lines/team",
            "/lines/team/edit",
            "/lines/bed-days/edit",
            "/text",
            "/versions",
            "/compare?from=1&to=1",
            "/comments",
        ] {
            let page = finance.get(&format!("{case}{path}"));
            assert_eq!(page.status, 200, "{path}");
            assert!(page.shows("&lt;script&gt;alert(1)"), "{path}");
            assert!(
                !page.shows("<script>alert") && !page.shows("<img"),
                "{path}"
            );
        }
        assert!(!finance.get("/cases").shows("<script>alert"));
        let tried = finance.get(&format!("{case}/what-if?%3Cscript%3Ealert=1"));
        assert!(tried.status == 422 && !tried.shows("<script>alert"));
    });
}

#[test]
fn lines_that_are_not_there_are_not_found() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        for line in [
            "a%2Fb",
            "..%2F..",
            "%22%3E",
            "'",
            "%00",
            "%F0%9F%9A%BF",
            "bed-days%2Fedit",
            "BED-DAYS",
        ] {
            for path in [
                format!("{case}/lines/{line}"),
                format!("{case}/lines/{line}/edit"),
            ] {
                assert_eq!(finance.get(&path).status, 404, "{path}");
            }
            let gone = finance.post(&format!("{case}/lines/{line}/remove"), &[("base", "1")]);
            assert!(
                [404, 409].contains(&gone.status.as_u16()),
                "{line} {}",
                gone.status
            );
        }
    });
}

#[test]
fn documents_that_are_not_there_are_not_found() {
    house(|site| {
        let mut finance = site.browser("finance");
        let absent = "00000000-0000-7000-8000-000000000000";
        for id in ["1", "..%2f", "%00", "'", absent, "%F0%9F%9A%BF"] {
            for path in [
                "",
                "/partners",
                "/how-sure",
                "/what-if",
                "/text",
                "/versions",
                "/comments",
                "/lines/team",
                "/versions/1/case.toml",
            ] {
                let address = format!("/cases/{id}{path}");
                assert_eq!(finance.get(&address).status, 404, "{address}");
            }
            assert_eq!(finance.get(&format!("/api/cases/{id}")).status, 404, "{id}");
        }
    });
}

#[test]
fn versions_that_are_not_there_are_not_found() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        for (version, status) in [
            ("-1", 404),
            ("0", 404),
            ("999", 404),
            ("abc", 400),
            ("9223372036854775808", 400),
            ("1e3", 400),
            ("%00", 400),
        ] {
            for path in [
                "",
                "/partners",
                "/how-sure",
                "/what-if",
                "/versions",
                "/comments",
                "/lines/team",
            ] {
                let address = format!("{case}{path}?version={version}");
                assert_eq!(finance.get(&address).status, status, "{address}");
            }
            let address = format!("{case}/compare?from=1&to={version}");
            assert_eq!(finance.get(&address).status, status, "{address}");
        }
        for file in [
            "1/gap.toml",
            "1/case.exe",
            "1/case",
            "2/case.toml",
            "-1/case.toml",
            "1/case.toml.xlsx",
        ] {
            let address = format!("{case}/versions/{file}");
            assert_eq!(finance.get(&address).status, 404, "{address}");
        }
        assert_eq!(finance.get(&format!("{case}/compare")).status, 400);
        assert_eq!(latest(&mut finance, &case), 1);
    });
}

#[test]
fn draws_that_a_page_does_not_make_are_refused_and_the_usual_ones_shown() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        for wrong in [
            "1000000000000",
            "100001",
            "99",
            "0",
            "-1",
            "many",
            "1e12",
            "99999999999999999999999",
        ] {
            let page = finance.get(&format!("{case}/how-sure?draws={wrong}"));
            assert_eq!(page.status, 422, "{wrong}");
            let told = "Give 100 to 100,000 draws; the command line makes more";
            assert_eq!(message(&page, "draws"), told, "{wrong}");
            assert!(page.shows("10,000 draws from seed 1."), "{wrong}");
            assert!(page.shows(&format!("value=\"{wrong}\"")), "{wrong}");
        }
        for wrong in ["-1", "luck", "18446744073709551616"] {
            let page = finance.get(&format!("{case}/how-sure?seed={wrong}"));
            assert_eq!(page.status, 422, "{wrong}");
            assert_eq!(message(&page, "seed"), "Give a whole number as the seed");
        }
        let most = finance.get(&format!(
            "{case}/how-sure?draws=100,000&seed=18446744073709551615"
        ));
        assert_eq!(most.status, 200);
        assert!(most.shows("100,000 draws from seed 18446744073709551615."));
    });
}

#[test]
fn characters_that_no_text_has_are_refused_and_are_no_fault() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let nul = "a\0b";
        let named = REABLEMENT.replace("Reablement at the front door", "a\\u0000b");
        let noted = format!("{REABLEMENT}# a remark\n");
        for (path, fields) in [
            ("/comments", [("number", "1"), ("words", nul)].as_slice()),
            (
                "/comments",
                &[("number", "1"), ("line", nul), ("words", "x")],
            ),
            ("/text", &[("base", "1"), ("text", &noted), ("what", nul)]),
            ("/text", &[("base", "1"), ("text", nul), ("what", "x")]),
            ("/text", &[("base", "1"), ("text", &named), ("what", "x")]),
            (
                "/what-if",
                &[("base", "1"), ("input-bed-days.lag", "1"), ("what", nul)],
            ),
            (
                "/sign-off",
                &[
                    ("number", "1"),
                    ("words", nul),
                    ("hash", "x"),
                    ("read", "yes"),
                ],
            ),
        ] {
            let answer = finance.post(&format!("{case}{path}"), fields);
            let status = answer.status;
            assert!(status.is_client_error(), "{path} {fields:?} {status}");
        }
        let body = json!({ "text": named, "what": "x" });
        assert!(
            finance
                .post_json("/api/cases", &body)
                .status
                .is_client_error()
        );
        let body = json!({ "text": REABLEMENT, "what": nul });
        assert!(
            finance
                .post_json("/api/cases", &body)
                .status
                .is_client_error()
        );
        assert_eq!(latest(&mut finance, &case), 1);
    });
}

#[test]
fn a_form_that_was_not_ours_changes_nothing() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let kind = [(
            "content-type",
            "application/x-www-form-urlencoded".to_owned(),
        )];
        for path in [
            "/lines/team/remove",
            "/go-back",
            "/sign-off",
            "/comments",
            "/what-if",
        ] {
            let address = format!("{case}{path}");
            let sent = "base=1&number=1&words=x&what=x".to_owned();
            let forged = finance.send(axum::http::Method::POST, &address, &kind, sent);
            assert_eq!(forged.status, 403, "{path}");
        }
        assert_eq!(latest(&mut finance, &case), 1);
    });
}
