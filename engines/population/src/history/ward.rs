//! The wards of a stay, and its days without criteria to reside.

use jiff::civil::DateTime;

use crate::event::{DelayedDay, Detail, WardStay};
use crate::history::stay::{Drawn, PATHWAYS, by_pathway};
use crate::history::{Ending, History};
use crate::setting::{Hospital, Ward};

/// Reasons for delay by pathway 0 to 3, among those of the acute discharge situation report (NHS England, technical
/// specification of 30 April 2024).
const REASONS: [[&str; 4]; 4] = [
    [
        "Awaiting medicines to take home, discharge letter or other discharge documentation",
        "Awaiting formal decision to discharge (inc diagnostic test results)",
        "Awaiting patient transport services",
        "Patient /family/carer concerns over discharge readiness",
    ],
    [
        "Home-based rehabilitation, reablement or recovery services not yet available",
        "Home based rehabilitation, reablement or recovery service arrangements still underway",
        "Other home-based social care service not yet available",
        "Awaiting therapy review of need for supported discharge",
    ],
    [
        "Bed-based rehabilitation, reablement or recovery services not yet available",
        "Bed-based rehabilitation, reablement or recovery service arrangements still underway",
        "Awaiting referral to care transfer hub for supported discharge",
        "Awaiting confirmation of funding eligibility",
    ],
    [
        "Residential/nursing home care not yet available",
        "Residential/nursing home care arrangements still underway",
        "Awaiting determination of mental capacity",
        "Patient/family/carer choice discussions on package still underway",
    ],
];
/// Beds a ward has, for bed numbers.
const BEDS: i32 = 28;

impl History<'_> {
    /// An emergency patient of more than a night starts on the medical unit and moves to the specialty's ward the
    /// next day; others stay where they are.
    pub(super) fn ward_stays(
        &mut self,
        drawn: &Drawn,
        hospital: &Hospital,
        (admitted, discharged): (DateTime, Option<DateTime>),
    ) -> Vec<WardStay> {
        let Some(last) = self.ward_for(hospital, drawn.diagnosis.specialty) else {
            return Vec::new();
        };
        let move_day = drawn.from + 1;
        let first = if drawn.emergency {
            self.ward_for(hospital, "300")
        } else {
            None
        };
        let moves = move_day < drawn.ending.until() && move_day <= 0;
        let bed = self.random.between(1, BEDS);
        let stay = |ward: &Ward, bed, from, to| WardStay {
            ward: ward.code.clone(),
            bed,
            from,
            to,
        };
        match first {
            Some(first) if moves && first.code != last.code => {
                let change = self
                    .tables
                    .calendar
                    .moment(move_day, self.random.between(10 * 60, 19 * 60));
                let second = self.random.between(1, BEDS);
                vec![
                    stay(first, bed, admitted, Some(change)),
                    stay(last, second, change, discharged),
                ]
            }
            _ => vec![stay(last, bed, admitted, discharged)],
        }
    }

    /// A ward of the specialty; else a medical one; else any.
    fn ward_for<'h>(&mut self, hospital: &'h Hospital, specialty: &str) -> Option<&'h Ward> {
        let of = |wanted: &str| {
            hospital
                .wards
                .iter()
                .filter(|ward| ward.specialty == wanted)
                .collect::<Vec<_>>()
        };
        let mut wards = of(specialty);
        if wards.is_empty() {
            wards = of("300");
        }
        if wards.is_empty() {
            wards = hospital.wards.iter().collect();
        }
        self.random.pick(&wards).copied()
    }

    pub(super) fn write_delayed_days(
        &mut self,
        drawn: &Drawn,
        hospital: &Hospital,
        wards: &[WardStay],
        reference: &str,
    ) {
        let (Some(ready), Some(ward)) = (drawn.ready, wards.last()) else {
            return;
        };
        let Some(pathway) = PATHWAYS.get(drawn.pathway).copied() else {
            return;
        };
        let reasons = by_pathway(REASONS, drawn.pathway);
        let mut reason = self.random.pick(&reasons).copied().unwrap_or_default();
        for day in ready..drawn.ending.until().min(1) {
            if self.random.chance(0.12) {
                reason = self.random.pick(&reasons).copied().unwrap_or(reason);
            }
            let detail = DelayedDay {
                spell: reference.to_owned(),
                ward: ward.ward.clone(),
                pathway,
                reason,
            };
            self.write(
                (day, Ending::On(day)),
                None,
                None,
                Detail::DelayedDay(detail),
            );
            self.done_by(hospital.organisation);
        }
    }
}
