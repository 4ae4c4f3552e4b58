//! Schedules against an oracle that walks every path of the network, and against what happens when a task takes one
//! day more.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stour_planning::{Link, Task, schedule};

use crate::support::{at, since};

/// A network without circles: links lead from lower to higher places, whose numbers are shuffled.
fn network() -> impl Strategy<Value = (Vec<Task>, Vec<Link>)> {
    let task = (0_u32..9, proptest::option::weighted(0.3, 0_i64..25));
    let tasks = proptest::collection::vec(task, 1..8);
    let links = proptest::collection::vec((0_usize..8, 0_usize..8, -4_i32..6), 0..14);
    (
        tasks,
        links,
        Just((1..=8_i64).collect::<Vec<_>>()).prop_shuffle(),
    )
        .prop_map(|(tasks, links, names)| {
            let count = tasks.len();
            let links = links
                .into_iter()
                .filter(|(from, to, _)| from < to && *to < count)
                .map(|(from, to, lag)| Link {
                    before: names[from],
                    after: names[to],
                    lag,
                })
                .collect();
            let tasks = tasks
                .into_iter()
                .zip(&names)
                .map(|((days, not_before), number)| Task {
                    number: *number,
                    days,
                    not_before: not_before.map(at),
                    finished: None,
                })
                .collect();
            (tasks, links)
        })
}

/// The end of the longest of all paths that lead to a task, walked one by one.
fn end_by_paths(number: i64, tasks: &BTreeMap<i64, Task>, links: &[Link]) -> i64 {
    let task = tasks[&number];
    let own = task.not_before.map_or(0, since).max(0);
    let paths = links.iter().filter(|link| link.after == number);
    let start = paths
        .map(|link| end_by_paths(link.before, tasks, links) + i64::from(link.lag))
        .fold(own, i64::max);
    start + i64::from(task.days)
}

fn end_of_all(tasks: &BTreeMap<i64, Task>, links: &[Link]) -> i64 {
    let ends = tasks
        .keys()
        .map(|number| end_by_paths(*number, tasks, links));
    ends.max().unwrap()
}

/// By how many days a task can be late: tried one by one, each time with the whole network.
fn float_by_trying(number: i64, tasks: &BTreeMap<i64, Task>, links: &[Link]) -> i64 {
    let end = end_of_all(tasks, links);
    let starts = end_by_paths(number, tasks, links) - i64::from(tasks[&number].days);
    (1..1_000)
        .find(|late| {
            let mut tried = tasks.clone();
            tried.get_mut(&number).unwrap().not_before = Some(at(starts + late));
            end_of_all(&tried, links) > end
        })
        .unwrap()
        - 1
}

proptest! {
    #[test]
    fn each_task_stands_where_the_longest_path_puts_it((tasks, links) in network()) {
        let found = schedule(at(0), &tasks, &links).unwrap();
        let by_number: BTreeMap<i64, Task> = tasks.iter().map(|task| (task.number, *task)).collect();
        for (number, placed) in &found.tasks {
            let end = end_by_paths(*number, &by_number, &links);
            let days = i64::from(by_number[number].days);
            prop_assert_eq!(since(placed.earliest_start), end - days);
            prop_assert_eq!(since(placed.earliest_end), end - i64::from(days > 0));
            let float = float_by_trying(*number, &by_number, &links);
            prop_assert_eq!(placed.float, float, "float of {}", number);
            prop_assert_eq!(placed.is_critical, float == 0);
            prop_assert_eq!(since(placed.latest_start), end - days + float);
            prop_assert!(placed.free_float <= placed.float);
        }
    }

    #[test]
    fn the_path_is_a_chain_that_decides_the_end((tasks, links) in network()) {
        let found = schedule(at(0), &tasks, &links).unwrap();
        let by_number: BTreeMap<i64, Task> = tasks.iter().map(|task| (task.number, *task)).collect();
        let end = end_of_all(&by_number, &links);
        let first = by_number[found.path.first().unwrap()];
        let mut day = first.not_before.map_or(0, since).max(0);
        for (place, number) in found.path.iter().enumerate() {
            prop_assert!(found.tasks[number].is_critical);
            if let Some(before) = place.checked_sub(1).map(|place| found.path[place]) {
                let of_pair = |link: &&Link| link.before == before && link.after == *number;
                // Of two links between the same tasks the longer one decides.
                day += i64::from(links.iter().filter(of_pair).map(|link| link.lag).max().unwrap());
            }
            day += i64::from(by_number[number].days);
        }
        // A lead may have begun before the first day, where the path cannot begin.
        prop_assert!(day <= end);
        prop_assert_eq!(since(found.tasks[found.path.last().unwrap()].earliest_start)
            + i64::from(by_number[found.path.last().unwrap()].days), end);
    }

    #[test]
    fn a_day_more_on_the_path_is_a_day_more_at_the_end((tasks, links) in network(), which in 0_usize..8) {
        let before = schedule(at(0), &tasks, &links).unwrap();
        let number = before.path[which % before.path.len()];
        let mut longer = tasks.clone();
        for task in &mut longer {
            task.days += u32::from(task.number == number);
        }
        let by_number = |tasks: &[Task]| tasks.iter().map(|task| (task.number, *task)).collect();
        let (was, is) = (end_of_all(&by_number(&tasks), &links), end_of_all(&by_number(&longer), &links));
        prop_assert_eq!(is, was + 1);
    }
}
