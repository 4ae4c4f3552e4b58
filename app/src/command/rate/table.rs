//! A file of numbers, read row by row.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::str::FromStr;

pub(super) use crate::command::records::{Mistake, Row};
use crate::command::records::{Mistakes, Records};
use crate::program::Misused;

/// Which columns of a file hold what, where they have other names.
#[derive(Debug, Clone, Default)]
pub(super) struct Names(Vec<(String, String)>);

impl FromStr for Names {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let mut named: Vec<(String, String)> = Vec::new();
        for part in parts {
            let both = part
                .split_once('=')
                .map(|(name, column)| (name.trim(), column.trim()));
            let (name, column) = both
                .filter(|(name, column)| !name.is_empty() && !column.is_empty())
                .ok_or_else(|| format!("{part:?} is no NAME=COLUMN, such as n=population"))?;
            if named.iter().any(|(other, _)| other == name) {
                return Err(format!("{name} is named twice"));
            }
            named.push((name.to_owned(), column.to_owned()));
        }
        Ok(Self(named))
    }
}

/// The column that says of whom a number is, where none is named.
const AREA: &str = "area";

/// A file whose columns have been found.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// The columns that say of whom a number is: their names and places.
    pub(super) by: Vec<(String, usize)>,
    places: HashMap<&'static str, usize>,
}

/// Rows that are about one and the same.
pub(super) struct Group<'t> {
    /// What they are about, in the order of the columns.
    pub(super) key: Vec<String>,
    pub(super) rows: Vec<&'t Row>,
}

impl Group<'_> {
    /// Of whom it is and where it stands, for a message about something that is not there.
    pub(super) fn told(&self) -> String {
        let first = self.rows.first().map_or(0, |row| row.line);
        if self.key.is_empty() {
            format!("from line {first} on")
        } else {
            format!("{}, from line {first} on", self.key.join(", "))
        }
    }
}

/// What is looked for in a file.
pub(super) struct Wanted<'w> {
    /// The columns that it must have.
    pub(super) needed: &'static [&'static str],
    /// Those that it may have.
    pub(super) others: &'static [&'static str],
    /// Those that say of whom a number is.
    pub(super) by: &'w [String],
    /// Whether that is the column of areas, where none is named.
    pub(super) or_area: bool,
    /// What the command calls the column that --standard-by names, and that column.
    pub(super) standard: Option<(&'static str, &'w str)>,
}

impl Table {
    /// Reads a file whole.
    ///
    /// # Errors
    /// When it cannot be read, a column is not there, or rows are no rows of it.
    pub(super) fn read(path: &Path, names: &Names, wanted: &Wanted<'_>) -> Result<Self, Mistakes> {
        let records = Records::open(path)?;
        let (places, by) = (find(&records, names, wanted)?, keys(&records, wanted)?);
        let header = records.heading().to_vec();
        let rows = records.rows()?;
        if rows.is_empty() {
            return Err(Mistake::of_file("it has a heading and no rows").into());
        }
        // A row of nobody may be one that another area lacks, so that no number of the file is safe.
        let mut mistakes = Mistakes::default();
        for row in &rows {
            let is_blank = |place| {
                row.fields
                    .get(place)
                    .is_none_or(|field: &String| field.is_empty())
            };
            for (column, _) in by.iter().filter(|(_, place)| is_blank(*place)) {
                let told = format!("{column} is blank, and says of whom the row is");
                mistakes.add(Mistake::new(row.line, told));
            }
        }
        mistakes.or(Self {
            name: path.display().to_string(),
            header,
            rows,
            by,
            places,
        })
    }

    /// What the file calls this column.
    pub(super) fn label<'s>(&'s self, name: &'s str) -> &'s str {
        let place = self.places.get(name);
        let label = place.and_then(|place| self.header.get(*place));
        label.map_or(name, String::as_str)
    }

    /// Whether the file has this column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// The names of the columns that say of whom a number is.
    pub(super) fn keys(&self) -> Vec<String> {
        self.by.iter().map(|(name, _)| name.clone()).collect()
    }

    pub(super) fn key(&self, row: &Row) -> Vec<String> {
        let field = |(_, place): &(String, usize)| row.fields.get(*place).cloned();
        self.by.iter().filter_map(field).collect()
    }

    /// The rows by what they are about, in the order in which each is met first.
    pub(super) fn groups(&self) -> Vec<Group<'_>> {
        let mut places: HashMap<Vec<String>, usize> = HashMap::new();
        let mut groups: Vec<Group<'_>> = Vec::new();
        for row in &self.rows {
            let key = self.key(row);
            let place = *places.entry(key.clone()).or_insert(groups.len());
            match groups.get_mut(place) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group {
                    key,
                    rows: vec![row],
                }),
            }
        }
        groups
    }

    /// A field as it is in the file; nothing where it is blank, or NA as other programs write it.
    pub(super) fn text<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        let place = self.places.get(name);
        let field = place.and_then(|place| row.fields.get(*place));
        field.map_or("", |field| if field == "NA" { "" } else { field })
    }

    /// A number.
    ///
    /// # Errors
    /// When it is blank or no number, with its line.
    pub(super) fn number(&self, row: &Row, name: &str) -> Result<f64, Mistake> {
        let (text, label) = (self.text(row, name), self.label(name));
        if text.is_empty() {
            return Err(Mistake::new(row.line, format!("{label} is blank")));
        }
        let number: Option<f64> = text.parse().ok();
        number.filter(|number| number.is_finite()).ok_or_else(|| {
            let advice = if number.is_some() {
                " that can be worked with"
            } else if text.contains(|mark: char| mark.is_ascii_digit()) {
                ": write 1234.5, without commas, units or signs beside it"
            } else {
                ""
            };
            let told = format!("{label} is {text:?}, which is no number{advice}");
            Mistake::new(row.line, told)
        })
    }

    /// A number that is not negative: a population, or years lived.
    ///
    /// # Errors
    /// When it is blank, no number or negative, with its line.
    pub(super) fn amount(&self, row: &Row, name: &str) -> Result<f64, Mistake> {
        let number = self.number(row, name)?;
        if number < 0.0 {
            return Err(Mistake::new(
                row.line,
                format!(
                    "{} is {number}, and it cannot be negative",
                    self.label(name)
                ),
            ));
        }
        Ok(number)
    }

    /// A whole number of events or people.
    ///
    /// # Errors
    /// When it is blank, no whole number or negative, with its line.
    pub(super) fn count(&self, row: &Row, name: &str) -> Result<u64, Mistake> {
        let number = self.amount(row, name)?;
        let wrong = |what: &str| {
            let told = format!("{} is {number}, and a count is {what}", self.label(name));
            Mistake::new(row.line, told)
        };
        if number.fract() != 0.0 {
            return Err(wrong("a whole number"));
        }
        // Beyond this not every whole number is one of these.
        if number > 9_007_199_254_740_992.0 {
            return Err(wrong("at most 9007199254740992"));
        }
        // Added to nought, -0 is 0.
        format!("{:.0}", number + 0.0)
            .parse()
            .map_err(|_| wrong("a whole number"))
    }
}

/// Refuses names that this command does not know, and columns that are to be given twice.
///
/// # Errors
/// With those that it knows.
pub(super) fn check(names: &Names, wanted: &Wanted<'_>) -> Result<(), Misused> {
    let known: Vec<&str> = wanted.needed.iter().chain(wanted.others).copied().collect();
    let mut given = names.0.iter().map(|(name, _)| name.as_str());
    if let Some(name) = given.find(|name| !known.contains(name)) {
        return Err(Misused(format!(
            "--columns names {name:?}, which is none of {}",
            known.join(", ")
        )));
    }
    let mut seen = HashSet::new();
    match wanted.by.iter().find(|column| !seen.insert(*column)) {
        Some(column) => Err(Misused(format!("--by names {column:?} twice"))),
        None => Ok(()),
    }
}

/// Where the columns are, by the names that the command has for them.
fn find(
    records: &Records,
    names: &Names,
    wanted: &Wanted<'_>,
) -> Result<HashMap<&'static str, usize>, Mistake> {
    let mut places = HashMap::new();
    for name in wanted.needed.iter().chain(wanted.others).copied() {
        let given = names.0.iter().find(|(given, _)| given == name);
        let place = match given {
            Some((_, column)) => records.place(column, "--columns")?,
            None if records.has(name) => records.place(name, "this command")?,
            None if wanted.needed.contains(&name) => {
                return Err(records.absent(&format!(
                    "{name} is needed: name its column with --columns {name}=COLUMN"
                )));
            }
            None => continue,
        };
        places.insert(name, place);
    }
    if let Some((name, column)) = wanted.standard {
        places.insert(name, records.place(column, "--standard-by")?);
    }
    Ok(places)
}

/// The columns that say of whom a number is.
fn keys(records: &Records, wanted: &Wanted<'_>) -> Result<Vec<(String, usize)>, Mistake> {
    let area = [AREA.to_owned()];
    let by = if wanted.by.is_empty() && wanted.or_area && records.has(AREA) {
        &area[..]
    } else {
        wanted.by
    };
    let place = |column: &String| Ok((column.clone(), records.place(column, "--by")?));
    by.iter().map(place).collect()
}
