//! Reviews of emergency admissions, and what is to be done about them: made up, so that every case of the audit is to be
//! seen.

use std::collections::BTreeMap;

use anyhow::Context as _;
use jiff::ToSpan as _;
use stour_database::Transaction;
use stour_flow::By;
use stour_flow::admission::{
    CARE_HOMES, Condition, Finding, NewAction, Period, Seen, ask, counted, record,
};
use stour_kernel::{Date, Environment};
use stour_people::facts_for_access;
use stour_programme::document::Author;

/// Who reviews and who asks, by the names they sign in with.
const REVIEWS: &str = "transfer-hub";
const ASKS: &str = "service-manager";

/// One in so many admissions is reviewed, and so many at the most.
const ONE_IN: usize = 6;
const MOST: usize = 60;

/// What reviews found: what brought somebody in, whether community services knew them, what could have helped, whether it
/// was avoidable, and why.
const FOUND: [[&str; 5]; 6] = [
    [
        "Confused and feverish since the day before",
        "known",
        "rapid-response",
        "yes",
        "Antibiotics could have been given at home, had somebody come at the weekend.",
    ],
    [
        "Short of breath in the night",
        "not-known",
        "nothing",
        "no",
        "Oxygen was needed at once.",
    ],
    [
        "Fell, and could not get up",
        "known",
        "case-management",
        "perhaps",
        "Two falls in the month before were known to different teams.",
    ],
    [
        "Sent in by the out-of-hours service",
        "unclear",
        "general-practice",
        "perhaps",
        "No appointment was to be had for three days.",
    ],
    [
        "Not drinking for two days",
        "known",
        "care-home-support",
        "yes",
        "Staff did not know whom to ask for fluids under the skin.",
    ],
    [
        "Pain in the chest",
        "not-known",
        "nothing",
        "no",
        "A heart attack could not be ruled out at home.",
    ],
];

/// Reviews some of the admissions of the latest twelve months, and asks for what follows.
pub(super) fn say(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    people: &BTreeMap<String, Author>,
) -> anyhow::Result<()> {
    let today = environment.today();
    let (hub, manager) = (by(people, REVIEWS)?, by(people, ASKS)?);
    let counted = counted(tx, Period::latest(today))?;
    let mut reviewed = 0;
    for (number, seen) in counted.seen.iter().rev().enumerate() {
        if !number.is_multiple_of(ONE_IN) || reviewed == MOST {
            continue;
        }
        let facts = facts_for_access(tx, seen.person)?;
        // The hub may not see them, so it reviews nothing of theirs.
        if facts.is_none_or(|facts| facts.restricted || facts.objection) {
            continue;
        }
        let finding = finding(seen, reviewed, (&hub, today));
        record(tx, environment, (seen.admission.thread, 0), &finding, &hub)?;
        reviewed += 1;
    }
    let largest = counted
        .practices
        .iter()
        .filter_map(|(code, tally)| Some(((*code)?, tally.all_sensitive())))
        .max_by_key(|(code, count)| (*count, std::cmp::Reverse(*code)));
    if let Some((practice, _)) = largest {
        let asked = NewAction {
            about: practice.to_string(),
            finding: "Infections that could have been treated at home were sent in at weekends."
                .to_owned(),
            what: "Agree who visits on Saturdays and Sundays, and tell the practice’s patients."
                .to_owned(),
            owner: "Grace Okafor".to_owned(),
            organisation: "RDY".parse()?,
            due: today.checked_add(14.days())?,
        };
        ask(tx, environment, &asked, &manager)?;
    }
    let asked = NewAction {
        about: CARE_HOMES.to_owned(),
        finding: "Staff of several homes did not know whom to ask at night.".to_owned(),
        what: "Give every home the number of the single point of access.".to_owned(),
        owner: "Asha Patel".to_owned(),
        organisation: "E06000058".parse()?,
        due: today.checked_add(7.days())?,
    };
    ask(tx, environment, &asked, &manager)?;
    Ok(())
}

fn by(people: &BTreeMap<String, Author>, name: &str) -> anyhow::Result<By> {
    let author = people
        .get(name)
        .with_context(|| format!("no account {name}"))?;
    Ok(By {
        name: author.name.clone(),
        user: author.user,
        organisation: author.organisation,
    })
}

/// A finding that fits: what should not usually need hospital was not found unavoidable each time.
fn finding(seen: &Seen, number: usize, (hub, today): (&By, Date)) -> Finding {
    let is_sensitive = matches!(seen.condition, Condition::Sensitive(_));
    let fitting: Vec<&[&str; 5]> = FOUND
        .iter()
        .filter(|[_, _, _, avoidable, _]| is_sensitive != (*avoidable == "no"))
        .collect();
    let place = number % fitting.len().max(1);
    let [brought_in, known, alternative, avoidable, reason] =
        fitting.get(place).map_or([""; 5], |found| **found);
    Finding {
        brought_in: brought_in.to_owned(),
        known: known.to_owned(),
        alternative: alternative.to_owned(),
        avoidable: avoidable.to_owned(),
        reason: reason.to_owned(),
        reviewed_by: hub.name.clone(),
        reviewed_on: today,
    }
}
