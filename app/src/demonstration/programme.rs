//! The programmes of the demonstration: what the papers of both say, as the reference data has it.

use anyhow::Context as _;
use stour_database::Transaction;
use stour_kernel::Environment;
use stour_programme::{REGISTER, SHIPPED};
use stour_register::{load, scope_of};

/// Loads every programme that comes with the binary.
pub(super) fn load_all(tx: &mut Transaction<'_>, environment: &Environment) -> anyhow::Result<()> {
    for (name, text) in SHIPPED {
        let scope = scope_of(text).with_context(|| format!("{name} cannot be read"))?;
        load(tx, environment, &REGISTER, &scope, text)
            .with_context(|| format!("{name} cannot be loaded"))?;
    }
    Ok(())
}
