//! What somebody keeps of their income.

use stour_kernel::Pence;

use crate::line::{Line, Step};
use crate::rates::{Needs, Used};
use crate::refusal::Refusal;
use crate::setting::Setting;
use crate::situation::Situation;

const ANNEX_C: &str = "Care and support statutory guidance, annex C";

/// What they keep, line by line; `None` with a note of what is missing.
///
/// # Errors
/// A sum that does not fit.
pub(crate) fn step(
    situation: &Situation<'_>,
    needs: &Needs<'_, '_>,
) -> Result<Option<Step>, Refusal> {
    let lines = match situation.setting {
        Setting::Home => at_home(situation, needs),
        Setting::Temporary | Setting::Permanent => in_care_home(situation, needs),
    };
    let step = lines.map(|lines| Step::of("What you keep each week", lines));
    step.transpose()
}

fn at_home(situation: &Situation<'_>, needs: &Needs<'_, '_>) -> Option<Vec<Line>> {
    let guarantee = format!("minimum-income-guarantee/{}", situation.circumstance);
    let mut kinds = vec![guarantee];
    let premiums = situation.premiums.iter();
    kinds.extend(premiums.map(|premium| format!("premium/{premium}")));
    // All are looked up before any is found missing, so that all that are missing are told.
    let found: Vec<Option<Line>> = kinds
        .iter()
        .map(|kind| needs.rate(kind).map(|rate| of_rate(needs, kind, &rate)))
        .collect();
    let mut lines: Vec<Line> = found.into_iter().collect::<Option<_>>()?;
    lines.extend(housing(situation));
    match situation.disability_costs {
        Some(costs) if costs > Pence::ZERO => lines.push(Line::new(
            "What being disabled costs you",
            costs,
            "The council agrees each cost with you",
            ANNEX_C,
        )),
        Some(_) => {}
        None => {
            let kind = "disability-expenditure-allowance";
            let rate = needs.rates().optional(kind);
            lines.extend(rate.map(|rate| of_rate(needs, kind, &rate)));
        }
    }
    Some(lines)
}

fn in_care_home(situation: &Situation<'_>, needs: &Needs<'_, '_>) -> Option<Vec<Line>> {
    let kind = "personal-expenses-allowance";
    let mut lines = vec![of_rate(needs, kind, &needs.rate(kind)?)];
    if situation.setting == Setting::Temporary {
        lines.extend(housing(situation));
    }
    Some(lines)
}

fn housing(situation: &Situation<'_>) -> Option<Line> {
    (situation.housing > Pence::ZERO).then(|| {
        Line::new(
            "Rent, mortgage and council tax",
            situation.housing,
            "Costs of your home, less what helps with them, are yours to pay first",
            ANNEX_C,
        )
    })
}

fn of_rate(needs: &Needs<'_, '_>, kind: &str, rate: &Used) -> Line {
    let meaning = needs.rates().kind(kind).map(|kind| kind.meaning.as_str());
    Line {
        standing: Some(rate.standing),
        ..Line::new(
            rate.label.as_str(),
            rate.pence(),
            meaning.unwrap_or_default(),
            &rate.source,
        )
    }
}
