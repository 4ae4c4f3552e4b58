//! Dates and times in a given format, as `strptime` of `DuckDB` reads them.

use super::calendar;

/// A format such as `%Y-%m-%d`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::splink) struct TimeFormat(Vec<Item>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    /// White space of any length, but some.
    Space,
    /// This character.
    Literal(char),
    /// A number of one digit up to this many.
    Number(Field, usize),
    /// Digits after the decimal point, up to this many.
    Fraction(usize),
    /// The name of a month, in full or its first three letters.
    Month { full: bool },
    /// The name of a weekday. It is read but not compared with the date.
    Weekday { full: bool },
    /// AM or PM.
    HalfOfDay,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Year,
    YearOfCentury,
    Month,
    Day,
    DayOfYear,
    Hour,
    HourOfHalf,
    Minute,
    Second,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

impl TimeFormat {
    /// The format that a text describes, or what is wrong with it.
    pub(super) fn new(format: &str) -> Result<Self, String> {
        if format.is_empty() {
            return Err("the format is empty".to_owned());
        }
        let mut items = Vec::new();
        let mut rest = format.chars();
        while let Some(sign) = rest.next() {
            let item = match sign {
                '%' => specifier(rest.next(), &mut rest)?,
                space if is_space(space) => Item::Space,
                other => Item::Literal(other),
            };
            if item != Item::Space || items.last() != Some(&Item::Space) {
                items.push(item);
            }
        }
        Ok(Self(items))
    }

    /// The instant that a text gives, in microseconds since the start of 1970, or `None` where it
    /// has not this format or there is no such date or time.
    pub(super) fn read(&self, text: &str) -> Option<i64> {
        match text.trim_matches(is_space).to_ascii_lowercase().as_str() {
            "infinity" => return Some(calendar::INFINITY),
            "-infinity" => return Some(-calendar::INFINITY),
            "epoch" => return Some(0),
            _ => {}
        }
        let mut time = Time::default();
        let mut rest = text.trim_start_matches(is_space);
        for item in &self.0 {
            rest = time.read(item, rest)?;
        }
        let at_end = rest.trim_start_matches(is_space).is_empty();
        at_end.then(|| time.instant()).flatten()
    }
}

fn specifier(sign: Option<char>, rest: &mut std::str::Chars<'_>) -> Result<Item, String> {
    let (sign, name) = match sign {
        // Without zeros in front; `strptime` reads both alike.
        Some('-') => match rest.next() {
            Some(sign) if "dmyHIMSj".contains(sign) => (sign, format!("%-{sign}")),
            other => return Err(format!("%-{} is not supported", other.unwrap_or(' '))),
        },
        Some(sign) => (sign, format!("%{sign}")),
        None => return Err("the format ends with %".to_owned()),
    };
    Ok(match sign {
        'Y' => Item::Number(Field::Year, 4),
        'y' => Item::Number(Field::YearOfCentury, 2),
        'm' => Item::Number(Field::Month, 2),
        'd' => Item::Number(Field::Day, 2),
        'j' => Item::Number(Field::DayOfYear, 3),
        'H' => Item::Number(Field::Hour, 2),
        'I' => Item::Number(Field::HourOfHalf, 2),
        'M' => Item::Number(Field::Minute, 2),
        'S' => Item::Number(Field::Second, 2),
        'f' => Item::Fraction(6),
        'g' => Item::Fraction(3),
        'b' => Item::Month { full: false },
        'B' => Item::Month { full: true },
        'a' => Item::Weekday { full: false },
        'A' => Item::Weekday { full: true },
        'p' => Item::HalfOfDay,
        '%' => Item::Literal('%'),
        _ => {
            return Err(format!(
                "{name} is not supported in a date format; supported are %Y %y %m %d %j %b %B %a \
                 %A %H %I %M %S %f %g %p and %%"
            ));
        }
    })
}

/// White space as `DuckDB` takes it off.
pub(super) fn is_space(sign: char) -> bool {
    matches!(sign, ' ' | '\t' | '\n' | '\u{b}' | '\u{c}' | '\r')
}

/// What has been read of a date and time.
#[derive(Default)]
struct Time {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    day_of_year: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    micros: i64,
    afternoon: Option<bool>,
}

impl Time {
    /// Reads one item at the beginning of a text and gives the rest.
    fn read<'t>(&mut self, item: &Item, text: &'t str) -> Option<&'t str> {
        match item {
            Item::Space => {
                let rest = text.trim_start_matches(is_space);
                (rest.len() < text.len()).then_some(rest)
            }
            Item::Literal(sign) => text.strip_prefix(*sign),
            Item::Number(field, most) => {
                let (digits, rest) = leading_digits(text, *most);
                self.set(*field, digits.parse().ok()?)?;
                Some(rest)
            }
            Item::Fraction(most) => {
                let (digits, rest) = leading_digits(text, *most);
                let micros: i64 = format!("{digits:0<6}").parse().ok()?;
                self.micros = micros;
                (!digits.is_empty()).then_some(rest)
            }
            Item::Month { full } => {
                let (place, rest) = name(&MONTHS, *full, text)?;
                self.month = Some(i64::try_from(place).ok()? + 1);
                Some(rest)
            }
            Item::Weekday { full } => name(&WEEKDAYS, *full, text).map(|(_, rest)| rest),
            Item::HalfOfDay => {
                let (half, rest) = text.split_at_checked(2)?;
                self.afternoon = Some(match half.to_ascii_lowercase().as_str() {
                    "am" => false,
                    "pm" => true,
                    _ => return None,
                });
                Some(rest)
            }
        }
    }

    fn set(&mut self, field: Field, value: i64) -> Option<()> {
        let range = match field {
            Field::Year => 0..=9999,
            Field::YearOfCentury => 0..=99,
            Field::Month | Field::HourOfHalf => 1..=12,
            Field::Day => 1..=31,
            Field::DayOfYear => 1..=366,
            Field::Hour => 0..=23,
            Field::Minute | Field::Second => 0..=59,
        };
        if !range.contains(&value) {
            return None;
        }
        match field {
            Field::Year => self.year = Some(value),
            // As POSIX has it, 69 to 99 are of the twentieth century.
            Field::YearOfCentury if value < 69 => self.year = Some(2000 + value),
            Field::YearOfCentury => self.year = Some(1900 + value),
            Field::Month => self.month = Some(value),
            Field::Day => self.day = Some(value),
            Field::DayOfYear => self.day_of_year = Some(value),
            Field::Hour | Field::HourOfHalf => self.hour = value,
            Field::Minute => self.minute = value,
            Field::Second => self.second = value,
        }
        Some(())
    }

    fn instant(&self) -> Option<i64> {
        let hour = match self.afternoon {
            Some(_) if self.hour > 12 => return None,
            Some(afternoon) => self.hour % 12 + if afternoon { 12 } else { 0 },
            None => self.hour,
        };
        let year = self.year.unwrap_or(1900);
        let days = match (self.month, self.day, self.day_of_year) {
            (None, None, Some(day)) => {
                let days = calendar::days(year, 1, 1)? + day - 1;
                (calendar::civil(days).0 == year).then_some(days)?
            }
            (month, day, _) => calendar::days(year, month.unwrap_or(1), day.unwrap_or(1))?,
        };
        let seconds = (hour * 60 + self.minute) * 60 + self.second;
        Some(days * calendar::DAY + seconds * calendar::SECOND + self.micros)
    }
}

fn leading_digits(text: &str, most: usize) -> (&str, &str) {
    let digits = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    text.split_at(digits)
}

/// Which of the names a text begins with, in upper or lower case.
fn name<'t>(names: &[&str], full: bool, text: &'t str) -> Option<(usize, &'t str)> {
    names.iter().enumerate().find_map(|(place, name)| {
        let name = if full { name } else { name.get(..3)? };
        let (start, rest) = text.split_at_checked(name.len())?;
        start.eq_ignore_ascii_case(name).then_some((place, rest))
    })
}
