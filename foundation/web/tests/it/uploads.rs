//! Forms with a file.

use axum::http::{Method, StatusCode};
use stour_web::LARGEST_FILE;
use stour_web::testing::{Answer, Browser, Site, each_house};

use super::capability::notes;

const PATH: &str = "/notes/file";

fn each(test: impl Fn(Site)) {
    each_house(|| vec![notes()], test);
}

/// Sends parts as they are, each with its headers, and a token and a key of its own.
fn send(browser: &mut Browser<'_>, kind: &str, parts: &[&str]) -> Answer {
    let body: String = parts
        .iter()
        .map(|part| ["--end\r\nContent-Disposition: form-data; ", *part, "\r\n"].concat())
        .collect();
    let kind = ("content-type", kind.to_owned());
    browser.send(Method::POST, PATH, &[kind], body + "--end--\r\n")
}

/// The token of a page of this session, as a part of a form.
fn token(browser: &mut Browser<'_>) -> String {
    let page = browser.get("/notes").body;
    let rest = page.split_once("name=\"csrf\" value=\"").unwrap().1;
    let token = rest.split_once('"').unwrap().0;
    format!("name=\"csrf\"\r\n\r\n{token}")
}

fn shown(site: &Site, text: &str) -> usize {
    let list = site.browser("chief-officer").get("/notes").body;
    list.matches(&format!("<li>{text}</li>")).count()
}

const MULTIPART: &str = "multipart/form-data; boundary=end";
const FILE: &str = "name=\"file\"; filename=\"a.xlsx\"\r\n\r\nabc";
const TEXT: &str = "name=\"text\"\r\n\r\na note";

#[test]
fn a_file_sent_twice_is_taken_once_and_another_is_a_mistake() {
    each(|site| {
        let mut adviser = site.browser("adviser");
        let bytes: Vec<u8> = (0..=255).cycle().take(10_000).collect();
        let file = ("file", "C:\\cases\\a case.xlsx", &bytes[..]);
        let first = adviser.upload(PATH, &[("text", "  a note ")], file);
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let again = adviser.upload_again(PATH, &[("text", "a note")], file);
        assert_eq!(again.location(), first.location());
        assert_eq!(shown(&site, "a note|a case.xlsx|10000"), 1);
        let mut other = bytes.clone();
        other[9_999] ^= 1;
        let changed = ("file", "a case.xlsx", &other[..]);
        let answer = adviser.upload_again(PATH, &[("text", "a note")], changed);
        assert_eq!(answer.status, StatusCode::CONFLICT);
    });
}

#[test]
fn a_forged_upload_changes_nothing() {
    each(|site| {
        let mut adviser = site.browser("adviser");
        for forged in [
            "name=\"csrf\"\r\n\r\n",
            "name=\"csrf\"\r\n\r\n0000",
            "name=\"other\"\r\n\r\n1",
        ] {
            let answer = send(&mut adviser, MULTIPART, &[forged, TEXT, FILE]);
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{forged}");
        }
        let own = token(&mut site.browser("chief-officer"));
        let answer = send(&mut adviser, MULTIPART, &[&own, TEXT, FILE]);
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let refused = site
            .browser("chief-officer")
            .upload(PATH, &[], ("file", "a", b"abc"));
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert_eq!(shown(&site, "a note|a.xlsx|3"), 0);
    });
}

#[test]
fn a_form_that_is_not_one_file_and_its_fields_is_refused() {
    each(|site| {
        let mut adviser = site.browser("adviser");
        let of_chief = token(&mut site.browser("chief-officer"));
        let wrong: [(&[&str], &str); 8] = [
            (&[TEXT, TEXT, FILE], "A field was sent twice."),
            (
                &[
                    "name=\"password\"\r\n\r\na",
                    "name=\"password\"\r\n\r\na",
                    FILE,
                ],
                "A field was sent twice.",
            ),
            (
                &[TEXT, "name=\"text\"; filename=\"a\"\r\n\r\nb"],
                "A field was sent twice.",
            ),
            (&[&of_chief, &of_chief, FILE], "A field was sent twice."),
            (
                &[TEXT, FILE, "name=\"more\"; filename=\"b\"\r\n\r\nb"],
                "More than one file",
            ),
            (&[TEXT], "The form has no field for a file."),
            (&[TEXT, "filename=\"b\"\r\n\r\nb"], "A field has no name."),
            (&[], "The form has no field for a file."),
        ];
        for (parts, says) in wrong {
            let answer = send(&mut adviser, MULTIPART, parts);
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{parts:?}");
            assert!(answer.shows(says), "{parts:?}: {}", answer.body);
        }
        for kind in [
            "application/x-www-form-urlencoded",
            "application/json",
            "multipart/form-data",
            "multipart/mixed; boundary=end",
            "",
        ] {
            let answer = send(&mut adviser, kind, &[TEXT, FILE]);
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{kind}");
            assert!(answer.shows("Send a form with a file"), "{kind}");
        }
        let cut = send(
            &mut adviser,
            "multipart/form-data; boundary=other",
            &[TEXT, FILE],
        );
        assert_eq!(cut.status, StatusCode::BAD_REQUEST);
        assert!(
            adviser
                .post(PATH, &[("text", "x")])
                .shows("Send a form with a file")
        );
    });
}

#[test]
fn no_file_chosen_is_for_the_page_to_tell() {
    each(|site| {
        let answer = site
            .browser("adviser")
            .upload(PATH, &[("text", "x")], ("file", "", b""));
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.shows("Choose a file"));
    });
}

#[test]
fn five_megabytes_are_let_through_only_where_a_file_is_taken() {
    each(|site| {
        let mut adviser = site.browser("adviser");
        let mut bytes = vec![7; LARGEST_FILE];
        let answer = adviser.upload(PATH, &[("text", "x")], ("file", "a", &bytes));
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(shown(&site, &format!("x|a|{LARGEST_FILE}")), 1);
        let answer = adviser.upload("/notes/small-file", &[], ("file", "a", &bytes));
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        bytes.push(7);
        let answer = adviser.upload(PATH, &[("text", "x")], ("file", "b", &bytes));
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.shows("What you sent is too large"));
        bytes.resize(2 * LARGEST_FILE, 7);
        let answer = adviser.upload(PATH, &[("text", "x")], ("file", "b", &bytes));
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        let long = "x".repeat(300_000);
        let answer = adviser.upload(PATH, &[("text", &long)], ("file", "b", b"b"));
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    });
}

#[test]
fn the_name_of_a_file_is_only_a_name() {
    each(|site| {
        let mut adviser = site.browser("adviser");
        for (sent, kept) in [
            ("../../etc/passwd", "passwd"),
            ("a\u{85}b ", "ab"),
            ("<b>", "&lt;b&gt;"),
        ] {
            adviser.upload(PATH, &[("text", "n")], ("file", sent, b"abc"));
            assert_eq!(shown(&site, &format!("n|{kept}|3")), 1, "{sent}");
        }
    });
}
