//! A file of numbers, read row by row.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::str::FromStr;

use anyhow::{Context as _, anyhow, bail};

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
        let named = parts.map(|part| {
            let (name, column) = part
                .split_once('=')
                .ok_or_else(|| format!("{part:?} is no NAME=COLUMN, such as n=population"))?;
            Ok((name.trim().to_owned(), column.trim().to_owned()))
        });
        Ok(Self(named.collect::<Result<_, String>>()?))
    }
}

/// A row and the line it begins on.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) fields: Vec<String>,
}

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

impl Table {
    pub(super) fn open(
        path: &Path,
        names: &Names,
        by: &[String],
        needed: &[&'static str],
        others: &[&'static str],
    ) -> anyhow::Result<Self> {
        let name = path.display().to_string();
        let file = File::open(path).with_context(|| format!("{name} cannot be opened"))?;
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(file);
        let header = reader
            .headers()
            .map_err(|error| anyhow!("{name}: {}", in_words(&error)))?;
        let header: Vec<String> = header
            .iter()
            .map(|column| column.trim_start_matches('\u{FEFF}').to_owned())
            .collect();
        let mut table = Self {
            by: Vec::new(),
            places: HashMap::new(),
            rows: Vec::new(),
            header,
            name,
        };
        table.find(names, by, needed, others)?;
        for row in reader.records() {
            let row = row.map_err(|error| anyhow!("{}: {}", table.name, in_words(&error)))?;
            table.rows.push(Row {
                line: row.position().map_or(0, csv::Position::line),
                fields: row.iter().map(str::to_owned).collect(),
            });
        }
        if table.rows.is_empty() {
            bail!("{} has a heading and no rows", table.name);
        }
        Ok(table)
    }

    fn find(
        &mut self,
        names: &Names,
        by: &[String],
        needed: &[&'static str],
        others: &[&'static str],
    ) -> anyhow::Result<()> {
        let known = || needed.iter().chain(others);
        for (name, column) in &names.0 {
            if !known().any(|known| known == name) {
                let known: Vec<&str> = known().copied().collect();
                bail!(
                    "--columns names {name:?}, which is none of {}",
                    known.join(", ")
                );
            }
            self.place(column)?;
        }
        for name in known().copied() {
            let other = names.0.iter().find(|(given, _)| given == name);
            let column = other.map_or(name, |(_, column)| column);
            match self.place(column) {
                Ok(place) => {
                    self.places.insert(name, place);
                }
                Err(absent) if needed.contains(&name) => {
                    return Err(absent.context(format!(
                        "{name} is needed: name its column with --columns {name}=COLUMN"
                    )));
                }
                Err(_) => {}
            }
        }
        let by: Vec<String> = if by.is_empty() && self.place("area").is_ok() {
            vec!["area".to_owned()]
        } else {
            by.to_vec()
        };
        for column in by {
            let place = self.place(&column)?;
            self.by.push((column, place));
        }
        Ok(())
    }

    fn place(&self, column: &str) -> anyhow::Result<usize> {
        let mut places = self.header.iter().enumerate();
        let mut found = places.by_ref().filter(|(_, name)| *name == column);
        let Some((place, _)) = found.next() else {
            bail!(
                "{} has no column {column}: it has {}",
                self.name,
                self.header.join(", ")
            );
        };
        if found.next().is_some() {
            bail!("{} has two columns {column}", self.name);
        }
        Ok(place)
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
        let text = self.text(row, name);
        if text.is_empty() {
            return Err(Mistake::new(row, format!("{name} is blank")));
        }
        let number: Option<f64> = text.parse().ok();
        number
            .filter(|number| number.is_finite())
            .ok_or_else(|| Mistake::new(row, format!("{name} is {text:?}, which is no number")))
    }

    /// A number that is not negative: a population, or years lived.
    ///
    /// # Errors
    /// When it is blank, no number or negative, with its line.
    pub(super) fn amount(&self, row: &Row, name: &str) -> Result<f64, Mistake> {
        let number = self.number(row, name)?;
        if number < 0.0 {
            return Err(Mistake::new(
                row,
                format!("{name} is {number}, and it cannot be negative"),
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
        // Beyond this not every whole number is one of these.
        let is_whole = number.fract() == 0.0 && number <= 9_007_199_254_740_992.0;
        let whole = is_whole.then(|| format!("{number:.0}").parse().ok());
        whole.flatten().ok_or_else(|| {
            Mistake::new(
                row,
                format!("{name} is {number}, and a count is a whole number"),
            )
        })
    }
}

/// What is wrong with a file, and the line.
#[derive(Debug, Clone, serde::Serialize)]
pub(super) struct Mistake {
    pub(super) line: u64,
    pub(super) mistake: String,
}

impl Mistake {
    pub(super) fn new(row: &Row, mistake: impl Into<String>) -> Self {
        Self {
            line: row.line,
            mistake: mistake.into(),
        }
    }
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.mistake)
    }
}

fn in_words(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            pos,
            expected_len,
            len,
        } => format!(
            "line {} has {len} fields, and the heading has {expected_len}: a field that holds a comma must be in quotation marks",
            pos.as_ref().map_or(0, csv::Position::line)
        ),
        csv::ErrorKind::Utf8 { pos, .. } => format!(
            "line {} is not UTF-8: save the file as CSV in UTF-8",
            pos.as_ref().map_or(0, csv::Position::line)
        ),
        csv::ErrorKind::Io(error) => format!("it cannot be read: {error}"),
        _ => error.to_string(),
    }
}
