//! What comes in, and what of it counts.

use stour_kernel::Pence;

use crate::line::{Line, Step, above, less, part};
use crate::rates::Needs;
use crate::refusal::Refusal;
use crate::setting::Setting;
use crate::situation::Situation;

/// The income that counts, line by line; `None` with a note of what is missing.
///
/// # Errors
/// A sum that does not fit.
pub(crate) fn step(
    situation: &Situation<'_>,
    needs: &Needs<'_, '_>,
) -> Result<Option<Step>, Refusal> {
    let mut lines = Vec::new();
    for income in &situation.income {
        let Some(kind) = needs.rates().income(income.kind) else {
            continue;
        };
        if !kind.counts(situation.setting) {
            let label = format!("{}: {} not counted", kind.label, income.weekly);
            let line = Line::new(label, Pence::ZERO, kind.rule.as_str(), &kind.source);
            lines.push(line);
            continue;
        }
        let line = Line::new(
            kind.label.as_str(),
            income.weekly,
            kind.rule.as_str(),
            &kind.source,
        );
        lines.push(line);
        let goes_to_partner = situation.shares_pension
            && kind.shared_with_partner
            && situation.setting == Setting::Permanent;
        if goes_to_partner {
            let Some(share) = needs.rate("pension-share-to-partner") else {
                return Ok(None);
            };
            // An odd penny is theirs, not the council's.
            let kept = 10_000_u16.saturating_sub(share.basis_points());
            let given = above(income.weekly, part(income.weekly, kept));
            lines.push(Line {
                standing: Some(share.standing),
                ..Line::new(
                    "Paid to your partner",
                    less(given),
                    format!(
                        "{} of a pension from work may go to a partner",
                        share.amount
                    ),
                    &share.source,
                )
            });
        }
    }
    Step::of("Income that counts each week", lines).map(Some)
}
