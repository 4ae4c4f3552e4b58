use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use stour_kernel::Date;
use stour_open_referral::check::{Outcome, Report};

use super::{FeedCheck, LARGEST};

/// A server that answers every request on its own thread, until the test ends, by writing what it likes.
fn serve(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}/feed", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let mut line = String::new();
            let mut reader = BufReader::new(&stream);
            let _ = reader.read_line(&mut line);
            let mut header = String::new();
            while reader.read_line(&mut header).is_ok_and(|read| read > 2) {
                header.clear();
            }
            answer(line.split(' ').nth(1).unwrap_or_default(), &mut stream);
        }
    });
    Ok(address)
}

fn respond(stream: &mut TcpStream, head: &str, body: &[u8]) {
    let length = body.len();
    let head = format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    // The client may have gone away, which is what is tested.
    let _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body));
}

fn checked(address: &str) -> Report {
    let check = FeedCheck::new(address, 5, 50)
        .unwrap()
        .patience(Duration::from_millis(500));
    check.run(Date::constant(2026, 11, 27), &mut |_| {})
}

#[test]
fn what_is_no_address_is_refused() {
    for address in [
        "",
        "example.org",
        "ftp://a.uk",
        "https://",
        "https://a b",
        "https://a.uk/?x=1",
        "https://a:b@c.uk",
    ] {
        assert!(FeedCheck::new(address, 1, 1).is_err(), "{address}");
    }
    assert!(FeedCheck::new(" https://a.uk/v3/ ", 1, 1).is_ok());
}

#[test]
fn headers_and_addresses_arrive() {
    let address = serve(|path, stream| {
        let head = "200 OK\r\nContent-Type: application/json\r\nAccess-Control-Allow-Origin: *";
        let body: &[u8] = match path {
            "/feed/" => br#"{"version":"HSDS-UK-3.0","profile":"https://a.test","openapi_url":"https://a.test"}"#,
            "/feed/services" | "/feed/services?page=1" => br#"{"total_items":0,"total_pages":0,"page_number":1,"size":0,"first_page":true,"last_page":true,"empty":true,"contents":[]}"#,
            _ => return respond(stream, "404 Not Found", b""),
        };
        respond(stream, head, body);
    });
    let mut told = Vec::new();
    let check = FeedCheck::new(&address.unwrap(), 5, 50).unwrap();
    let report = check.run(Date::constant(2026, 11, 27), &mut |path| {
        told.push(path.to_owned());
    });
    assert_eq!(report.outcome, Outcome::Pass, "{report}");
    assert_eq!(told.len(), report.requests);
    assert_eq!(told.first().map(String::as_str), Some("/"));
}

#[test]
fn redirections_without_end_are_told() {
    let address = serve(|path, stream| {
        respond(stream, &format!("302 Found\r\nLocation: {path}x"), b"");
    });
    let report = checked(&address.unwrap());
    assert_eq!(report.outcome, Outcome::NotRun);
    assert!(
        report.to_string().contains("redirected too often"),
        "{report}"
    );
}

#[test]
fn an_answer_without_end_is_not_read_to_its_end() {
    let address = serve(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[");
        let chunk = vec![b'1'; 65_536];
        for _ in 0..LARGEST / 65_536 + 10 {
            if stream.write_all(&chunk).is_err() {
                return;
            }
        }
    });
    let check = FeedCheck::new(&address.unwrap(), 5, 50).unwrap();
    let report = check.run(Date::constant(2026, 11, 27), &mut |_| {});
    assert_eq!(report.outcome, Outcome::NotRun);
    assert!(
        report
            .to_string()
            .contains("the answer is larger than 16 MB"),
        "{report}"
    );
}

#[test]
fn silence_and_broken_answers_are_told() {
    let silent = serve(|_, _| std::thread::sleep(Duration::from_secs(2)));
    let report = checked(&silent.unwrap());
    assert!(report.to_string().contains("no answer in time"), "{report}");
    let broken = serve(|_, stream| {
        let _ = stream.write_all(
            b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{\"a\":",
        );
    });
    let report = checked(&broken.unwrap());
    assert_eq!(report.outcome, Outcome::NotRun);
    assert!(report.to_string().contains("no answer: "), "{report}");
    let report = checked("http://127.0.0.1:1/feed");
    assert_eq!(report.outcome, Outcome::NotRun);
}

#[test]
fn a_feed_that_is_busy_is_asked_again() {
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let address = serve(move |_, stream| {
        if asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0 {
            return respond(stream, "429 Too Many Requests\r\nRetry-After: 0", b"");
        }
        respond(stream, "200 OK", b"not json");
    });
    let report = checked(&address.unwrap());
    assert!(!report.to_string().contains("status 429"), "{report}");
}
