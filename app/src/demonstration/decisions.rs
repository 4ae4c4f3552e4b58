//! The decisions of the demonstration: the published record that ships with the product, and a made-up committee whose
//! clocks run today.

use anyhow::Context as _;
use stour_database::Transaction;
use stour_kernel::{Date, Environment};

use super::made_up::dated;

/// A made-up committee and what is before it. A mark such as `@-4` stands for the day so many days from today.
const MADE_UP: &str = include_str!("decisions.toml");

/// Loads the published record, and what is made up.
pub(super) fn load_all(tx: &mut Transaction<'_>, environment: &Environment) -> anyhow::Result<()> {
    stour_decisions::load_shipped(tx, environment)
        .context("the record of decisions cannot be loaded")?;
    let text = with_days(MADE_UP, environment.today()).context("the clocks of decisions.toml")?;
    stour_decisions::load_text(tx, environment, &text)
        .context("decisions.toml cannot be loaded")?;
    Ok(())
}

/// The text with a day in place of each mark.
fn with_days(text: &str, today: Date) -> anyhow::Result<String> {
    let mut parts = text.split('@');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (days, rest) = part
            .split_once('"')
            .context("a mark is not closed by a quotation mark")?;
        out.push_str(&dated(&format!("@{days}"), today)?);
        out.push('"');
        out.push_str(rest);
    }
    Ok(out)
}
