//! Which expected date of a stay stands, and all that were ever said of it.

use stour_database::{Error, Transaction, Version, params, sql};
use stour_kernel::{Date, Environment, OdsCode, Timestamp, UserId};

use super::SpellId;
use super::course::Course;
use super::event::Said;
use super::expected::{ExpectedDate, SaidBy, standing};
use super::store::{self, Spell, SpellState};
use super::tell::{add_up, add_up_again, said};
use crate::error::FlowError;
use crate::estimate::{Likely, Moment, keep_up};

/// The date that stands for a stay that goes on: the latest that the hospital or the ward said; the system's where there is
/// none. The system makes one where it should have.
pub(super) fn standing_date(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (now, course): (&Spell, &Course),
    moment: Moment,
) -> Result<Option<ExpectedDate>, FlowError> {
    if now.state != SpellState::InHospital {
        return Ok(None);
    }
    let mut dates: Vec<ExpectedDate> = staff_dates(tx, now.id)?
        .into_iter()
        .map(|said| ExpectedDate {
            on: said.likely.on,
            by: SaidBy::Staff,
            basis: said.likely.by(),
            at: said.at,
        })
        .collect();
    dates.extend(course.about.expected.as_ref().map(|said| ExpectedDate {
        on: said.on,
        by: SaidBy::Message,
        basis: said.by.clone(),
        at: said.at,
    }));
    dates.extend(keep_up(tx, environment, now, (course.about.born, moment))?);
    Ok(standing(dates))
}

/// A date that somebody on the ward said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StaffDate {
    /// What they said.
    pub(crate) likely: Likely,
    /// Their organisation.
    pub(crate) organisation: OdsCode,
    /// When.
    pub(crate) at: Timestamp,
}

/// What people on the ward said, the first first.
pub(crate) fn staff_dates(
    tx: &mut Transaction<'_>,
    spell: SpellId,
) -> Result<Vec<StaffDate>, Error> {
    tx.rows(
        sql!(
            "SELECT expected_on, on_80, on_95, name, role, organisation, at FROM spell_expected
             WHERE spell = $1 ORDER BY number"
        ),
        params![spell],
        |row| {
            Ok(StaffDate {
                likely: Likely {
                    on: row.get(0)?,
                    surer: [row.get(1)?, row.get(2)?],
                    name: row.get(3)?,
                    role: row.get::<Option<String>>(4)?.unwrap_or_default(),
                },
                organisation: row.get(5)?,
                at: row.get(6)?,
            })
        },
    )
}

/// What the hospital's messages said, the first first: each date that was another than the one before.
pub(crate) fn message_dates(
    tx: &mut Transaction<'_>,
    spell: SpellId,
) -> Result<Vec<ExpectedDate>, FlowError> {
    let (events, course) = said(tx, spell)?;
    let mut dates: Vec<ExpectedDate> = Vec::new();
    for (event, unused) in events.iter().zip(&course.unused) {
        let Said::Value(on) = event.expected else {
            continue;
        };
        if unused.is_none() && dates.last().is_none_or(|last| last.on != on) {
            dates.push(ExpectedDate {
                on,
                by: SaidBy::Message,
                basis: event.said_by.clone(),
                at: event.order.recorded,
            });
        }
    }
    Ok(dates)
}

/// The system looks at a stay again, since a day has begun.
pub(crate) fn renew(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    spell: SpellId,
) -> Result<(), FlowError> {
    if let Some(spell) = store::one(tx, spell)? {
        add_up(tx, environment, &spell, (None, Moment::Morning))?;
    }
    Ok(())
}

/// The date of birth by what was said of a visit.
pub(crate) fn born(tx: &mut Transaction<'_>, spell: SpellId) -> Result<Option<Date>, FlowError> {
    Ok(said(tx, spell)?.1.about.born)
}

/// Somebody on the ward says when the person is likely to leave.
pub(crate) fn set_expected(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (spell, seen): (SpellId, Version),
    likely: &Likely,
    (user, organisation): (UserId, OdsCode),
) -> Result<(), FlowError> {
    let spell = store::one(tx, spell)?.ok_or(FlowError::NotFound)?;
    spell.version.expect(seen)?;
    if spell.state != SpellState::InHospital {
        let why = "The person is no longer in hospital. Go back to the ward page to see who is.";
        return Err(FlowError::NotNow(why.to_owned()));
    }
    let at = environment.now();
    let [most, nearly_all] = likely.surer;
    tx.execute(
        sql!(
            "INSERT INTO spell_expected (spell, number, expected_on, name, said_by_user, organisation, at, role, on_80, on_95)
             SELECT CAST($1 AS TEXT), COALESCE(max(number), 0) + 1, CAST($2 AS TEXT), CAST($3 AS TEXT),
                    CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT),
                    CAST($9 AS TEXT)
             FROM spell_expected WHERE spell = $1"
        ),
        params![
            spell.id,
            likely.on,
            likely.name,
            user,
            organisation,
            at,
            likely.role,
            most,
            nearly_all
        ],
    )?;
    add_up_again(tx, environment, &spell)
}
