use super::{Dimension, Tally, Traits, rate};

#[test]
fn each_record_counts_once_in_every_dimension() {
    let mut tally = Tally::default();
    let source = "R0D".parse().unwrap();
    let at = "2026-10-31T23:30:00Z".parse().unwrap();
    let known: Traits = serde_json::from_str(
        r#"{"born":"1941-03-12","sex":"F","nhs_number":"9990000018","name":null}"#,
    )
    .unwrap();
    for (step, traits) in [
        ("cross-check", &known),
        ("exact", &known),
        ("held", &Traits::default()),
        ("new", &Traits::default()),
    ] {
        tally.add(step, &source, at, traits);
    }
    let all = tally.all;
    assert_eq!((all.all, all.matched, all.held, all.new), (4, 2, 1, 1));
    for dimension in Dimension::ALL {
        let sum: u64 = tally.groups[&dimension]
            .values()
            .map(|group| group.all)
            .sum();
        assert_eq!(sum, 4, "{dimension:?}");
    }
    let labels = |dimension| -> Vec<&str> {
        let groups = tally.groups[&dimension].keys();
        groups.map(|(_, label)| label.as_str()).collect()
    };
    assert_eq!(labels(Dimension::Number), ["Given", "Not given"]);
    assert_eq!(labels(Dimension::Age), ["80 and over", "Not known"]);
    assert_eq!(labels(Dimension::Sex), ["Female", "Not given"]);
    assert_eq!(
        labels(Dimension::Month),
        ["October 2026"],
        "by the day in London"
    );
}

#[test]
fn a_rate_of_nobody_is_none() {
    assert_eq!(rate(0, 0), None);
    let rate = rate(1, 4).unwrap();
    assert!(rate.lower < 0.25 && rate.upper > 0.25);
}
