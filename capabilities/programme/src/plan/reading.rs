//! A plan read from the entries of its registers.

use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::Date;
use stour_planning::{
    Appointment, Dependency, Due, Finding, Left, Nature, NetworkError, Plan, Qualifier, Schedule,
    Task, When, findings, schedule,
};
use stour_register::{Around, Entry, Values};
use stour_web::FieldError;

use crate::governance::field::{programme_begins, wrong};
use crate::governance::owner::owners;
use crate::governance::words;

use super::kinds::{ACTIVITY, APPOINTMENT, DEPENDENCY, MILESTONE, NATURES, QUALIFIERS, STATUSES};

/// How far an activity has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Progress {
    /// Nobody has said.
    NotSaid,
    /// It has not begun.
    Waiting,
    /// It has begun.
    Begun,
    /// It is done.
    Done,
    /// It will not be done.
    Stopped,
}

/// An activity of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Activity {
    /// What the plan is worked out with.
    pub(crate) of_plan: stour_planning::Activity,
    /// What is to be done, in a line.
    pub(crate) title: String,
    /// How far it has got.
    pub(crate) progress: Progress,
    /// How much of it is done, of a hundred, as somebody judged.
    pub(crate) percent: Option<u8>,
}

impl Activity {
    /// Reads an entry.
    ///
    /// # Errors
    /// What cannot be read, by field: a date that is none, or a code that no list has.
    pub(crate) fn read(entry: &Entry, today: Option<Date>) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let when = when_of(&entry.values).unwrap_or_else(|error| {
            errors.push(error);
            None
        });
        let qualifier = qualifier(entry.get("qualifier"), today);
        if when.is_some() && qualifier.is_none() {
            errors.push(wrong("qualifier", "Say what happens at the date"));
        }
        let start = read(entry, "start", &mut errors);
        let finished = read(entry, "finished", &mut errors);
        let days = read(entry, "days", &mut errors);
        let percent = read(entry, "percent", &mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        let progress = progress(entry.get("status"), today);
        let left = today.and_then(|today| left(progress, (days, percent), start, today));
        Ok(Self {
            of_plan: stour_planning::Activity {
                left,
                number: entry.number,
                due: when
                    .zip(qualifier)
                    .map(|(when, qualifier)| Due { when, qualifier }),
                start,
                days,
                finished,
                responsible: entry.owners_in("responsible").map(str::to_owned).collect(),
            },
            title: entry.get("title").to_owned(),
            progress,
            percent,
        })
    }

    /// What people call it: `AC8`.
    pub(crate) fn reference(&self) -> String {
        format!("{}{}", ACTIVITY.prefix, self.of_plan.number)
    }

    /// Whether it is still to be done as far as anybody has said.
    pub(crate) const fn is_open(&self) -> bool {
        !matches!(self.progress, Progress::Done | Progress::Stopped)
    }

    /// How many days it is overdue: open, with a word on how far it has got, and past its date.
    pub(crate) fn days_overdue(&self, today: Date) -> i64 {
        match self.progress {
            Progress::Waiting | Progress::Begun => self.of_plan.days_overdue(today),
            _ => 0,
        }
    }

    /// Whether its date has passed and nobody has said whether it was done.
    pub(crate) fn is_silent(&self, today: Date) -> bool {
        self.progress == Progress::NotSaid && self.of_plan.is_overdue(today)
    }
}

/// A moment to look out for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Milestone {
    pub(crate) number: i64,
    pub(crate) title: String,
    pub(crate) when: Option<When>,
    pub(crate) reached: Option<Date>,
}

/// A plan, with what could not be read of it.
#[derive(Debug, Clone)]
pub(crate) struct Read {
    /// By number.
    pub(crate) activities: BTreeMap<i64, Activity>,
    pub(crate) milestones: Vec<Milestone>,
    /// What waits for what, by the number of its entry.
    pub(crate) dependencies: BTreeMap<i64, Dependency>,
    /// Activities that could not be read, with why.
    pub(crate) unreadable: Vec<(i64, Vec<FieldError>)>,
    begins: Option<Date>,
    appointments: Vec<Appointment>,
    known: BTreeSet<String>,
}

impl Read {
    /// The plan in what is in force.
    pub(crate) fn of(around: &Around) -> Self {
        let mut plan = Self {
            activities: BTreeMap::new(),
            milestones: around.of_kind(MILESTONE.name).map(milestone).collect(),
            dependencies: BTreeMap::new(),
            unreadable: Vec::new(),
            begins: programme_begins(around),
            appointments: Vec::new(),
            known: owners(around)
                .into_iter()
                .map(|name| name.to_lowercase())
                .collect(),
        };
        for entry in around.of_kind(ACTIVITY.name) {
            match Activity::read(entry, around.today) {
                Ok(activity) => {
                    plan.activities.insert(entry.number, activity);
                }
                Err(errors) => plan.unreadable.push((entry.number, errors)),
            }
        }
        let dependencies = around.of_kind(DEPENDENCY.name);
        plan.dependencies = dependencies
            .filter_map(|entry| Some((entry.number, dependency(entry, around.today)?)))
            .collect();
        plan.appointments = around
            .of_kind(APPOINTMENT.name)
            .filter_map(|entry| {
                let by = entry.get("activity").parse().ok()?;
                let owner = entry.get("owner").to_owned();
                Some(Appointment { owner, by })
            })
            .collect();
        plan
    }

    /// What the plan is worked out with. What was stopped no longer takes part.
    pub(crate) fn plan(&self) -> Plan {
        let activities: Vec<_> = self.in_plan().map(|one| one.of_plan.clone()).collect();
        let is_stopped = |number: i64| {
            self.activities
                .get(&number)
                .is_some_and(|one| one.progress == Progress::Stopped)
        };
        let dependencies = self.dependencies.values();
        let appointments = self.appointments.iter();
        Plan {
            begins: self.begins,
            activities,
            dependencies: dependencies
                .filter(|one| !is_stopped(one.before) && !is_stopped(one.after))
                .copied()
                .collect(),
            appointments: appointments
                .filter(|one| !is_stopped(one.by))
                .cloned()
                .collect(),
            known: self.known.clone(),
        }
    }

    /// How many are in place only once something is done.
    pub(crate) fn appointments(&self) -> usize {
        self.appointments.len()
    }

    fn in_plan(&self) -> impl Iterator<Item = &Activity> {
        let all = self.activities.values();
        all.filter(|one| one.progress != Progress::Stopped)
    }

    /// What in the plan cannot be so, and what is missing.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        findings(&self.plan())
    }

    /// What contradicts itself.
    pub(crate) fn conflicts(&self) -> Vec<Finding> {
        let found = self.findings();
        found.into_iter().filter(Finding::is_conflict).collect()
    }

    /// How many activities say how long they take, of how many.
    pub(crate) fn with_days(&self) -> (usize, usize) {
        let with = self.in_plan().filter(|one| one.of_plan.days.is_some());
        (with.count(), self.in_plan().count())
    }

    /// When each activity can be: what was done where it was done, and what is left of those of which somebody says how
    /// far they have got from today on. One that does not say how long it takes stands at its own date: at the first day of
    /// its month where only that is known.
    ///
    /// # Errors
    /// [`NetworkError`] for activities that wait for each other in a circle.
    pub(crate) fn schedule(&self) -> Result<Schedule, NetworkError> {
        let plan = self.plan();
        let tasks: Vec<Task> = plan.activities.iter().map(|one| one.task(true)).collect();
        let first = tasks.iter().filter_map(|task| task.not_before).min();
        let begins = plan.begins.or(first).unwrap_or(Date::MIN);
        schedule(begins, &tasks, &plan.links())
    }

    /// When all is done, as exactly as is known: an activity that stands at its own month ends in that month, on no
    /// day that anybody named.
    pub(crate) fn end(&self, schedule: &Schedule) -> When {
        let last = schedule.path.last();
        let last = last.and_then(|number| self.activities.get(number));
        let due = last.and_then(|last| last.of_plan.due);
        match due {
            Some(due) if due.when.is_month() && due.when.first() == schedule.ends => due.when,
            _ => When::day(schedule.ends),
        }
    }
}

/// The date of an activity or milestone: the day where it is known, else the month.
///
/// # Errors
/// Where the day is not in the month that stands beside it, or either is no date.
pub(crate) fn when_of(values: &Values) -> Result<Option<When>, FieldError> {
    let (month, day) = (values.get("month"), values.get("day"));
    let read = |field: &str, text: &str| {
        let when = text.parse::<When>();
        let when = when.map_err(|error| wrong(field, error.to_string()));
        (!text.is_empty()).then_some(when).transpose()
    };
    let (month, day) = (read("month", month)?, read("day", day)?);
    match (month, day) {
        (Some(month), Some(day)) if day.first() < month.first() || day.first() > month.last() => {
            Err(wrong(
                "day",
                "The day is not in the month that you gave: give one of the two, or make them agree",
            ))
        }
        (month, day) => Ok(day.or(month)),
    }
}

/// How far an activity has got, by the group of its status.
pub(crate) fn progress(status: &str, today: Option<Date>) -> Progress {
    match group(STATUSES, status, today) {
        Some("waiting") => Progress::Waiting,
        Some("begun") => Progress::Begun,
        Some("done") => Progress::Done,
        Some("stopped") => Progress::Stopped,
        _ => Progress::NotSaid,
    }
}

/// What is left of an activity on a day, by what somebody says of it: all of it where it has not begun; else by the part
/// that is done, or by the days since it began.
fn left(
    progress: Progress,
    (days, percent): (Option<u32>, Option<u8>),
    start: Option<Date>,
    today: Date,
) -> Option<Left> {
    let all = days.unwrap_or(0);
    let days = match (progress, percent, start) {
        (Progress::Waiting, _, _) | (Progress::Begun, None, None) => all,
        (Progress::Begun, Some(percent), _) => {
            let open = 100_u32.saturating_sub(u32::from(percent));
            all.saturating_mul(open).div_ceil(100)
        }
        (Progress::Begun, None, Some(start)) => {
            let last = stour_planning::last_day(start, all);
            // What has taken longer than was said and is not done takes at least today.
            let days = if last < today {
                1
            } else {
                days_between(today, last)
            };
            days.min(all)
        }
        _ => return None,
    };
    Some(Left { from: today, days })
}

/// How many days there are from a day to a later one, both counted.
fn days_between(first: Date, last: Date) -> u32 {
    let hours = first.duration_until(last).as_hours();
    u32::try_from(hours / 24 + 1).unwrap_or(0)
}

fn qualifier(code: &str, today: Option<Date>) -> Option<Qualifier> {
    match group(QUALIFIERS, code, today)? {
        "by" => Some(Qualifier::By),
        "commencing" => Some(Qualifier::Commencing),
        "onwards" => Some(Qualifier::Onwards),
        _ => None,
    }
}

/// The group of a code: on the day, or where it is no longer in force the one that it had last.
fn group(list: &str, code: &str, today: Option<Date>) -> Option<&'static str> {
    let on_the_day = today.and_then(|today| words::group(list, code, today));
    on_the_day.or_else(|| {
        let known = code.parse().ok()?;
        let history = words::list(list)?.list.history(&known);
        let latest = history.map(|entry| entry.valid.start()).max()?;
        words::group(list, code, latest)
    })
}

fn dependency(entry: &Entry, today: Option<Date>) -> Option<Dependency> {
    let nature = match group(NATURES, entry.get("nature"), today) {
        Some("draft") => Nature::DraftThenIssue,
        Some("governance") => Nature::GovernanceFirst,
        _ => Nature::Order,
    };
    Some(Dependency {
        before: entry.get("before").parse().ok()?,
        after: entry.get("after").parse().ok()?,
        lag: entry.get("lag").parse().unwrap_or(0),
        nature,
    })
}

fn milestone(entry: &Entry) -> Milestone {
    Milestone {
        number: entry.number,
        title: entry.get("title").to_owned(),
        when: when_of(&entry.values).ok().flatten(),
        reached: entry.get("reached").parse().ok(),
    }
}

fn read<T: std::str::FromStr>(
    entry: &Entry,
    field: &str,
    errors: &mut Vec<FieldError>,
) -> Option<T> {
    let text = entry.get(field);
    if text.is_empty() {
        return None;
    }
    let read = text.parse().ok();
    if read.is_none() {
        errors.push(wrong(field, "This cannot be read: enter it again"));
    }
    read
}
