//! Every rate the generator uses, in one table: name, value, unit, and where it comes from.
//!
//! "Assumption for demonstration" means that no source was read; such a value is plausible, no more. Rates are
//! conditions the generator draws under, stated so that a test or an indicator can measure them back.

use serde::Serialize;

use crate::age::ByAge;
use crate::condition::Frailty;

/// One row of the table of rates, for showing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// The field of [`Rates`].
    pub name: &'static str,
    /// The value in use; several are by age band, youngest first.
    pub value: String,
    /// What the value counts.
    pub unit: &'static str,
    /// Who published it, or "assumption for demonstration".
    pub source: &'static str,
}

const ASSUMED: &str = "assumption for demonstration";

/// The chance of death in a span of years is held below this, so that the oldest ages stay populated.
const MOST_MORTAL: f64 = 0.8;

macro_rules! rates {
    ($( $(#[doc = $doc:literal])* $name:ident: $type:ty = $value:expr, $unit:literal, $source:expr; )*) => {
        /// What happens to people, how often and for how long. `Default` gives the documented values.
        /// Units are in each description and in [`Rates::table`].
        #[derive(Debug, Clone, PartialEq, Serialize)]
        pub struct Rates {
            $( $(#[doc = $doc])* #[doc = concat!(" Unit: ", $unit, ".")] pub $name: $type, )*
        }

        impl Default for Rates {
            fn default() -> Self {
                Self { $( $name: $value, )* }
            }
        }

        impl Rates {
            /// The whole table, in order, with units and sources.
            pub fn table(&self) -> Vec<Rate> {
                vec![ $( Rate {
                    name: stringify!($name),
                    value: format!("{:?}", self.$name),
                    unit: $unit,
                    source: $source,
                }, )* ]
            }
        }
    };
}

rates! {
    /// How far back histories go.
    history_days: i32 = 1_096, "days before today", ASSUMED;
    /// Share of women and girls, for areas whose age table has no sex.
    female_share: ByAge = ByAge([0.488, 0.500, 0.507, 0.520, 0.540, 0.610]), "share of people by age band",
        "ONS mid-2023 estimates for England, rounded";

    /// Yearly chance of death at age 65 (Gompertz).
    mortality_at_65: f64 = 0.0082, "deaths a person-year", ASSUMED;
    /// By how much the yearly chance of death grows with each year of age, as a power of e.
    mortality_growth: f64 = 0.105, "a year of age", ASSUMED;
    /// Share of deaths in hospital, among those not already there and not within 91 days of going home with reablement.
    deaths_in_hospital: f64 = 0.43, "share of deaths", ASSUMED;

    /// Share living in a care home. Also the share of those who died that had moved to one.
    care_home_share: ByAge = ByAge([0.0, 0.0, 0.001, 0.006, 0.030, 0.130]), "share of people by age band",
        ASSUMED;
    /// Care-home residents for whom one home has room.
    care_home_size: f64 = 32.0, "people a home", ASSUMED;
    /// Share of care-home residents whose place the council pays for; the rest pay themselves.
    care_home_council_funded: f64 = 0.45, "share of residents", ASSUMED;
    /// Share of care-home places with nursing.
    care_home_nursing: f64 = 0.35, "share of places", ASSUMED;
    /// How long ago residents moved in.
    care_home_years: f64 = 1.9, "mean years", ASSUMED;
    /// Share of children living with two adults as parents.
    two_parents: f64 = 0.78, "share of families", ASSUMED;
    /// Share of adults not in a family with children who are one of a couple.
    coupled: ByAge = ByAge([0.0, 0.45, 0.62, 0.68, 0.55, 0.30]), "share of adults by age band", ASSUMED;
    /// Share of couples of the same sex.
    same_sex_couples: f64 = 0.02, "share of couples", ASSUMED;
    /// Share of couples with one surname.
    shared_surname: f64 = 0.80, "share of couples", ASSUMED;
    /// Share of pairs of siblings who are twins.
    twins: f64 = 0.02, "share of families with two or more children", ASSUMED;
    /// Share of people with a middle name.
    middle_name: f64 = 0.70, "share of people", ASSUMED;
    /// Share of adults with a telephone number on the record.
    telephone: f64 = 0.75, "share of adults", ASSUMED;

    /// Unpaid carers. The product with the age structure is 11% of everyone.
    carers: ByAge = ByAge([0.012, 0.070, 0.170, 0.165, 0.120, 0.060]), "share of people by age band",
        "2011 Census: 11% of the people of Bournemouth, Dorset and Poole provide unpaid care; split by age assumed";
    /// Share of records held as restricted.
    restricted: f64 = 0.001, "share of people", ASSUMED;
    /// Share who object to their record being shared.
    objection: f64 = 0.010, "share of people", ASSUMED;
    /// Share with mild frailty.
    frailty_mild: ByAge = ByAge([0.0, 0.01, 0.08, 0.27, 0.40, 0.38]), "share of people by age band",
        "Clegg and others, Age and Ageing 2016: 35% of people of 65 and over; split by age assumed";
    /// Share with moderate frailty.
    frailty_moderate: ByAge = ByAge([0.0, 0.0, 0.015, 0.065, 0.160, 0.270]), "share of people by age band",
        "Clegg and others, Age and Ageing 2016: 12% of people of 65 and over; split by age assumed";
    /// Share with severe frailty.
    frailty_severe: ByAge = ByAge([0.0, 0.0, 0.002, 0.012, 0.045, 0.120]), "share of people by age band",
        "Clegg and others, Age and Ageing 2016: 3% of people of 65 and over; split by age assumed";
    /// How much more often things happen at each frailty: fit, mild, moderate, severe.
    frailty_ratio: [f64; 4] = [0.75, 1.1, 1.8, 2.6], "ratio of rates", ASSUMED;
    /// How much one decile of deprivation changes the rates of attendance, admission and request: decile 1 (the
    /// most deprived tenth) is 1 + 4.5 times this, decile 10 is 1 - 4.5 times this.
    deprivation_slope: f64 = 0.045, "ratio a decile", ASSUMED;

    /// Emergency admissions of people neither frail nor deprived (ratio 1).
    emergency_admissions: ByAge = ByAge([0.050, 0.066, 0.083, 0.127, 0.197, 0.300]),
        "admissions a person-year by age band", ASSUMED;
    /// Elective admissions of people neither frail nor deprived.
    elective_admissions: ByAge = ByAge([0.015, 0.035, 0.085, 0.140, 0.150, 0.080]),
        "admissions a person-year by age band", ASSUMED;
    /// Share of emergency admissions that come through an emergency department (method 21); the rest come from a
    /// general practitioner (22).
    through_emergency_department: f64 = 0.80, "share of emergency admissions", ASSUMED;
    /// Share of emergency admissions that end the same day.
    emergency_same_day: ByAge = ByAge([0.50, 0.45, 0.38, 0.28, 0.22, 0.18]), "share of admissions", ASSUMED;
    /// Share of elective admissions that end the same day.
    elective_same_day: f64 = 0.84, "share of admissions", ASSUMED;
    /// Median nights an emergency patient who stays needs hospital care; the diagnosis adds its own factor.
    emergency_nights: ByAge = ByAge([1.0, 1.2, 1.6, 2.3, 2.8, 3.3]), "median nights", ASSUMED;
    /// Spread of those nights.
    nights_spread: f64 = 0.85, "standard deviation of the logarithm", ASSUMED;
    /// Ways home of people of 65 and over (or moderately or severely frail adults) after an emergency stay of a
    /// night or more, from home: pathways 0, 1, 2 and 3.
    pathways: [f64; 4] = [0.720, 0.195, 0.052, 0.033], "share of discharges", ASSUMED;
    /// Share of such discharges, and of other stays, with days without criteria to reside, by pathway.
    delayed: [f64; 4] = [0.32, 0.85, 0.90, 0.95], "share of discharges by pathway", ASSUMED;
    /// Mean days without criteria to reside of those delayed, by pathway.
    delay_days: [f64; 4] = [3.0, 9.7, 15.0, 20.0], "mean days by pathway",
        "9.7 days: wait to leave hospital with a care package, FutureCare baseline, BCP Council; the rest assumed";

    /// Share of pathway 1 discharges into reablement; the rest go home with home care.
    pathway_1_reablement: f64 = 0.60, "share of pathway 1 discharges", ASSUMED;
    /// Half the range of days a reablement service lasts around 42.
    reablement_spread_days: i32 = 7, "days either side of 42", "six weeks: Care Act 2014 regulations; spread assumed";
    /// Chance that someone of 65 or over discharged into reablement is still at home 91 days later: alive, not in
    /// hospital and not in a care home. Exact by construction, whatever the other rates are.
    still_at_home_65: f64 = 0.82, "share of discharges into reablement", ASSUMED;
    /// The same for people under 65.
    still_at_home_under_65: f64 = 0.90, "share of discharges into reablement", ASSUMED;
    /// What became of those not at home after 91 days: died, in a care home, in hospital.
    not_at_home: [f64; 3] = [0.35, 0.40, 0.25], "share", ASSUMED;
    /// How reablement ends for those who stay at home: independent, lower-level support, long-term support at home,
    /// declined.
    reablement_outcomes: [f64; 4] = [0.64, 0.08, 0.24, 0.04], "share", ASSUMED;
    /// How long home care lasts unless death or a care home ends it.
    home_care_years: f64 = 2.6, "mean years", ASSUMED;
    /// Hours of home care a week: least and most.
    home_care_hours: [i32; 2] = [5, 21], "hours a week", ASSUMED;
    /// Days in a bed for recovery after a pathway 2 discharge.
    recovery_bed_days: f64 = 33.3, "mean days",
        "FutureCare: length of stay in a community hospital or short-stay care home bed, BCP Council";
    /// Share already with home care when the history starts, by frailty.
    home_care_before: [f64; 4] = [0.002, 0.02, 0.10, 0.22], "share of people of 65 and over at home", ASSUMED;

    /// Requests for support from the community (not from hospital) of people neither frail nor deprived.
    requests: ByAge = ByAge([0.0, 0.008, 0.015, 0.035, 0.085, 0.190]), "requests a person-year by age band", ASSUMED;
    /// What comes of them: information or advice, NHS services, reablement, assessment, declined, no services.
    request_outcomes: [f64; 6] = [0.46, 0.08, 0.11, 0.24, 0.04, 0.07], "share", ASSUMED;
    /// How requests arrive: telephone, web, email, face to face, professional.
    request_channels: [f64; 5] = [0.52, 0.15, 0.06, 0.04, 0.23], "share", ASSUMED;
    /// What comes of a long-term assessment: long-term support, own money, information, declined.
    assessment_outcomes: [f64; 4] = [0.55, 0.15, 0.25, 0.05], "share", ASSUMED;
    /// Carers' assessments.
    carer_assessments: f64 = 0.04, "assessments a carer-year", ASSUMED;
    /// Days between reviews of long-term support, half the range of which is 60.
    review_days: i32 = 365, "days", ASSUMED;
    /// What comes of a review: continues, planning of more or less support.
    review_continues: f64 = 0.82, "share of reviews", ASSUMED;

    /// Attendances at an emergency department that do not end in admission, at ratio 1.
    attendances: ByAge = ByAge([0.56, 0.54, 0.42, 0.40, 0.49, 0.60]), "attendances a person-year by age band", ASSUMED;
    /// Median minutes in the department; admitted people stay 1.6 times as long.
    attendance_minutes: f64 = 165.0, "median minutes", ASSUMED;
    /// Chance that a person whose long-term support or reablement is known answers a survey.
    survey: f64 = 0.10, "answers a year of support", ASSUMED;
    /// Share of answers that are positive (the top two of five).
    survey_positive: f64 = 0.68, "share of answers", ASSUMED;
    /// Share of pathway 1 to 3 discharges and of new home care that need equipment.
    equipment: f64 = 0.35, "share", ASSUMED;

    /// Cost of an attendance.
    cost_attendance: i64 = 22_000, "pence", ASSUMED;
    /// Cost of an admission, besides its nights.
    cost_admission: i64 = 95_000, "pence", ASSUMED;
    /// Cost of a night in hospital.
    cost_night: i64 = 39_500, "pence", ASSUMED;
    /// Cost of dealing with a request.
    cost_request: i64 = 2_600, "pence", ASSUMED;
    /// Cost of an assessment.
    cost_assessment: i64 = 34_000, "pence", ASSUMED;
    /// Cost of a review.
    cost_review: i64 = 19_000, "pence", ASSUMED;
    /// Cost of a week of reablement.
    cost_reablement_week: i64 = 41_000, "pence", ASSUMED;
    /// Cost of an hour of home care.
    cost_home_care_hour: i64 = 2_650, "pence", ASSUMED;
    /// Cost of a week in a residential home.
    cost_residential_week: i64 = 98_000, "pence", ASSUMED;
    /// Cost of a week in a nursing home.
    cost_nursing_week: i64 = 118_000, "pence", ASSUMED;
    /// Cost of a week in a recovery bed.
    cost_recovery_week: i64 = 112_000, "pence", ASSUMED;
    /// Cost of a piece of equipment: least and most.
    cost_equipment: [i32; 2] = [3_500, 48_000], "pence", ASSUMED;
}

impl Rates {
    /// The chance that someone who is, or would now be, of this age died within the history.
    pub(crate) fn death_within_history(&self, age: i32) -> f64 {
        let yearly = self.mortality_at_65 * (self.mortality_growth * f64::from(age - 65)).exp();
        let years = f64::from(self.history_days) / 365.25;
        (1.0 - (-yearly * years).exp()).min(MOST_MORTAL)
    }

    /// How much more often than the table says things happen to a person of this frailty in an area of this decile
    /// of deprivation (1 is the most deprived tenth).
    pub fn ratio(&self, frailty: Frailty, imd_decile: u8) -> f64 {
        frailty.of(self.frailty_ratio)
            * (1.0 + self.deprivation_slope * (5.5 - f64::from(imd_decile)))
    }
}
