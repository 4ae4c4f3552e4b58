//! Names of people, streets and care homes, drawn as often as real ones repeat.

use crate::person::Sex;
use crate::random::{Random, Weighted};
use crate::setting::SettingError;

/// The first decade with names of its own; people born earlier share it.
const FIRST_DECADE: i32 = 1910;
/// Decades of birth kept apart: 1910s to 2020s.
const DECADES: usize = 12;
/// Share of people of the main origin whose surname is a rare one, made of two parts: an assumption for
/// demonstration. In Great Britain several in ten people have a surname outside the commonest few hundred.
const RARE_SURNAMES: f64 = 0.22;
/// Share of surnames that are two with a hyphen: an assumption for demonstration.
const DOUBLE_SURNAMES: f64 = 0.015;

/// Names to draw from.
#[derive(Debug, Clone)]
pub struct Names {
    origins: Vec<Origin>,
    origin_shares: Weighted,
    rare_first: Vec<String>,
    rare_second: Vec<String>,
    street_first: Vec<String>,
    street_weights: Weighted,
    street_kind: Vec<String>,
    street_kind_weights: Weighted,
    care_homes: Vec<String>,
}

#[derive(Debug, Clone)]
struct Origin {
    surnames: Vec<Surname>,
    weights: Weighted,
    female: FirstNames,
    male: FirstNames,
}

/// A surname and the form women use, which in some languages differs.
#[derive(Debug, Clone)]
pub(crate) struct Surname {
    pub(crate) male: String,
    pub(crate) female: String,
}

impl Surname {
    pub(crate) fn of(&self, sex: Sex) -> &str {
        match sex {
            Sex::Female => &self.female,
            Sex::Male => &self.male,
        }
    }
}

#[derive(Debug, Clone)]
struct FirstNames {
    names: Vec<String>,
    by_decade: Vec<Weighted>,
}

impl Names {
    /// The names in `reference/names`, built in: approximate and made for demonstration.
    pub fn embedded() -> Result<Self, SettingError> {
        Self::parse(
            include_str!("../../../reference/names/origins.csv"),
            include_str!("../../../reference/names/first_names.csv"),
            include_str!("../../../reference/names/surnames.csv"),
            include_str!("../../../reference/names/surname_parts.csv"),
            include_str!("../../../reference/names/streets.csv"),
        )
    }

    /// From five tables of comma-separated text with the columns of the files in `reference/names`: `origin,share`;
    /// `name,sex,origin,peak_year,spread_years,weight`; `surname,feminine,origin,weight`; `part,position`;
    /// `part,position,weight`. Lines that start with `#` are comments; the first other line is the heading; no
    /// field contains a comma.
    pub fn parse(
        origins: &str,
        first_names: &str,
        surnames: &str,
        surname_parts: &str,
        streets: &str,
    ) -> Result<Self, SettingError> {
        let mut shares = Vec::new();
        let mut kinds = Vec::new();
        for (line, fields) in rows(origins) {
            let [origin, share] = exactly("origins", line, fields)?;
            shares.push(number("origins", line, share)?);
            kinds.push(origin);
        }
        let first = parse_first_names(first_names)?;
        let last = parse_surnames(surnames)?;
        let origins = kinds
            .iter()
            .map(|kind| Origin::new(kind, &first, &last))
            .collect::<Result<Vec<_>, _>>()?;
        let mut names = Self {
            origins,
            origin_shares: Weighted::new(shares),
            rare_first: Vec::new(),
            rare_second: Vec::new(),
            street_first: Vec::new(),
            street_weights: Weighted::default(),
            street_kind: Vec::new(),
            street_kind_weights: Weighted::default(),
            care_homes: Vec::new(),
        };
        names.read_parts(surname_parts)?;
        names.read_streets(streets)?;
        names.check()
    }

    fn read_parts(&mut self, text: &str) -> Result<(), SettingError> {
        for (line, fields) in rows(text) {
            let [part, position] = exactly("surname parts", line, fields)?;
            match position {
                "first" => self.rare_first.push(part.to_owned()),
                "second" => self.rare_second.push(part.to_owned()),
                _ => return Err(wrong("surname parts", line, "position is first or second")),
            }
        }
        Ok(())
    }

    fn read_streets(&mut self, text: &str) -> Result<(), SettingError> {
        let (mut first, mut kind) = (Vec::new(), Vec::new());
        for (line, fields) in rows(text) {
            let [part, position, weight] = exactly("streets", line, fields)?;
            let weight = number("streets", line, weight)?;
            match position {
                "first" => {
                    self.street_first.push(part.to_owned());
                    first.push(weight);
                }
                "kind" => {
                    self.street_kind.push(part.to_owned());
                    kind.push(weight);
                }
                "care-home" => self.care_homes.push(part.to_owned()),
                _ => {
                    return Err(wrong(
                        "streets",
                        line,
                        "position is first, kind or care-home",
                    ));
                }
            }
        }
        self.street_weights = Weighted::new(first);
        self.street_kind_weights = Weighted::new(kind);
        Ok(())
    }

    fn check(self) -> Result<Self, SettingError> {
        let lists: [(&'static str, bool); 5] = [
            ("origins of names", self.origin_shares.total() > 0.0),
            (
                "rare surname parts",
                !self.rare_first.is_empty() && !self.rare_second.is_empty(),
            ),
            ("street names", self.street_weights.total() > 0.0),
            ("kinds of street", self.street_kind_weights.total() > 0.0),
            ("care home names", !self.care_homes.is_empty()),
        ];
        match lists.into_iter().find(|(_, there)| !there) {
            Some((what, _)) => Err(SettingError::Empty(what)),
            None => Ok(self),
        }
    }

    /// The origin of a household's names, as a position.
    pub(crate) fn origin(&self, random: &mut Random) -> usize {
        self.origin_shares.draw(random)
    }

    /// A surname of an origin.
    pub(crate) fn surname(&self, origin: usize, random: &mut Random) -> Surname {
        if origin == 0 && random.chance(RARE_SURNAMES) {
            return self.rare_surname(random);
        }
        let one = self.listed_surname(origin, random);
        if !random.chance(DOUBLE_SURNAMES) {
            return one;
        }
        let other = self.listed_surname(origin, random);
        Surname {
            male: format!("{}-{}", one.male, other.male),
            female: format!("{}-{}", one.female, other.female),
        }
    }

    fn listed_surname(&self, origin: usize, random: &mut Random) -> Surname {
        let listed = self.origins.get(origin).and_then(|origin| {
            let place = origin.weights.draw(random);
            origin.surnames.get(place).cloned()
        });
        listed.unwrap_or_else(|| self.rare_surname(random))
    }

    fn rare_surname(&self, random: &mut Random) -> Surname {
        let first = random.pick(&self.rare_first).map_or("", String::as_str);
        let second = random.pick(&self.rare_second).map_or("", String::as_str);
        let name = format!("{first}{second}");
        Surname {
            female: name.clone(),
            male: name,
        }
    }

    /// A first name of an origin, for a sex and a year of birth.
    pub(crate) fn first_name(
        &self,
        origin: usize,
        sex: Sex,
        born: i32,
        random: &mut Random,
    ) -> &str {
        let names = self
            .origins
            .get(origin)
            .or(self.origins.first())
            .map(|origin| match sex {
                Sex::Female => &origin.female,
                Sex::Male => &origin.male,
            });
        names
            .and_then(|names| names.draw(born, random))
            .unwrap_or("")
    }

    /// An invented street.
    pub(crate) fn street(&self, random: &mut Random) -> String {
        let first = self.street_first.get(self.street_weights.draw(random));
        let kind = self.street_kind.get(self.street_kind_weights.draw(random));
        format!(
            "{} {}",
            first.map_or("", String::as_str),
            kind.map_or("", String::as_str)
        )
    }

    /// An invented name of a care home.
    pub(crate) fn care_home(&self, random: &mut Random) -> &str {
        random.pick(&self.care_homes).map_or("", String::as_str)
    }
}

impl Origin {
    fn new(
        kind: &str,
        first: &[FirstNameRow],
        last: &[(String, f64, Surname)],
    ) -> Result<Self, SettingError> {
        let surnames = last.iter().filter(|(origin, ..)| origin == kind);
        let origin = Self {
            weights: Weighted::new(surnames.clone().map(|(_, weight, _)| *weight)),
            surnames: surnames.map(|(.., surname)| surname.clone()).collect(),
            female: FirstNames::new(kind, Sex::Female, first),
            male: FirstNames::new(kind, Sex::Male, first),
        };
        if origin.weights.total() <= 0.0 {
            return Err(SettingError::Empty("surnames of one origin"));
        }
        if origin.female.names.is_empty() || origin.male.names.is_empty() {
            return Err(SettingError::Empty("first names of one origin and sex"));
        }
        Ok(origin)
    }
}

struct FirstNameRow {
    name: String,
    sex: Sex,
    origin: String,
    peak: f64,
    spread: f64,
    weight: f64,
}

impl FirstNames {
    fn new(kind: &str, sex: Sex, rows: &[FirstNameRow]) -> Self {
        let own: Vec<_> = rows
            .iter()
            .filter(|row| row.origin == kind && row.sex == sex)
            .collect();
        let middles = (0_i32..)
            .take(DECADES)
            .map(|decade| FIRST_DECADE + 10 * decade + 5);
        let by_decade = middles
            .map(|year| Weighted::new(own.iter().map(|row| row.weight_in(f64::from(year)))))
            .collect();
        Self {
            names: own.iter().map(|row| row.name.clone()).collect(),
            by_decade,
        }
    }

    fn draw(&self, born: i32, random: &mut Random) -> Option<&str> {
        let decade = usize::try_from((born - FIRST_DECADE).max(0) / 10).unwrap_or(0);
        let weights = self.by_decade.get(decade).or(self.by_decade.last())?;
        self.names.get(weights.draw(random)).map(String::as_str)
    }
}

impl FirstNameRow {
    /// A bell around the peak, over a floor: no name is ever quite gone.
    fn weight_in(&self, year: f64) -> f64 {
        let distance = (year - self.peak) / self.spread;
        self.weight * ((-0.5 * distance * distance).exp() + 0.002)
    }
}

fn parse_first_names(text: &str) -> Result<Vec<FirstNameRow>, SettingError> {
    const TABLE: &str = "first names";
    let mut all = Vec::new();
    for (line, fields) in rows(text) {
        let [name, sex, origin, peak, spread, weight] = exactly(TABLE, line, fields)?;
        let sex = match sex {
            "F" => Sex::Female,
            "M" => Sex::Male,
            _ => return Err(wrong(TABLE, line, "sex is F or M")),
        };
        let spread = number(TABLE, line, spread)?;
        if spread < 1.0 {
            return Err(wrong(TABLE, line, "spread_years is 1 or more"));
        }
        all.push(FirstNameRow {
            name: name.to_owned(),
            sex,
            origin: origin.to_owned(),
            peak: number(TABLE, line, peak)?,
            spread,
            weight: number(TABLE, line, weight)?,
        });
    }
    Ok(all)
}

fn parse_surnames(text: &str) -> Result<Vec<(String, f64, Surname)>, SettingError> {
    const TABLE: &str = "surnames";
    let mut all = Vec::new();
    for (line, fields) in rows(text) {
        let [male, female, origin, weight] = exactly(TABLE, line, fields)?;
        let female = if female.is_empty() { male } else { female };
        let surname = Surname {
            male: male.to_owned(),
            female: female.to_owned(),
        };
        all.push((origin.to_owned(), number(TABLE, line, weight)?, surname));
    }
    Ok(all)
}

/// Line number and fields of each row after comments and heading.
fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let lines = text
        .lines()
        .enumerate()
        .map(|(place, line)| (place + 1, line.trim()));
    let used = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    used.skip(1)
        .map(|(line, text)| (line, text.split(',').map(str::trim).collect()))
}

fn exactly<'a, const N: usize>(
    table: &'static str,
    line: usize,
    fields: Vec<&'a str>,
) -> Result<[&'a str; N], SettingError> {
    fields.try_into().map_err(|_| {
        wrong(
            table,
            line,
            "the number of fields differs from the heading: add or remove a comma",
        )
    })
}

fn number(table: &'static str, line: usize, text: &str) -> Result<f64, SettingError> {
    let value = text
        .parse()
        .ok()
        .filter(|value: &f64| value.is_finite() && *value >= 0.0);
    value.ok_or_else(|| wrong(table, line, "a number, 0 or more, is wanted: correct it"))
}

fn wrong(table: &'static str, line: usize, reason: &'static str) -> SettingError {
    SettingError::Names {
        table,
        line,
        reason,
    }
}
