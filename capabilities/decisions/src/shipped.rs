//! The record that comes with the product: what published papers and pages say, each entry with its source.

use stour_database::Transaction;
use stour_kernel::Environment;
use stour_register::{Around, LoadError, Loaded, in_force, load};

use crate::SCOPE;
use crate::noun::commitment::KIND;
use crate::staff::registers::REGISTER;

/// The files, in the order in which they are loaded.
const FILES: [&str; 2] = [
    include_str!("../../../reference/decisions/urgent-and-emergency-care.toml"),
    include_str!("../../../reference/decisions/better-together.toml"),
];

/// Loads the record that comes with the product. Loading it again changes nothing, and what people have changed since
/// is left to them.
///
/// # Errors
/// [`LoadError`]; the caller's transaction must then be given up.
pub fn load_shipped(
    tx: &mut Transaction<'_>,
    environment: &Environment,
) -> Result<Loaded, LoadError> {
    let mut all = Loaded::default();
    for text in FILES {
        all = all.and(load_text(tx, environment, text)?);
    }
    Ok(all)
}

/// Loads entries of the record from a text in TOML. What a text says of a commitment keeps the rules of commitments, as a
/// form does: other entries are kept as they stand, and what is wrong with them is told to those who keep the record.
///
/// # Errors
/// As [`load_shipped`].
pub fn load_text(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    text: &str,
) -> Result<Loaded, LoadError> {
    let before = in_force(tx, SCOPE)?;
    let loaded = load(tx, environment, &REGISTER, SCOPE, text)?;
    let after = Around::new(in_force(tx, SCOPE)?);
    for entry in after.of_kind(KIND.name) {
        let earlier = before.iter().find(|earlier| earlier.id == entry.id);
        if earlier.is_some_and(|earlier| earlier.version == entry.version) {
            continue;
        }
        // A state is judged beside what it was before.
        let mut around = after.clone();
        if let Some(earlier) = earlier {
            around.put(earlier.clone());
        }
        let of = earlier.map(|earlier| earlier.id);
        let errors = (KIND.check)(&entry.values, &around.for_check(of, environment.today()));
        if !errors.is_empty() {
            let entry = format!("the {} {}", KIND.one, entry.number);
            return Err(LoadError::Entry { entry, errors });
        }
    }
    Ok(loaded)
}
