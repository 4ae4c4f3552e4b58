//! Reading what the indicator needs from the log: the spells and services of people who had
//! reablement, and their dates of birth and death, in one pass.

use serde::Deserialize;
use stour_database::{Result, Row, Transaction, params, sql};
use stour_facts::FactKind;
use stour_kernel::{Code, Date, GssCode, LocalityCode, PersonId};
use stour_partnership::{Reference, ReferenceList};

use super::{Case, Definition, Episode, History, Service, Spell, cases};

/// What is read of a fact's detail.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Detail {
    component: Option<String>,
    service_type: Option<String>,
    destination: Option<String>,
    discharge_method: Option<String>,
}

/// A row of the log.
struct FactRow {
    person: PersonId,
    born: Option<Date>,
    died: Option<Date>,
    kind: FactKind,
    started: Date,
    ended: Option<Date>,
    outcome: Option<Code>,
    council: Option<GssCode>,
    locality: Option<LocalityCode>,
    detail: Detail,
}

/// The cases of everybody who had reablement, as they can be judged on `today`.
///
/// What was recorded of somebody before records were merged is part of one history, so a person
/// counts once. Memory is for the cases, and for the history of one person at a time.
pub fn cases_of_everybody(
    tx: &mut Transaction<'_>,
    definition: &Definition,
    reference: &Reference,
    today: Date,
) -> Result<Vec<Case>> {
    let destinations = reference.code_list("discharge-destination");
    let mut found = Vec::new();
    let mut current: Option<History> = None;
    // Whom to read is chosen by a word anywhere in the detail; what counts is decided by the rule.
    tx.each(
        sql!(
            "WITH chosen AS (
                SELECT DISTINCT COALESCE(asked.survivor, s.person) AS person
                FROM fact s LEFT JOIN person asked ON asked.id = s.person
                WHERE s.kind = 'service' AND s.person IS NOT NULL AND lower(s.detail) LIKE '%reablement%'
             ), member AS (
                SELECT person, person AS id FROM chosen
                UNION ALL
                SELECT c.person, m.id FROM chosen c JOIN person m ON m.survivor = c.person
             )
             SELECT c.person, p.born, p.died, f.kind, f.started, f.ended, f.outcome, f.council, f.locality, f.detail
             FROM member c
             JOIN fact f ON f.person = c.id
             LEFT JOIN person p ON p.id = c.person
             WHERE f.kind IN ('service', 'spell')
               AND NOT EXISTS (SELECT 1 FROM fact later
                               WHERE later.thread = f.thread AND later.version > f.version)
             ORDER BY c.person"
        ),
        params![],
        |row| {
            let row = read(row)?;
            if current.as_ref().is_some_and(|history| history.person != row.person) {
                found.extend(current.take().iter().flat_map(|history| cases(definition, history, today)));
            }
            let history = current.get_or_insert_with(|| History {
                person: row.person,
                born: row.born,
                died: row.died,
                spells: Vec::new(),
                services: Vec::new(),
            });
            match row.kind {
                FactKind::Spell => history.spells.push(spell(definition, destinations, &row)),
                FactKind::Service => history.services.push(service(row)),
                _ => {}
            }
            Ok(())
        },
    )?;
    found.extend(
        current
            .iter()
            .flat_map(|history| cases(definition, history, today)),
    );
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<FactRow> {
    Ok(FactRow {
        person: row.get(0)?,
        born: row.get(1)?,
        died: row.get(2)?,
        kind: row.get(3)?,
        started: row.get(4)?,
        ended: row.get(5)?,
        outcome: row.get(6)?,
        council: row.get(7)?,
        locality: row.get(8)?,
        detail: serde_json::from_str(&row.get::<String>(9)?).unwrap_or_default(),
    })
}

fn service(row: FactRow) -> Service {
    Service {
        started: row.started,
        ended: row.ended,
        component: row.detail.component.unwrap_or_default(),
        service_type: row.detail.service_type.unwrap_or_default(),
        outcome: row
            .outcome
            .map_or_else(String::new, |code| code.to_string()),
        council: row.council,
        locality: row.locality,
    }
}

fn spell(definition: &Definition, destinations: Option<&ReferenceList>, row: &FactRow) -> Spell {
    Spell {
        started: row.started,
        ended: row.ended,
        episode: episode(definition, destinations, row),
    }
}

/// How a spell ended. A hospital's system gives the destination as a code, in the detail or as the
/// outcome itself; a code that the list does not have on the day says nothing.
fn episode(
    definition: &Definition,
    destinations: Option<&ReferenceList>,
    row: &FactRow,
) -> Episode {
    let has = |codes: &[String], code: &str| codes.iter().any(|known| known == code);
    let outcome = row.outcome.as_ref().map(Code::as_str).unwrap_or_default();
    let method = row.detail.discharge_method.as_deref().unwrap_or_default();
    if has(&definition.spell_outcomes_died, outcome)
        || has(&definition.discharge_methods_died, method)
    {
        return Episode::Died;
    }
    let (Some(ended), Some(list)) = (row.ended, destinations) else {
        return Episode::Counted;
    };
    let given = row.detail.destination.as_deref().unwrap_or(outcome);
    let Ok(code) = given.parse::<Code>() else {
        return Episode::Counted;
    };
    match list.group_at(&code, ended) {
        _ if has(&definition.destinations_unknown, given) => Episode::Counted,
        None => Episode::Counted,
        Some(group) if has(&definition.destinations_died, group) => Episode::Died,
        Some(group) if has(&definition.destinations_counted, group) => Episode::Counted,
        Some(_) => Episode::Elsewhere(list.label(&code).unwrap_or(given).to_owned()),
    }
}

#[cfg(test)]
mod tests;
