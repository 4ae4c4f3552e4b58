//! `stour directory check` as somebody at a terminal meets it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;

use super::program::{Run, program};

/// A feed without services, or one that answers something else, until the test ends.
fn serve(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/v3", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(&stream);
            let mut line = String::new();
            while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                line.clear();
            }
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
            let _ = write!(
                stream,
                "{head}\r\nContent-Length: {}\r\n\r\n{answer}",
                answer.len()
            );
        }
    });
    address
}

fn check(words: &[&str]) -> Run {
    let all: Vec<&str> = ["directory", "check"]
        .iter()
        .chain(words)
        .copied()
        .collect();
    Run::of(program(&all).output().unwrap())
}

const EMPTY: &str = r#"{"version":"3.0","profile":"https://a.test","openapi_url":"https://a.test","total_items":0,"total_pages":0,"page_number":1,"size":0,"first_page":true,"last_page":true,"empty":true,"contents":[]}"#;

#[test]
fn a_feed_that_passes_ends_with_0() {
    let feed = serve(EMPTY);
    let run = check(&[&feed]);
    assert_eq!(run.code, 0, "{}", run.errors);
    assert!(run.said.contains("PASSES: 0 failed"), "{}", run.said);
    assert!(run.said.contains("the list is empty"), "{}", run.said);
    let json: serde_json::Value = serde_json::from_str(&check(&[&feed, "--json"]).said).unwrap();
    assert_eq!(json["outcome"], "pass");
    assert_eq!(json["checks"][0]["id"], "root");
}

#[test]
fn what_is_no_feed_ends_with_1_and_what_does_not_answer_with_2() {
    let run = check(&[&serve("{}")]);
    assert_eq!(run.code, 1, "{}", run.said);
    assert!(run.said.contains("FAILS"), "{}", run.said);
    assert!(
        run.errors.contains("the feed fails 2 checks"),
        "{}",
        run.errors
    );
    let run = check(&["http://127.0.0.1:1/v3"]);
    assert_eq!(run.code, 2, "{}", run.said);
    assert!(run.said.contains("COULD NOT BE CHECKED"), "{}", run.said);
    assert!(
        run.errors.contains("could not be checked"),
        "{}",
        run.errors
    );
    let run = check(&["example.org"]);
    assert_eq!(run.code, 2);
    assert!(
        run.errors.contains("is no address of a feed"),
        "{}",
        run.errors
    );
}
