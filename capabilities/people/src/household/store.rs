//! Who is recorded at an address.

use stour_access::PersonFacts;
use stour_database::{Result, Transaction, params, sql};
use stour_kernel::PersonId;

use super::Resident;
use crate::person::{Address, facts_for_access_all};
use crate::search::word;

/// The others at an address, with what the policies decide on: living, standing and not restricted.
/// `None` when the address is too little to say who lives there.
pub(super) fn residents(
    tx: &mut Transaction<'_>,
    person: PersonId,
    address: &Address,
) -> Result<Option<Vec<(Resident, PersonFacts)>>> {
    let wanted = normal(&address.lines);
    let postcode = address.postcode.filter(|postcode| !postcode.is_pseudo());
    let Some(postcode) = postcode.filter(|_| !wanted.is_empty()) else {
        return Ok(None);
    };
    let mut residents = Vec::new();
    tx.each(
        sql!(
            "SELECT a.person, a.lines, n.family FROM person_address a
             JOIN person p ON p.id = a.person
             JOIN person_name n ON n.person = a.person AND n.shown = TRUE
             WHERE a.postcode = $1 AND a.shown = TRUE AND a.person <> $2
               AND p.restricted = FALSE AND p.died IS NULL AND p.survivor IS NULL
             ORDER BY n.family, a.person"
        ),
        params![postcode, person],
        |row| {
            let lines: Vec<String> =
                serde_json::from_str(&row.get::<String>(1)?).unwrap_or_default();
            if normal(&lines) == wanted {
                residents.push(Resident {
                    person: row.get(0)?,
                    family: family(&row.get::<String>(2)?),
                });
            }
            Ok(())
        },
    )?;
    let people: Vec<PersonId> = residents.iter().map(|resident| resident.person).collect();
    let facts = facts_for_access_all(tx, &people)?;
    let of = |resident: Resident| {
        let facts = facts.iter().find(|facts| facts.id == resident.person)?;
        // Somebody joined with a restricted record is restricted too.
        (!facts.restricted).then(|| (resident, facts.clone()))
    };
    Ok(Some(residents.into_iter().filter_map(of).collect()))
}

/// The lines as words, without case, punctuation and diacritics.
pub(crate) fn normal(lines: &[String]) -> String {
    let words = lines
        .iter()
        .flat_map(|line| line.split(|character: char| !word::is_word(character)));
    let words = words.map(word::fold).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A family name as it is compared.
pub(super) fn family(name: &str) -> String {
    word::name_words(name).join(" ")
}
