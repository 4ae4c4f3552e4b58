use super::short_name;

#[test]
fn a_short_name_can_stand_in_an_address() {
    for good in ["better-together", "x", "plan2030"] {
        assert_eq!(short_name(good), Ok(()), "{good}");
    }
    let long = "a".repeat(41);
    for bad in [
        "",
        "Better",
        "a b",
        "a/b",
        "-a",
        "a-",
        "new",
        "decisions",
        "é",
        &long,
    ] {
        assert!(short_name(bad).is_err(), "{bad}");
    }
}
