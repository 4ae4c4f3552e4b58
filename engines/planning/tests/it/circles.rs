//! Networks that cannot be put in order, and others that are wrong.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stour_planning::{Finding, Link, NetworkError, Plan, findings, schedule};

use crate::support::{at, by, link, task, waits};

#[test]
fn a_circle_is_named_from_its_lowest_task_in_its_order() {
    let tasks: Vec<_> = (1..=6).map(|number| task(number, 1)).collect();
    let links = [
        link(1, 4),
        link(4, 2),
        link(2, 6),
        link(6, 4),
        link(6, 5),
        link(3, 1),
    ];
    let refused = schedule(at(0), &tasks, &links).unwrap_err();
    assert_eq!(refused, NetworkError::Cycle(vec![2, 6, 4]));
    assert!(refused.to_string().contains("2, 6, 4"), "{refused}");
    let alone = schedule(at(0), &tasks, &[link(5, 5)]).unwrap_err();
    assert_eq!(alone, NetworkError::Cycle(vec![5]));
}

#[test]
fn links_to_nowhere_and_numbers_given_twice_are_refused() {
    let refused = |tasks: &[_], links: &[_]| schedule(at(0), tasks, links).unwrap_err();
    assert_eq!(
        refused(&[task(1, 1)], &[link(1, 9)]),
        NetworkError::Unknown(9)
    );
    assert_eq!(
        refused(&[task(1, 1), task(1, 2)], &[]),
        NetworkError::Twice(1)
    );
}

#[test]
fn a_plan_that_goes_round_says_so_among_what_else_is_found() {
    let plan = Plan {
        activities: vec![by(1, "2024-01"), by(2, "2024-02")],
        dependencies: vec![waits(1, 2), waits(2, 1), waits(2, 7)],
        ..Plan::default()
    };
    let found = findings(&plan);
    assert!(found.contains(&Finding::Circle(vec![1, 2])), "{found:?}");
    assert!(found.contains(&Finding::OutOfOrder {
        after: 1,
        before: 2
    }));
    assert!(found.contains(&Finding::NoSuchActivity(7)));
}

/// Whether a network has a circle, by following every link until no task is left without one that waits.
fn goes_round(links: &[Link]) -> bool {
    let mut left = links.to_vec();
    loop {
        let is_held = |number: i64| left.iter().any(|link| link.after == number);
        let kept: Vec<Link> = left
            .iter()
            .copied()
            .filter(|link| is_held(link.before))
            .collect();
        if kept.len() == left.len() {
            return !left.is_empty();
        }
        left = kept;
    }
}

proptest! {
    #[test]
    fn a_circle_is_found_where_there_is_one_and_is_one(
        links in proptest::collection::vec((1_i64..7, 1_i64..7), 0..12),
    ) {
        let tasks: Vec<_> = (1..7).map(|number| task(number, 1)).collect();
        let links: Vec<Link> = links.into_iter().map(|(before, after)| link(before, after)).collect();
        match schedule(at(0), &tasks, &links) {
            Ok(found) => {
                prop_assert!(!goes_round(&links));
                prop_assert_eq!(found.tasks.len(), 6);
            }
            Err(NetworkError::Cycle(circle)) => {
                prop_assert!(goes_round(&links));
                prop_assert_eq!(circle.first(), circle.iter().min());
                let mut seen = BTreeMap::new();
                for (place, number) in circle.iter().enumerate() {
                    prop_assert!(seen.insert(*number, place).is_none());
                    let next = circle[(place + 1) % circle.len()];
                    prop_assert!(links.contains(&link(*number, next)));
                }
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}
