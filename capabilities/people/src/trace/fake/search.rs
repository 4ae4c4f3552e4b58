//! Searching by name, date of birth and more, with the rules and refusals that are documented.

use std::collections::BTreeMap;

use stour_kernel::Date;

use super::write::{Refusal, bundle};
use super::{Answer, Patient, Service, Standing};
use crate::search::word::fold;

/// The most patients in one answer.
const MOST: usize = 50;
/// The parameters that may stand in a search.
const KNOWN: [&str; 14] = [
    "_fuzzy-match",
    "_exact-match",
    "_history",
    "_max-results",
    "family",
    "given",
    "gender",
    "birthdate",
    "death-date",
    "address-postalcode",
    "address-postcode",
    "general-practitioner",
    "email",
    "phone",
];

/// A search that may be run.
struct Search {
    fuzzy: bool,
    exact: bool,
    history: bool,
    most: usize,
    family: Option<Pattern>,
    given: Vec<Pattern>,
    gender: Option<String>,
    born: (Date, Date),
    died: Option<Date>,
    postcode: Option<Pattern>,
    practice: Option<String>,
    phone: Option<String>,
    email: Option<String>,
}

/// A text that another must be, or begin with.
struct Pattern {
    text: String,
    wild: bool,
}

type Given = BTreeMap<String, Vec<String>>;

pub(super) fn search(service: &Service, query: &str) -> Answer {
    let mut given: Given = BTreeMap::new();
    for (name, value) in form(query) {
        if !KNOWN.contains(&name.as_str()) {
            return Err(Refusal::additional(&name));
        }
        given.entry(name).or_default().push(value);
    }
    if given.is_empty() {
        return Err(Refusal::no_parameters());
    }
    let search = Search::read(&given, service.rules.several)?;
    let (from, to) = search.born;
    let born = service
        .by_birth
        .range(from..=to)
        .flat_map(|(_, places)| places);
    let mut matched: BTreeMap<_, (f64, &Patient)> = BTreeMap::new();
    for found in born.filter_map(|place| service.patients.get(*place)) {
        let Some(score) = search.score(found) else {
            continue;
        };
        // Of a record that was superseded the one that took its place is returned.
        let Ok(held) = service.standing(found.number) else {
            continue;
        };
        if held.restricted && search.names_a_place() {
            continue;
        }
        matched.entry(held.number).or_insert((score, held));
    }
    if matched.len() > search.most {
        return Err(Refusal::too_many_matches());
    }
    let mut matched: Vec<_> = matched.into_values().collect();
    matched.sort_by(|one, other| other.0.total_cmp(&one.0));
    Ok(bundle(&service.environment.now().to_string(), &matched))
}

/// Names and values of a query string.
fn form(query: &str) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned()
}

impl Search {
    fn read(given: &Given, several: bool) -> Result<Self, Refusal> {
        let one = |name: &str| given.get(name).and_then(|values| values.last());
        let flag = |name: &str| match one(name).map(String::as_str) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(other) => Err(Refusal::value(other, name)),
        };
        let most = match one("_max-results") {
            None if several => MOST,
            None => 1,
            Some(text) => text
                .parse()
                .ok()
                .filter(|most| (1..=MOST).contains(most))
                .ok_or_else(|| Refusal::value(text, "_max-results"))?,
        };
        if most > 1 && !several {
            return Err(Refusal::several());
        }
        let fuzzy = flag("_fuzzy-match")?;
        let pattern = |text: &String, field: &str| Pattern::read(text, field, fuzzy);
        let postcode = one("address-postalcode").or_else(|| one("address-postcode"));
        let search = Self {
            fuzzy,
            exact: flag("_exact-match")?,
            history: fuzzy || flag("_history")?,
            most,
            family: one("family")
                .map(|text| pattern(text, "family"))
                .transpose()?,
            given: given
                .get("given")
                .into_iter()
                .flatten()
                .map(|text| pattern(text, "given"))
                .collect::<Result<_, _>>()?,
            gender: one("gender").map(|text| gender(text)).transpose()?,
            born: born(given)?,
            died: one("death-date")
                .map(|text| date(text, "death-date").map(|(_, day)| day))
                .transpose()?,
            postcode: postcode
                .map(|text| pattern(text, "address-postalcode"))
                .transpose()?,
            practice: one("general-practitioner").cloned(),
            phone: one("phone").cloned(),
            email: one("email").cloned(),
        };
        search.check()?;
        Ok(search)
    }

    /// The combinations that are allowed.
    fn check(&self) -> Result<(), Refusal> {
        if !self.fuzzy {
            return match self.family {
                Some(_) => Ok(()),
                None => Err(Refusal::missing("family")),
            };
        }
        let (family, given) = (self.family.is_some(), !self.given.is_empty());
        let place = self.gender.is_some() && self.postcode.is_some();
        if family && given || (family || given) && place {
            Ok(())
        } else {
            Err(Refusal::combination(
                "too few parameters for a fuzzy search",
            ))
        }
    }

    fn names_a_place(&self) -> bool {
        self.postcode.is_some() || self.practice.is_some()
    }

    /// How well somebody born on the right day matches; `None` when not at all.
    fn score(&self, held: &Patient) -> Option<f64> {
        // Nobody here has an email address.
        if held.standing == Standing::Invalidated || self.email.is_some() {
            return None;
        }
        let equal =
            |asked: &Option<String>, held: &str| asked.as_deref().is_none_or(|asked| asked == held);
        let practice = held
            .practice
            .map(|code| code.to_string())
            .unwrap_or_default();
        let fits = equal(&self.gender, &held.gender)
            && equal(&self.phone, held.telephone.as_deref().unwrap_or_default())
            && (self.fuzzy || equal(&self.practice, &practice))
            && (self.fuzzy || self.died.is_none_or(|died| held.died == Some(died)));
        let postcode = held
            .postcode
            .map(|code| code.to_string())
            .unwrap_or_default();
        let place = self
            .postcode
            .as_ref()
            .is_none_or(|pattern| pattern.fits(&postcode));
        if !fits || !place {
            return None;
        }
        let score = self.name(held)?;
        (!self.exact || score >= 1.0).then_some(score)
    }

    fn name(&self, held: &Patient) -> Option<f64> {
        let earlier = if self.history {
            held.earlier.as_slice()
        } else {
            &[]
        };
        let is_family = |pattern: &Pattern| pattern.fits(&held.family);
        let is_given = |pattern: &Pattern| held.given.iter().any(|given| pattern.fits(given));
        let all_given = self.given.iter().all(is_given);
        let wild = [&self.family, &self.postcode]
            .into_iter()
            .flatten()
            .chain(&self.given)
            .any(|pattern| pattern.wild);
        if all_given && self.family.as_ref().is_none_or(is_family) {
            return Some(if wild { 0.9 } else { 1.0 });
        }
        let was = |pattern: &Pattern| earlier.iter().any(|family| pattern.fits(family));
        if all_given && self.family.as_ref().is_some_and(was) {
            return Some(0.9);
        }
        if !self.fuzzy {
            return None;
        }
        let sounds = |pattern: &Pattern, name: &String| soundex(&pattern.text) == soundex(name);
        let families = || [&held.family].into_iter().chain(&held.earlier);
        let alike = self
            .family
            .as_ref()
            .is_none_or(|pattern| families().any(|family| sounds(pattern, family)))
            && self
                .given
                .iter()
                .all(|pattern| held.given.iter().any(|given| sounds(pattern, given)));
        let turned = self.given.iter().any(is_family)
            && self
                .family
                .as_ref()
                .is_some_and(|family| held.given.iter().any(|given| family.fits(given)));
        (alike || turned).then_some(0.8)
    }
}

impl Pattern {
    fn read(text: &str, field: &str, fuzzy: bool) -> Result<Self, Refusal> {
        let (start, wild) = match text.split_once('*') {
            None => (text, false),
            Some((start, "")) => (start, true),
            Some(_) => return Err(Refusal::value(text, field)),
        };
        if wild && fuzzy {
            return Err(Refusal::combination(
                "wildcards are not allowed in a fuzzy search",
            ));
        }
        if start.is_empty() || wild && start.chars().count() < 2 {
            return Err(Refusal::value(text, field));
        }
        Ok(Self {
            text: start.to_owned(),
            wild,
        })
    }

    fn fits(&self, held: &str) -> bool {
        let (asked, held) = (fold(&self.text), fold(held));
        if self.wild {
            held.starts_with(&asked)
        } else {
            held == asked
        }
    }
}

fn gender(text: &str) -> Result<String, Refusal> {
    if ["male", "female", "other", "unknown"].contains(&text) {
        Ok(text.to_owned())
    } else {
        Err(Refusal::value(text, "gender"))
    }
}

/// `eq2010-10-22`, `ge…` or `le…`; without a prefix it is `eq`.
fn date<'t>(text: &'t str, field: &str) -> Result<(&'t str, Date), Refusal> {
    let (prefix, day) = match text.split_at_checked(2) {
        Some((prefix @ ("eq" | "ge" | "le"), day)) => (prefix, day),
        _ => ("eq", text),
    };
    let day = day.parse().map_err(|_| Refusal::value(text, field))?;
    Ok((prefix, day))
}

fn born(given: &Given) -> Result<(Date, Date), Refusal> {
    const NOTHING: &str = "birth_date/birth_date_range_start/birth_date_range_end";
    let texts = given
        .get("birthdate")
        .ok_or_else(|| Refusal::missing(NOTHING))?;
    let (mut from, mut to) = (Date::MIN, Date::MAX);
    for text in texts {
        let (prefix, day) = date(text, "birthdate")?;
        if prefix != "le" {
            from = from.max(day);
        }
        if prefix != "ge" {
            to = to.min(day);
        }
    }
    if from > to {
        return Err(Refusal::combination("the range of birth dates is empty"));
    }
    Ok((from, to))
}

/// American Soundex: the first letter and three digits.
fn soundex(name: &str) -> String {
    let digit = |letter: char| match letter {
        'b' | 'f' | 'p' | 'v' => Some('1'),
        'c' | 'g' | 'j' | 'k' | 'q' | 's' | 'x' | 'z' => Some('2'),
        'd' | 't' => Some('3'),
        'l' => Some('4'),
        'm' | 'n' => Some('5'),
        'r' => Some('6'),
        _ => None,
    };
    let folded = fold(name);
    let mut letters = folded.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let mut code = String::from(first);
    let mut last = digit(first);
    for letter in letters {
        let sound = digit(letter);
        if sound.is_some() && sound != last {
            code.extend(sound);
        }
        // Between two letters of one sound, h and w do not part them; a vowel does.
        if !matches!(letter, 'h' | 'w') {
            last = sound;
        }
    }
    code.chars().chain("000".chars()).take(4).collect()
}

#[cfg(test)]
mod tests;
