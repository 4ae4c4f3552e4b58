//! A plan as a Gantt chart.

use stour_design::chart::{CivilDay, GanttChart, GanttEnd, GanttRow};
use stour_kernel::Date;
use stour_planning::{Finding, Qualifier, Schedule};
use stour_web::words::day;

use super::baseline::Baseline;
use super::kinds::ACTIVITY;
use super::page::conflicts_of;
use super::reading::{Activity, Milestone, Progress, Read};
use super::words::{days, due, stretch, when};
use crate::governance::shell::Opened;

/// The days that a chart is of.
pub(super) type Stretch = (Date, Date);

/// What a chart is drawn from.
pub(super) struct Drawn<'a> {
    pub(super) opened: &'a Opened,
    pub(super) plan: &'a Read,
    pub(super) conflicts: &'a [Finding],
    pub(super) schedule: Option<Schedule>,
    /// The baseline whose bars are drawn under those of now.
    pub(super) baseline: Option<&'a Baseline>,
}

impl Drawn<'_> {
    /// The chart of what touches a stretch of days; nothing when nothing does.
    pub(super) fn chart(&self, within: Option<Stretch>) -> Option<GanttChart> {
        let mut rows: Vec<(Stretch, GanttRow)> = self
            .plan
            .activities
            .values()
            .filter_map(|activity| self.activity(activity))
            .chain(
                self.plan
                    .milestones
                    .iter()
                    .filter_map(|one| self.milestone(one)),
            )
            .filter(|((from, to), _)| {
                within.is_none_or(|(first, last)| *from <= last && *to >= first)
            })
            .collect();
        rows.sort_by_key(|(at, _)| *at);
        let first = rows.iter().map(|((from, _), _)| *from).min()?;
        let last = rows.iter().map(|((_, to), _)| *to).max()?;
        let count = rows.len();
        let subtitle = format!(
            "{count} of {} activities and milestones, {}",
            self.plan.activities.len() + self.plan.milestones.len(),
            stretch(first, last)
        );
        let rows = rows.into_iter().map(|(_, row)| row).collect();
        Some(GanttChart {
            today: Some(civil(self.opened.today)),
            was_word: self.baseline.map_or_else(String::new, |baseline| {
                format!("Baseline: {}", baseline.title)
            }),
            row_word: "Activity or milestone".to_owned(),
            description: "The table under the chart has the same rows.".to_owned(),
            ..GanttChart::new("plan-chart", self.message(), subtitle, rows)
        })
    }

    /// What the chart says in a line.
    fn message(&self) -> String {
        let moved = self
            .baseline
            .map_or(0, |baseline| baseline.moved_later(self.plan));
        let conflicts = match self.conflicts.len() {
            0 => String::new(),
            1 => "One conflict of dates".to_owned(),
            count => format!("{count} conflicts of dates"),
        };
        let moved = match moved {
            0 => String::new(),
            1 => "one activity later than its baseline".to_owned(),
            count => format!("{count} activities later than their baseline"),
        };
        match (conflicts.is_empty(), moved.is_empty()) {
            (true, true) => "No dates contradict each other".to_owned(),
            (true, false) => stour_web::words::capital(&moved),
            (false, true) => conflicts,
            (false, false) => format!("{conflicts}, {moved}"),
        }
    }

    fn activity(&self, activity: &Activity) -> Option<(Stretch, GanttRow)> {
        let number = activity.of_plan.number;
        let placed = self.schedule.as_ref();
        let placed = placed.and_then(|schedule| schedule.tasks.get(&number));
        let at = span(activity).or_else(|| {
            // Without a date of its own it stands where what it waits for puts it.
            let placed = placed.filter(|_| activity.of_plan.days.is_some())?;
            Some(((placed.earliest_start, placed.earliest_end), GanttEnd::Days))
        });
        let (at, end) = at?;
        let critical = activity.is_open() && placed.is_some_and(|placed| placed.is_critical);
        let before = self.baseline.and_then(|baseline| {
            let before = baseline.plan.activities.get(&number)?;
            Some((span(before)?.0, before))
        });
        let marks = self.marks(activity, critical);
        let float = placed.filter(|_| activity.is_open());
        let float = float.map(|placed| format!("float {}", days(placed.float)));
        let waits = self.waits_for(number);
        let notes: Vec<String> = marks.iter().cloned().chain(float).chain(waits).collect();
        let row = GanttRow {
            label: format!("{} {}", activity.reference(), activity.title),
            href: Some(self.opened.address(&format!("/plan/{number}"))),
            from: civil(at.0),
            to: civil(at.1),
            end,
            was: before.map(|((from, to), _)| (civil(from), civil(to))),
            critical,
            done: activity.progress == Progress::Done,
            mark: marks.join(", "),
            when: when(activity),
            was_when: before.map_or_else(
                || "Not in it".to_owned(),
                |(_, before)| before.of_plan.due.map_or_else(|| when(before), due),
            ),
            notes: notes.join("; "),
        };
        Some((at, row))
    }

    fn waits_for(&self, number: i64) -> Option<String> {
        let before: Vec<String> = self
            .plan
            .dependencies
            .values()
            .filter(|one| one.after == number)
            .map(|one| format!("{}{}", ACTIVITY.prefix, one.before))
            .collect();
        (!before.is_empty()).then(|| format!("waits for {}", before.join(", ")))
    }

    fn marks(&self, activity: &Activity, critical: bool) -> Vec<String> {
        let mut marks = Vec::new();
        if critical {
            marks.push("critical".to_owned());
        }
        let places = conflicts_of(activity.of_plan.number, self.conflicts);
        marks.extend(places.into_iter().map(|place| format!("conflict {place}")));
        match activity.progress {
            Progress::Done => marks.push("done".to_owned()),
            Progress::Stopped => marks.push("stopped".to_owned()),
            _ if activity.days_overdue(self.opened.today) > 0 => marks.push("overdue".to_owned()),
            _ => {}
        }
        marks
    }

    fn milestone(&self, milestone: &Milestone) -> Option<(Stretch, GanttRow)> {
        let when = milestone.when?;
        let at = (when.first(), when.last());
        let reached = milestone
            .reached
            .map(|reached| format!("reached on {}", day(reached)));
        let row = GanttRow {
            label: milestone.title.clone(),
            href: Some(self.opened.entry_address("milestone", milestone.number)),
            from: civil(at.0),
            to: civil(at.1),
            end: GanttEnd::Moment,
            was: None,
            critical: false,
            done: milestone.reached.is_some(),
            mark: String::new(),
            when: when.to_string(),
            was_when: String::new(),
            notes: reached.unwrap_or_else(|| "milestone".to_owned()),
        };
        Some((at, row))
    }
}

/// The days of an activity's bar and what happens at its end: from its first day where that is known, else the days
/// that its date can be.
fn span(activity: &Activity) -> Option<(Stretch, GanttEnd)> {
    let of = &activity.of_plan;
    let taking = |start: Date| match of.days {
        Some(days) => stour_planning::last_day(start, days),
        None => start,
    };
    match (of.start, of.due) {
        (Some(start), Some(due)) if due.qualifier == Qualifier::By => {
            let end = of.days.map_or_else(|| due.when.last(), |_| taking(start));
            Some(((start, end.max(start)), GanttEnd::Days))
        }
        (Some(start), Some(due)) => Some(((start, taking(start)), end_of(due.qualifier))),
        (Some(start), None) => Some(((start, taking(start)), GanttEnd::Days)),
        (None, Some(due)) => {
            // What says how long it takes is drawn at the last days on which it can be done.
            let latest = of.days.filter(|_| due.qualifier == Qualifier::By);
            let latest = latest.map(|days| stour_planning::first_day(due.when.last(), days));
            let first = latest.unwrap_or(due.when.first()).min(due.when.first());
            Some(((first, due.when.last()), end_of(due.qualifier)))
        }
        (None, None) => None,
    }
}

const fn end_of(qualifier: Qualifier) -> GanttEnd {
    match qualifier {
        Qualifier::By => GanttEnd::By,
        Qualifier::Commencing => GanttEnd::Commencing,
        Qualifier::Onwards => GanttEnd::Onwards,
    }
}

fn civil(day: Date) -> CivilDay {
    CivilDay::new(day.year(), day.month(), day.day())
}
