//! Records as numbers of distinct values: compact to keep, quick to compare, changed in place.

use std::collections::HashMap;

use crate::birth::Births;
use crate::dictionary::{Dictionary, Id, id, place};
use crate::fold;
use crate::lists::Lists;
use crate::names::Names;
use crate::places::Places;
use crate::record::{NameParts, NumberClaim, NumberStatus, Record, Sex};

/// A name as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct NameRow {
    pub(crate) given: Id,
    pub(crate) middle: Id,
    pub(crate) family: Id,
}

/// A record as numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) name: NameRow,
    pub(crate) born: Id,
    pub(crate) died: Id,
    pub(crate) home: Id,
    pub(crate) telephone: Id,
    pub(crate) email: Id,
    pub(crate) source: Id,
    pub(crate) number: u64,
    pub(crate) status: NumberStatus,
    pub(crate) sex: Sex,
    pub(crate) birth_order: u8,
    pub(crate) is_restricted: bool,
    pub(crate) is_there: bool,
    has_more: bool,
}

impl Row {
    /// No record.
    pub(crate) const NONE: Self = Self {
        name: NameRow {
            given: 0,
            middle: 0,
            family: 0,
        },
        born: 0,
        died: 0,
        home: 0,
        telephone: 0,
        email: 0,
        source: 0,
        number: 0,
        status: NumberStatus::Unstated,
        sex: Sex::Unknown,
        birth_order: 0,
        is_restricted: false,
        is_there: false,
        has_more: false,
    };
}

/// What a record has besides its first name, home, and so on.
#[derive(Debug, Clone, Default)]
struct More {
    names: Vec<NameRow>,
    homes: Vec<Id>,
    telephones: Vec<Id>,
    emails: Vec<Id>,
    numbers: Vec<NumberClaim>,
}

/// A further column, compared as text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Extra {
    pub(crate) texts: Dictionary,
    pub(crate) counts: Vec<u32>,
    pub(crate) rows: Vec<Id>,
    filled: u32,
    filled_with_numbers: u32,
}

impl Extra {
    /// Whether the column identifies people, as the number of another register does: nearly all its
    /// texts hold five digits or more, and few records share one.
    pub(crate) fn identifies(&self) -> bool {
        let distinct = id(self.texts.len().saturating_sub(1));
        u64::from(self.filled_with_numbers) * 10 >= u64::from(self.filled) * 9
            && u64::from(distinct) * 5 >= u64::from(self.filled)
            && self.filled > 0
    }
}

/// Records, and every distinct value in them.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    lists: &'static Lists,
    pub(crate) names: Names,
    pub(crate) births: Births,
    pub(crate) places: Places,
    pub(crate) contacts: Dictionary,
    pub(crate) sources: Dictionary,
    pub(crate) rows: Vec<Row>,
    pub(crate) extras: Vec<Extra>,
    more: HashMap<Id, More>,
    free: Vec<Id>,
    there: usize,
    numbers: u32,
    invalid_numbers: u32,
    scratch: String,
}

impl Store {
    /// An empty store of records with this many further columns.
    pub(crate) fn new(extras: usize) -> Self {
        Self {
            lists: Lists::built_in(),
            names: Names::default(),
            births: Births::default(),
            places: Places::default(),
            contacts: Dictionary::default(),
            sources: Dictionary::default(),
            rows: Vec::new(),
            extras: vec![Extra::default(); extras],
            more: HashMap::new(),
            free: Vec::new(),
            there: 0,
            numbers: 0,
            invalid_numbers: 0,
            scratch: String::new(),
        }
    }

    /// How many records there are.
    pub(crate) fn len(&self) -> usize {
        self.there
    }

    /// Adds a record; its number is that of a row that was free, or the next.
    pub(crate) fn push(&mut self, record: &Record<'_>) -> Id {
        let row = self.free.pop().unwrap_or_else(|| {
            self.rows.push(Row::NONE);
            id(self.rows.len() - 1)
        });
        self.fill(row, record);
        row
    }

    fn fill(&mut self, at: Id, record: &Record<'_>) {
        let mut more = More::default();
        let mut first = NameRow::default();
        for (place, name) in record.names.iter().enumerate() {
            let name = self.name(*name);
            if place == 0 {
                first = name;
            } else if name != first {
                more.names.push(name);
            }
        }
        let mut homes = Alternatives::default();
        for home in record.homes {
            homes.add(
                self.places.intern(home.address, home.postcode, self.lists),
                &mut more.homes,
            );
        }
        let mut telephones = Alternatives::default();
        for telephone in record.telephones {
            telephones.add(
                self.contact(telephone, fold::telephone),
                &mut more.telephones,
            );
        }
        let mut emails = Alternatives::default();
        for email in record.emails {
            emails.add(self.contact(email, lower), &mut more.emails);
        }
        let number = record.numbers.first();
        more.numbers.extend(record.numbers.iter().skip(1));
        let lists = self.lists;
        let has_more = !more.names.is_empty()
            || !more.homes.is_empty()
            || !more.telephones.is_empty()
            || !more.emails.is_empty()
            || !more.numbers.is_empty();
        let row = Row {
            name: first,
            born: record
                .born
                .map_or(0, |date| self.births.intern(date, lists)),
            died: record
                .died
                .map_or(0, |date| self.births.intern(date, lists)),
            home: homes.first,
            telephone: telephones.first,
            email: emails.first,
            source: self.sources.intern(record.source).0,
            number: number.map_or(0, |claim| claim.digits),
            status: number.map_or(NumberStatus::Unstated, |claim| claim.status),
            sex: record.sex,
            birth_order: record
                .birth_order
                .filter(|order| (1..=7).contains(order))
                .unwrap_or(0),
            is_restricted: record.is_restricted,
            is_there: true,
            has_more,
        };
        self.fill_extras(at, record.extras);
        if let Some(place) = self.rows.get_mut(place(at)) {
            *place = row;
        }
        if has_more {
            self.more.insert(at, more);
        }
        self.there += 1;
        self.count(at, |count| *count = count.saturating_add(1));
    }

    fn name(&mut self, name: NameParts<'_>) -> NameRow {
        let (given, rest) = name
            .given
            .trim()
            .split_once(' ')
            .unwrap_or((name.given, ""));
        let middle = match (rest.is_empty(), name.middle.trim().is_empty()) {
            (true, _) => self.names.intern(name.middle, self.lists),
            (false, true) => self.names.intern(rest, self.lists),
            (false, false) => self
                .names
                .intern(&format!("{rest} {}", name.middle), self.lists),
        };
        NameRow {
            given: self.names.intern(given, self.lists),
            middle,
            family: self.names.intern(name.family, self.lists),
        }
    }

    fn contact(&mut self, text: &str, fold: fn(&str, &mut String)) -> Id {
        fold(text, &mut self.scratch);
        self.contacts.intern(&self.scratch).0
    }

    fn fill_extras(&mut self, at: Id, texts: &[&str]) {
        for (column, extra) in self.extras.iter_mut().enumerate() {
            fold::text(texts.get(column).unwrap_or(&""), &mut self.scratch);
            let (text, _) = extra.texts.intern(&self.scratch);
            extra.rows.resize(extra.rows.len().max(place(at) + 1), 0);
            if let Some(row) = extra.rows.get_mut(place(at)) {
                *row = text;
            }
        }
    }

    /// Removes a record; its row may be another's later.
    pub(crate) fn remove(&mut self, at: Id) -> bool {
        if !self.row(at).is_there {
            return false;
        }
        self.count(at, |count| *count = count.saturating_sub(1));
        if let Some(row) = self.rows.get_mut(place(at)) {
            *row = Row::NONE;
        }
        self.more.remove(&at);
        self.free.push(at);
        self.there -= 1;
        true
    }

    /// Counts every value of a record once more, or once less.
    fn count(&mut self, at: Id, change: fn(&mut u32)) {
        let row = *self.row(at);
        let more = self.more(at, &row).cloned().unwrap_or_default();
        let first = NumberClaim {
            digits: row.number,
            status: row.status,
        };
        for claim in std::iter::once(&first)
            .chain(&more.numbers)
            .filter(|claim| claim.digits != 0)
        {
            change(&mut self.numbers);
            if claim.status == NumberStatus::Invalid {
                change(&mut self.invalid_numbers);
            }
        }
        for name in std::iter::once(&row.name).chain(&more.names) {
            if let Some(entry) = self.names.entry_mut(name.given) {
                change(&mut entry.given_count);
            }
            if let Some(entry) = self.names.entry_mut(name.family) {
                change(&mut entry.family_count);
            }
        }
        if let Some(date) = self.births.entry_mut(row.born) {
            change(&mut date.count);
        }
        for home in std::iter::once(&row.home).chain(&more.homes) {
            self.places.count(*home, change);
        }
        for extra in &mut self.extras {
            let text = extra.rows.get(place(at)).copied().unwrap_or(0);
            extra.counts.resize(extra.texts.len(), 0);
            if let Some(count) = extra.counts.get_mut(place(text)) {
                change(count);
            }
            if text != 0 {
                change(&mut extra.filled);
                let digits = extra
                    .texts
                    .text(text)
                    .bytes()
                    .filter(u8::is_ascii_digit)
                    .count();
                if digits >= 5 {
                    change(&mut extra.filled_with_numbers);
                }
            }
        }
    }

    /// Counts every value as often again as another store has it, so that what is common there is common
    /// here. Further columns are left as they are.
    pub(crate) fn count_as(&mut self, other: &Self) {
        self.names.count_as(&other.names);
        self.births.count_as(&other.births);
        self.places.count_as(&other.places);
    }

    /// The row of a number; an empty one when there is none.
    pub(crate) fn row(&self, at: Id) -> &Row {
        self.rows.get(place(at)).unwrap_or(&Row::NONE)
    }

    fn more(&self, at: Id, row: &Row) -> Option<&More> {
        row.has_more.then(|| self.more.get(&at)).flatten()
    }

    /// Every name of a record, the present one first.
    pub(crate) fn names_of(&self, at: Id) -> impl Iterator<Item = NameRow> + '_ {
        let row = self.row(at);
        let more = self.more(at, row).map_or(&[][..], |more| &more.names);
        std::iter::once(row.name).chain(more.iter().copied())
    }

    /// Every home of a record, the present one first.
    pub(crate) fn homes_of(&self, at: Id) -> impl Iterator<Item = Id> + '_ {
        let row = self.row(at);
        let more = self.more(at, row).map_or(&[][..], |more| &more.homes);
        std::iter::once(row.home)
            .chain(more.iter().copied())
            .filter(|home| *home != 0)
    }

    /// Every telephone number of a record.
    pub(crate) fn telephones_of(&self, at: Id) -> impl Iterator<Item = Id> + '_ {
        let row = self.row(at);
        let more = self.more(at, row).map_or(&[][..], |more| &more.telephones);
        std::iter::once(row.telephone)
            .chain(more.iter().copied())
            .filter(|contact| *contact != 0)
    }

    /// Every address of electronic mail of a record.
    pub(crate) fn emails_of(&self, at: Id) -> impl Iterator<Item = Id> + '_ {
        let row = self.row(at);
        let more = self.more(at, row).map_or(&[][..], |more| &more.emails);
        std::iter::once(row.email)
            .chain(more.iter().copied())
            .filter(|contact| *contact != 0)
    }

    /// Every NHS number of a record.
    pub(crate) fn numbers_of(&self, at: Id) -> impl Iterator<Item = NumberClaim> + '_ {
        let row = self.row(at);
        let more = self.more(at, row).map_or(&[][..], |more| &more.numbers);
        let first = NumberClaim {
            digits: row.number,
            status: row.status,
        };
        std::iter::once(first)
            .chain(more.iter().copied())
            .filter(|claim| claim.digits != 0)
    }

    /// Whether the numbers are those of another register: so many fail the check of NHS numbers that it
    /// says nothing.
    pub(crate) fn has_other_numbers(&self) -> bool {
        self.numbers >= 20 && u64::from(self.invalid_numbers) * 2 > u64::from(self.numbers)
    }

    /// The number of rows, free ones included.
    pub(crate) fn rows_len(&self) -> usize {
        self.rows.len()
    }
}

/// The first of several values, and the others.
#[derive(Debug, Default)]
struct Alternatives {
    first: Id,
}

impl Alternatives {
    fn add(&mut self, value: Id, others: &mut Vec<Id>) {
        if value == 0 || value == self.first || others.contains(&value) {
        } else if self.first == 0 {
            self.first = value;
        } else {
            others.push(value);
        }
    }
}

fn lower(text: &str, out: &mut String) {
    out.clear();
    out.extend(text.trim().chars().take(120).flat_map(char::to_lowercase));
}
