//! How long stays of each group last, counted from the facts of stays: those that messages tell of and those of a loaded
//! history alike.
//!
//! A stay that had not ended by the morning of the day of counting goes on; a cancelled one never was; one that ended in
//! death has ended, since the bed is free. A level of frailty counts for a stay from the day on which it was recorded, and
//! the stay counts among those of that level from then on only: stays that were over before anybody looked are not
//! missing from it.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan;
use stour_database::{Error, Transaction, params, sql};
use stour_discharge::{Lasted, LifeTable};
use stour_facts::FactKind;
use stour_kernel::{Date, PersonId, ThreadId};

use super::cell::{Case, method_group};
use super::frailty;
use super::setting::{Settings, settings};
use crate::error::FlowError;

/// The outcome of a stay that turned out never to have been.
const CANCELLED: &str = "cancelled";

/// A stay as the fact log has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KnownStay {
    pub(super) person: PersonId,
    pub(super) born: Option<Date>,
    pub(super) admitted: Date,
    pub(super) left: Option<Date>,
    /// A code of the list `admission-method`.
    pub(super) method: Option<String>,
    /// A code of the list `treatment-specialty`.
    pub(super) specialty: Option<String>,
    /// The level that was recorded first, and the day on which it was.
    pub(super) frailty: Option<(Date, u8)>,
    /// How often the person had been admitted in the year before.
    pub(super) earlier: u32,
}

/// Every stay that began from a day on, and how often each person had been admitted before.
pub(super) fn known_stays(
    tx: &mut Transaction<'_>,
    from: Date,
    before: Date,
) -> Result<Vec<KnownStay>, FlowError> {
    let setting = settings()?.needed(before)?;
    let history = i64::from(setting.history_days).days();
    let earliest = from.checked_sub(history).unwrap_or(from);
    let frailty = frailty::first_of_each(tx)?;
    let mut stays = recorded(tx, (earliest, before), &frailty)?;
    stays.sort_by_key(|stay| (stay.person, stay.admitted));
    let admissions: Vec<(PersonId, Date)> = stays
        .iter()
        .map(|stay| (stay.person, stay.admitted))
        .collect();
    for stay in &mut stays {
        let since = stay.admitted.checked_sub(history).unwrap_or(Date::MIN);
        let first = admissions.partition_point(|one| *one < (stay.person, since));
        let last = admissions.partition_point(|one| *one < (stay.person, stay.admitted));
        stay.earlier = u32::try_from(last.saturating_sub(first)).unwrap_or(u32::MAX);
    }
    stays.retain(|stay| stay.admitted >= from);
    Ok(stays)
}

fn recorded(
    tx: &mut Transaction<'_>,
    (from, before): (Date, Date),
    frailty: &HashMap<ThreadId, (Date, u8)>,
) -> Result<Vec<KnownStay>, Error> {
    tx.rows(
        sql!(
            "SELECT f.thread, COALESCE(p.survivor, p.id), p.born, f.started, f.ended, f.detail
             FROM fact f JOIN person p ON p.id = f.person
             WHERE f.kind = $1 AND f.started >= $2 AND f.started < $3 AND COALESCE(f.outcome, '') <> $4
               AND NOT EXISTS (SELECT 1 FROM fact later WHERE later.thread = f.thread AND later.version > f.version)"
        ),
        params![FactKind::Spell, from, before, CANCELLED],
        |row| {
            let thread: ThreadId = row.get(0)?;
            let detail: String = row.get(5)?;
            let detail: serde_json::Value = serde_json::from_str(&detail).unwrap_or_default();
            let text = |name: &str| detail.get(name)?.as_str().map(str::to_owned);
            Ok(KnownStay {
                person: row.get(1)?,
                born: row.get(2)?,
                admitted: row.get(3)?,
                left: row.get(4)?,
                // A loaded history and messages call it differently, as reference/facts.toml has it.
                method: text("admission_method").or_else(|| text("method")),
                specialty: text("specialty"),
                frailty: frailty.get(&thread).copied(),
                earlier: 0,
            })
        },
    )
}

/// How often somebody had been admitted in the time before a day, under whichever of their identifiers.
pub(super) fn earlier(
    tx: &mut Transaction<'_>,
    person: PersonId,
    (admitted, today): (Date, Date),
) -> Result<u32, FlowError> {
    let Some(setting) = settings()?.at(today) else {
        return Ok(0);
    };
    let history = i64::from(setting.history_days).days();
    let since = admitted.checked_sub(history).unwrap_or(Date::MIN);
    let mut count = 0;
    for member in stour_people::group(tx, person)? {
        // Everything of the person in that time, and the kind looked at here: asked for both, SQLite would go through the stays of
        // everybody.
        let kinds: Vec<FactKind> = tx.rows(
            sql!(
                "SELECT f.kind FROM fact f
                 WHERE f.person = $1 AND f.started >= $2 AND f.started < $3
                   AND COALESCE(f.outcome, '') <> $4
                   AND NOT EXISTS (SELECT 1 FROM fact later WHERE later.thread = f.thread AND later.version > f.version)"
            ),
            params![member, since, admitted, CANCELLED],
            |row| row.get(0),
        )?;
        let stays = kinds.into_iter().filter(|kind| *kind == FactKind::Spell);
        count += u32::try_from(stays.count()).unwrap_or(u32::MAX);
    }
    Ok(count)
}

/// How long stays of each group last, as it was known on the morning of a day.
pub(super) fn tables(
    stays: &[KnownStay],
    as_of: Date,
    settings: &Settings,
) -> Result<BTreeMap<String, LifeTable>, FlowError> {
    let setting = settings.needed(as_of)?;
    let from = as_of
        .checked_sub(i64::from(setting.days).days())
        .unwrap_or(Date::MIN);
    let mut tables: BTreeMap<String, LifeTable> = BTreeMap::new();
    let mut groups = HashMap::new();
    let known = |stay: &&KnownStay| (from..as_of).contains(&stay.admitted);
    for stay in stays.iter().filter(known) {
        let group: Option<String> = if let Some(group) = groups.get(&stay.method) {
            Option::clone(group)
        } else {
            let group = method_group(stay.method.as_deref(), as_of)?;
            groups.insert(stay.method.clone(), group.clone());
            group
        };
        for (cells, lasted) in stay.counted(group, as_of, settings) {
            for cell in cells {
                tables.entry(cell).or_default().add(lasted);
            }
        }
    }
    let ended = |table: &LifeTable| table.ended_from(0);
    tables.retain(|_, table| ended(table) >= setting.fewest);
    Ok(tables)
}

impl KnownStay {
    /// The groups that it counts in, and from when on in each.
    fn counted(
        &self,
        method: Option<String>,
        as_of: Date,
        settings: &Settings,
    ) -> Vec<(Vec<String>, Lasted)> {
        let left = self.left.filter(|left| *left < as_of);
        let age = self
            .born
            .and_then(|born| stour_people::age(born, self.admitted));
        let case = Case {
            admitted: self.admitted,
            age: age.and_then(|age| u8::try_from(age).ok()),
            method,
            specialty: self.specialty.clone(),
            frailty: None,
            earlier: self.earlier,
        };
        let lasted = |seen: Date| Lasted {
            seen_from: nights(self.admitted, seen),
            nights: nights(self.admitted, left.unwrap_or(as_of)),
            is_over: left.is_some(),
        };
        let cells = case.cells(settings, as_of);
        let frail = match self.frailty.filter(|(seen, _)| *seen < as_of) {
            Some((seen, level)) => {
                let frailty = Some(level);
                let mut frail = Case { frailty, ..case }.cells(settings, as_of);
                frail.retain(|cell| !cells.contains(cell));
                Some((frail, lasted(seen)))
            }
            None => None,
        };
        std::iter::once((cells, lasted(self.admitted)))
            .chain(frail)
            .collect()
    }
}

/// Nights from one day to another; none where the other is earlier.
pub(super) fn nights(from: Date, to: Date) -> u16 {
    let days = from.until(to).map_or(0, |span| span.get_days());
    u16::try_from(days.max(0)).unwrap_or(u16::MAX)
}

/// How long stays of each group last, as of today. It looks at every stay of the last years: not for a transaction that writes,
/// for which others wait.
pub(super) fn tables_of(
    tx: &mut Transaction<'_>,
    today: Date,
) -> Result<BTreeMap<String, LifeTable>, FlowError> {
    let settings = settings()?;
    let days = i64::from(settings.needed(today)?.days).days();
    let from = today.checked_sub(days).unwrap_or(Date::MIN);
    let stays = known_stays(tx, from, today)?;
    tables(&stays, today, settings)
}
