//! The reference data into the database.

use stour_database::{Result, Sql, Transaction, Value, params, sql};
use stour_kernel::Code;

use crate::area::Lsoa;
use crate::{Reference, Status};

/// What loading did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loaded {
    /// The database had this very data already; nothing was written.
    Unchanged,
    /// The tables were replaced.
    Replaced {
        /// How many rows they have now.
        rows: u64,
    },
}

/// Makes the database's tables those of the reference data. They are replaced whole, so that a row
/// taken out of a file goes; where the database has the same files already nothing is written.
pub fn load(tx: &mut Transaction<'_>, reference: &Reference) -> Result<Loaded> {
    let known = tx.optional(
        sql!("SELECT fingerprint FROM reference_load WHERE part = 'partnership'"),
        params![],
        |row| row.get::<String>(0),
    )?;
    if known.as_ref() == Some(&reference.fingerprint) {
        return Ok(Loaded::Unchanged);
    }
    for sql in EMPTY {
        tx.execute(sql, params![])?;
    }
    let rows = [
        organisations(tx, reference)?,
        sites(tx, reference)?,
        wards(tx, reference)?,
        practices(tx, reference)?,
        areas(tx, reference)?,
        lists(tx, reference)?,
    ];
    tx.execute(
        sql!(
            "INSERT INTO reference_load (part, fingerprint) VALUES ('partnership', $1)
             ON CONFLICT (part) DO UPDATE SET fingerprint = excluded.fingerprint"
        ),
        params![reference.fingerprint],
    )?;
    Ok(Loaded::Replaced {
        rows: rows.iter().sum(),
    })
}

const EMPTY: [Sql; 14] = [
    sql!("DELETE FROM organisation"),
    sql!("DELETE FROM organisation_succession"),
    sql!("DELETE FROM organisation_identifier"),
    sql!("DELETE FROM site"),
    sql!("DELETE FROM site_operator"),
    sql!("DELETE FROM ward"),
    sql!("DELETE FROM practice"),
    sql!("DELETE FROM locality"),
    sql!("DELETE FROM area"),
    sql!("DELETE FROM area_within"),
    sql!("DELETE FROM lsoa"),
    sql!("DELETE FROM code_list"),
    sql!("DELETE FROM code_entry"),
    sql!("DELETE FROM code_map"),
];

fn row(values: &[Value<'_>]) -> Vec<Value<'static>> {
    values
        .iter()
        .map(|value| value.clone().into_owned())
        .collect()
}

fn organisations(tx: &mut Transaction<'_>, reference: &Reference) -> Result<u64> {
    let organisations = tx.bulk(
        "organisation",
        &[
            "code", "scheme", "name", "kind", "starts", "ends", "status", "source",
        ],
        reference.organisations.iter().map(|one| {
            let (starts, ends) = (one.valid.start(), one.valid.end());
            row(params![
                one.code, one.scheme, one.name, one.kind, starts, ends, one.status, one.source
            ])
        }),
    )?;
    let successions = tx.bulk(
        "organisation_succession",
        &["predecessor", "successor", "takes_over"],
        reference
            .successions
            .iter()
            .map(|one| row(params![one.from, one.to, one.on])),
    )?;
    let identifiers = tx.bulk(
        "organisation_identifier",
        &[
            "scheme",
            "identifier",
            "organisation",
            "starts",
            "ends",
            "source",
        ],
        reference.identifiers.iter().map(|one| {
            let (starts, ends) = (one.valid.start(), one.valid.end());
            row(params![
                one.scheme,
                one.value,
                one.organisation,
                starts,
                ends,
                one.source
            ])
        }),
    )?;
    Ok([organisations, successions, identifiers].iter().sum())
}

fn sites(tx: &mut Transaction<'_>, reference: &Reference) -> Result<u64> {
    let sites = tx.bulk(
        "site",
        &[
            "code",
            "name",
            "kind",
            "latitude",
            "longitude",
            "starts",
            "ends",
            "status",
            "source",
        ],
        reference.sites.iter().map(|one| {
            let latitude = one.point.map(|point| point.latitude);
            let longitude = one.point.map(|point| point.longitude);
            let (starts, ends) = (one.valid.start(), one.valid.end());
            row(params![
                one.code, one.name, one.kind, latitude, longitude, starts, ends, one.status,
                one.source
            ])
        }),
    )?;
    let operators = tx.bulk(
        "site_operator",
        &["site", "organisation", "starts", "ends", "status"],
        reference.site_operators.iter().map(|one| {
            row(params![
                one.site,
                one.organisation,
                one.valid.start(),
                one.valid.end(),
                one.status
            ])
        }),
    )?;
    Ok([sites, operators].iter().sum())
}

fn wards(tx: &mut Transaction<'_>, reference: &Reference) -> Result<u64> {
    tx.bulk(
        "ward",
        &[
            "site",
            "code",
            "name",
            "specialty",
            "starts",
            "ends",
            "status",
        ],
        reference.wards.iter().map(|one| {
            let (starts, ends) = (one.valid.start(), one.valid.end());
            row(params![
                one.site,
                one.code,
                one.name,
                one.specialty,
                starts,
                ends,
                one.status
            ])
        }),
    )
}

fn practices(tx: &mut Transaction<'_>, reference: &Reference) -> Result<u64> {
    let practices = tx.bulk(
        "practice",
        &[
            "organisation",
            "postcode",
            "council",
            "council_2013",
            "locality",
            "locality_status",
        ],
        reference.practices.iter().map(|one| {
            row(params![
                one.code,
                one.postcode,
                one.council,
                one.council_2013,
                one.locality,
                one.locality_status
            ])
        }),
    )?;
    let localities = tx.bulk(
        "locality",
        &[
            "code",
            "name",
            "council_2013",
            "starts",
            "ends",
            "status",
            "source",
        ],
        reference.localities.iter().map(|one| {
            let (starts, ends) = (one.valid.start(), one.valid.end());
            row(params![
                one.code,
                one.name,
                one.council_2013,
                starts,
                ends,
                one.status,
                one.source
            ])
        }),
    )?;
    Ok([practices, localities].iter().sum())
}

fn areas(tx: &mut Transaction<'_>, reference: &Reference) -> Result<u64> {
    let columns = ["code", "name", "kind", "starts", "ends"];
    let areas = reference.areas.iter().map(|one| {
        row(params![
            one.code,
            one.name,
            one.kind,
            one.valid.start(),
            one.valid.end()
        ])
    });
    let small = reference.lsoas.iter().map(|one| {
        row(params![
            one.code,
            one.name,
            "lsoa",
            Lsoa::VALID.start(),
            Lsoa::VALID.end()
        ])
    });
    let areas = tx.bulk("area", &columns, areas.chain(small))?;
    let within = tx.bulk(
        "area_within",
        &["area", "within", "starts", "ends"],
        reference.within().into_iter().map(|one| {
            row(params![
                one.area,
                one.holder,
                one.valid.start(),
                one.valid.end()
            ])
        }),
    )?;
    let lsoas = tx.bulk(
        "lsoa",
        &[
            "code",
            "msoa",
            "imd_decile",
            "population",
            "population_65_plus",
            "postcode_sector",
            "locality",
            "locality_status",
        ],
        reference.lsoas.iter().map(|one| {
            row(params![
                one.code,
                one.msoa,
                i64::from(one.imd_decile),
                i64::from(one.population),
                i64::from(one.population_65_plus),
                one.postcode_sector,
                one.locality,
                Status::Unverified
            ])
        }),
    )?;
    Ok([areas, within, lsoas].iter().sum())
}

fn lists(tx: &mut Transaction<'_>, reference: &Reference) -> Result<u64> {
    let lists = tx.bulk(
        "code_list",
        &["id", "title", "source", "status", "note"],
        reference.lists.iter().map(|one| {
            row(params![
                one.list.id(),
                one.list.title(),
                one.list.source(),
                one.status,
                one.note
            ])
        }),
    )?;
    let entries = reference.lists.iter().flat_map(|one| {
        (0_i64..).zip(one.list.entries()).map(|(place, entry)| {
            let (starts, ends) = (entry.valid.start(), entry.valid.end());
            let group = one.group(entry);
            row(params![
                one.list.id(),
                entry.code,
                starts,
                ends,
                place,
                entry.label,
                group,
                entry.note
            ])
        })
    });
    let entries = tx.bulk(
        "code_entry",
        &[
            "list",
            "code",
            "starts",
            "ends",
            "place",
            "label",
            "code_group",
            "note",
        ],
        entries,
    )?;
    let maps = tx.bulk(
        "code_map",
        &[
            "list",
            "code",
            "target_list",
            "target_code",
            "starts",
            "ends",
            "place",
            "source",
            "note",
        ],
        translations(reference),
    )?;
    Ok([lists, entries, maps].iter().sum())
}

fn translations(reference: &Reference) -> Vec<Vec<Value<'static>>> {
    let mut rows = Vec::new();
    for list in &reference.lists {
        let id: &Code = list.list.id();
        let maps = list.list.maps().iter();
        let each = maps.flat_map(|map| map.entries.iter().map(move |entry| (map, entry)));
        for (place, (map, entry)) in (0_i64..).zip(each) {
            let (starts, ends) = (entry.valid.start(), entry.valid.end());
            rows.push(row(params![
                id, entry.from, map.to, entry.to, starts, ends, place, map.source, entry.note
            ]));
        }
    }
    rows
}
