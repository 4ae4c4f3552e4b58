//! Keeping what an organisation says of somebody beside what others said.

use stour_database::{Result, Transaction, params, sql};
use stour_kernel::{Date, Environment, OdsCode, PersonId, Timestamp};

use super::load::{given, insert_words, list, prefix};
use super::name::NameUse;
use super::{Address, Demographics, IdentifierStatus, NHS_NUMBER, PersonName};
use crate::search::word;

/// Adds what is new in what an organisation says of somebody we know.
pub(super) fn learn(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: PersonId,
    who: &Demographics,
    source: OdsCode,
    adopt: bool,
) -> Result<()> {
    let at = environment.now();
    let mut news = 0;
    if let Some(local) = &who.local {
        news += put_identifier(
            tx,
            (person, source, at),
            source.as_str(),
            local.as_str(),
            IdentifierStatus::Traced,
        )?;
    }
    if let Some(number) = who.nhs_number {
        let status = if adopt {
            IdentifierStatus::Traced
        } else {
            IdentifierStatus::Untraced
        };
        news += put_identifier(
            tx,
            (person, source, at),
            NHS_NUMBER,
            &number.digits(),
            status,
        )?;
    }
    let names = add_name(tx, (person, source, at), &who.name)?;
    let addresses = match &who.address {
        Some(address) => add_address(tx, (person, source, at), address)?,
        None => 0,
    };
    if let Some(telephone) = &who.telephone {
        news += add_telephone(tx, (person, source, at), telephone)?;
    }
    news += tx.execute(
        sql!("UPDATE person SET died = $2 WHERE id = $1 AND died IS NULL AND CAST($2 AS TEXT) IS NOT NULL"),
        params![person, who.died],
    )?;
    if names + addresses > 0 {
        refresh_words(tx, person)?;
    }
    if news + names + addresses > 0 {
        raise_version(tx, person)?;
    }
    Ok(())
}

/// Keeps what an organisation says of somebody it has been confirmed to know, beside what others said.
pub(crate) fn keep_beside(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    person: PersonId,
    who: &Demographics,
    source: OdsCode,
) -> Result<()> {
    learn(tx, environment, person, who, source, true)
}

/// Whom something is learnt about, from which organisation, and when.
pub(super) type Learnt = (PersonId, OdsCode, Timestamp);

pub(super) fn put_identifier(
    tx: &mut Transaction<'_>,
    (person, source, at): Learnt,
    system: &str,
    value: &str,
    status: IdentifierStatus,
) -> Result<u64> {
    tx.execute(
        sql!(
            "INSERT INTO person_identifier (person, system, value, status, source, recorded_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (person, system, value) DO NOTHING"
        ),
        params![person, system, value, status, source, at],
    )
}

pub(super) fn add_name(
    tx: &mut Transaction<'_>,
    (person, source, at): Learnt,
    name: &PersonName,
) -> Result<u64> {
    tx.execute(
        sql!(
            "INSERT INTO person_name (person, number, use_code, family, given, prefix, shown, source, recorded_at)
             SELECT CAST($1 AS TEXT), COALESCE(max(number), 0) + 1, CAST($2 AS TEXT), CAST($3 AS TEXT),
                    CAST($4 AS TEXT), CAST($5 AS TEXT), FALSE, CAST($6 AS TEXT), CAST($7 AS TEXT)
             FROM person_name WHERE person = $1
             HAVING max(CASE WHEN lower(family) = lower($3) AND lower(given) = lower($4) THEN 1 ELSE 0 END) = 0"
        ),
        params![person, NameUse::Usual, name.family.as_str(), given(name), prefix(name), source, at],
    )
}

pub(super) fn add_address(
    tx: &mut Transaction<'_>,
    (person, source, at): Learnt,
    address: &Address,
) -> Result<u64> {
    let known = tx.optional(
        sql!(
            "SELECT 1 FROM person_address
             WHERE person = $1 AND ends IS NULL AND lower(lines) = lower($2) AND COALESCE(postcode, '') = COALESCE($3, '')"
        ),
        params![person, list(&address.lines), address.postcode],
        |_| Ok(()),
    )?;
    if known.is_some() {
        return Ok(0);
    }
    let shown = tx.optional(
        sql!("SELECT 1 FROM person_address WHERE person = $1 AND shown = TRUE"),
        params![person],
        |_| Ok(()),
    )?;
    insert_address(tx, (person, source, at), address, None, shown.is_none())
}

pub(super) fn insert_address(
    tx: &mut Transaction<'_>,
    (person, source, at): Learnt,
    address: &Address,
    starts: Option<Date>,
    shown: bool,
) -> Result<u64> {
    tx.execute(
        sql!(
            "INSERT INTO person_address (person, number, lines, postcode, lsoa, shown, starts, source, recorded_at)
             SELECT CAST($1 AS TEXT), COALESCE(max(number), 0) + 1, CAST($2 AS TEXT), CAST($3 AS TEXT),
                    CAST($4 AS TEXT), CAST($5 AS BOOLEAN), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT)
             FROM person_address WHERE person = $1"
        ),
        params![person, list(&address.lines), address.postcode, address.lsoa, shown, starts, source, at],
    )
}

pub(super) fn add_telephone(
    tx: &mut Transaction<'_>,
    (person, source, at): Learnt,
    telephone: &str,
) -> Result<u64> {
    tx.execute(
        sql!(
            "INSERT INTO person_contact (person, number, kind, value, source, recorded_at)
             SELECT CAST($1 AS TEXT), COALESCE(max(number), 0) + 1, 'telephone', CAST($2 AS TEXT),
                    CAST($3 AS TEXT), CAST($4 AS TEXT)
             FROM person_contact WHERE person = $1
             HAVING COALESCE(max(CASE WHEN kind = 'telephone' AND value = $2 AND ends IS NULL THEN 1 ELSE 0 END), 0) = 0"
        ),
        params![person, telephone, source, at],
    )
}

pub(super) fn raise_version(tx: &mut Transaction<'_>, person: PersonId) -> Result<()> {
    tx.execute(
        sql!("UPDATE person SET version = version + 1 WHERE id = $1"),
        params![person],
    )?;
    Ok(())
}

/// Makes the words by which somebody is found anew from what is stored.
pub(super) fn refresh_words(tx: &mut Transaction<'_>, person: PersonId) -> Result<()> {
    let names = tx.rows(
        sql!("SELECT family, given FROM person_name WHERE person = $1 ORDER BY shown DESC, number"),
        params![person],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
    )?;
    let names: Vec<(String, Vec<String>)> = names
        .into_iter()
        .map(|(family, given)| (family, serde_json::from_str(&given).unwrap_or_default()))
        .collect();
    let postcodes = tx.rows(
        sql!(
            "SELECT DISTINCT postcode FROM person_address
             WHERE person = $1 AND ends IS NULL AND postcode IS NOT NULL ORDER BY postcode"
        ),
        params![person],
        |row| row.get(0),
    )?;
    let born = tx.one(
        sql!("SELECT born FROM person WHERE id = $1"),
        params![person],
        |row| row.get(0),
    )?;
    let mut all = names.iter();
    let shown = all.next();
    let all_words = word::Named {
        family: shown.map_or("", |(family, _)| family.as_str()),
        given: shown
            .iter()
            .flat_map(|(_, given)| given.iter().map(String::as_str))
            .collect(),
        others: all
            .flat_map(|(family, given)| {
                [family.as_str()]
                    .into_iter()
                    .chain(given.iter().map(String::as_str))
            })
            .collect(),
        born,
        postcodes,
    };
    let line = word::line(&all_words);
    tx.execute(
        sql!("DELETE FROM person_word WHERE person = $1"),
        params![person],
    )?;
    insert_words(tx, [(person, line)])
}
