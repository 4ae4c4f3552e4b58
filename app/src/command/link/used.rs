//! Which columns of a file are compared: said to whoever watches, and refused where none is.

use std::path::Path;

use anyhow::{bail, ensure};
use csv::StringRecord;

use super::Reading;
use super::columns::Columns;

/// What by itself can tell one person from another.
const TELLING: [&str; 9] = [
    "nhs_number",
    "given",
    "middle",
    "family",
    "dob",
    "address",
    "postcode",
    "phone",
    "email",
];
/// What is compared besides.
const BESIDES: [&str; 2] = ["sex", "multiple_birth_order"];
/// What is read and not compared.
const READ: [&str; 4] = ["nhs_status", "source", "deceased_date", "restricted"];

impl Reading {
    /// Refuses a file that does not have a column that an option other than --columns names.
    ///
    /// # Errors
    /// With the option, the column and those that there are.
    pub(super) fn check_beside(&self, file: &Path, header: &StringRecord) -> anyhow::Result<()> {
        for (option, column) in &self.beside {
            ensure!(
                header.iter().any(|name| name == column),
                "{} has no column {column:?}, which {option} names: there are {}",
                file.display(),
                joined(header.iter())
            );
        }
        Ok(())
    }

    /// Which columns of a file are compared and which are not used, in words.
    ///
    /// # Errors
    /// When none is compared, and as [`Self::check_beside`].
    pub(super) fn used(
        &self,
        file: &Path,
        header: &StringRecord,
        columns: &Columns,
    ) -> anyhow::Result<String> {
        self.check_beside(file, header)?;
        let places = columns.places(header);
        let of = |names: &[&str]| -> Vec<usize> {
            let places = names.iter().flat_map(|name| places.of(name)).flatten();
            places.copied().collect()
        };
        let mut compared = of(&TELLING);
        compared.extend(places.further.iter().flatten().flatten());
        if compared.is_empty() {
            bail!(nothing(file, header));
        }
        compared.extend(of(&BESIDES));
        let read = of(&READ);
        let is_beside = |name: &str| self.beside.iter().any(|(_, column)| column == name);
        let columns = || header.iter().enumerate();
        let named = |wanted: &dyn Fn(usize, &str) -> bool| {
            let these = columns().filter(|(place, name)| wanted(*place, name));
            joined(these.map(|(_, name)| name))
        };
        let mut text = format!(
            "{}: compared: {}",
            file.display(),
            named(&|place, _| compared.contains(&place))
        );
        let is_read = |place, name: &str| {
            !compared.contains(&place) && (read.contains(&place) || is_beside(name))
        };
        let also = named(&is_read);
        let unused = named(&|place, name| {
            place != places.id && !compared.contains(&place) && !is_read(place, name)
        });
        for (title, names) in [("also read", also), ("not used", unused)] {
            if !names.is_empty() {
                text.push_str("; ");
                text.push_str(title);
                text.push_str(": ");
                text.push_str(&names);
            }
        }
        text.push('.');
        Ok(text)
    }
}

/// That nothing of a file is compared, and what to do about it.
fn nothing(file: &Path, header: &StringRecord) -> String {
    let signs = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];
    let sign = signs.iter().find(|(sign, _)| {
        let heading = header.get(0).unwrap_or_default();
        header.len() == 1 && heading.contains(*sign)
    });
    let hint = sign.map_or_else(
        || {
            let first = header.get(0).unwrap_or_default();
            format!(
                "Say with --columns which of them hold what, such as --columns id={first},given=COLUMN,family=COLUMN,dob=COLUMN"
            )
        },
        |(_, signs)| {
            format!(
                "It seems to be parted by {signs}: save it with commas, then say with --columns which columns hold what, such as --columns id=COLUMN,given=COLUMN,dob=COLUMN"
            )
        },
    );
    format!(
        "{} has no column to compare, neither a name nor a date of birth, address, NHS number, telephone or email. Its columns are {}. {hint}",
        file.display(),
        joined(header.iter())
    )
}

fn joined<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
