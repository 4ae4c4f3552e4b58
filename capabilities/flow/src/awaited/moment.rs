//! A day and a time of day, as they are typed.

use jiff::civil::Time;
use stour_design::{Input, Markup, Width, html};
use stour_kernel::{Timestamp, london};
use stour_web::{Form, Mistakes, TypedDate};

/// A day and a time of day in London, as they are typed: `{name}-day`, `{name}-month`, `{name}-year` and `{name}-time`.
#[derive(Debug, Clone, Default)]
pub(super) struct TypedMoment {
    date: TypedDate,
    time: String,
}

impl TypedMoment {
    /// What stands in the fields before anybody types.
    pub(super) fn of(at: Timestamp) -> Self {
        let at = at.to_zoned_datetime(london());
        Self {
            date: TypedDate::of(at.date()),
            time: at.strftime("%H:%M").to_string(),
        }
    }

    pub(super) fn from_form(form: &Form, name: &str) -> Self {
        Self {
            date: TypedDate::from_form(form, name),
            time: form.get(&format!("{name}-time")).trim().to_owned(),
        }
    }

    /// The moment, unless something in it is wrong. An hour that comes twice is the first of the two, and one that does not
    /// come is the hour after it.
    pub(super) fn check(&self, name: &str, mistakes: &mut Mistakes) -> Option<Timestamp> {
        let date = mistakes.check(&format!("{name}-day"), self.date.date());
        let time = Time::strptime("%H:%M", &self.time).ok();
        if time.is_none() {
            mistakes.add(
                &format!("{name}-time"),
                "Enter a time of day, such as 14:30",
            );
        }
        let at = date?.to_datetime(time?).to_zoned_datetime(london()).ok()?;
        Some(at.timestamp())
    }

    /// The fields, filled in.
    pub(super) fn inputs(&self, name: &str, legend: &str, mistakes: &Mistakes) -> Markup {
        let (day, time) = (format!("{name}-day"), format!("{name}-time"));
        html! {
            (self.date.input(name, legend).error(mistakes.of(&day)))
            (Input { width: Some(Width::Five), ..Input::new(time.as_str(), "Time, on the 24-hour clock") }
                .value(self.time.as_str()).error(mistakes.of(&time)))
        }
    }
}
