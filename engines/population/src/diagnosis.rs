//! Why people are in hospital: a small table of ICD-10 codes with the specialty that treats them.
//!
//! Codes are ICD-10 (World Health Organization) with their point; specialties are treatment function codes of the NHS
//! Data Model and Dictionary. Weights and factors are assumptions for demonstration.

use serde::Serialize;

use crate::age::ByAge;

/// A reason for admission.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Diagnosis {
    /// ICD-10, with its point.
    pub icd10: &'static str,
    /// For people to read.
    pub label: &'static str,
    /// Treatment function code.
    pub specialty: &'static str,
    /// Whether the admission is an emergency; otherwise elective.
    pub emergency: bool,
    /// How often, among admissions of its kind, by age band.
    pub weight: ByAge,
    /// The condition that makes it eight times as likely; those without it have it a quarter as often.
    pub condition: Option<&'static str>,
    /// Factor on the nights needed.
    pub nights: f64,
}

const fn urgent(
    icd10: &'static str,
    label: &'static str,
    specialty: &'static str,
    weight: [f64; 6],
    nights: f64,
) -> Diagnosis {
    Diagnosis {
        icd10,
        label,
        specialty,
        emergency: true,
        weight: ByAge(weight),
        condition: None,
        nights,
    }
}

const fn planned(
    icd10: &'static str,
    label: &'static str,
    specialty: &'static str,
    weight: [f64; 6],
) -> Diagnosis {
    Diagnosis {
        icd10,
        label,
        specialty,
        emergency: false,
        weight: ByAge(weight),
        condition: None,
        nights: 1.0,
    }
}

const fn with(condition: &'static str, diagnosis: Diagnosis) -> Diagnosis {
    Diagnosis {
        condition: Some(condition),
        ..diagnosis
    }
}

/// Every reason for admission the generator knows.
pub static DIAGNOSES: [Diagnosis; 46] = [
    urgent(
        "J21.9",
        "Acute bronchiolitis",
        "420",
        [9.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        1.2,
    ),
    urgent(
        "J06.9",
        "Acute upper respiratory infection",
        "420",
        [9.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        0.6,
    ),
    urgent(
        "B34.9",
        "Viral infection",
        "420",
        [10.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        0.6,
    ),
    urgent(
        "R56.0",
        "Febrile convulsions",
        "420",
        [3.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        0.7,
    ),
    urgent(
        "S52.5",
        "Fracture of lower end of radius",
        "110",
        [4.0, 2.0, 3.0, 3.0, 3.0, 2.0],
        0.6,
    ),
    urgent(
        "K35.8",
        "Acute appendicitis",
        "100",
        [4.0, 5.0, 3.0, 1.0, 0.5, 0.2],
        1.0,
    ),
    urgent(
        "R10.4",
        "Abdominal pain",
        "100",
        [5.0, 12.0, 10.0, 5.0, 4.0, 2.0],
        0.5,
    ),
    urgent(
        "K80.0",
        "Gallstones with acute cholecystitis",
        "100",
        [0.0, 3.0, 4.0, 3.0, 2.0, 1.0],
        1.2,
    ),
    urgent(
        "K56.6",
        "Intestinal obstruction",
        "100",
        [0.2, 0.5, 1.5, 2.0, 2.0, 2.0],
        1.6,
    ),
    urgent(
        "R07.4",
        "Chest pain",
        "300",
        [1.0, 9.0, 14.0, 9.0, 6.0, 3.0],
        0.4,
    ),
    urgent(
        "R55",
        "Syncope and collapse",
        "300",
        [1.0, 3.0, 3.0, 4.0, 5.0, 4.0],
        0.6,
    ),
    urgent(
        "A41.9",
        "Sepsis",
        "300",
        [1.0, 2.0, 4.0, 7.0, 8.0, 8.0],
        1.7,
    ),
    urgent(
        "L03.1",
        "Cellulitis of limb",
        "300",
        [1.0, 3.0, 4.0, 4.0, 4.0, 4.0],
        1.0,
    ),
    urgent(
        "N39.0",
        "Urinary tract infection",
        "430",
        [0.0, 0.0, 0.0, 5.0, 9.0, 12.0],
        1.1,
    ),
    urgent(
        "N10",
        "Acute pyelonephritis",
        "300",
        [2.0, 4.0, 3.0, 0.0, 0.0, 0.0],
        0.9,
    ),
    urgent(
        "N17.9",
        "Acute kidney failure",
        "300",
        [0.1, 0.8, 2.0, 4.0, 5.0, 5.0],
        1.4,
    ),
    urgent(
        "A09.9",
        "Gastroenteritis",
        "300",
        [5.0, 3.0, 3.0, 3.0, 3.0, 3.0],
        0.7,
    ),
    urgent(
        "F10.0",
        "Acute alcohol intoxication",
        "300",
        [0.3, 4.0, 4.0, 1.0, 0.3, 0.1],
        0.4,
    ),
    urgent(
        "J18.1",
        "Lobar pneumonia",
        "340",
        [2.0, 3.0, 6.0, 9.0, 11.0, 13.0],
        1.4,
    ),
    urgent(
        "I26.9",
        "Pulmonary embolism",
        "340",
        [0.0, 1.5, 2.5, 3.0, 2.5, 1.5],
        0.9,
    ),
    with(
        "copd",
        urgent(
            "J44.0",
            "Chronic obstructive pulmonary disease with infection",
            "340",
            [0.0, 0.3, 4.0, 9.0, 7.0, 4.0],
            1.1,
        ),
    ),
    with(
        "copd",
        urgent(
            "J44.1",
            "Chronic obstructive pulmonary disease with exacerbation",
            "340",
            [0.0, 0.2, 3.0, 6.0, 5.0, 3.0],
            1.0,
        ),
    ),
    with(
        "asthma",
        urgent(
            "J45.9",
            "Asthma",
            "340",
            [3.0, 2.0, 1.5, 1.0, 0.7, 0.4],
            0.7,
        ),
    ),
    with(
        "heart-failure",
        urgent(
            "I50.0",
            "Congestive heart failure",
            "320",
            [0.0, 0.2, 2.0, 5.0, 8.0, 10.0],
            1.6,
        ),
    ),
    with(
        "coronary-heart-disease",
        urgent(
            "I21.9",
            "Acute myocardial infarction",
            "320",
            [0.0, 0.7, 5.0, 5.0, 4.0, 3.0],
            1.0,
        ),
    ),
    with(
        "atrial-fibrillation",
        urgent(
            "I48.9",
            "Atrial fibrillation",
            "320",
            [0.0, 0.5, 2.0, 4.0, 4.0, 3.0],
            0.7,
        ),
    ),
    with(
        "diabetes",
        urgent(
            "E11.6",
            "Diabetes mellitus with complications",
            "300",
            [0.2, 1.0, 2.0, 2.0, 2.0, 1.0],
            1.2,
        ),
    ),
    with(
        "stroke",
        urgent(
            "I63.9",
            "Cerebral infarction",
            "328",
            [0.0, 0.5, 3.0, 6.0, 8.0, 8.0],
            2.0,
        ),
    ),
    with(
        "stroke",
        urgent(
            "G45.9",
            "Transient ischaemic attack",
            "328",
            [0.0, 0.2, 1.0, 2.0, 2.0, 2.0],
            0.4,
        ),
    ),
    with(
        "fragility-fracture",
        urgent(
            "S72.0",
            "Fracture of neck of femur",
            "110",
            [0.0, 0.1, 0.8, 3.0, 7.0, 12.0],
            2.3,
        ),
    ),
    with(
        "fragility-fracture",
        urgent(
            "S32.0",
            "Fracture of lumbar vertebra",
            "110",
            [0.1, 0.4, 1.0, 1.5, 2.5, 3.0],
            1.7,
        ),
    ),
    urgent(
        "R29.6",
        "Tendency to fall",
        "430",
        [0.0, 0.0, 0.0, 3.0, 8.0, 13.0],
        1.3,
    ),
    with(
        "dementia",
        urgent(
            "F05.1",
            "Delirium superimposed on dementia",
            "430",
            [0.0, 0.0, 0.1, 1.5, 4.0, 6.0],
            1.8,
        ),
    ),
    with(
        "dementia",
        urgent(
            "G30.9",
            "Alzheimer's disease",
            "430",
            [0.0, 0.0, 0.1, 0.5, 1.5, 2.0],
            2.2,
        ),
    ),
    with(
        "chronic-kidney-disease",
        urgent(
            "N18.4",
            "Chronic kidney disease, stage 4",
            "300",
            [0.0, 0.2, 0.5, 1.0, 1.5, 1.5],
            1.2,
        ),
    ),
    with(
        "depression",
        urgent(
            "F32.2",
            "Severe depressive episode",
            "300",
            [0.2, 1.0, 1.0, 0.4, 0.2, 0.1],
            1.0,
        ),
    ),
    planned(
        "H25.9",
        "Senile cataract",
        "100",
        [0.0, 0.0, 3.0, 15.0, 25.0, 30.0],
    ),
    planned(
        "M17.1",
        "Arthrosis of knee",
        "110",
        [0.0, 0.3, 6.0, 10.0, 9.0, 4.0],
    ),
    planned(
        "M16.1",
        "Arthrosis of hip",
        "110",
        [0.0, 0.3, 5.0, 8.0, 8.0, 5.0],
    ),
    planned(
        "K40.9",
        "Inguinal hernia",
        "100",
        [2.0, 4.0, 6.0, 6.0, 4.0, 2.0],
    ),
    planned("K80.2", "Gallstones", "100", [0.2, 5.0, 6.0, 4.0, 2.0, 1.0]),
    planned(
        "K21.9",
        "Gastro-oesophageal reflux",
        "300",
        [0.5, 8.0, 12.0, 9.0, 6.0, 3.0],
    ),
    planned(
        "K63.5",
        "Polyp of colon",
        "100",
        [0.0, 2.0, 14.0, 14.0, 8.0, 2.0],
    ),
    planned(
        "D50.9",
        "Iron deficiency anaemia",
        "300",
        [0.5, 4.0, 6.0, 7.0, 9.0, 8.0],
    ),
    planned(
        "J35.0",
        "Chronic tonsillitis",
        "420",
        [12.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    ),
    with(
        "cancer",
        planned(
            "Z51.1",
            "Chemotherapy session",
            "300",
            [1.0, 3.0, 14.0, 18.0, 14.0, 4.0],
        ),
    ),
];
