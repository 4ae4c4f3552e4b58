//! Files of records, read row by row.

use std::borrow::Cow;
use std::fs::File;
use std::path::Path;

use anyhow::{Context as _, bail};
use csv::{ReaderBuilder, StringRecord, Trim};
use stour_linkage::{
    Birth, DateOrder, HomeParts, NameParts, NumberClaim, NumberStatus, Record, Sex,
};

use super::columns::{Columns, Places};

/// A file of records, open at its first row.
pub(crate) struct Table {
    reader: csv::Reader<File>,
    pub(super) header: StringRecord,
    name: String,
}

impl Table {
    /// Opens a file and reads its heading.
    ///
    /// # Errors
    /// When it cannot be read, or has no heading.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let file =
            File::open(path).with_context(|| format!("{} cannot be opened", path.display()))?;
        let mut reader = ReaderBuilder::new()
            .trim(Trim::All)
            .buffer_capacity(1 << 18)
            .from_reader(file);
        let header = reader
            .byte_headers()
            .with_context(|| format!("{} cannot be read", path.display()))?;
        let text = |name: &[u8]| {
            String::from_utf8_lossy(name)
                .trim_start_matches('\u{FEFF}')
                .to_owned()
        };
        let header: StringRecord = header.iter().map(text).collect();
        if header.iter().all(str::is_empty) {
            bail!(
                "{} has no heading: its first line must name the columns",
                path.display()
            );
        }
        Ok(Self {
            reader,
            header,
            name: path.display().to_string(),
        })
    }

    /// Hands over every row: its identifier, its fields and the record they make.
    ///
    /// # Errors
    /// On a row that is no row of this file, with its line.
    pub(super) fn each(
        mut self,
        columns: &Columns,
        order: DateOrder,
        mut take: impl FnMut(&str, &[Cow<'_, str>], &Record<'_>) -> anyhow::Result<()>,
    ) -> anyhow::Result<usize> {
        let places = columns.places(&self.header);
        let mut row = csv::ByteRecord::new();
        let mut rows = 0;
        loop {
            match self.reader.read_byte_record(&mut row) {
                Ok(true) => {}
                Ok(false) => return Ok(rows),
                Err(error) => bail!("{}: {error}", self.name),
            }
            let fields: Vec<Cow<'_, str>> = row.iter().map(String::from_utf8_lossy).collect();
            let id = fields.get(places.id).map_or("", |field| field.as_ref());
            if id.is_empty() {
                let line = row.position().map_or(0, csv::Position::line);
                bail!("{}: line {line} has no identifier", self.name);
            }
            with_record(&places, &fields, order, |record| take(id, &fields, record))?;
            rows += 1;
        }
    }
}

/// The text of one alternative: one column, or several joined with a space.
fn text<'f>(fields: &'f [Cow<'_, str>], columns: &[usize]) -> Cow<'f, str> {
    let at = |place: &usize| fields.get(*place).map_or("", |field| field.as_ref());
    match columns {
        [one] => Cow::Borrowed(at(one)),
        several => {
            let texts = several.iter().map(at).filter(|text| !text.is_empty());
            Cow::Owned(texts.collect::<Vec<_>>().join(" "))
        }
    }
}

/// Makes the record of a row and hands it over.
pub(super) fn with_record<T>(
    places: &Places,
    fields: &[Cow<'_, str>],
    order: DateOrder,
    take: impl FnOnce(&Record<'_>) -> T,
) -> T {
    let all = |name: &str| -> Vec<Cow<'_, str>> {
        places
            .of(name)
            .iter()
            .map(|columns| text(fields, columns))
            .collect()
    };
    let first = |name: &str| {
        places
            .of(name)
            .iter()
            .map(|columns| text(fields, columns))
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    };
    let (given, middle, family) = (all("given"), all("middle"), all("family"));
    let (address, postcode) = (all("address"), all("postcode"));
    let (telephones, emails) = (all("phone"), all("email"));
    let further: Vec<Cow<'_, str>> = places
        .further
        .iter()
        .map(|alternatives| {
            alternatives
                .first()
                .map(|columns| text(fields, columns))
                .unwrap_or_default()
        })
        .collect();
    let names: Vec<NameParts<'_>> = rows(&[&given, &middle, &family])
        .map(|place| NameParts {
            given: nth(&given, place),
            middle: nth(&middle, place),
            family: nth(&family, place),
        })
        .collect();
    let homes: Vec<HomeParts<'_>> = rows(&[&address, &postcode])
        .map(|place| HomeParts {
            address: nth(&address, place),
            postcode: nth(&postcode, place),
        })
        .collect();
    let restricted = first("restricted");
    let said = first("nhs_status");
    let is_restricted = is_yes(&restricted) || is_yes(&said);
    let status = said.parse().unwrap_or(NumberStatus::Unstated);
    let numbers: Vec<NumberClaim> = all("nhs_number")
        .iter()
        .filter_map(|number| NumberClaim::parse(number, status))
        .collect();
    take(&Record {
        names: &names,
        born: Birth::parse(&dashed(places, fields), order),
        died: Birth::parse(&first("deceased_date"), order),
        sex: Sex::parse(&first("sex")),
        homes: &homes,
        telephones: &telephones.iter().map(AsRef::as_ref).collect::<Vec<_>>(),
        emails: &emails.iter().map(AsRef::as_ref).collect::<Vec<_>>(),
        numbers: &numbers,
        birth_order: first("multiple_birth_order").parse().ok(),
        source: &first("source"),
        is_restricted,
        extras: &further.iter().map(AsRef::as_ref).collect::<Vec<_>>(),
    })
}

/// A date of birth in one column, or in three: then joined as year, month and day.
fn dashed<'f>(places: &Places, fields: &'f [Cow<'_, str>]) -> Cow<'f, str> {
    let Some(columns) = places.of("dob").first() else {
        return Cow::Borrowed("");
    };
    match columns.as_slice() {
        [_] => text(fields, columns),
        _ => Cow::Owned(text(fields, columns).replace(' ', "-")),
    }
}

fn rows(alternatives: &[&Vec<Cow<'_, str>>]) -> std::ops::Range<usize> {
    0..alternatives
        .iter()
        .map(|texts| texts.len())
        .max()
        .unwrap_or(0)
}

/// The nth alternative; where there are fewer, the last: a former family name goes with the given name.
fn nth<'t>(texts: &'t [Cow<'_, str>], place: usize) -> &'t str {
    texts
        .get(place)
        .or(texts.last())
        .map_or("", |text| text.as_ref())
}

/// Words by which systems mark a record whose place must not be told.
fn is_yes(text: &str) -> bool {
    matches!(
        text.to_ascii_lowercase().as_str(),
        "1" | "y" | "yes" | "true" | "r" | "s" | "restricted" | "sensitive"
    )
}
