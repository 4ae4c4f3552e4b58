//! What facts are said in: each combination of kind, organisation and codes once, with a number.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::columns::index;

/// What a fact is, apart from whom it is about, when and how much: many facts share one.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Description {
    /// The kind of fact: `spell`.
    pub kind: String,
    /// The organisation that did it.
    pub organisation: String,
    /// Its codes by the name of the field: `admission_method` is `21`. What is not known has no entry.
    pub fields: BTreeMap<String, String>,
}

impl Description {
    /// The code of a field; empty where it is not known.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// Where a fact belongs, as it was at the time; empty where it is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) council: String,
    pub(crate) locality: String,
}

/// Everything that facts have said so far, numbered in the order in which it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Vocabulary {
    descriptions: Numbered<Description>,
    places: Numbered<Place>,
    areas: Numbered<String>,
}

impl Vocabulary {
    /// The number of a description, which is given one if it is new.
    pub fn description(&mut self, description: Description) -> u32 {
        self.descriptions.number(description)
    }

    /// The number of a council and locality together.
    pub fn place(&mut self, council: &str, locality: &str) -> u32 {
        self.places.number(Place {
            council: council.to_owned(),
            locality: locality.to_owned(),
        })
    }

    /// The number of a small area: a person's lower-layer super output area, empty where it is not known.
    pub fn area(&mut self, area: &str) -> u32 {
        self.areas.number(area.to_owned())
    }

    /// Which of two descriptions comes first by what they say. Of two numbers the less is first where neither was given.
    pub(crate) fn order(&self, one: u32, other: u32) -> Ordering {
        self.descriptions.order(one, other)
    }

    /// The same of two places.
    pub(crate) fn order_of_places(&self, one: u32, other: u32) -> Ordering {
        self.places.order(one, other)
    }

    /// How many numbers have been given: as many as before means that nothing new was said.
    pub const fn len(&self) -> usize {
        self.descriptions.all.len() + self.places.all.len() + self.areas.all.len()
    }

    /// Whether nothing has been said.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every description, in the order of their numbers.
    pub fn descriptions(&self) -> &[Description] {
        &self.descriptions.all
    }

    /// Every council and locality, in the order of their numbers.
    pub fn places(&self) -> impl Iterator<Item = (&str, &str)> {
        let places = self.places.all.iter();
        places.map(|place| (place.council.as_str(), place.locality.as_str()))
    }

    /// Every small area, in the order of their numbers.
    pub fn areas(&self) -> &[String] {
        &self.areas.all
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(
    from = "Vec<T>",
    into = "Vec<T>",
    bound(
        deserialize = "T: Clone + Eq + std::hash::Hash + Deserialize<'de>",
        serialize = "T: Clone + Serialize"
    )
)]
struct Numbered<T> {
    all: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T: Clone + Eq + std::hash::Hash> From<Vec<T>> for Numbered<T> {
    fn from(all: Vec<T>) -> Self {
        let mut numbered = Self::default();
        for value in all {
            numbered.number(value);
        }
        numbered
    }
}

impl<T> From<Numbered<T>> for Vec<T> {
    fn from(numbered: Numbered<T>) -> Self {
        numbered.all
    }
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            numbers: HashMap::new(),
        }
    }
}

impl<T: Ord> Numbered<T> {
    fn order(&self, one: u32, other: u32) -> Ordering {
        if one == other {
            return Ordering::Equal;
        }
        let said = |number| self.all.get(index(number));
        said(one).cmp(&said(other)).then(one.cmp(&other))
    }
}

impl<T: Clone + Eq + std::hash::Hash> Numbered<T> {
    fn number(&mut self, value: T) -> u32 {
        if let Some(number) = self.numbers.get(&value) {
            return *number;
        }
        // Four thousand million different ones do not fit in memory.
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(value.clone());
        self.numbers.insert(value, number);
        number
    }
}
