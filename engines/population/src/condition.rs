//! Long-term conditions and frailty.

use serde::Serialize;

use crate::age::ByAge;

/// A long-term condition: how common it is and how it is coded as a secondary diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Condition {
    /// A stable slug.
    pub code: &'static str,
    /// For people to read.
    pub label: &'static str,
    /// ICD-10 (World Health Organization), with its point.
    pub icd10: &'static str,
    /// Share of people who have it, by age band. Approximate, in the neighbourhood of the Quality and Outcomes
    /// Framework's registers; the split by age is an assumption for demonstration.
    pub prevalence: ByAge,
    /// By how much it multiplies emergency admissions: an assumption for demonstration.
    pub admission_ratio: f64,
}

const fn condition(
    code: &'static str,
    label: &'static str,
    icd10: &'static str,
    prevalence: [f64; 6],
    admission_ratio: f64,
) -> Condition {
    Condition {
        code,
        label,
        icd10,
        prevalence: ByAge(prevalence),
        admission_ratio,
    }
}

/// Every condition the generator knows. A person's are a set of these.
pub static CONDITIONS: [Condition; 14] = [
    condition(
        "dementia",
        "Dementia",
        "F03",
        [0.0, 0.0, 0.001, 0.015, 0.060, 0.190],
        1.25,
    ),
    condition(
        "copd",
        "Chronic obstructive pulmonary disease",
        "J44.9",
        [0.0, 0.001, 0.022, 0.065, 0.080, 0.070],
        1.30,
    ),
    condition(
        "heart-failure",
        "Heart failure",
        "I50.9",
        [0.0, 0.001, 0.006, 0.024, 0.065, 0.140],
        1.40,
    ),
    condition(
        "diabetes",
        "Diabetes mellitus",
        "E11.9",
        [0.002, 0.012, 0.075, 0.150, 0.170, 0.140],
        1.10,
    ),
    condition(
        "stroke",
        "Stroke or transient ischaemic attack",
        "I69.3",
        [0.0, 0.001, 0.012, 0.050, 0.100, 0.150],
        1.15,
    ),
    condition(
        "fragility-fracture",
        "Fragility fracture",
        "M80.9",
        [0.0, 0.0, 0.004, 0.018, 0.045, 0.100],
        1.15,
    ),
    condition(
        "hypertension",
        "Hypertension",
        "I10",
        [0.0, 0.020, 0.180, 0.420, 0.540, 0.560],
        1.0,
    ),
    condition(
        "atrial-fibrillation",
        "Atrial fibrillation",
        "I48.9",
        [0.0, 0.001, 0.012, 0.055, 0.120, 0.190],
        1.10,
    ),
    condition(
        "coronary-heart-disease",
        "Coronary heart disease",
        "I25.9",
        [0.0, 0.001, 0.025, 0.090, 0.150, 0.180],
        1.10,
    ),
    condition(
        "chronic-kidney-disease",
        "Chronic kidney disease",
        "N18.3",
        [0.0, 0.003, 0.020, 0.090, 0.200, 0.320],
        1.10,
    ),
    condition(
        "cancer",
        "Cancer",
        "C80.9",
        [0.001, 0.006, 0.035, 0.095, 0.130, 0.130],
        1.20,
    ),
    condition(
        "asthma",
        "Asthma",
        "J45.9",
        [0.050, 0.070, 0.070, 0.070, 0.060, 0.040],
        1.10,
    ),
    condition(
        "depression",
        "Depression",
        "F32.9",
        [0.005, 0.130, 0.150, 0.090, 0.080, 0.080],
        1.10,
    ),
    condition(
        "learning-disability",
        "Learning disability",
        "F79",
        [0.006, 0.006, 0.005, 0.003, 0.001, 0.0],
        1.20,
    ),
];

/// A set of conditions, a bit for each place in [`CONDITIONS`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Conditions(u32);

impl Conditions {
    pub(crate) fn add(&mut self, place: usize) {
        self.0 |= u32::try_from(place)
            .ok()
            .and_then(|bit| 1_u32.checked_shl(bit))
            .unwrap_or(0);
    }

    pub(crate) fn each(self) -> impl Iterator<Item = &'static Condition> {
        let Self(set) = self;
        CONDITIONS
            .iter()
            .enumerate()
            .filter(move |(place, _)| set >> place & 1 == 1)
            .map(|(_, condition)| condition)
    }

    pub(crate) fn has(self, code: &str) -> bool {
        self.each().any(|condition| condition.code == code)
    }
}

/// How frail a person is, in the bands of the electronic frailty index (Clegg and others, 2016).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Frailty {
    /// Few deficits.
    Fit,
    /// Slowing up.
    Mild,
    /// Difficulty with outside activities.
    Moderate,
    /// Often dependent for personal care.
    Severe,
}

impl Frailty {
    /// `fit`, `mild`, `moderate` or `severe`.
    pub fn as_str(self) -> &'static str {
        self.of(["fit", "mild", "moderate", "severe"])
    }

    /// The one of four values that belongs to this band.
    pub(crate) fn of<T>(self, [fit, mild, moderate, severe]: [T; 4]) -> T {
        match self {
            Self::Fit => fit,
            Self::Mild => mild,
            Self::Moderate => moderate,
            Self::Severe => severe,
        }
    }
}
