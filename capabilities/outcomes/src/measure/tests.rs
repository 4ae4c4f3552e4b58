use super::*;

#[test]
fn the_file_is_well_formed_and_names_are_not_used_twice() {
    let all = measures().unwrap();
    for measure in all {
        assert!(!measure.is_not.is_empty(), "{}", measure.id);
        assert_eq!(all.iter().filter(|other| other.id == measure.id).count(), 1);
    }
    assert!(measure("no-criteria-to-reside").is_some());
    assert!(measure("no-such-measure").is_none());
}

#[test]
fn the_period_after_the_last_day_of_january_is_the_next_day_or_february() {
    let date: Date = "2024-01-31".parse().unwrap();
    assert_eq!(Every::Day.after(date), "2024-02-01".parse().ok());
    assert_eq!(Every::Month.after(date), "2024-02-01".parse().ok());
    assert_eq!(Every::Day.after(Date::MAX), None);
}
