use super::*;

#[test]
fn codes_are_kept_as_written() {
    let code: Code = " I63.9 ".parse().unwrap();
    assert_eq!(code.as_str(), "I63.9");
    assert_eq!(
        "home with reablement".parse::<Code>().unwrap().to_string(),
        "home with reablement"
    );
    assert_ne!("a".parse::<Code>(), "A".parse::<Code>());
}

#[test]
fn other_texts_are_refused() {
    assert_eq!("  ".parse::<Code>(), Err(CodeError::Empty));
    assert_eq!("a\tb".parse::<Code>(), Err(CodeError::Character('\t')));
    assert_eq!("£".parse::<Code>(), Err(CodeError::Character('£')));
    assert!("x".repeat(64).parse::<Code>().is_ok());
    assert_eq!("x".repeat(65).parse::<Code>(), Err(CodeError::TooLong));
    assert!(serde_json::from_str::<Code>("\"\"").is_err());
}
