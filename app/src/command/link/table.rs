//! Files of records, read row by row.

use std::borrow::Cow;
use std::path::Path;

use anyhow::{Context as _, bail};
use csv::StringRecord;
use hashbrown::HashSet;
use stour_linkage::{
    Birth, DateOrder, HomeParts, NameParts, NumberClaim, NumberStatus, Record, Sex,
};

use super::columns::{Columns, MOST_ALTERNATIVES, Places};
use super::seen::{Seen, Tally};
use crate::command::records::Records;
use crate::program::tell;

/// A file of records, open at its first row.
pub(crate) struct Table {
    records: Records,
    pub(super) header: StringRecord,
    name: String,
}

impl Table {
    /// Opens a file and reads its heading.
    ///
    /// # Errors
    /// When it cannot be read, or has no heading.
    pub(super) fn open(path: &Path) -> anyhow::Result<Self> {
        let name = path.display().to_string();
        let records = Records::open(path).with_context(|| name.clone())?;
        let header = records.heading().iter().collect();
        Ok(Self {
            records,
            header,
            name,
        })
    }

    /// Hands over every row: its identifier, its fields and the record they make. What could not be read is
    /// in what is given back.
    ///
    /// # Errors
    /// On a row that is no row of this file, with its line.
    pub(super) fn each(
        mut self,
        columns: &Columns,
        order: DateOrder,
        mut take: impl FnMut(&str, &[Cow<'_, str>], &Record<'_>) -> anyhow::Result<()>,
    ) -> anyhow::Result<Seen> {
        let places = columns.places(&self.header);
        let compared = Compared::new(&places);
        let mut row = csv::ByteRecord::new();
        let (mut rows, mut latin) = (0, 0);
        while let Some(line) = self
            .records
            .next(&mut row)
            .with_context(|| self.name.clone())?
        {
            let fields: Vec<Cow<'_, str>> = row.iter().map(decoded).collect();
            let is_latin = fields.iter().any(|field| matches!(field, Cow::Owned(_)));
            latin += usize::from(is_latin);
            let id = fields.get(places.id).map_or("", |field| field.as_ref());
            if id.is_empty() {
                bail!("{}: line {line}: it has no identifier", self.name);
            }
            compared.with_record(&fields, order, |record| take(id, &fields, record))?;
            rows += 1;
        }
        if rows == 0 {
            bail!("{} has a heading and no records", self.name);
        }
        Ok(Seen {
            name: self.name,
            order,
            rows,
            latin,
            births: compared.births,
            numbers: compared.numbers,
        })
    }
}

/// The text of a field without spaces around it: in UTF-8, or what it is in Latin-1 where it is no UTF-8.
fn decoded(field: &[u8]) -> Cow<'_, str> {
    let field = field.trim_ascii();
    match std::str::from_utf8(field) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(field.iter().copied().map(char::from).collect()),
    }
}

/// Says on standard error that a file has an identifier more than once, where it does.
pub(super) fn warn_of_repeats(file: &Path, ids: &[String]) {
    let mut seen = HashSet::with_capacity(ids.len());
    let mut repeated = ids.iter().filter(|id| !seen.insert(id.as_str()));
    if let Some(first) = repeated.next() {
        let more = repeated.count();
        let text = match more {
            0 => format!("the identifier {first:?} is there more than once"),
            _ => format!(
                "{} rows repeat an identifier, the first of them {first:?}",
                more + 1
            ),
        };
        tell(&format!(
            "{}: {text}; each row counts as a record of its own.",
            file.display()
        ));
    }
}

/// The text of one alternative: one column, or several joined with a space.
pub(super) fn text<'f>(fields: &'f [Cow<'_, str>], columns: &[usize]) -> Cow<'f, str> {
    let at = |place: &usize| fields.get(*place).map_or("", |field| field.as_ref());
    match columns {
        [one] => Cow::Borrowed(at(one)),
        several => {
            let texts = several.iter().map(at).filter(|text| !text.is_empty());
            Cow::Owned(texts.collect::<Vec<_>>().join(" "))
        }
    }
}

/// Where a file holds what is compared: looked up once for all its rows.
pub(super) struct Compared<'p> {
    given: &'p [Vec<usize>],
    middle: &'p [Vec<usize>],
    family: &'p [Vec<usize>],
    address: &'p [Vec<usize>],
    postcode: &'p [Vec<usize>],
    telephone: &'p [Vec<usize>],
    email: &'p [Vec<usize>],
    number: &'p [Vec<usize>],
    status: &'p [Vec<usize>],
    born: &'p [Vec<usize>],
    died: &'p [Vec<usize>],
    sex: &'p [Vec<usize>],
    source: &'p [Vec<usize>],
    birth_order: &'p [Vec<usize>],
    restricted: &'p [Vec<usize>],
    further: &'p [Vec<Vec<usize>>],
    births: Tally,
    numbers: Tally,
}

/// The texts of the alternatives of one thing.
struct Texts<'f> {
    texts: [Cow<'f, str>; MOST_ALTERNATIVES],
    count: usize,
}

impl<'f> Texts<'f> {
    fn of(fields: &'f [Cow<'_, str>], alternatives: &[Vec<usize>]) -> Self {
        let mut texts = [const { Cow::Borrowed("") }; MOST_ALTERNATIVES];
        for (place, columns) in texts.iter_mut().zip(alternatives) {
            *place = text(fields, columns);
        }
        Self {
            texts,
            count: alternatives.len().min(MOST_ALTERNATIVES),
        }
    }

    /// The nth alternative; where there are fewer, the last: a former family name goes with the given name.
    fn nth(&self, place: usize) -> &str {
        let place = place.min(self.count.saturating_sub(1));
        self.texts.get(place).map_or("", |text| text.as_ref())
    }

    fn all(&self) -> [&str; MOST_ALTERNATIVES] {
        self.texts.each_ref().map(AsRef::as_ref)
    }
}

impl<'p> Compared<'p> {
    pub(super) fn new(places: &'p Places) -> Self {
        Self {
            given: places.of("given"),
            middle: places.of("middle"),
            family: places.of("family"),
            address: places.of("address"),
            postcode: places.of("postcode"),
            telephone: places.of("phone"),
            email: places.of("email"),
            number: places.of("nhs_number"),
            status: places.of("nhs_status"),
            born: places.of("dob"),
            died: places.of("deceased_date"),
            sex: places.of("sex"),
            source: places.of("source"),
            birth_order: places.of("multiple_birth_order"),
            restricted: places.of("restricted"),
            further: &places.further,
            births: Tally::default(),
            numbers: Tally::default(),
        }
    }

    fn born(&self, fields: &[Cow<'_, str>], order: DateOrder) -> Option<Birth> {
        let text = dashed(self.born, fields);
        let born = Birth::parse(&text, order);
        self.births.count(&text, born.is_some());
        born
    }

    fn claim(&self, text: &str, status: NumberStatus) -> Option<NumberClaim> {
        let claim = NumberClaim::parse(text, status);
        self.numbers.count(text, claim.is_some());
        claim
    }

    /// Makes the record of a row and hands it over.
    pub(super) fn with_record<T>(
        &self,
        fields: &[Cow<'_, str>],
        order: DateOrder,
        take: impl FnOnce(&Record<'_>) -> T,
    ) -> T {
        let texts = |alternatives| Texts::of(fields, alternatives);
        let (given, middle, family) = (texts(self.given), texts(self.middle), texts(self.family));
        let (address, postcode) = (texts(self.address), texts(self.postcode));
        let (telephones, emails) = (texts(self.telephone), texts(self.email));
        let names: [NameParts<'_>; MOST_ALTERNATIVES] = std::array::from_fn(|place| NameParts {
            given: given.nth(place),
            middle: middle.nth(place),
            family: family.nth(place),
        });
        let homes: [HomeParts<'_>; MOST_ALTERNATIVES] = std::array::from_fn(|place| HomeParts {
            address: address.nth(place),
            postcode: postcode.nth(place),
        });
        let first = |alternatives: &[Vec<usize>]| {
            let mut texts = alternatives.iter().map(|columns| text(fields, columns));
            texts.find(|text| !text.is_empty()).unwrap_or_default()
        };
        let said = first(self.status);
        let status = said.parse().unwrap_or(NumberStatus::Unstated);
        let numbers = self.number.iter().map(|columns| text(fields, columns));
        let numbers: Vec<NumberClaim> = numbers
            .filter_map(|number| self.claim(&number, status))
            .collect();
        let further: Vec<Cow<'_, str>> = self
            .further
            .iter()
            .map(|alternatives| first(alternatives))
            .collect();
        take(&Record {
            names: up_to(&names, given.count.max(middle.count).max(family.count)),
            born: self.born(fields, order),
            died: Birth::parse(&first(self.died), order),
            sex: Sex::parse(&first(self.sex)),
            homes: up_to(&homes, address.count.max(postcode.count)),
            telephones: up_to(&telephones.all(), telephones.count),
            emails: up_to(&emails.all(), emails.count),
            numbers: &numbers,
            birth_order: first(self.birth_order).parse().ok(),
            source: &first(self.source),
            is_restricted: is_yes(&first(self.restricted)) || is_yes(&said),
            extras: &further.iter().map(AsRef::as_ref).collect::<Vec<_>>(),
        })
    }
}

fn up_to<T>(all: &[T], count: usize) -> &[T] {
    all.get(..count).unwrap_or_default()
}

/// A date of birth in one column, or in three: then joined as year, month and day.
fn dashed<'f>(alternatives: &[Vec<usize>], fields: &'f [Cow<'_, str>]) -> Cow<'f, str> {
    match alternatives.first().map(Vec::as_slice) {
        None => Cow::Borrowed(""),
        Some(columns @ [_]) => text(fields, columns),
        Some(columns) => Cow::Owned(text(fields, columns).replace(' ', "-")),
    }
}

/// Words by which systems mark a record whose place must not be told.
fn is_yes(text: &str) -> bool {
    matches!(
        text.to_ascii_lowercase().as_str(),
        "1" | "y" | "yes" | "true" | "r" | "s" | "restricted" | "sensitive"
    )
}
