//! What is found in a plan, in words.

use stour_kernel::Date;
use stour_planning::{Due, Finding, NetworkError, Qualifier};
use stour_web::words::{day, listed};

use super::check::in_order;
use super::kinds::ACTIVITY;
use super::reading::{Activity, Read};

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// What kind of thing is wrong.
    pub(crate) what: &'static str,
    /// What contradicts what.
    pub(crate) why: String,
    /// What would mend it.
    pub(crate) to_do: &'static str,
}

/// A date with what happens then: `by September 2013`.
pub(crate) fn due(due: Due) -> String {
    let when = due.when;
    match due.qualifier {
        Qualifier::By if when.is_month() => format!("by {when}"),
        Qualifier::By => format!("on or before {when}"),
        Qualifier::Commencing => format!("commencing {when}"),
        Qualifier::Onwards => format!("{when} onwards"),
    }
}

/// When an activity is to be done: its date, or its first day, or that nobody said.
pub(crate) fn when(activity: &Activity) -> String {
    match (activity.of_plan.due, activity.of_plan.start) {
        (Some(at), _) => due(at),
        (None, Some(start)) => format!("from {}", day(start)),
        (None, None) => "No date".to_owned(),
    }
}

/// So many days, as people say them.
pub(crate) fn days(count: i64) -> String {
    if count == 1 {
        "1 day".to_owned()
    } else {
        format!("{count} days")
    }
}

/// An activity with its title and date: `AC8 Commission cultural change facilitator (by July 2013)`.
fn named(plan: &Read, number: i64) -> String {
    match plan.activities.get(&number) {
        Some(activity) => format!(
            "{} {} ({})",
            activity.reference(),
            activity.title,
            when(activity)
        ),
        None => format!("{}{number}", ACTIVITY.prefix),
    }
}

/// Activities that wait for each other in a circle, or what else keeps a plan from being worked out.
pub(crate) fn no_schedule(error: &NetworkError) -> String {
    match error {
        NetworkError::Cycle(circle) => circle_words(circle),
        other => other.to_string(),
    }
}

fn circle_words(circle: &[i64]) -> String {
    format!(
        "Each of these waits for the one before, and the first for the last: {}.",
        in_order(circle)
    )
}

/// A finding in words.
pub(crate) fn told(finding: &Finding, plan: &Read) -> Told {
    let of = |number: &i64| named(plan, *number);
    let (what, why, to_do) = match finding {
        Finding::BeforeAppointment {
            due,
            appointed_by,
            owners,
        } => {
            let all: Vec<String> = due.iter().map(of).collect();
            let is = if all.len() == 1 { "is" } else { "are" };
            (
                "Due before whoever is responsible is in place",
                format!(
                    "{} {is} due before {}, without which {} cannot act.",
                    listed(&all),
                    of(appointed_by),
                    listed(owners)
                ),
                "Bring the appointment forward, move the date, or name somebody who is in place.",
            )
        }
        Finding::IssuedBeforeDrafted { issued, drafted } => (
            "Issued before it is drafted",
            format!("{} would issue what {} drafts.", of(issued), of(drafted)),
            "Draft earlier or issue later.",
        ),
        Finding::InPlaceBeforeGovernance {
            in_place,
            governance,
        } => (
            "In place before its governance",
            format!(
                "{} would be in place before {}, which sets up who governs it.",
                of(in_place),
                of(governance)
            ),
            "Set up the governance earlier, or put it in place later.",
        ),
        Finding::OutOfOrder { after, before } => (
            "Begins before what it waits for is done",
            format!("{} waits for {}.", of(after), of(before)),
            "Move one of the two dates, or take out the dependency if it is none.",
        ),
        Finding::CannotBeMet {
            activity,
            deadline,
            earliest,
        } => (
            "Cannot be done by its date",
            format!(
                "{} is to be done by {} and can be done on {} at the earliest, with the durations and dependencies of the plan.",
                of(activity),
                day(*deadline),
                day(*earliest)
            ),
            "Move the date, shorten what comes before, or let it begin earlier.",
        ),
        Finding::BeforeProgramme { activity, begins } => (
            "Before the programme begins",
            format!(
                "{} is before the programme, which begins on {}.",
                of(activity),
                day(*begins)
            ),
            "Correct the date, or the first month of the programme.",
        ),
        Finding::Circle(circle) => (
            "Activities wait for each other",
            circle_words(circle),
            "Take out one of the dependencies.",
        ),
        Finding::NoSuchActivity(number) => (
            "An activity is named that is not there",
            format!(
                "A dependency or an appointment names {}{number}.",
                ACTIVITY.prefix
            ),
            "Correct the number, or take out what names it.",
        ),
        Finding::NobodyResponsible(number) => (
            "Nobody is responsible",
            format!("{} has nobody who is responsible.", of(number)),
            "Name a board, a role or an organisation.",
        ),
        Finding::ResponsibleUnknown { activity, owner } => (
            "Nobody knows who is responsible",
            format!(
                "{} names {owner}, who is no board, role or partner of the programme.",
                of(activity)
            ),
            "Add them to the registers of governance, or correct the name.",
        ),
        Finding::NoDate(number) => (
            "No date",
            format!("{} has no date.", of(number)),
            "Say when, if only the month.",
        ),
    };
    Told { what, why, to_do }
}

/// From the first to the last month of some days: `July 2013 to April 2016`.
pub(crate) fn stretch(first: Date, last: Date) -> String {
    let month = |day: Date| day.strftime("%B %Y").to_string();
    if month(first) == month(last) {
        month(first)
    } else {
        format!("{} to {}", month(first), month(last))
    }
}
