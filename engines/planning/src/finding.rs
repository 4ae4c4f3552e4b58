//! What in a plan cannot be so.

use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::Date;

use crate::{
    Activity, Appointment, Dependency, Link, Nature, NetworkError, Schedule, Task, day, schedule,
};

/// A plan as it is looked over.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The first day of the programme, where it is known.
    pub begins: Option<Date>,
    /// What is to be done.
    pub activities: Vec<Activity>,
    /// What waits for what.
    pub dependencies: Vec<Dependency>,
    /// Who is in place only once something is done.
    pub appointments: Vec<Appointment>,
    /// Everybody who can be responsible, in small letters; where it is empty nobody is looked up.
    pub known: BTreeSet<String>,
}

impl Plan {
    /// What waits for what, between activities that are there.
    pub fn links(&self) -> Vec<Link> {
        let there: BTreeSet<i64> = self.activities.iter().map(|one| one.number).collect();
        let links = self.dependencies.iter();
        links
            .filter(|one| there.contains(&one.before) && there.contains(&one.after))
            .map(|one| Link {
                before: one.before,
                after: one.after,
                lag: one.lag,
            })
            .collect()
    }
}

/// One thing that cannot be so, or that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Activities are due before those responsible are appointed by another.
    BeforeAppointment {
        /// What is due too early, by number.
        due: Vec<i64>,
        /// What appoints.
        appointed_by: i64,
        /// Who is responsible and not in place yet.
        owners: Vec<String>,
    },
    /// Something is issued before it is drafted.
    IssuedBeforeDrafted {
        /// What issues.
        issued: i64,
        /// What drafts.
        drafted: i64,
    },
    /// Something is in place before whoever governs it.
    InPlaceBeforeGovernance {
        /// What is in place.
        in_place: i64,
        /// What sets up its governance.
        governance: i64,
    },
    /// Something begins before what it waits for is done.
    OutOfOrder {
        /// What begins too early.
        after: i64,
        /// What it waits for.
        before: i64,
    },
    /// Durations and dependencies do not let it be done by its date.
    CannotBeMet {
        /// Which.
        activity: i64,
        /// Its last day.
        deadline: Date,
        /// The first day on which it can be done.
        earliest: Date,
    },
    /// Its date is before the programme begins.
    BeforeProgramme {
        /// Which.
        activity: i64,
        /// When the programme begins.
        begins: Date,
    },
    /// Activities wait for each other in a circle.
    Circle(Vec<i64>),
    /// A dependency or an appointment names an activity that is not there.
    NoSuchActivity(i64),
    /// Nobody is responsible.
    NobodyResponsible(i64),
    /// Somebody is responsible whom nobody knows.
    ResponsibleUnknown {
        /// For what.
        activity: i64,
        /// Who, as it is written.
        owner: String,
    },
    /// It has no date.
    NoDate(i64),
}

impl Finding {
    /// Whether dates or order contradict each other; otherwise something is missing.
    pub const fn is_conflict(&self) -> bool {
        !matches!(
            self,
            Self::NoSuchActivity(_)
                | Self::NobodyResponsible(_)
                | Self::ResponsibleUnknown { .. }
                | Self::NoDate(_)
        )
    }

    /// The activities that it is about, those to be moved first.
    pub fn activities(&self) -> Vec<i64> {
        match self {
            Self::BeforeAppointment {
                due, appointed_by, ..
            } => due.iter().copied().chain([*appointed_by]).collect(),
            Self::IssuedBeforeDrafted {
                issued: one,
                drafted: other,
            }
            | Self::InPlaceBeforeGovernance {
                in_place: one,
                governance: other,
            }
            | Self::OutOfOrder {
                after: one,
                before: other,
            } => vec![*one, *other],
            Self::Circle(all) => all.clone(),
            Self::CannotBeMet { activity, .. }
            | Self::BeforeProgramme { activity, .. }
            | Self::ResponsibleUnknown { activity, .. }
            | Self::NoSuchActivity(activity)
            | Self::NobodyResponsible(activity)
            | Self::NoDate(activity) => vec![*activity],
        }
    }
}

/// Everything in a plan that cannot be so, conflicts first. Dates contradict each other only where no choice of days
/// within the months that were given would do. What is done is not looked at again.
pub fn findings(plan: &Plan) -> Vec<Finding> {
    let by_number: BTreeMap<i64, &Activity> = plan
        .activities
        .iter()
        .map(|activity| (activity.number, activity))
        .collect();
    let mut found = before_appointment(plan, &by_number);
    let order = out_of_order(plan, &by_number);
    let told: BTreeSet<i64> = order
        .iter()
        .filter_map(|one| one.activities().first().copied())
        .collect();
    found.extend(order);
    found.extend(by_durations(plan, &told));
    let open = || plan.activities.iter().filter(|one| one.finished.is_none());
    found.extend(plan.begins.into_iter().flat_map(|begins| {
        let is_early = move |one: &&Activity| one.latest_due().is_some_and(|due| due < begins);
        open()
            .filter(is_early)
            .map(move |one| Finding::BeforeProgramme {
                activity: one.number,
                begins,
            })
    }));
    found.extend(missing(plan, &by_number));
    found
}

fn before_appointment(plan: &Plan, by_number: &BTreeMap<i64, &Activity>) -> Vec<Finding> {
    let mut owners_of: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    for appointment in &plan.appointments {
        owners_of
            .entry(appointment.by)
            .or_default()
            .insert(appointment.owner.to_lowercase());
    }
    let found = owners_of.into_iter().filter_map(|(by, owners)| {
        let in_place = by_number.get(&by)?.earliest_end()?;
        let mut due = Vec::new();
        let mut who = BTreeSet::new();
        for activity in plan.activities.iter().filter(|one| one.finished.is_none()) {
            let waiting: Vec<&String> = activity
                .responsible
                .iter()
                .filter(|owner| owners.contains(&owner.to_lowercase()))
                .collect();
            let is_early = activity.latest_due().is_some_and(|due| due < in_place);
            if activity.number != by && is_early && !waiting.is_empty() {
                due.push(activity.number);
                who.extend(waiting.into_iter().cloned());
            }
        }
        due.sort_unstable();
        (!due.is_empty()).then(|| Finding::BeforeAppointment {
            due,
            appointed_by: by,
            owners: who.into_iter().collect(),
        })
    });
    found.collect()
}

fn out_of_order(plan: &Plan, by_number: &BTreeMap<i64, &Activity>) -> Vec<Finding> {
    let found = plan.dependencies.iter().filter_map(|dependency| {
        let Dependency {
            before,
            after,
            lag,
            nature,
        } = *dependency;
        let waiting = by_number.get(&after).filter(|one| one.finished.is_none())?;
        let first = by_number.get(&before)?;
        // What takes days is done at the end of its last day. Where nobody said how long the other takes, that day may do.
        let next_day = i64::from(first.takes_days() && waiting.needs_its_first_day());
        let free = day::plus(first.earliest_end()?, i64::from(lag) + next_day);
        if waiting.latest_start()? >= free {
            return None;
        }
        Some(match nature {
            Nature::Order => Finding::OutOfOrder { after, before },
            Nature::DraftThenIssue => Finding::IssuedBeforeDrafted {
                issued: after,
                drafted: before,
            },
            Nature::GovernanceFirst => Finding::InPlaceBeforeGovernance {
                in_place: after,
                governance: before,
            },
        })
    });
    found.collect()
}

/// Circles, and deadlines that durations do not let be kept, but for activities whose dates were `told` already or are
/// before all begins, which is told by itself.
fn by_durations(plan: &Plan, told: &BTreeSet<i64>) -> Vec<Finding> {
    let tasks: Vec<Task> = plan.activities.iter().map(|one| one.task(false)).collect();
    let links = plan.links();
    let begins = plan
        .begins
        .or_else(|| tasks.iter().filter_map(|task| task.not_before).min());
    let begins = begins.unwrap_or(Date::MIN);
    let schedule = match schedule(begins, &tasks, &links) {
        Ok(schedule) => schedule,
        Err(NetworkError::Cycle(circle)) => return vec![Finding::Circle(circle)],
        Err(NetworkError::Unknown(_) | NetworkError::Twice(_)) => return Vec::new(),
    };
    let mut done = Done {
        tasks: tasks.iter().map(|task| (task.number, task)).collect(),
        links: &links,
        schedule: &schedule,
        begins,
        known: BTreeMap::new(),
    };
    let late = plan.activities.iter().filter_map(|activity| {
        let deadline = activity.deadline()?;
        let earliest = done.on(activity.number)?;
        let is_overdue = activity.left.is_some_and(|left| deadline < left.from);
        let is_told = told.contains(&activity.number) || deadline < begins || is_overdue;
        let is_open = activity.finished.is_none() && !is_told;
        (is_open && earliest > deadline).then_some(Finding::CannotBeMet {
            activity: activity.number,
            deadline,
            earliest,
        })
    });
    late.collect()
}

/// On which day each task can be done at the earliest. What takes no days can be done at the end of the day on which what it
/// waits for is done; a schedule would have it begin on the day after.
struct Done<'a> {
    tasks: BTreeMap<i64, &'a Task>,
    links: &'a [Link],
    schedule: &'a Schedule,
    begins: Date,
    known: BTreeMap<i64, Date>,
}

impl Done<'_> {
    /// The day of a task. There is no circle among them: there is a schedule.
    fn on(&mut self, number: i64) -> Option<Date> {
        if let Some(known) = self.known.get(&number) {
            return Some(*known);
        }
        let task = *self.tasks.get(&number)?;
        let placed = self.schedule.tasks.get(&number)?.earliest_end;
        let day = if task.days > 0 || task.finished.is_some() {
            placed
        } else {
            let links = self.links;
            let by_links = links.iter().filter(|link| link.after == number);
            let by_links = by_links.filter_map(|link| {
                let before = self.on(link.before)?;
                Some(day::plus(before, i64::from(link.lag)))
            });
            let by_links = by_links.max();
            let first = self.begins.max(task.not_before.unwrap_or(self.begins));
            by_links.map_or(first, |last| last.max(first))
        };
        self.known.insert(number, day);
        Some(day)
    }
}

fn missing(plan: &Plan, by_number: &BTreeMap<i64, &Activity>) -> Vec<Finding> {
    let named = plan
        .dependencies
        .iter()
        .flat_map(|one| [one.before, one.after]);
    let named: BTreeSet<i64> = named
        .chain(plan.appointments.iter().map(|one| one.by))
        .collect();
    let mut found: Vec<Finding> = named
        .into_iter()
        .filter(|number| !by_number.contains_key(number))
        .map(Finding::NoSuchActivity)
        .collect();
    for activity in &plan.activities {
        if activity.responsible.is_empty() {
            found.push(Finding::NobodyResponsible(activity.number));
        }
        let unknown = activity
            .responsible
            .iter()
            .filter(|owner| !plan.known.contains(&owner.to_lowercase()));
        if !plan.known.is_empty() {
            found.extend(unknown.map(|owner| Finding::ResponsibleUnknown {
                activity: activity.number,
                owner: owner.clone(),
            }));
        }
        if activity.due.is_none() && activity.start.is_none() && activity.finished.is_none() {
            found.push(Finding::NoDate(activity.number));
        }
    }
    found
}
