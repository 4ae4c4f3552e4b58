//! Networks whose answer was worked out on paper.

use stour_planning::{Task, schedule};

use crate::support::{at, link, task};

/// Two ways from the first to the last task, one of 3 + 4 + 2 days and one of 3 + 1 + 2.
fn two_ways() -> (Vec<Task>, Vec<stour_planning::Link>) {
    let tasks = vec![task(1, 3), task(2, 4), task(3, 1), task(4, 2)];
    (tasks, vec![link(1, 2), link(1, 3), link(2, 4), link(3, 4)])
}

#[test]
fn the_longest_way_decides_and_the_other_has_float() {
    let (tasks, links) = two_ways();
    let found = schedule(at(0), &tasks, &links).unwrap();
    assert_eq!(found.path, [1, 2, 4]);
    assert_eq!(found.ends, at(8), "nine days, the first of them day nought");
    let short = &found.tasks[&3];
    assert_eq!(
        (short.float, short.free_float, short.is_critical),
        (3, 3, false)
    );
    assert_eq!((short.earliest_start, short.earliest_end), (at(3), at(3)));
    assert_eq!((short.latest_start, short.latest_end), (at(6), at(6)));
    assert!(
        [1, 2, 4]
            .iter()
            .all(|number| found.tasks[number].is_critical)
    );
}

#[test]
fn a_lag_keeps_two_tasks_apart_and_a_lead_lets_them_overlap() {
    let tasks = [task(1, 5), task(2, 5)];
    let with = |lag| {
        let link = stour_planning::Link { lag, ..link(1, 2) };
        schedule(at(0), &tasks, &[link]).unwrap()
    };
    assert_eq!(with(2).tasks[&2].earliest_start, at(7));
    assert_eq!(with(-2).tasks[&2].earliest_start, at(3));
    assert_eq!(
        with(-9).tasks[&2].earliest_start,
        at(0),
        "not before all begins"
    );
}

#[test]
fn a_day_before_which_a_task_may_not_begin_decides_where_it_is_later() {
    let (mut tasks, links) = two_ways();
    tasks[2].not_before = Some(at(20));
    let found = schedule(at(0), &tasks, &links).unwrap();
    assert_eq!(
        found.path,
        [3, 4],
        "what keeps it waiting is the day, not the first task"
    );
    assert_eq!(found.tasks[&1].float, 14);
}

#[test]
fn what_is_done_stands_where_it_was_done() {
    let (mut tasks, links) = two_ways();
    // Done four days later than it could have been.
    tasks[0].finished = Some(at(6));
    let found = schedule(at(0), &tasks, &links).unwrap();
    assert_eq!(found.ends, at(12));
    assert_eq!(found.path, [1, 2, 4]);
    assert!(
        !found.tasks[&1].is_critical,
        "nothing can make it later now"
    );
    // Done although what it waits for is not.
    let mut tasks = two_ways().0;
    tasks[1].finished = Some(at(1));
    let found = schedule(at(0), &tasks, &links).unwrap();
    assert_eq!(found.path, [1, 3, 4]);
    assert_eq!(found.tasks[&1].float, 0);
}

#[test]
fn a_moment_takes_no_day() {
    let tasks = [task(1, 0), task(2, 10), task(3, 0)];
    let found = schedule(at(5), &tasks, &[link(1, 2), link(2, 3)]).unwrap();
    assert_eq!(found.tasks[&1].earliest_end, at(5));
    assert_eq!(found.tasks[&2].earliest_end, at(14));
    assert_eq!(
        found.tasks[&3].earliest_end,
        at(15),
        "once the last day has ended"
    );
    assert_eq!(found.path, [1, 2, 3]);
}

#[test]
fn nothing_to_do_ends_when_it_begins() {
    let found = schedule(at(5), &[], &[]).unwrap();
    assert_eq!(
        (found.ends, found.path.len(), found.tasks.len()),
        (at(5), 0, 0)
    );
}
