//! Visits to an emergency department.

use crate::calendar::Day;
use crate::event::{Attendance, Detail};
use crate::history::{Ending, History};
use crate::random::whole;
use crate::setting::Hospital;

/// Spread of the minutes in a department: the standard deviation of the logarithm, an assumption for demonstration.
const SPREAD: f64 = 0.55;
/// Those admitted stay longer: an assumption for demonstration.
const ADMITTED_FACTOR: f64 = 1.6;

/// An arrival that will lead to an admission.
pub(super) struct Arrival {
    day: Day,
    minute: i32,
    minutes: i32,
}

impl History<'_> {
    /// Visits that don't end in admission.
    pub(super) fn attendances(&mut self) {
        let tables = self.tables;
        let rate = tables.rates.attendances.at(self.band) * self.ratio;
        let visits = self.random.poisson(rate * self.years());
        for _ in 0..visits {
            let day = self.any_day();
            let hospital = self.subject.council.hospitals.draw(&mut self.random);
            let Some(hospital) = tables.hospitals.get(hospital) else {
                continue;
            };
            if !self.can_begin(day) || self.in_hospital(day) {
                continue;
            }
            let minute = self.random.between(0, 1439);
            let minutes = self.minutes(1.0);
            let arrival = Arrival {
                day,
                minute,
                minutes,
            };
            self.write_attendance(&arrival, hospital, None);
        }
    }

    fn minutes(&mut self, factor: f64) -> i32 {
        let median = self.tables.rates.attendance_minutes * factor;
        whole(self.random.log_normal(median, SPREAD)).clamp(5, 1_440)
    }

    /// When someone admitted at this minute of this day came to the department: the same day, even if that
    /// makes the visit short.
    pub(super) fn arrival(&mut self, day: Day, admitted_minute: i32) -> Arrival {
        let drawn = self.minutes(ADMITTED_FACTOR);
        let minutes = if drawn <= admitted_minute {
            drawn
        } else {
            self.random.between(20, admitted_minute.max(20))
        };
        // A quarter of the day stands for the whole of `today` (see `Calendar::moment`), so its minutes count a quarter.
        let shown = if day == 0 { minutes / 4 } else { minutes };
        Arrival {
            day,
            minute: admitted_minute - minutes,
            minutes: shown,
        }
    }

    pub(super) fn write_admitting_attendance(
        &mut self,
        arrival: &Arrival,
        hospital: &Hospital,
        spell: String,
    ) {
        self.write_attendance(arrival, hospital, Some(spell));
    }

    fn write_attendance(&mut self, arrival: &Arrival, hospital: &Hospital, spell: Option<String>) {
        let outcome = if spell.is_some() {
            "admitted"
        } else {
            "discharged"
        };
        let ambulance = if spell.is_some() { 0.55 } else { 0.18 };
        let by = if self.random.chance(ambulance) {
            "ambulance"
        } else {
            "other"
        };
        let detail = Attendance {
            site: hospital.site.clone(),
            arrived: self.tables.calendar.moment(arrival.day, arrival.minute),
            minutes: arrival.minutes,
            arrival: by,
            spell,
        };
        let when = (arrival.day, Ending::On(arrival.day));
        let cost = self.tables.rates.cost_attendance;
        self.write(when, Some(outcome), Some(cost), Detail::Attendance(detail));
        self.done_by(hospital.organisation);
    }
}
