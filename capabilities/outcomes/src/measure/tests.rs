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

#[test]
fn periods_are_dated_by_their_first_day_and_called_what_people_call_them() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    assert_eq!(
        Every::Quarter.after(day("2024-10-01")),
        Some(day("2025-01-01"))
    );
    assert_eq!(
        Every::Year.after(day("2024-04-01")),
        Some(day("2025-04-01"))
    );
    assert!(Every::Year.begins_on(day("2024-04-01")) && !Every::Year.begins_on(day("2024-01-01")));
    assert!(
        Every::Quarter.begins_on(day("2024-07-01")) && !Every::Quarter.begins_on(day("2024-08-01"))
    );
    assert_eq!(Every::Day.name(day("2013-06-30")), "30 June 2013");
    assert_eq!(Every::Month.name(day("2013-06-01")), "June 2013");
    assert_eq!(Every::Quarter.name(day("2013-04-01")), "April to June 2013");
    assert_eq!(Every::Year.name(day("1999-04-01")), "1999-00");
}

#[test]
fn what_is_known_of_figures_is_dated_and_says_how_it_is_known() {
    for measure in measures().unwrap() {
        assert!(
            !measure.lag.is_empty() && !measure.theme.is_empty(),
            "{}",
            measure.id
        );
        assert!(!(measure.whole && measure.percent), "{}", measure.id);
        assert!(
            measure.targets.is_sorted_by(|a, b| a.from < b.from),
            "{}",
            measure.id
        );
        for target in &measure.targets {
            assert!(!target.source.is_empty(), "{}", measure.id);
        }
        for fault in &measure.faults {
            assert!(
                fault.from <= fault.to && !fault.source.is_empty(),
                "{}",
                measure.id
            );
        }
    }
}

/// A later structure is made of the bodies that took over from those before, or of the same.
#[test]
fn the_whole_goes_from_one_structure_to_the_next_by_succession() {
    let reference = stour_partnership::reference().unwrap();
    for measure in measures().unwrap() {
        let structures = measure.together.iter().flat_map(|all| &all.structures);
        let structures: Vec<&Structure> = structures.collect();
        for pair in structures.windows(2) {
            assert!(
                pair[0].from < pair[1].from && pair[1].why.is_some(),
                "{}",
                measure.id
            );
            for later in &pair[1].areas {
                let follows = reference.successions.iter().any(|one| {
                    one.to.as_str() == later
                        && pair[0].areas.iter().any(|area| one.from.as_str() == area)
                });
                assert!(
                    follows || pair[0].areas.contains(later),
                    "{}: {later}",
                    measure.id
                );
            }
        }
    }
}

#[test]
fn every_owner_is_a_role_of_the_policies() {
    let policies = include_str!("../../../../policies/boards.cedar");
    for measure in measures().unwrap() {
        assert!(
            policies.contains(&format!("\"{}\"", measure.owner)),
            "{}",
            measure.owner
        );
    }
}
