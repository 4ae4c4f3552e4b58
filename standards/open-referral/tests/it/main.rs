//! Open Referral UK from what feeds write to what the standard asks.

#[cfg(test)]
mod check;
#[cfg(test)]
mod earlier;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod lenient;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod strict;

use std::path::Path;

use serde_json::Value;
use stour_kernel::testing::reference_data;

/// A file of the reference data as JSON.
fn json(path: &str) -> Option<Value> {
    read(&reference_data(&format!("oruk/{path}"))?)
}

fn read(path: &Path) -> Option<Value> {
    serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()
}
