//! What somebody has, and what of it counts.

use stour_kernel::Pence;

use crate::line::{Line, Step, above, add, less, part};
use crate::rates::Needs;
use crate::refusal::Refusal;
use crate::setting::Setting;
use crate::situation::{Property, Situation};

const NOT_COUNTED: &str = "Your home is not counted";
pub(crate) const ANNEX_B: &str = "Care and support statutory guidance, annex B";

/// What counts now.
pub(crate) struct Capital {
    /// Savings and the home, line by line.
    pub(crate) step: Step,
    /// The savings that count, without the home.
    pub(crate) savings: Pence,
    /// What other property is worth to them: it counts, and no week can be paid out of it.
    pub(crate) other: Pence,
    /// What the home is worth to them, whether it counts now or not.
    pub(crate) equity: Pence,
    /// Whether and when the home counts.
    pub(crate) home: Home,
}

/// Whether and when a home counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// There is none, or it does not count.
    NotCounted,
    /// It counts from this many weeks on, 0 for now.
    CountedFrom(u32),
}

impl Home {
    /// Whether it counts in a week from now.
    pub(crate) fn counts_in(self, week: u32) -> bool {
        matches!(self, Self::CountedFrom(from) if from <= week)
    }
}

/// What counts, or `None` with a note of what is missing.
///
/// # Errors
/// A sum that does not fit.
pub(crate) fn capital(
    situation: &Situation<'_>,
    needs: &Needs<'_, '_>,
) -> Result<Option<Capital>, Refusal> {
    let Some(mut lines) = savings_lines(situation, needs)? else {
        return Ok(None);
    };
    let savings = Step::of("", lines.clone())?.total;
    let Some(of_other) = other_lines(situation, needs) else {
        return Ok(None);
    };
    let other = Step::of("", of_other.clone())?.total;
    lines.extend(of_other);
    let (mut equity, mut home) = (Pence::ZERO, Home::NotCounted);
    let property = situation.property.as_ref();
    if let (Some(property), Some(rule)) = (property, lived_in(situation.setting)) {
        lines.push(lived_in_line(situation.setting, property, rule, needs));
    } else if let Some(property) = property {
        let Some(of_home) = home_lines(property, needs) else {
            return Ok(None);
        };
        equity = Step::of("", of_home.clone())?.total;
        lines.extend(of_home);
        let Some((counted, line)) = counted(property, equity, needs) else {
            return Ok(None);
        };
        home = counted;
        lines.extend(line);
    }
    Ok(Some(Capital {
        step: Step::of("Savings that count", lines)?,
        savings,
        other,
        equity,
        home,
    }))
}

/// Why a home does not count whoever else lives in it; `None` for a care home for good.
const fn lived_in(setting: Setting) -> Option<&'static str> {
    match setting {
        Setting::Home => Some("The home you live in is not counted while care comes to you there"),
        Setting::Temporary => Some(
            "Your home is not counted during a short stay, after which you mean to go back to it",
        ),
        Setting::Permanent => None,
    }
}

/// The home of somebody who lives in it or goes back to it: nothing, whatever it is worth.
fn lived_in_line(
    setting: Setting,
    property: &Property<'_>,
    rule: &str,
    needs: &Needs<'_, '_>,
) -> Line {
    let reason = property
        .reason
        .and_then(|code| needs.rates().property_reason(code));
    match reason.filter(|reason| reason.holds(setting)) {
        Some(reason) => Line::new(
            NOT_COUNTED,
            Pence::ZERO,
            reason.rule.as_str(),
            &reason.source,
        ),
        None => Line::new(NOT_COUNTED, Pence::ZERO, rule, ANNEX_B),
    }
}

fn savings_lines(
    situation: &Situation<'_>,
    needs: &Needs<'_, '_>,
) -> Result<Option<Vec<Line>>, Refusal> {
    let own = "Savings and investments count";
    let mut lines = vec![Line::new(
        "Savings of your own",
        situation.savings,
        own,
        ANNEX_B,
    )];
    let mut left = situation.savings;
    if situation.joint_savings > Pence::ZERO {
        let Some(share) = needs.rate("joint-capital-share") else {
            return Ok(None);
        };
        let amount = part(situation.joint_savings, share.basis_points());
        left = add(left, amount)?;
        let rule = format!(
            "{} of joint savings of {} counts",
            share.amount, situation.joint_savings
        );
        lines.push(Line {
            standing: Some(share.standing),
            ..Line::new("Your share of joint savings", amount, rule, &share.source)
        });
    }
    for one in &situation.not_counted {
        // What does not count takes off no more than is there.
        let amount = one.amount.min(left);
        left = above(left, amount);
        lines.push(Line::new(
            one.label.as_str(),
            less(amount),
            format!("Not counted: {}", one.why),
            ANNEX_B,
        ));
    }
    Ok(Some(lines))
}

/// What the home is worth to them: their share less their share of what is owed and of what selling costs.
fn home_lines(property: &Property<'_>, needs: &Needs<'_, '_>) -> Option<Vec<Line>> {
    let costs = needs.rate("sale-costs")?;
    let share = part(property.value, property.share);
    let owed = part(property.owed, property.share).min(share);
    let selling = part(share, costs.basis_points()).min(above(share, owed));
    let rule = if property.share == 10_000 {
        "What it would sell for".to_owned()
    } else {
        format!("Your part of {}", property.value)
    };
    let mut lines = vec![Line::new("Your home", share, rule, ANNEX_B)];
    if owed > Pence::ZERO {
        let rule = "Mortgages and loans on it are taken off";
        lines.push(Line::new("Owed on your home", less(owed), rule, ANNEX_B));
    }
    lines.push(Line {
        standing: Some(costs.standing),
        ..Line::new(
            "Costs of selling it",
            less(selling),
            format!("{} of its value is taken off", costs.amount),
            &costs.source,
        )
    });
    Some(lines)
}

/// What other property is worth to them, less what is owed on it and what selling it costs.
fn other_lines(situation: &Situation<'_>, needs: &Needs<'_, '_>) -> Option<Vec<Line>> {
    let value = situation.other_property;
    if value == Pence::ZERO {
        return Some(Vec::new());
    }
    let costs = needs.rate("sale-costs")?;
    let owed = situation.other_property_owed.min(value);
    let selling = part(value, costs.basis_points()).min(above(value, owed));
    let rule = "Property that is not your main home counts, whatever care you have";
    let mut lines = vec![Line::new("Other property", value, rule, ANNEX_B)];
    if owed > Pence::ZERO {
        let rule = "Mortgages and loans on it are taken off";
        lines.push(Line::new(
            "Owed on other property",
            less(owed),
            rule,
            ANNEX_B,
        ));
    }
    lines.push(Line {
        standing: Some(costs.standing),
        ..Line::new(
            "Costs of selling other property",
            less(selling),
            format!("{} of its value is taken off", costs.amount),
            &costs.source,
        )
    });
    Some(lines)
}

/// Whether and when the home of somebody in a care home for good counts; a line that takes it off where it does not count now.
fn counted(
    property: &Property<'_>,
    equity: Pence,
    needs: &Needs<'_, '_>,
) -> Option<(Home, Option<Line>)> {
    let off = |rule: String, source: &str| {
        Line::new("Your home is not counted now", less(equity), rule, source)
    };
    let reason = property.reason;
    let reason = reason.and_then(|code| needs.rates().property_reason(code));
    if let Some(reason) = reason.filter(|reason| reason.holds(Setting::Permanent)) {
        let line = off(reason.rule.clone(), &reason.source);
        return Some((Home::NotCounted, Some(line)));
    }
    let weeks = needs.rate("property-disregard-weeks")?;
    let left = u32::from(weeks.weeks()).saturating_sub(property.weeks_in_care);
    if left == 0 {
        return Some((Home::CountedFrom(0), None));
    }
    let rule = format!(
        "Your home is not counted for the first {} in a care home for good; {left} left",
        weeks.amount
    );
    let line = Line {
        standing: Some(weeks.standing),
        ..off(rule, &weeks.source)
    };
    Some((Home::CountedFrom(left), Some(line)))
}
