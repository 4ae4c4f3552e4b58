//! The documents of the demonstration: every worked case, and one that people are at work on.

use std::collections::BTreeMap;

use anyhow::Context as _;
use stour_database::Transaction;
use stour_kernel::Environment;
use stour_programme::document::{Author, Checked, save, sign, start};
use stour_programme::{WORKED, say, settle};

/// The case that people are at work on.
const UNDER_WORK: &str = "reablement";

/// Who is at work on it, by the names they sign in with.
const FINANCE: &str = "finance";
const COMMISSIONER: &str = "commissioner";
const CHIEF: &str = "chief-officer";

/// Adds the documents. The finance officer starts them; of the case under work the chief officer signs the
/// first version, and the commissioner proposes a second.
pub(super) fn add_all(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    people: &BTreeMap<String, Author>,
) -> anyhow::Result<()> {
    let who = |name: &str| {
        people
            .get(name)
            .with_context(|| format!("no account {name}"))
    };
    let (finance, commissioner, chief) = (who(FINANCE)?, who(COMMISSIONER)?, who(CHIEF)?);
    for worked in WORKED {
        let checked = Checked::of(worked.text)?;
        let what = "Started from a worked case";
        let id = start(tx, environment, &checked, what, finance)?;
        if worked.name != UNDER_WORK {
            continue;
        }
        sign(tx, environment, (id, 1), (&checked, ""), chief)?;
        let cautious = worked
            .text
            .replace("deadweight = 0.2\n", "deadweight = 0.25\n");
        let what = "More deadweight: some would have gone home as early without the team";
        let cautious = Checked::of(&cautious)?;
        save(tx, environment, (id, 1), (&cautious, what), commissioner)?;
        let words = "Is the take-up of 30% that of the pilot, or of everybody who is offered it?";
        let asked = say(tx, environment, (id, 1, Some("bed-days")), words, chief)?;
        let answer = "Of everybody who is offered it. The number of this example is made up.";
        settle(tx, environment, (id, asked), answer, finance)?;
        let words = "Please look at the hours of home care: the evidence is before and after only.";
        say(tx, environment, (id, 2, None), words, commissioner)?;
    }
    Ok(())
}
