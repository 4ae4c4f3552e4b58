//! A person and an entry in a hash chain about it, as the product writes them.

use sha2::{Digest as _, Sha256};
use stour_database::{Error, Migrations, Step, Transaction, params, sql};
use stour_kernel::{Environment, PersonId};

pub(crate) const MIGRATIONS: Migrations = Migrations {
    capability: "bench",
    steps: &[Step {
        number: 1,
        name: "person",
        sql: include_str!("../migrations/0001_person.sql"),
    }],
};

#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) born: String,
    pub(crate) nhs_number: String,
}

/// Stores a person and the entry that says so.
pub(crate) fn insert(
    tx: &mut Transaction<'_>,
    env: &Environment,
    person: &Person,
) -> Result<PersonId, Error> {
    let (id, lane, at) = (env.id::<PersonId>(), tx.lane(), env.now());
    tx.execute(
        sql!("INSERT INTO person (id, name, born, nhs_number, version) VALUES ($1, $2, $3, $4, 1)"),
        params![id, person.name, person.born, person.nhs_number],
    )?;
    let (number, before) = tx
        .optional(
            sql!("SELECT number, hash FROM audit WHERE lane = $1 ORDER BY number DESC LIMIT 1"),
            params![lane],
            |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?)),
        )?
        .unwrap_or_default();
    let what = format!("person.create {id} {at}");
    let hash = Sha256::new()
        .chain_update(before.as_bytes())
        .chain_update(what.as_bytes())
        .finalize();
    tx.execute(
        sql!("INSERT INTO audit (lane, number, at, person, what, hash) VALUES ($1, $2, $3, $4, $5, $6)"),
        params![lane, number + 1, at, id, what, hexadecimal(&hash)],
    )?;
    Ok(id)
}

/// Stores a person under this id unless there is one.
pub(crate) fn ensure(tx: &mut Transaction<'_>, id: PersonId) -> Result<u64, Error> {
    tx.execute(
        sql!(
            "INSERT INTO person (id, name, born, nhs_number, version)
             VALUES ($1, 'Margaret Sample', '1941-05-06', '9990000018', 1) ON CONFLICT (id) DO NOTHING"
        ),
        params![id],
    )
}

/// The person with this id.
pub(crate) fn find(tx: &mut Transaction<'_>, id: PersonId) -> Result<Option<Person>, Error> {
    tx.optional(
        sql!("SELECT name, born, nhs_number FROM person WHERE id = $1"),
        params![id],
        |row| {
            Ok(Person {
                name: row.get(0)?,
                born: row.get(1)?,
                nhs_number: row.get(2)?,
            })
        },
    )
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}
