use axum::http::Method;

use crate::house::{TYPED, person, typed_but, with_front_door};

#[test]
fn what_is_typed_is_shown_as_text() {
    with_front_door(|site| {
        let person = person(&site, "O'Neil");
        let mut adviser = site.browser("adviser");
        let address = format!("/people/{person}/requests/new");
        let words = "<script>alert(1)</script>'; DROP TABLE request; -- %_\\ \u{1F6BF}";
        let done = adviser.post(&address, &typed_but("words", words));
        let page = adviser.get(done.location());
        assert!(page.shows("&lt;script&gt;alert(1)&lt;/script&gt;'; DROP TABLE request; --"));
        assert!(!page.shows("<script>alert"));
        let asker = adviser.post(
            &address,
            &typed_but("asker", "\"><img src=x onerror=alert(1)>"),
        );
        assert!(!adviser.get(asker.location()).shows("<img"));
    });
}

#[test]
fn what_cannot_be_taken_is_refused_with_the_field() {
    with_front_door(|site| {
        let person = person(&site, "Anning");
        let mut adviser = site.browser("adviser");
        let address = format!("/people/{person}/requests/new");
        let long = "a".repeat(4_001);
        let cases = [
            ("words", "a\0b"),
            ("words", long.as_str()),
            ("words", "\u{202E}gnp.exe"),
            ("asker", "a\u{7}"),
            ("channel", "telephone' OR '1'='1"),
            ("route", "\u{0}"),
            ("asked-by", "nobody"),
            ("support-reason", "éé"),
        ];
        for (field, value) in cases {
            let page = adviser.post(&address, &typed_but(field, value));
            assert_eq!(page.status, 422, "{field} {value:?}");
            assert!(
                page.shows(&format!("href=\"#{field}\"")),
                "{field} {value:?}"
            );
        }
        let dated = [
            ("received-day", "31"),
            ("received-month", "2"),
            ("received-year", "2026"),
        ];
        let fields: Vec<_> = TYPED.iter().copied().chain(dated).collect();
        let page = adviser.post(&address, &fields);
        assert_eq!(page.status, 422);
        assert!(
            page.shows("<details class=\"nhsuk-details\" open"),
            "{}",
            page.body
        );
        let twice: Vec<_> = TYPED.iter().copied().chain([("words", "b")]).collect();
        assert_eq!(adviser.post(&address, &twice).status, 400);
    });
}

#[test]
fn addresses_that_name_nothing_are_not_found_and_nothing_panics() {
    with_front_door(|site| {
        let mut adviser = site.browser("adviser");
        for id in [
            "1",
            "..%2f",
            "%00",
            "'",
            "00000000-0000-4000-8000-000000000000",
            "%F0%9F%9A%BF",
        ] {
            for address in [
                format!("/requests/{id}"),
                format!("/referrals/{id}"),
                format!("/people/{id}/requests/new"),
                format!("/api/requests/{id}"),
                format!("/api/referrals/{id}"),
            ] {
                let status = adviser.get(&address).status;
                assert_eq!(status, 404, "{address}");
            }
        }
        for cursor in ["x", "00", "6f70656e00", "ff00ff00"] {
            let status = adviser.get(&format!("/requests?after={cursor}")).status;
            assert_eq!(status, 400, "{cursor}");
        }
        let person = person(&site, "Anning");
        let done = adviser.post(&format!("/people/{person}/requests/new"), TYPED);
        for version in ["", "1e9", "-1", "99999999999999999999"] {
            let fields = [("version", version), ("outcome", "nfa-other")];
            let refused = adviser.post(&format!("{}/conclude", done.location()), &fields);
            assert_eq!(refused.status, 400, "{version}");
        }
        let kind = [(
            "content-type",
            "application/x-www-form-urlencoded".to_owned(),
        )];
        let address = format!("/people/{person}/requests/new");
        let forged = adviser.send(Method::POST, &address, &kind, "words=hello".to_owned());
        assert_eq!(forged.status, 403);
    });
}
