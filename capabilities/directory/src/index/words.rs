//! The words that people use for what they need: ours, and those of a list that was imported.

use std::path::PathBuf;
use std::sync::OnceLock;

use clap::{ArgMatches, arg, value_parser};
use stour_database::{Transaction, params, sql};
use stour_search::Synonyms;
use stour_web::{Command, CommandError, House, give};

use crate::error::DirectoryError;

/// The topic that an import touches.
pub(super) const TOPIC: &str = "directory-needs";
/// The largest list, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// The command that imports a list.
pub(crate) const IMPORT: Command = Command {
    under: &["import"],
    define: || {
        clap::Command::new("needs")
            .about("Let people find services by the words of another list of needs, besides ours")
            .long_about(
                "Reads the list of needs of the Local Government Association, as CSV with the columns Label, Mapped label and \
                 Mapped identifier: each need finds the services that address it, by their name or by their term. The list \
                 takes the place of one imported before, and our own words stay. Searches use it at once.\n\n\
                 Example: stour import needs needs_services.csv",
            )
            .arg(arg!(<FILE> "The CSV file").value_parser(value_parser!(PathBuf)))
    },
    run,
};

fn run(house: &House, arguments: &ArgMatches) -> Result<(), CommandError> {
    let path = arguments
        .get_one::<PathBuf>("FILE")
        .ok_or_else(|| CommandError("name the file".to_owned()))?;
    let wrong = |why: String| CommandError(format!("{}: {why}", path.display()));
    let size = std::fs::metadata(path).map_err(|error| wrong(error.to_string()))?;
    if size.len() > LARGEST {
        return Err(wrong("a list of needs has at most 16 MiB".to_owned()));
    }
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let count = read(&text).map_err(&wrong)?.needs().len();
    if count == 0 {
        return Err(wrong(
            "there is no need in it; nothing was imported".to_owned(),
        ));
    }
    house
        .database()
        .write_blocking(move |tx| replace(tx, &text))
        .map_err(|error: DirectoryError| CommandError(error.to_string()))?;
    give(&format!(
        "{count} needs are searched by from now on, besides ours.\n"
    ))
}

fn read(text: &str) -> Result<Synonyms, String> {
    let term = |number: &str| {
        vec![
            format!("esdServiceType:{number}"),
            format!("http://id.esd.org.uk/service/{number}"),
        ]
    };
    Synonyms::from_mapping(text, term).map_err(|error| error.to_string())
}

/// Puts a list in the place of the one imported before.
fn replace(tx: &mut Transaction<'_>, text: &str) -> Result<(), DirectoryError> {
    tx.execute(sql!("DELETE FROM needs_piece"), params![])?;
    tx.execute(
        sql!("INSERT INTO needs_piece (number, text) VALUES (0, $1)"),
        params![text],
    )?;
    stour_database::touch(tx, TOPIC)?;
    Ok(())
}

/// Every need that is searched by: ours, with those of the list that was imported.
pub(crate) fn needs(tx: &mut Transaction<'_>) -> Result<Synonyms, DirectoryError> {
    let imported: Option<String> = tx.optional(
        sql!("SELECT text FROM needs_piece WHERE number = 0"),
        params![],
        |row| row.get(0),
    )?;
    let ours = ours()?;
    let Some(text) = imported else {
        return Ok(ours);
    };
    let theirs = read(&text).map_err(|reason| DirectoryError::Reference {
        file: "needs (imported)",
        reason,
    })?;
    Ok(ours.and(theirs))
}

/// The needs of `content/synonyms.toml`, built into the binary.
pub(crate) fn ours() -> Result<Synonyms, DirectoryError> {
    static NEEDS: OnceLock<Result<Synonyms, String>> = OnceLock::new();
    let text = include_str!("../../../../content/synonyms.toml");
    let needs = NEEDS.get_or_init(|| Synonyms::from_toml(text).map_err(|error| error.to_string()));
    needs.clone().map_err(|reason| DirectoryError::Reference {
        file: "../content/synonyms.toml",
        reason,
    })
}

#[cfg(test)]
mod tests {
    use stour_search::{Entry, Index, Query};

    use super::{needs, ours, replace};

    /// Fifty things people ask for, and what a listing that answers them is called.
    const ASKED: [(&str, &str); 25] = [
        ("lunch club", "Luncheon club for seniors"),
        ("meals on wheels", "Hot meals delivered"),
        ("someone to talk to", "Befriending"),
        ("lonely", "Telephone befriending"),
        ("hoover", "Domestic cleaning"),
        ("memory", "Dementia advice"),
        ("forgetting things", "Alzheimer's support"),
        ("looking after mum", "Carers centre"),
        ("fell over", "Falls prevention"),
        ("grab rail", "Minor adaptations"),
        ("bath lift", "Bathing aids"),
        ("day care", "Wareham day centre"),
        ("respite", "Short breaks"),
        ("sitter", "Sitting service"),
        ("what can i claim", "Benefits advice"),
        ("coming out of hospital", "Home from hospital"),
        ("disabled parking", "Blue badge"),
        ("zimmer", "Walking frames"),
        ("panic button", "Careline"),
        ("dosette box", "Pharmacy"),
        ("cut my toenails", "Footcare"),
        ("mens shed", "Men in sheds"),
        ("lift to hospital", "Patient transport"),
        ("my husband died", "Bereavement support"),
        ("stairlift", "Stair lifts"),
    ];

    #[test]
    fn peoples_own_words_find_what_they_mean() {
        let entries: Vec<Entry> = (0..)
            .zip(ASKED)
            .map(|(at, (_, name))| Entry {
                id: format!("{at}"),
                name: name.to_owned(),
                ..Entry::default()
            })
            .collect();
        let needs = ours().unwrap();
        assert!(needs.needs().len() >= 120);
        let index = Index::build(&entries, needs, 1);
        for (at, (words, name)) in (0..).zip(ASKED) {
            let found = index
                .find(&Query {
                    words: words.to_owned(),
                    ..Query::default()
                })
                .unwrap();
            let id = format!("{at}");
            assert!(
                found.hits.iter().any(|hit| hit.id == id),
                "{words} does not find {name}: {:?}",
                found.understood
            );
        }
    }

    #[test]
    fn the_words_of_a_list_that_is_imported_find_what_they_are_mapped_to() {
        let list = "Label,Mapped identifier,Mapped label\nPoorly paws,200,Pet care in hospital\n";
        stour_database::testing::each_database(&[crate::FINDING_MIGRATIONS], |database| {
            let count = |needs: stour_search::Synonyms| needs.needs().len();
            let before = database.read_blocking(needs).map(count).unwrap();
            database
                .write_blocking(move |tx| replace(tx, list))
                .unwrap();
            let after = database.read_blocking(needs).unwrap();
            assert_eq!(after.needs().len(), before + 1);
            let entry = Entry {
                id: "1".to_owned(),
                name: "Pet care in hospital".to_owned(),
                ..Entry::default()
            };
            let found = Index::build(&[entry], after, 1).find(&Query {
                words: "poorly paws".to_owned(),
                ..Query::default()
            });
            assert_eq!(found.unwrap().hits.len(), 1);
        });
    }
}
