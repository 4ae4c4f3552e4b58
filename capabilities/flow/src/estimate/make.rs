//! The system makes an estimate of a stay.

use std::collections::BTreeMap;

use jiff::ToSpan;
use stour_database::Transaction;
use stour_discharge::{LifeTable, estimate};
use stour_kernel::{Date, Environment, Timestamp, london_date};

use super::cell::{Case, method_group, words};
use super::setting::{Settings, settings};
use super::store::{self, Made, Why};
use super::{frailty, learn};
use crate::error::FlowError;
use crate::spell::{ExpectedDate, SaidBy, Spell};

/// On what occasion it is looked whether an estimate is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Something was said of the stay.
    Told,
    /// It is added up from what was said before: what was estimated stands.
    Again,
    /// A day has begun.
    Morning,
}

/// Sees that a stay that goes on has the estimate that it should have, and gives the one that stands.
///
/// # Errors
/// Those of the database.
pub(crate) fn keep_up(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    spell: &Spell,
    (born, moment): (Option<Date>, Moment),
) -> Result<Option<ExpectedDate>, FlowError> {
    let Some(admitted) = spell.admitted_at.map(london_date) else {
        return Ok(None);
    };
    let settings = settings()?;
    let before = store::latest(tx, spell.id)?;
    if moment == Moment::Again {
        return Ok(before.and_then(|(_, made)| shown(&made, settings)));
    }
    let case = case(tx, spell, (born, admitted))?;
    let inputs = inputs(&case);
    let today = environment.today();
    let why = match &before {
        None => Some(Why::Admitted),
        Some((_, before)) if before.inputs != inputs => Some(Why::Changed),
        Some(_) if moment == Moment::Told => None,
        Some((_, before)) => match before.dates {
            [Some(half), ..] => (half < today).then_some(Why::Passed),
            [None, ..] => Some(Why::NowKnown),
        },
    };
    let Some(why) = why else {
        return Ok(before.and_then(|(_, made)| shown(&made, settings)));
    };
    let earlier = learn::earlier(tx, spell.person, (admitted, today))?;
    let case = Case { earlier, ..case };
    let stayed = learn::nights(admitted, today);
    let made = made(
        tx,
        (&case, today),
        (stayed, environment.now()),
        (why, inputs),
    )?;
    if why == Why::NowKnown && made.cell.is_none() {
        return Ok(None);
    }
    let number = before.map_or(0, |(number, _)| number) + 1;
    store::add(tx, [(spell.id, number, &made)])?;
    Ok(shown(&made, settings))
}

fn case(
    tx: &mut Transaction<'_>,
    spell: &Spell,
    (born, admitted): (Option<Date>, Date),
) -> Result<Case, FlowError> {
    let age = born.and_then(|born| stour_people::age(born, admitted));
    Ok(Case {
        admitted,
        age: age.and_then(|age| u8::try_from(age).ok()),
        method: method_group(spell.method.as_deref(), admitted)?,
        specialty: spell.specialty.clone(),
        frailty: frailty::standing(tx, spell.id)?,
        earlier: 0,
    })
}

/// What an estimate rests on besides other stays: when it is otherwise, another is made.
fn inputs(case: &Case) -> String {
    let text = |part: Option<&str>| part.unwrap_or("-").to_owned();
    let number = |part: Option<u8>| part.map_or_else(|| "-".to_owned(), |part| part.to_string());
    [
        case.admitted.to_string(),
        number(case.age),
        text(case.method.as_deref()),
        text(case.specialty.as_deref()),
        number(case.frailty),
    ]
    .join("|")
}

fn made(
    tx: &mut Transaction<'_>,
    (case, today): (&Case, Date),
    (stayed, at): (u16, Timestamp),
    (why, inputs): (Why, String),
) -> Result<Made, FlowError> {
    let settings = settings()?;
    let mut tables: Vec<(String, (Date, LifeTable))> = Vec::new();
    for cell in case.cells(settings, today) {
        let table = store::table(tx, &cell)?;
        tables.extend(table.map(|table| (cell, table)));
    }
    let as_of = store::counted_as_of(tx)?;
    let groups = tables.iter().map(|(cell, (_, table))| (cell, table));
    Ok(from_groups(
        groups,
        (case, stayed, at),
        (why, inputs, as_of),
        settings,
    ))
}

/// An estimate from the groups of stays, the most alike first.
pub(super) fn from_groups<'t>(
    groups: impl IntoIterator<Item = (&'t String, &'t LifeTable)>,
    (case, stayed, at): (&Case, u16, Timestamp),
    (why, inputs, as_of): (Why, String, Option<Date>),
    settings: &Settings,
) -> Made {
    let setting = settings.at(london_date(at));
    let made = Made {
        at,
        why,
        stayed,
        inputs,
        cell: None,
        ended: 0,
        open: 0,
        as_of,
        dates: [None; 3],
    };
    let date = |nights: u16| case.admitted.checked_add(i64::from(nights).days()).ok();
    let Some(setting) = setting else {
        return made;
    };
    match estimate(groups, stayed, setting.fewest) {
        Ok(found) => Made {
            cell: Some(found.group.clone()),
            ended: found.ended,
            open: found.open,
            dates: found.within.map(|nights| date(nights?)),
            ..made
        },
        Err(unknown) => Made {
            ended: unknown.most,
            ..made
        },
    }
}

/// The estimate of a stay that has just begun, from tables that are at hand.
pub(super) fn at_admission(
    tx: &mut Transaction<'_>,
    spell: &Spell,
    born: Option<Date>,
    (as_of, tables): (Date, &BTreeMap<String, LifeTable>),
) -> Result<Option<Made>, FlowError> {
    let Some(at) = spell.admitted_at else {
        return Ok(None);
    };
    let settings = settings()?;
    let admitted = london_date(at);
    let case = Case {
        earlier: learn::earlier(tx, spell.person, (admitted, admitted))?,
        ..case(tx, spell, (born, admitted))?
    };
    let cells = case.cells(settings, as_of);
    let groups = cells
        .iter()
        .filter_map(|cell| Some((cell, tables.get(cell)?)));
    let inputs = inputs(&case);
    let made = from_groups(
        groups,
        (&case, 0, at),
        (Why::Admitted, inputs, Some(as_of)),
        settings,
    );
    Ok(Some(made))
}

/// As a board shows it.
fn shown(made: &Made, settings: &Settings) -> Option<ExpectedDate> {
    let [on, ..] = made.dates;
    Some(ExpectedDate {
        on: on?,
        by: SaidBy::System,
        basis: basis(made, settings)?,
        at: made.at,
    })
}

/// What an estimate rests on, in words.
fn basis(made: &Made, settings: &Settings) -> Option<String> {
    let cell = words(made.cell.as_deref()?, settings);
    let after = match made.stayed {
        0 => String::new(),
        1 => " after a day or longer".to_owned(),
        days => format!(" after {days} days or longer"),
    };
    let ended = made.ended;
    Some(format!(
        "when half of {ended} stays had ended{after}: {cell}"
    ))
}
