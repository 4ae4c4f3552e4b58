//! The critical path method.

use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::Date;

use crate::day;

/// Something that takes days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    /// What it is called.
    pub number: i64,
    /// How many days it takes; 0 for a moment.
    pub days: u32,
    /// The first day on which it may begin, beside what links say.
    pub not_before: Option<Date>,
    /// The day it was done, once it was: links into it no longer move it.
    pub finished: Option<Date>,
}

/// That one task begins only after another is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The one that comes first.
    pub before: i64,
    /// The one that waits.
    pub after: i64,
    /// Days between the end of the one and the beginning of the other; negative where they may overlap.
    pub lag: i32,
}

/// Where a task stands in time. A task that takes days ends at the end of its last day; one that takes none begins
/// and ends on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// The first day on which it can begin.
    pub earliest_start: Date,
    /// The first day on which it can be done.
    pub earliest_end: Date,
    /// The last day on which it can begin without moving the end of all.
    pub latest_start: Date,
    /// The last day on which it can be done without moving the end of all.
    pub latest_end: Date,
    /// By how many days it can be late without moving the end of all; negative where what was done late, or in
    /// another order, has moved it already.
    pub float: i64,
    /// By how many days it can be late without moving any other task.
    pub free_float: i64,
    /// Whether it is not done and a day later here is a day later at the end.
    pub is_critical: bool,
}

/// When each task can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// By number.
    pub tasks: BTreeMap<i64, Placed>,
    /// A chain of tasks, each waiting for the one before, that decides the end. Of several, the one that goes back by
    /// the lowest numbers.
    pub path: Vec<i64>,
    /// The last day of all; the first day when there are no tasks.
    pub ends: Date,
}

/// Why there is no schedule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// Tasks wait for each other in a circle: the tasks of one circle, in their order, beginning with the lowest.
    #[error("each waits for the one before, and the first for the last: {}", numbers(.0))]
    Cycle(Vec<i64>),
    /// A link names a task that is not there.
    #[error("there is no {0}, which another waits for or which waits for another")]
    Unknown(i64),
    /// Two tasks have one number.
    #[error("{0} is there twice")]
    Twice(i64),
}

fn numbers(all: &[i64]) -> String {
    let all: Vec<String> = all.iter().map(ToString::to_string).collect();
    all.join(", ")
}

/// One task with its links, in numbers of days: it takes the days from `start` up to but not including `end`.
struct Node<'a> {
    task: &'a Task,
    before: Vec<(i64, i64)>,
    after: Vec<(i64, i64)>,
}

type Nodes<'a> = BTreeMap<i64, Node<'a>>;

/// Works out when each task can be, from the first day of all.
///
/// # Errors
/// [`NetworkError`], for a cycle with the tasks of it.
pub fn schedule(begins: Date, tasks: &[Task], links: &[Link]) -> Result<Schedule, NetworkError> {
    let nodes = nodes(tasks, links)?;
    let order = order(&nodes)?;
    let begins = day::number(begins);
    let mut early: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for number in &order {
        if let Some(node) = nodes.get(number) {
            early.insert(*number, earliest(node, &early, begins));
        }
    }
    let end = early.values().map(|(_, end)| *end).max().unwrap_or(begins);
    let mut late: BTreeMap<i64, i64> = BTreeMap::new();
    for number in order.iter().rev() {
        if let Some(node) = nodes.get(number) {
            late.insert(*number, latest_end(node, &nodes, &late, end));
        }
    }
    let mut placed = BTreeMap::new();
    for (number, node) in &nodes {
        let (Some((start, finish)), Some(latest)) = (early.get(number), late.get(number)) else {
            continue;
        };
        let waiting = |(after, lag): &(i64, i64)| {
            let is_open = nodes
                .get(after)
                .is_some_and(|node| node.task.finished.is_none());
            let begins = early.get(after).filter(|_| is_open)?.0;
            Some(begins.saturating_sub(*lag))
        };
        let next = node.after.iter().filter_map(waiting).fold(end, i64::min);
        let float = latest.saturating_sub(*finish);
        let length = i64::from(node.task.days);
        placed.insert(
            *number,
            Placed {
                earliest_start: day::of(*start),
                earliest_end: last_day(*start, *finish),
                latest_start: day::of(latest.saturating_sub(length)),
                latest_end: last_day(latest.saturating_sub(length), *latest),
                float,
                free_float: next.saturating_sub(*finish),
                is_critical: float <= 0 && node.task.finished.is_none(),
            },
        );
    }
    let ends = early.values().map(|(start, end)| last_day(*start, *end));
    let ends = ends.max().unwrap_or_else(|| day::of(begins));
    let decides = |number: &&i64| early.get(number).is_some_and(|(_, finish)| *finish == end);
    let last = order.iter().rev().find(decides).copied();
    Ok(Schedule {
        tasks: placed,
        path: path(&nodes, &early, last),
        ends,
    })
}

/// The day on which something ends that takes from `start` up to but not including `end`.
fn last_day(start: i64, end: i64) -> Date {
    day::of(if end > start { end - 1 } else { end })
}

fn nodes<'a>(tasks: &'a [Task], links: &[Link]) -> Result<Nodes<'a>, NetworkError> {
    let mut nodes = Nodes::new();
    for task in tasks {
        let node = Node {
            task,
            before: Vec::new(),
            after: Vec::new(),
        };
        if nodes.insert(task.number, node).is_some() {
            return Err(NetworkError::Twice(task.number));
        }
    }
    for Link { before, after, lag } in links {
        let lag = i64::from(*lag);
        let first = nodes
            .get_mut(before)
            .ok_or(NetworkError::Unknown(*before))?;
        first.after.push((*after, lag));
        let second = nodes.get_mut(after).ok_or(NetworkError::Unknown(*after))?;
        second.before.push((*before, lag));
    }
    Ok(nodes)
}

/// Every task after all that it waits for, by the lowest number where several could be next.
fn order(nodes: &Nodes<'_>) -> Result<Vec<i64>, NetworkError> {
    let mut waits: BTreeMap<i64, usize> = nodes
        .iter()
        .map(|(number, node)| (*number, node.before.len()))
        .collect();
    let mut ready: BTreeSet<i64> = waits
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(number, _)| *number)
        .collect();
    let mut order = Vec::with_capacity(nodes.len());
    while let Some(number) = ready.pop_first() {
        order.push(number);
        waits.remove(&number);
        let after = nodes
            .get(&number)
            .map_or(&[][..], |node| node.after.as_slice());
        for (next, _) in after {
            if let Some(count) = waits.get_mut(next) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.insert(*next);
                }
            }
        }
    }
    if waits.is_empty() {
        Ok(order)
    } else {
        Err(NetworkError::Cycle(cycle(nodes, &waits)))
    }
}

/// One circle among the tasks that are left when all others are taken out: each of them waits for another of them,
/// so that going back from any one comes round.
fn cycle(nodes: &Nodes<'_>, left: &BTreeMap<i64, usize>) -> Vec<i64> {
    let mut walked: Vec<i64> = Vec::new();
    let mut next = left.keys().next().copied();
    while let Some(number) = next {
        if let Some(at) = walked.iter().position(|one| *one == number) {
            let mut round: Vec<i64> = walked.drain(at..).rev().collect();
            let lowest = round.iter().enumerate().min_by_key(|(_, number)| **number);
            let lowest = lowest.map_or(0, |(position, _)| position);
            round.rotate_left(lowest);
            return round;
        }
        walked.push(number);
        let before = nodes
            .get(&number)
            .map_or(&[][..], |node| node.before.as_slice());
        let among = before.iter().map(|(one, _)| *one);
        next = among.filter(|one| left.contains_key(one)).min();
    }
    walked
}

fn earliest(node: &Node<'_>, early: &BTreeMap<i64, (i64, i64)>, begins: i64) -> (i64, i64) {
    let days = i64::from(node.task.days);
    if let Some(finished) = node.task.finished {
        // Done at the end of that day where it took days, on that day where it took none.
        let end = day::number(finished) + i64::from(days > 0);
        return (end.saturating_sub(days), end);
    }
    let by_links = node.before.iter().filter_map(|(before, lag)| {
        let (_, end) = early.get(before)?;
        Some(end.saturating_add(*lag))
    });
    let by_day = node.task.not_before.map(day::number);
    let start = by_links.chain(by_day).fold(begins, i64::max);
    (start, start.saturating_add(days))
}

fn latest_end(node: &Node<'_>, nodes: &Nodes<'_>, late: &BTreeMap<i64, i64>, end: i64) -> i64 {
    let by_links = node.after.iter().filter_map(|(after, lag)| {
        let task = nodes.get(after)?.task;
        if task.finished.is_some() {
            return None;
        }
        let start = late.get(after)?.saturating_sub(i64::from(task.days));
        Some(start.saturating_sub(*lag))
    });
    by_links.fold(end, i64::min)
}

/// Back from the last task by the links that decide.
fn path(nodes: &Nodes<'_>, early: &BTreeMap<i64, (i64, i64)>, last: Option<i64>) -> Vec<i64> {
    let mut path: Vec<i64> = Vec::new();
    let mut next = last;
    while let Some(number) = next {
        path.push(number);
        let (Some(node), Some((start, _))) = (nodes.get(&number), early.get(&number)) else {
            break;
        };
        let is_open = node.task.finished.is_none();
        let decides = |(before, lag): &&(i64, i64)| {
            let end = early.get(before).map(|(_, end)| end.saturating_add(*lag));
            is_open && end == Some(*start)
        };
        next = node
            .before
            .iter()
            .filter(decides)
            .map(|(one, _)| *one)
            .min();
    }
    path.reverse();
    path
}
