//! From when a key decision may be taken.

use stour_kernel::Date;

use super::rule::{GENERAL_EXCEPTION, KEY_DECISION_NOTICE, Rule, SPECIAL_URGENCY, rule};
use super::{ClockError, holidays};
use crate::noun::key_decision::{Exception, KeyDecision};

/// What the notice of a key decision allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// None is published: it may not be taken. Were it published today, it could be from `day` on; `short` is how many
    /// days sooner it is planned, nought or more; none where no day is planned.
    NotGiven {
        rule: &'static Rule,
        day: Date,
        short: Option<i32>,
    },
    /// It may be taken from this day on. `short` is how many days too early it is planned, nought or more; none
    /// where no day is planned.
    From {
        rule: &'static Rule,
        day: Date,
        short: Option<i32>,
    },
    /// It may be taken at once, as somebody who may has agreed that it cannot wait.
    Urgent { rule: &'static Rule },
}

impl Notice {
    /// The rule it follows from.
    pub(crate) const fn rule(&self) -> &'static Rule {
        match self {
            Self::NotGiven { rule, .. } | Self::From { rule, .. } | Self::Urgent { rule } => rule,
        }
    }

    /// Whether the decision is planned for a day on which it may not be taken.
    pub(crate) const fn is_too_early(&self) -> bool {
        matches!(
            self,
            Self::From { short: Some(short), .. } | Self::NotGiven { short: Some(short), .. }
                if *short > 0
        )
    }
}

/// What the notice of a key decision allows on a day: SI 2012/2089, regulations 9 to 11.
///
/// # Errors
/// [`ClockError`] when holidays that it depends on are not known.
pub(crate) fn notice(decision: &KeyDecision, today: Date) -> Result<Notice, ClockError> {
    let code = match decision.exception {
        Exception::SpecialUrgency => {
            return Ok(Notice::Urgent {
                rule: rule(SPECIAL_URGENCY)?,
            });
        }
        Exception::General => GENERAL_EXCEPTION,
        Exception::None => KEY_DECISION_NOTICE,
    };
    let rule = rule(code)?;
    let period = rule
        .period
        .ok_or_else(|| ClockError::Reference(format!("{code} has no number of days")))?;
    let day = period.from(decision.notice.unwrap_or(today), holidays()?)?;
    let short = decision
        .due
        .map(|due| if due < day { days(due, day) } else { 0 });
    Ok(match decision.notice {
        Some(_) => Notice::From { rule, day, short },
        None => Notice::NotGiven {
            rule,
            day,
            // What was taken or withdrawn can be given no notice any more.
            short: short.filter(|_| decision.is_ahead()),
        },
    })
}

fn days(from: Date, until: Date) -> i32 {
    let hours = from.duration_until(until).as_hours();
    i32::try_from(hours / 24).unwrap_or(i32::MAX)
}
