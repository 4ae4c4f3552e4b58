//! `stour programme import`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, FromArgMatches};
use stour_access::Purpose;
use stour_access::audit::{self, AuditEntry};
use stour_database::{Error, Transaction};
use stour_kernel::OdsCode;
use stour_register::{Author, file};
use stour_web::{Command, CommandError, House, give};

use super::export::kind_of;
use super::opened;
use crate::governance::EDIT;
use crate::registers::REGISTER;

/// Who does what a command does.
const BY: &str = "command line";

const EXAMPLE: &str = "\
Example:
  stour programme import better-together risk risks.csv --organisation E06000058 --why \"Workshop of 3 March\"

Headings are the names or labels of fields, in any order. A row with the number of an entry changes it; a row without one \
is added; what has no column stays as it is. Rows that cannot be taken in are set aside with the reason, and can be mended \
in the browser. The exit code is 1 when there are any.";

/// Take rows of CSV or a workbook into a register of a programme
#[derive(Debug, Clone, Args)]
struct Import {
    /// The programme's short name
    #[arg(value_name = "PROGRAMME")]
    programme: String,
    /// The register, such as risk
    #[arg(value_name = "KIND")]
    kind: String,
    /// The file, .csv or .xlsx
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The code of the organisation for which this is done
    #[arg(long, value_name = "CODE")]
    organisation: OdsCode,
    /// Why, for the history of each entry
    #[arg(long, value_name = "WORDS")]
    why: String,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// The command, for the program's command line.
pub(super) fn command() -> Command {
    Command {
        under: &["programme"],
        define: || Import::augment_args(clap::Command::new("import")).after_help(EXAMPLE),
        run: |house, matches| {
            Import::from_arg_matches(matches)
                .map_err(|error| CommandError(error.to_string()))?
                .run(house)
        },
    }
}

impl Import {
    fn run(self, house: &House) -> Result<(), CommandError> {
        let kind = kind_of(&self.kind)?;
        opened(house, &self.programme)?;
        let json = self.json;
        let name = self.file.display().to_string();
        let bytes = std::fs::read(&self.file)
            .map_err(|error| CommandError(format!("{name} cannot be read: {error}")))?;
        let rows = file::read(kind, &bytes)
            .map_err(|error| CommandError(format!("{name} is not taken in: {error}")))?;
        let environment = house.environment().clone();
        let done = house
            .database()
            .write_blocking(move |tx: &mut Transaction<'_>| {
                let by = Author {
                    user: None,
                    name: BY.to_owned(),
                    organisation: self.organisation,
                };
                let scope = self.programme.as_str();
                let place = (&REGISTER, scope, kind);
                let what = (&rows, name.as_str(), self.why.as_str());
                let imported = file::import(tx, &environment, place, what, &by)?;
                let entry = AuditEntry::by_nobody(BY, EDIT, Purpose::System)
                    .on("register", format!("{scope}/{}", kind.name))
                    .detail(counts(&imported));
                audit::append(tx, &environment, &entry)?;
                Ok::<_, Error>(imported)
            });
        let imported = done?;
        if json {
            let text = serde_json::to_string_pretty(&imported);
            let text = text.map_err(|error| CommandError(error.to_string()))?;
            give(&format!("{text}\n"))?;
        } else {
            give(&in_words(&imported))?;
        }
        match imported.aside.len() {
            0 => Ok(()),
            count => Err(CommandError(format!(
                "{count} rows were set aside: mend or drop them in the browser"
            ))),
        }
    }
}

/// What the audit keeps of it.
fn counts(imported: &file::Imported) -> serde_json::Value {
    serde_json::json!({
        "added": imported.added.len(),
        "changed": imported.changed.len(),
        "unchanged": imported.unchanged,
        "aside": imported.aside.len(),
    })
}

fn summary(imported: &file::Imported) -> String {
    format!(
        "{} added, {} changed, {} unchanged, {} set aside",
        imported.added.len(),
        imported.changed.len(),
        imported.unchanged,
        imported.aside.len()
    )
}

fn in_words(imported: &file::Imported) -> String {
    let mut words = format!("{}\n", summary(imported));
    for (line, reasons) in &imported.aside {
        // Writing to a String cannot fail.
        let _ = writeln!(words, "line {line}: {}", reasons.join("; "));
    }
    words
}
