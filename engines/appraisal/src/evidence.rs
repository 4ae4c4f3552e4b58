//! How sure the design of a study makes an effect.

use serde::{Deserialize, Serialize};

/// The designs that come with the crate, and their levels.
const TABLE: &str = include_str!("../data/evidence-designs.toml");

/// The design behind a claimed effect, such as `randomised-trial`; `none` where nothing was studied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Design(pub(crate) String);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "source")]
    _source: String,
    design: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    level: u8,
}

fn rows() -> Vec<Row> {
    toml::from_str::<Table>(TABLE).map_or_else(|_| Vec::new(), |table| table.design)
}

/// The level on the Maryland scale, 1 to 5; `None` for a design that has none.
pub(crate) fn level(design: &Design) -> Option<u8> {
    rows()
        .into_iter()
        .find(|row| row.name == design.0)
        .map(|row| row.level)
}

/// The design in words with its level, such as `matched comparison, level 2 of 5`.
pub(crate) fn words(design: &Design) -> String {
    let name = design.0.replace('-', " ");
    level(design).map_or_else(
        || format!("{name}: nothing was studied"),
        |level| format!("{name}, level {level} of 5"),
    )
}

/// The designs that may be named.
pub(crate) fn designs() -> Vec<String> {
    let none = std::iter::once("none".to_owned());
    rows().into_iter().map(|row| row.name).chain(none).collect()
}
