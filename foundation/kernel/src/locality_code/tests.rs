use super::*;

#[test]
fn words_joined_by_hyphens_are_read() {
    for text in ["poole", "east-bournemouth", "area-3"] {
        let code: LocalityCode = text.parse().unwrap();
        assert_eq!(code.as_str(), text);
        let json = serde_json::to_string(&code).unwrap();
        assert_eq!(serde_json::from_str::<LocalityCode>(&json).unwrap(), code);
    }
}

#[test]
fn other_texts_are_refused() {
    for text in [
        "East-Bournemouth",
        "east bournemouth",
        "-poole",
        "poole-",
        "east--dorset",
        "é",
    ] {
        assert_eq!(
            text.parse::<LocalityCode>(),
            Err(LocalityCodeError::Shape),
            "{text}"
        );
    }
    assert_eq!(" ".parse::<LocalityCode>(), Err(LocalityCodeError::Length));
    assert_eq!(
        "a".repeat(41).parse::<LocalityCode>(),
        Err(LocalityCodeError::Length)
    );
}
