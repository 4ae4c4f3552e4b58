//! When the ward of the demonstration said that people would go home: made up, of one stay in three, so that its dates can be
//! held against the system's.

use std::collections::BTreeMap;

use anyhow::Context as _;
use jiff::{SignedDuration, ToSpan as _};
use stour_database::Transaction;
use stour_flow::spell::{Spell, in_hospital, left_since};
use stour_flow::{PastDate, insert_past_dates};
use stour_kernel::{Date, Environment, Timestamp, london_date};
use stour_programme::document::Author;

/// Who says so, by the name they sign in with, and as what.
const WARD: (&str, &str) = ("ward", "ward sister");
/// Of one stay in so many.
const ONE_IN: usize = 3;
/// How long after admission a ward has looked at somebody.
const FIRST_LOOK: SignedDuration = SignedDuration::from_hours(20);

/// Says when people in the hospitals of the ward's organisation go home, or went.
pub(super) fn say(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    people: &BTreeMap<String, Author>,
) -> anyhow::Result<()> {
    let ward = people
        .get(WARD.0)
        .with_context(|| format!("no account {}", WARD.0))?;
    let now = environment.now();
    let own = |spell: &Spell| spell.organisation == ward.organisation;
    let mut dates = Vec::new();
    let left = left_since(tx, Timestamp::MIN)?;
    for (number, spell) in left.iter().filter(|spell| own(spell)).enumerate() {
        if let (0, Some(left)) = (number % ONE_IN, spell.discharged_at) {
            dates.extend(of(spell, (number / ONE_IN, london_date(left)), left, ward));
        }
    }
    let here = in_hospital(tx)?;
    let later = now.checked_add(SignedDuration::from_hours(24 * 3))?;
    for (number, spell) in here.iter().filter(|spell| own(spell)).enumerate() {
        if number.is_multiple_of(ONE_IN) {
            let said = of(spell, (number / ONE_IN, london_date(later)), now, ward);
            dates.extend(said);
        }
    }
    insert_past_dates(tx, environment, &dates)?;
    Ok(())
}

/// What was said of a stay that ends, or was thought to end, on a day: a first date that is often wrong, and a later one that
/// is nearer. Nothing is said after a moment.
fn of(
    spell: &Spell,
    (number, ends): (usize, Date),
    until: Timestamp,
    ward: &Author,
) -> Vec<PastDate> {
    let Some(admitted) = spell.admitted_at else {
        return Vec::new();
    };
    let wrong = i64::try_from(number % 6).unwrap_or_default() - 2;
    let Ok(first) = admitted.checked_add(FIRST_LOOK) else {
        return Vec::new();
    };
    let second = first.checked_add(FIRST_LOOK * 2).unwrap_or(first);
    let said = |at: Timestamp, wrong: i64| {
        let after = |days: i64| ends.checked_add(days.days()).unwrap_or(ends);
        let on = after(wrong).max(london_date(at));
        let surer = number
            .is_multiple_of(2)
            .then(|| [after(wrong.max(0) + 2), after(wrong.max(0) + 5)]);
        PastDate {
            spell: spell.id,
            on,
            surer: surer.map_or([None; 2], |surer| surer.map(|date| Some(date.max(on)))),
            name: ward.name.clone(),
            role: WARD.1.to_owned(),
            by: (ward.user, ward.organisation),
            at,
        }
    };
    let all = [said(first, wrong), said(second, wrong / 2)];
    all.into_iter().filter(|date| date.at <= until).collect()
}
