//! Which stays are alike.
//!
//! A stay is known by how somebody was admitted, their age, the specialty, how frail they are where that was recorded, and
//! how often they had been admitted in the year before. The system asks groups of stays in this order, the most alike
//! first, and takes the first in which enough have ended:
//!
//! 1. method, age, specialty, frailty and history;
//! 2. method, age, specialty and history;
//! 3. method, age and specialty;
//! 4. method and age;
//! 5. method.
//!
//! A group of which something is not known about the stay is left out: nobody counts as fit because nobody has looked.
//! There is no group of all stays: how long somebody stays who came for a planned operation says nothing of an emergency.

use stour_kernel::{Code, Date};

use super::setting::{Of, Settings};
use crate::error::{FlowError, reference};
use crate::shown;

/// What is known of a stay when it is estimated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Case {
    /// The day of admission.
    pub(super) admitted: Date,
    /// Age at admission.
    pub(super) age: Option<u8>,
    /// A group of the list `admission-method`.
    pub(super) method: Option<String>,
    /// A code of the list `treatment-specialty`.
    pub(super) specialty: Option<String>,
    /// A level of the Clinical Frailty Scale.
    pub(super) frailty: Option<u8>,
    /// How many admissions there were in the year before.
    pub(super) earlier: u32,
}

/// What groups are made by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Method,
    Age,
    Specialty,
    Frailty,
    History,
}

use Part::{Age, Frailty, History, Method, Specialty};

/// The groups that are asked, the most alike first.
const ORDER: [&[Part]; 5] = [
    &[Method, Age, Specialty, Frailty, History],
    &[Method, Age, Specialty, History],
    &[Method, Age, Specialty],
    &[Method, Age],
    &[Method],
];

/// That order in words, for the page of how near estimates came.
pub(super) const ORDER_WORDS: [&str; 5] = [
    "how they were admitted, age, specialty, frailty where it is recorded, and admissions in the 12 months before",
    "how they were admitted, age, specialty, and admissions in the 12 months before",
    "how they were admitted, age and specialty",
    "how they were admitted and age",
    "how they were admitted",
];

impl Part {
    const ALL: [Self; 5] = [Method, Age, Specialty, Frailty, History];

    const fn name(self) -> &'static str {
        match self {
            Method => "method",
            Age => "age",
            Specialty => "specialty",
            Frailty => "frailty",
            History => "history",
        }
    }
}

impl Case {
    /// The names of the groups that the stay belongs to by the bands of a day, the most alike first; none where no setting
    /// holds on it.
    pub(super) fn cells(&self, settings: &Settings, day: Date) -> Vec<String> {
        let Some(setting) = settings.at(day) else {
            return Vec::new();
        };
        let band = |of, number: u32| {
            let band = settings.band(of, number, day)?;
            Some(band.id.clone())
        };
        let of = |part: Part| match part {
            Method => self.method.clone(),
            Age => band(Of::Age, u32::from(self.age?)),
            Specialty => self.specialty.clone(),
            Frailty => {
                self.age.filter(|age| *age >= setting.frailty_from_age)?;
                band(Of::Frailty, u32::from(self.frailty?))
            }
            History => band(Of::History, self.earlier),
        };
        let name = |parts: &&[Part]| {
            let words = parts
                .iter()
                .map(|part| Some(format!("{}={}", part.name(), of(*part)?)));
            Some(words.collect::<Option<Vec<String>>>()?.join(";"))
        };
        ORDER.iter().filter_map(name).collect()
    }
}

/// The group of an admission method: `emergency`, `elective`, `maternity` or `other`.
pub(super) fn method_group(code: Option<&str>, on: Date) -> Result<Option<String>, FlowError> {
    let list = reference()?.code_list("admission-method");
    let code = code.and_then(|code| code.parse::<Code>().ok());
    let group = list
        .zip(code)
        .and_then(|(list, code)| list.group_at(&code, on));
    Ok(group.map(str::to_owned))
}

/// A group in words: `emergency admission, aged 75 to 84, Geriatric medicine`.
pub(super) fn words(cell: &str, settings: &Settings) -> String {
    let part = |text: &str| {
        let (name, value) = text.split_once('=')?;
        let part = Part::ALL.into_iter().find(|part| part.name() == name)?;
        let label = |of| settings.label(of, value).unwrap_or(value).to_owned();
        Some(match part {
            Method => format!("{value} admission"),
            Age => label(Of::Age),
            Specialty => shown::label("treatment-specialty", value),
            Frailty => label(Of::Frailty),
            History => label(Of::History),
        })
    };
    let parts: Vec<String> = cell.split(';').filter_map(part).collect();
    parts.join(", ")
}
