//! Storing requests.

use stour_access::PersonFacts;
use stour_database::{
    Cursor, Error, Page, PageSize, Row, Transaction, Version, VersionError, params, sql,
};
use stour_facts::{FactKind, NewFact, Source};
use stour_kernel::{Code, Environment, OdsCode, PersonId, ThreadId};

use super::state::{CONCLUDED, OPEN, REFERRED};
use super::{Conclusion, NewRequest, Request, RequestId, RequestState};
use crate::error::FrontDoorError;

/// Who takes a request or makes a referral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taker {
    /// The name that the record shows.
    pub name: String,
    /// The organisation they work for.
    pub organisation: OdsCode,
}

/// Records a request about a person: the row, its fact, and that the organisation now knows the
/// person.
///
/// # Errors
/// Those of the database and the fact log.
pub fn record(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: &PersonFacts,
    asked: NewRequest,
    taker: &Taker,
) -> Result<Request, FrontDoorError> {
    let request = Request {
        id: environment.id(),
        person: person.id,
        thread: environment.id(),
        organisation: taker.organisation,
        asked,
        recorded_at: environment.now(),
        taken_by: taker.name.clone(),
        state: RequestState::Open,
        version: Version::FIRST,
    };
    stour_facts::append(tx, environment, fact(&request, person))?;
    insert(tx, &request)?;
    stour_people::know(
        tx,
        environment,
        person.id,
        taker.organisation,
        &format!("request:{}", request.id),
        request.received_on(),
    )?;
    stour_database::touch(tx, "requests")?;
    Ok(request)
}

/// What the fact log is told: never the words, which belong to the request.
fn fact(request: &Request, person: &PersonFacts) -> NewFact {
    let asked = &request.asked;
    NewFact {
        thread: Some(request.thread),
        kind: FactKind::Request,
        person: Some(request.person),
        organisation: request.organisation,
        commissioner: None,
        locality: person.locality.clone(),
        council: person.council,
        started: asked.received_on,
        ended: None,
        outcome: None,
        cost: None,
        source: Source {
            system: "stour".to_owned(),
            reference: request.id.to_string(),
        },
        detail: serde_json::json!({
            "channel": asked.channel,
            "route-of-access": asked.route,
            "asked-by": asked.asked_by,
            "primary-support-reason": asked.support_reason,
        }),
        recorded_by: request.taken_by.clone(),
    }
}

fn insert(tx: &mut Transaction<'_>, request: &Request) -> Result<(), Error> {
    let asked = &request.asked;
    tx.execute(
        sql!(
            "INSERT INTO request (id, person, thread, organisation, channel, route, asked_by, asker, words,
                                  support_reason, received_on, recorded_at, taken_by, state, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
        ),
        params![
            request.id,
            request.person,
            request.thread,
            request.organisation,
            asked.channel,
            asked.route,
            asked.asked_by,
            asked.asker,
            asked.words,
            asked.support_reason,
            asked.received_on,
            request.recorded_at,
            request.taken_by,
            request.state.as_str(),
            request.version,
        ],
    )?;
    Ok(())
}

/// Concludes a request at the version that the caller saw; `outcome` is a code that the list
/// `event-outcome` has today.
///
/// # Errors
/// [`FrontDoorError::Version`] when somebody changed it first; [`FrontDoorError::Request`] when it
/// is concluded already or a service considers it; [`FrontDoorError::NotThere`].
pub fn conclude(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (RequestId, Version),
    outcome: Code,
    by: &str,
) -> Result<Request, FrontDoorError> {
    let request = request(tx, id)?.ok_or(FrontDoorError::NotThere)?;
    request.version.expect(seen)?;
    let conclusion = Conclusion {
        outcome,
        at: environment.now(),
        by: by.to_owned(),
    };
    let state = request.state.clone().conclude(conclusion)?;
    put_state(tx, environment, request, state)
}

/// Keeps a new state; a conclusion is also the next version of the fact.
pub(crate) fn put_state(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    request: Request,
    state: RequestState,
) -> Result<Request, FrontDoorError> {
    let seen = request.version;
    let request = Request {
        state,
        version: seen.next(),
        ..request
    };
    let conclusion = request.conclusion();
    let changed = tx.execute(
        sql!(
            "UPDATE request SET state = $3, outcome = $4, concluded_at = $5, concluded_by = $6, version = $7
             WHERE id = $1 AND version = $2"
        ),
        params![
            request.id,
            seen,
            request.state.as_str(),
            conclusion.map(|conclusion| &conclusion.outcome),
            conclusion.map(|conclusion| conclusion.at),
            conclusion.map(|conclusion| conclusion.by.as_str()),
            request.version,
        ],
    )?;
    if changed != 1 {
        return Err(VersionError::Changed.into());
    }
    if let Some(conclusion) = conclusion {
        append_conclusion(tx, environment, request.thread, conclusion)?;
    }
    stour_database::touch(tx, "requests")?;
    Ok(request)
}

/// The conclusion of a fact keeps what the first version said: where the person lived when they
/// asked, not now.
fn append_conclusion(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    thread: ThreadId,
    conclusion: &Conclusion,
) -> Result<(), FrontDoorError> {
    let latest = stour_facts::thread(tx, thread)?.pop();
    let before = latest.ok_or(FrontDoorError::NotThere)?.what;
    let fact = NewFact {
        thread: Some(thread),
        ended: Some(environment.today()),
        outcome: Some(conclusion.outcome.clone()),
        recorded_by: conclusion.by.clone(),
        ..before
    };
    stour_facts::append(tx, environment, fact)?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Request, Error> {
    let conclusion = match (row.get(14)?, row.get(15)?, row.get(16)?) {
        (Some(outcome), Some(at), Some(by)) => Some(Conclusion { outcome, at, by }),
        _ => None,
    };
    let state = match (row.get::<String>(13)?.as_str(), conclusion) {
        (OPEN, None) => RequestState::Open,
        (REFERRED, None) => RequestState::Referred,
        (CONCLUDED, Some(conclusion)) => RequestState::Concluded(conclusion),
        _ => {
            return Err(Error::Decode {
                column: 13,
                expected: "state of a request",
            });
        }
    };
    Ok(Request {
        id: row.get(0)?,
        person: row.get(1)?,
        thread: row.get(2)?,
        organisation: row.get(3)?,
        asked: NewRequest {
            channel: row.get(4)?,
            route: row.get(5)?,
            asked_by: row.get(6)?,
            asker: row.get(7)?,
            words: row.get(8)?,
            support_reason: row.get(9)?,
            received_on: row.get(10)?,
        },
        recorded_at: row.get(11)?,
        taken_by: row.get(12)?,
        state,
        version: row.get(17)?,
    })
}

/// One request.
pub fn request(tx: &mut Transaction<'_>, id: RequestId) -> Result<Option<Request>, Error> {
    tx.optional(
        sql!(
            "SELECT id, person, thread, organisation, channel, route, asked_by, asker, words, support_reason,
                    received_on, recorded_at, taken_by, state, outcome, concluded_at, concluded_by, version
             FROM request WHERE id = $1"
        ),
        params![id],
        read,
    )
}

/// What was ever asked for one person, under whichever identifier, the latest first.
pub fn requests_of_person(
    tx: &mut Transaction<'_>,
    person: PersonId,
) -> Result<Vec<Request>, Error> {
    let mut found = Vec::new();
    for member in stour_people::group(tx, person)? {
        found.extend(recorded_under(tx, member)?);
    }
    found.sort_by_key(|request: &Request| std::cmp::Reverse(request.id));
    Ok(found)
}

fn recorded_under(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<Request>, Error> {
    tx.rows(
        sql!(
            "SELECT id, person, thread, organisation, channel, route, asked_by, asker, words, support_reason,
                    received_on, recorded_at, taken_by, state, outcome, concluded_at, concluded_by, version
             FROM request WHERE person = $1 ORDER BY id DESC"
        ),
        params![person],
        read,
    )
}

/// The states in the order of the list: what must be dealt with first.
const QUEUE: [&str; 3] = [OPEN, REFERRED, CONCLUDED];

/// A page of the requests that an organisation took: the open ones, then the referred, then the
/// concluded, each the latest first. Each names the person who stands now.
pub(crate) fn taken_by(
    tx: &mut Transaction<'_>,
    organisation: OdsCode,
    after: Option<&Cursor>,
    size: PageSize,
) -> Result<Page<Request>, FrontDoorError> {
    let (first, before) = match after {
        None => (0, LAST_ID.to_owned()),
        Some(cursor) => {
            let [state, id] = cursor.parts::<2>()?;
            let place = QUEUE.iter().position(|known| known == state);
            (place.ok_or(stour_database::CursorError)?, id.clone())
        }
    };
    let mut rows: Vec<Request> = Vec::new();
    for (place, state) in QUEUE.into_iter().enumerate().skip(first) {
        let wanted = i64::try_from(rows.len()).map_or(0, |have| size.with_one_more() - have);
        if wanted <= 0 {
            break;
        }
        let before = if place == first {
            before.as_str()
        } else {
            LAST_ID
        };
        rows.extend(tx.rows(
            sql!(
                "SELECT id, COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = request.person), person), thread,
                        organisation, channel, route, asked_by, asker, words, support_reason,
                        received_on, recorded_at, taken_by, state, outcome, concluded_at, concluded_by, version
                 FROM request WHERE organisation = $1 AND state = $2 AND id < $3 ORDER BY id DESC LIMIT $4"
            ),
            params![organisation, state, before, wanted],
            read,
        )?);
    }
    let key = |request: &Request| {
        Cursor::after([request.state.as_str().to_owned(), request.id.to_string()])
    };
    Ok(Page::cut(rows, size, key))
}

/// Sorts after every identifier.
const LAST_ID: &str = "~";

/// The people that requests are about, each once, in order of first mention.
pub(crate) fn people_of(requests: &[Request]) -> Vec<PersonId> {
    let mut people = Vec::new();
    for request in requests {
        if !people.contains(&request.person) {
            people.push(request.person);
        }
    }
    people
}
