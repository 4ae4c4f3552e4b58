//! What is asked of a list: parameters read strictly, everything that is wrong with them told at once.

use std::collections::BTreeMap;

use stour_kernel::{Date, Postcode, Timestamp, london};
use stour_open_referral::{Uuid, Weekday};
use stour_web::{FieldError, Problem};

use super::parameter::List;

/// Entries on a page unless told, and at the most.
const PER_PAGE: usize = 50;
const MOST_PER_PAGE: usize = 500;
/// The most pages that are counted: beyond them nothing can be.
const MOST_PAGES: usize = 100_000_000;
/// The most characters of a search, and of any other text.
const LONGEST_SEARCH: usize = 500;
const LONGEST: usize = 100;
/// The farthest that is looked, in metres.
const FARTHEST: f64 = 1_000_000.0;

/// What is asked of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Asked {
    pub(super) page: usize,
    pub(super) per_page: usize,
    pub(super) lines: bool,
    pub(super) extent: Extent,
    pub(super) filter: Filter,
}

/// How much of an entry is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Extent {
    /// Its id and when it changed.
    Minimal,
    /// What stands once in it.
    #[default]
    Short,
    /// The service whole, where it is in short.
    WholeService,
    /// All that is nested in it.
    Whole,
}

/// What must be so of an entry.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Filter {
    pub(super) search: Option<String>,
    pub(super) term: Option<Wanted>,
    pub(super) taxonomy: Option<Wanted>,
    pub(super) organisation: Option<Wanted>,
    pub(super) minimum_age: Option<f64>,
    pub(super) maximum_age: Option<f64>,
    /// Seconds after midnight.
    pub(super) start: Option<u32>,
    pub(super) end: Option<u32>,
    /// A bit for each day, the lowest for Monday; 0 where nothing is asked.
    pub(super) days: u8,
    pub(super) postcode: Option<Postcode>,
    pub(super) proximity: Option<f64>,
    pub(super) modified_after: Option<Timestamp>,
}

/// An identifier that is looked for; `None` for what cannot be one, and so finds nothing.
pub(super) type Wanted = Option<Uuid>;

impl Filter {
    /// Whether the answer depends on the day.
    pub(super) fn is_of_time(&self) -> bool {
        self.start.is_some() || self.end.is_some() || self.days != 0
    }
}

impl Asked {
    /// Reads the parameters of a list.
    ///
    /// # Errors
    /// 400 with every parameter that is wrong and why.
    pub(super) fn read(list: List, pairs: Vec<(String, String)>) -> Result<Self, Problem> {
        let mut reader = Reader::new(list, pairs);
        let extent = reader.extent();
        let asked = Self {
            page: reader.count("page", MOST_PAGES).unwrap_or(1),
            per_page: reader.per_page(extent),
            lines: reader.lines(),
            extent,
            filter: Filter {
                search: reader.search(),
                term: reader.id("taxonomy_term_id"),
                taxonomy: reader.id("taxonomy_id"),
                organisation: reader.id("organization_id"),
                minimum_age: reader.age("minimum_age"),
                maximum_age: reader.age("maximum_age"),
                start: reader.time("start_time"),
                end: reader.time("end_time"),
                days: reader.days(),
                postcode: reader.postcode(),
                proximity: reader.proximity(),
                modified_after: reader.moment("modified_after"),
            },
        };
        reader.done(asked)
    }
}

/// One parameter that is wrong.
pub(super) fn wrong(parameter: &str, message: impl Into<String>) -> Problem {
    refused(vec![FieldError {
        field: parameter.to_owned(),
        message: message.into(),
    }])
}

fn refused(errors: Vec<FieldError>) -> Problem {
    let each: Vec<String> = errors
        .iter()
        .map(|error| format!("{}: {}", error.field, error.message))
        .collect();
    Problem {
        errors,
        ..Problem::malformed(each.join("; "))
    }
}

/// Parameters as they are read, and what is wrong with them.
struct Reader {
    given: BTreeMap<String, String>,
    errors: Vec<FieldError>,
}

impl Reader {
    fn new(list: List, pairs: Vec<(String, String)>) -> Self {
        let mut reader = Self {
            given: BTreeMap::new(),
            errors: Vec::new(),
        };
        for (name, value) in pairs {
            if !list.parameters().any(|parameter| parameter.name == name) {
                let known: Vec<&str> = list.parameters().map(|parameter| parameter.name).collect();
                let name: String = name.chars().take(LONGEST).collect();
                reader.tell(
                    &name,
                    format!("there is no such parameter; there are {}", known.join(", ")),
                );
            } else if reader.given.insert(name.clone(), value).is_some() {
                reader.tell(&name, "give it once");
            }
        }
        reader
    }

    fn tell(&mut self, name: &str, message: impl Into<String>) {
        // Nobody reads more than some: what else is wrong is told when these are put right.
        if self.errors.len() < 20 {
            self.errors.push(FieldError {
                field: name.to_owned(),
                message: message.into(),
            });
        }
    }

    fn done(self, asked: Asked) -> Result<Asked, Problem> {
        if self.errors.is_empty() {
            Ok(asked)
        } else {
            Err(refused(self.errors))
        }
    }

    /// What is given, where it is not empty: an empty parameter is a form's field that nobody filled in.
    fn text(&mut self, name: &str) -> Option<String> {
        let text = self.given.get(name)?.trim().to_owned();
        let most = if name == "search" {
            LONGEST_SEARCH
        } else {
            LONGEST
        };
        if text.chars().count() > most {
            self.tell(name, format!("it is longer than {most} characters"));
            return None;
        }
        Some(text).filter(|text| !text.is_empty())
    }

    /// A value that is read in some way, or told to be wrong.
    fn value<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(name)?;
        let value = read(&text);
        if value.is_none() {
            self.tell(name, format!("it must be {expected}"));
        }
        value
    }

    fn count(&mut self, name: &str, most: usize) -> Option<usize> {
        let expected = format!("a whole number from 1 to {most}");
        self.value(name, &expected, |text| {
            text.parse()
                .ok()
                .filter(|number| (1..=most).contains(number))
        })
    }

    fn extent(&mut self) -> Extent {
        let asked = [
            self.yes("minimal"),
            self.yes("full"),
            self.yes("full_service"),
        ];
        match asked {
            [true, ..] => Extent::Minimal,
            [_, true, _] => Extent::Whole,
            [_, _, true] => Extent::WholeService,
            _ => Extent::Short,
        }
    }

    fn per_page(&mut self, extent: Extent) -> usize {
        let all = if extent == Extent::Minimal {
            usize::MAX
        } else {
            PER_PAGE
        };
        self.count("per_page", MOST_PER_PAGE).unwrap_or(all)
    }

    fn lines(&mut self) -> bool {
        let read = |text: &str| match text {
            "json" => Some(false),
            "ndjson" => Some(true),
            _ => None,
        };
        self.value("format", "json or ndjson", read)
            .unwrap_or(false)
    }

    fn yes(&mut self, name: &str) -> bool {
        let read = |text: &str| match text {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        };
        self.value(name, "true or false", read).unwrap_or(false)
    }

    fn search(&mut self) -> Option<String> {
        self.text("search")
    }

    fn id(&mut self, name: &str) -> Option<Wanted> {
        self.text(name).map(|text| text.parse().ok())
    }

    fn age(&mut self, name: &str) -> Option<f64> {
        let read = |text: &str| text.parse().ok().filter(|age| (0.0..=150.0).contains(age));
        self.value(name, "a number of years from 0 to 150", read)
    }

    fn time(&mut self, name: &str) -> Option<u32> {
        self.value(name, "a time such as 09:30 or 17:00:00", seconds)
    }

    fn days(&mut self) -> u8 {
        let read = |text: &str| {
            let mut days = text
                .split(',')
                .map(|day| day.trim().to_ascii_uppercase().parse::<Weekday>());
            days.try_fold(0, |all, day| day.ok().map(|day| all | bit(day)))
        };
        self.value("day", "MO, TU, WE, TH, FR, SA or SU", read)
            .unwrap_or(0)
    }

    fn postcode(&mut self) -> Option<Postcode> {
        let text = self.text("postcode")?;
        match text.parse::<Postcode>() {
            Ok(postcode) => Some(postcode),
            Err(error) => {
                self.tell("postcode", error.to_string());
                None
            }
        }
    }

    fn proximity(&mut self) -> Option<f64> {
        let read = |text: &str| {
            text.parse()
                .ok()
                .filter(|metres| (0.0..=FARTHEST).contains(metres))
        };
        let metres = self.value("proximity", "a number of metres from 0 to 1000000", read);
        if metres.is_some()
            && self
                .given
                .get("postcode")
                .is_none_or(|text| text.trim().is_empty())
        {
            self.tell("proximity", "give the postcode that it is measured from");
        }
        metres
    }

    fn moment(&mut self, name: &str) -> Option<Timestamp> {
        let read = |text: &str| {
            let moment = text.parse::<Timestamp>().ok();
            let of_day = |day: Date| Some(day.to_zoned_datetime(london()).ok()?.timestamp());
            moment.or_else(|| {
                text.parse::<Date>()
                    .ok()
                    .filter(|_| text.len() == 10)
                    .and_then(of_day)
            })
        };
        self.value(
            name,
            "a moment such as 2026-11-27T09:30:00Z, or a date",
            read,
        )
    }
}

/// The bit of a day.
pub(super) fn bit(day: Weekday) -> u8 {
    Weekday::ALL
        .iter()
        .zip([1, 2, 4, 8, 16, 32, 64])
        .find(|(known, _)| **known == day)
        .map_or(0, |(_, bit)| bit)
}

/// Seconds after midnight of `09:30`, `09:30:00` or `09:30Z`: the clock is that of the service, whatever zone
/// is named.
fn seconds(text: &str) -> Option<u32> {
    let clock = text.trim_end_matches(['Z', 'z']);
    let clock = clock.split(['+', '-']).next()?;
    let mut parts = clock.split(':').map(|part| {
        let is_two = part.len() == 2 && part.bytes().all(|digit| digit.is_ascii_digit());
        is_two.then(|| part.parse::<u32>().ok()).flatten()
    });
    let (hours, minutes) = (parts.next()??, parts.next()??);
    let seconds = parts.next().unwrap_or(Some(0))?;
    let is_time = parts.next().is_none() && minutes < 60 && seconds < 60;
    let all = hours * 3600 + minutes * 60 + seconds;
    (is_time && all <= 24 * 3600).then_some(all)
}
