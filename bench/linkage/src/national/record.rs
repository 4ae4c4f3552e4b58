//! A record as the algorithm cleans it.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context as _, Result};

/// Characters that are taken out of names.
const STRIPPED: &str = "!$%&()[]{}=:;~@|<>.?/_\\£";

/// What a file may call each column.
const NAMES: [(&str, &[&str]); 7] = [
    ("id", &["rec_id", "id"]),
    ("number", &["nhs_number"]),
    ("given", &["given_name", "given"]),
    ("family", &["surname", "family_name", "family"]),
    ("born", &["dob"]),
    ("sex", &["sex"]),
    ("postcode", &["postcode"]),
];

/// A date of birth in parts, as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Born {
    /// Four digits.
    pub year: String,
    /// Two digits.
    pub month: String,
    /// Two digits.
    pub day: String,
}

/// A cleaned record.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// The name of the record.
    pub id: String,
    /// NHS number as written.
    pub number: String,
    /// Given name in capitals.
    pub given: String,
    /// Family name in capitals.
    pub family: String,
    /// Date of birth.
    pub born: Option<Born>,
    /// Sex.
    pub sex: String,
    /// Postcode, with its space, or nothing.
    pub postcode: String,
    /// Soundex of the formal given name; filled when the record is indexed or traced.
    pub(super) given_sound: String,
    pub(super) family_sound: String,
    /// Names without spaces and hyphens, the given name in its formal form.
    pub(super) given_plain: String,
    pub(super) family_plain: String,
}

impl Record {
    /// A record from what a file says, by the names of this module's columns.
    pub fn new(text: impl Fn(&str) -> String) -> Self {
        let postcode = text("postcode").to_uppercase();
        Self {
            id: text("id"),
            number: text("number"),
            given: clean(&text("given")),
            family: clean(&text("family")),
            born: Born::parse(&text("born")),
            sex: text("sex"),
            postcode: if postcode.contains(' ') {
                postcode
            } else {
                String::new()
            },
            ..Self::default()
        }
    }

    /// With its names brought into the forms that are compared.
    pub(super) fn named(mut self, formal: &HashMap<String, String>) -> Self {
        let plain = |name: &str| name.replace([' ', '-'], "");
        let given = plain(&self.given);
        self.given_plain = formal.get(&given).cloned().unwrap_or(given);
        self.family_plain = plain(&self.family);
        self.given_sound = soundex(&self.given_plain);
        self.family_sound = soundex(&self.family_plain);
        self
    }

    /// Whether the first letter of the given name and the first three of the family name agree or, where a name is
    /// missing, the outward part of the postcode.
    pub(super) fn names_start_as(&self, held: &Self) -> bool {
        if self.given.is_empty() || self.family.is_empty() {
            let outward = self.postcode.split(' ').next();
            return !self.postcode.is_empty() && outward == held.postcode.split(' ').next();
        }
        self.given.chars().next() == held.given.chars().next()
            && self.family.chars().take(3).eq(held.family.chars().take(3))
    }
}

impl Born {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-').map(str::to_owned);
        Some(Self {
            year: parts.next().filter(|year| year.len() == 4)?,
            month: parts.next()?,
            day: parts.next()?,
        })
    }

    /// Whether two parts of three agree, where the digits of the day, the last two of the year, or day and month may be
    /// the other way round.
    pub(super) fn partly(&self, held: &Self) -> bool {
        let turned = |text: &str| text.chars().rev().collect::<String>();
        let (century, year) = self.year.split_at_checked(2).unwrap_or(("", ""));
        let year = self.year == held.year || format!("{century}{}", turned(year)) == held.year;
        let month = self.month == held.month;
        let day = self.day == held.day || turned(&self.day) == held.day;
        let swapped = self.day == held.month && self.month == held.day;
        swapped && year || u8::from(year) + u8::from(month) + u8::from(day) >= 2
    }
}

fn clean(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|one| !STRIPPED.contains(*one))
        .collect();
    name.trim().to_uppercase()
}

/// The American Soundex of a name in capitals; the handbook does not say which variant is used. Empty for no letters.
pub(super) fn soundex(name: &str) -> String {
    let code = |letter: char| match letter {
        'B' | 'F' | 'P' | 'V' => Some('1'),
        'C' | 'G' | 'J' | 'K' | 'Q' | 'S' | 'X' | 'Z' => Some('2'),
        'D' | 'T' => Some('3'),
        'L' => Some('4'),
        'M' | 'N' => Some('5'),
        'R' => Some('6'),
        _ => None,
    };
    let mut sound = String::new();
    let mut last = None;
    for letter in name.chars().filter(char::is_ascii_uppercase) {
        let this = code(letter);
        if sound.is_empty() {
            sound.push(letter);
        } else if let Some(digit) = this.filter(|_| this != last && sound.len() < 4) {
            sound.push(digit);
        }
        // H and W between two letters of one code do not part them; vowels do.
        if !matches!(letter, 'H' | 'W') {
            last = this;
        }
    }
    while !sound.is_empty() && sound.len() < 4 {
        sound.push('0');
    }
    sound
}

/// The records of a file with a line of heads.
///
/// # Errors
///
/// When the file cannot be read.
pub fn read(path: &Path) -> Result<Vec<Record>> {
    let mut table = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_path(path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let heads = table.headers()?.clone();
    let places: HashMap<&str, usize> = NAMES
        .iter()
        .filter_map(|(column, names)| {
            let place = heads.iter().position(|head| names.contains(&head))?;
            Some((*column, place))
        })
        .collect();
    let mut records = Vec::new();
    for row in table.records() {
        let row = row?;
        records.push(Record::new(|column| {
            let text = places.get(column).and_then(|place| row.get(*place));
            text.unwrap_or_default().to_owned()
        }));
    }
    Ok(records)
}
