//! The facts of one more month: each person of whom there are some, counted out and in again.

use anyhow::{Result, ensure};
use stour_indicators::{Columns, Pass, Tally};

use crate::measures::{AS_OF, FIRST, Measures};

/// Counts everybody in `now` of whom it has more facts than `before`: as they were out, as they are in. `was` counts
/// those of `before`, and `is` those of `now`.
pub(crate) fn again(
    measures: &Measures,
    (before, mut was): (&Columns, Tally),
    (now, is): (&Columns, &Tally),
) -> Result<String> {
    let facts = |columns: &Columns, place| columns.subject(place).map(|subject| subject.len());
    let changed: Vec<usize> = (0..now.people())
        .filter(|place| facts(before, *place) != facts(now, *place))
        .collect();
    let mut pass = Pass::new(&measures.plan, FIRST, AS_OF);
    let began = crate::cpu()?;
    for place in &changed {
        let (old, new) = (before.subject(*place), now.subject(*place));
        was.replace(&mut pass, old.as_ref(), new.as_ref());
    }
    let spent = crate::cpu()?.saturating_sub(began);
    ensure!(
        was == *is,
        "counting the month in does not give what counting everybody gives"
    );
    Ok(format!(
        "{} facts of the last month, of {} people: {:.0} ms CPU",
        now.facts() - before.facts(),
        changed.len(),
        spent.as_secs_f64() * 1000.0
    ))
}
