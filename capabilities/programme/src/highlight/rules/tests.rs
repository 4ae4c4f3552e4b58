use super::{Counted, Rag, rules};

#[test]
fn the_rules_can_be_read_and_each_can_be_reached() {
    let rules = rules().unwrap();
    assert!(rules.rule.len() >= 9);
    for rule in &rules.rule {
        assert!(rule.amber > 0, "{}: nothing would be amber", rule.measure);
        assert!(
            rule.red.is_none_or(|red| red >= rule.amber),
            "{}",
            rule.measure
        );
        assert!(rule.many.contains("{}"), "{}", rule.measure);
        let below = rule.reason(rule.amber - 1);
        assert_eq!(below, None, "{}", rule.measure);
        let at = rule.reason(rule.amber).unwrap();
        let expected = if rule.red == Some(rule.amber) {
            Rag::Red
        } else {
            Rag::Amber
        };
        assert_eq!(at.rag, expected, "{}", rule.measure);
        assert!(!at.words.contains("{}"));
    }
}

#[test]
fn the_worst_reason_decides_and_stands_first() {
    let rules = rules().unwrap();
    let counted: Counted = [
        ("overdue-activities", 1),
        ("highest-risk-score", 25),
        ("conflicts", 0),
    ]
    .into();
    let (rag, reasons) = rules.judge(&counted);
    assert_eq!(rag, Rag::Red);
    let words: Vec<&str> = reasons.iter().map(|reason| reason.words.as_str()).collect();
    assert_eq!(
        words,
        [
            "the worst open risk scores 25 of 25",
            "1 activity is overdue"
        ]
    );
}

#[test]
fn where_nothing_is_recorded_nothing_is_green() {
    let rules = rules().unwrap();
    assert_eq!(rules.judge(&Counted::new()), (Rag::NotReported, Vec::new()));
    let counted: Counted = [("overdue-activities", 0)].into();
    assert_eq!(rules.judge(&counted), (Rag::Green, Vec::new()));
}

#[test]
fn dates_of_which_nobody_says_anything_make_nothing_green() {
    let rules = rules().unwrap();
    let mut counted: Counted = [
        ("silent-activities", 0),
        ("conflicts", 0),
        ("open-without-owner", 0),
        ("days-behind-baseline", 0),
    ]
    .into();
    assert_eq!(rules.judge(&counted), (Rag::NotReported, Vec::new()));
    counted.insert("conflicts", 1);
    assert_eq!(rules.judge(&counted).0, Rag::Amber, "what is wrong is told");
    counted.insert("conflicts", 0);
    counted.insert("benefits-behind", 0);
    assert_eq!(rules.judge(&counted).0, Rag::Green);
}
