use super::{cleared_cookie, csrf_matches, csrf_token, origin_matches, session_cookie, token_in};

const TOKEN: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

#[test]
fn the_cookie_is_for_this_host_alone() {
    assert_eq!(
        session_cookie(TOKEN),
        format!("__Host-stour={TOKEN}; Path=/; Secure; HttpOnly; SameSite=Lax")
    );
    assert!(cleared_cookie().ends_with("; Max-Age=0"));
}

#[test]
fn a_token_is_read_only_when_there_is_exactly_one_that_can_be_one() {
    assert_eq!(
        token_in(&format!("a=b; __Host-stour={TOKEN}; c=d")),
        Some(TOKEN)
    );
    assert_eq!(
        token_in(&format!("__Host-stour={TOKEN}; __Host-stour={TOKEN}")),
        None
    );
    assert_eq!(token_in("__Host-stour=short"), None);
    assert_eq!(token_in(&format!("stour={TOKEN}")), None);
    assert_eq!(token_in(""), None);
}

#[test]
fn a_form_must_carry_the_token_of_its_session() {
    assert!(csrf_matches(b"secret", &csrf_token(b"secret")));
    assert!(!csrf_matches(b"secret", &csrf_token(b"secreu")));
    assert!(!csrf_matches(b"secret", ""));
}

#[test]
fn an_origin_matches_the_host_it_names() {
    assert!(origin_matches("http://127.0.0.1:8080", "127.0.0.1:8080"));
    assert!(origin_matches("https://Stour.example", "stour.example"));
    for origin in [
        "null",
        "",
        "https://stour.example.evil.org",
        "https://evil.org/stour.example",
        "stour.example",
        "ftp://stour.example",
    ] {
        assert!(!origin_matches(origin, "stour.example"), "{origin}");
    }
    assert!(!origin_matches("https://", ""));
}
