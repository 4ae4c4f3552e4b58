//! Reading one field, with an error in words that say what to type.

use stour_charging::Amount;
use stour_charging::Unit;
use stour_kernel::Pence;
use stour_web::Mistakes;

use super::answers::Answers;

/// Reads fields and gathers what is wrong.
pub(super) struct Fields<'a> {
    pub(super) answers: &'a Answers,
    pub(super) mistakes: Mistakes,
}

impl<'a> Fields<'a> {
    pub(super) fn new(answers: &'a Answers) -> Self {
        Self {
            answers,
            mistakes: Mistakes::default(),
        }
    }

    /// An amount; nothing where the field is empty.
    pub(super) fn money(&mut self, field: &str, what: &str) -> Pence {
        let text = self.answers.get(field);
        if text.is_empty() {
            return Pence::ZERO;
        }
        match text.parse::<Pence>() {
            Ok(amount) if !amount.is_negative() => amount,
            _ => {
                let message = format!("Enter {what} in pounds, like 250 or 1,234.50");
                self.mistakes.add(field, message);
                Pence::ZERO
            }
        }
    }

    /// An amount that must be there, with what to do where there is none.
    pub(super) fn money_needed(&mut self, field: &str, what: &str, none: &str) -> Pence {
        if self.answers.get(field).is_empty() {
            let message = format!("Enter {what}. {none}");
            self.mistakes.add(field, message);
        }
        self.money(field, what)
    }

    /// A per cent in hundredths, at most this many; `empty` where the field is empty.
    pub(super) fn per_cent(&mut self, field: &str, what: &str, most: u16, empty: u16) -> u16 {
        let text = self.answers.get(field);
        if text.is_empty() {
            return empty;
        }
        match basis_points(text) {
            Some(points) if points <= most => points,
            _ => {
                let most = most / 100;
                let message = format!("Enter {what} as a per cent from 0 to {most}, like 3 or 2.5");
                self.mistakes.add(field, message);
                empty
            }
        }
    }

    /// Whole weeks, at most 2,080: forty years.
    pub(super) fn weeks(&mut self, field: &str, what: &str) -> Option<u32> {
        let text = self.answers.get(field);
        if text.is_empty() {
            return None;
        }
        let weeks = text.parse::<u32>().ok().filter(|weeks| *weeks <= 2_080);
        if weeks.is_none() {
            let message = format!("Enter {what} as a whole number of weeks, like 12");
            self.mistakes.add(field, message);
        }
        weeks
    }

    /// A rate in its own unit.
    pub(super) fn rate(&mut self, field: &str, label: &str, unit: Unit) -> Option<Amount> {
        if self.answers.get(field).is_empty() {
            return None;
        }
        let what = format!("“{label}”");
        Some(match unit {
            Unit::Money => Amount::Money(self.money(field, &what)),
            Unit::Weeks => {
                let weeks = self.weeks(field, &what).unwrap_or_default();
                Amount::Weeks(u16::try_from(weeks).unwrap_or_default())
            }
            Unit::PerCent => Amount::BasisPoints(self.per_cent(field, &what, 10_000, 0)),
        })
    }

    /// One of these codes, or a note of what to do.
    pub(super) fn chosen(&mut self, field: &str, is_one: bool, message: &str) {
        if !is_one {
            self.mistakes.add(field, message);
        }
    }
}

/// `3` or `2.5` or `2.5%`, in hundredths.
fn basis_points(text: &str) -> Option<u16> {
    let text = text.trim_end_matches('%').trim_end();
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|one| one.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    format!("{whole}{part:0<2}").parse().ok()
}
