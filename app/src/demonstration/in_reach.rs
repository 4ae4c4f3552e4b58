//! What the community team of the demonstration plans for its people in hospital, and what it wrote down with two of them: made up, so
//! that its pages show what they are for.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use jiff::{SignedDuration, ToSpan as _};
use stour_database::{Transaction, Version};
use stour_flow::By;
use stour_flow::about::{AboutMe, Carer, add_carer, write};
use stour_flow::in_reach::alert::tell;
use stour_flow::in_reach::plan::{Ending, Planned, end_item, plan};
use stour_flow::spell::{Spell, in_hospital, left_since};
use stour_kernel::{Date, Environment, PersonId};
use stour_people::facts_for_access;
use stour_programme::document::Author;

/// Who plans and writes, by the name they sign in with.
const TEAM: &str = "in-reach";
/// With how many people.
const PEOPLE: usize = 2;
/// How long somebody who came home stays on the list.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Tells the teams who is in hospital, and plans for the first of those whom the team knows.
pub(super) fn say(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    people: &BTreeMap<String, Author>,
) -> anyhow::Result<()> {
    let team = people
        .get(TEAM)
        .with_context(|| format!("no account {TEAM}"))?;
    let by = By {
        name: team.name.clone(),
        user: team.user,
        organisation: team.organisation,
    };
    let here = in_hospital(tx)?;
    let week_ago = environment.now().checked_sub(WEEK)?;
    let home = left_since(tx, week_ago)?;
    for stay in here.iter().chain(&home) {
        tell(tx, environment, stay)?;
    }
    let mut written = BTreeSet::new();
    for stay in &here {
        if written.len() < PEOPLE && is_known(tx, stay, &by)? && written.insert(stay.person) {
            plan_for(tx, environment, stay, &by)?;
            write_with(tx, environment, stay.person, &by)?;
        }
    }
    Ok(())
}

fn is_known(tx: &mut Transaction<'_>, stay: &Spell, by: &By) -> anyhow::Result<bool> {
    let person = facts_for_access(tx, stay.person)?;
    Ok(person.is_some_and(|person| {
        !person.restricted && !person.objection && person.known_to.contains(&by.organisation)
    }))
}

fn planned(kind: &str, what: &str, owner: &str, (due, agreement): (Date, &str)) -> Planned {
    Planned {
        kind: kind.to_owned(),
        what: what.to_owned(),
        owner: owner.to_owned(),
        due,
        agreement: agreement.to_owned(),
    }
}

fn plan_for(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    stay: &Spell,
    by: &By,
) -> anyhow::Result<()> {
    let today = environment.today();
    let tomorrow = today.checked_add(1.day())?;
    let visit = planned(
        "visit",
        "Talk to the ward about how the person managed at home",
        &by.name,
        (today, "agreed"),
    );
    let seen = plan(tx, environment, stay.id, &visit, by)?;
    let outcome = "Done by telephone. The ward knows that the person walks with a frame.";
    let done = (Ending::Done, outcome);
    end_item(tx, environment, (seen, Version::FIRST), done, by)?;
    let nursing = planned(
        "nursing",
        "First nursing visit on the day after coming home",
        "Community nursing team",
        (tomorrow, "not-asked"),
    );
    plan(tx, environment, stay.id, &nursing, by)?;
    Ok(())
}

fn write_with(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: PersonId,
    by: &By,
) -> anyhow::Result<()> {
    let words = [
        ("important", "My garden, and being in my own bed at night."),
        ("people", "My neighbour Robin, who has a key."),
        (
            "communication",
            "I hear better on the left. Please speak slowly.",
        ),
        ("please", "Please ask before you help me up."),
    ];
    let words = words.map(|(heading, words)| (heading.to_owned(), words.to_owned()));
    let about = AboutMe {
        words: words.into_iter().collect(),
        supported_by: Some("Robin Marsh, a neighbour".to_owned()),
        said_on: environment.today(),
    };
    write(tx, environment, (person, 0), &about, by)?;
    let carer = Carer {
        who: "Robin Marsh".to_owned(),
        relation: "neighbour".to_owned(),
        cares: "Shops twice a week and looks in every morning. Lives next door.".to_owned(),
        contact: "By the ward’s telephone list, after 5pm".to_owned(),
        willing: "with-support".to_owned(),
        words: "Can go on if somebody else helps with washing.".to_owned(),
        ended: false,
    };
    add_carer(tx, environment, person, &carer, by)?;
    Ok(())
}
