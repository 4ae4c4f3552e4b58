use super::last;

#[test]
fn how_long_ago_is_said_in_the_largest_whole_unit() {
    let now = "2026-11-24T09:00:00Z".parse().unwrap();
    for (then, expected) in [
        ("2026-11-24T09:00:00Z", "just now"),
        ("2026-11-24T08:59:00Z", "1 minute ago"),
        ("2026-11-24T06:00:00Z", "3 hours ago"),
        ("2026-11-23T08:00:00Z", "1 day ago"),
        ("2026-11-01T09:00:00Z", "23 days ago"),
        ("2026-11-24T10:00:00Z", "just now"),
    ] {
        let said = last(then.parse().ok(), now);
        assert!(
            said.starts_with(&format!("last heard from, about anybody, {expected} (")),
            "{said}"
        );
    }
    assert_eq!(last(None, now), "never heard from, about anybody");
}
