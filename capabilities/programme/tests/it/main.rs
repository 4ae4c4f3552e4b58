//! The programme over HTTP on both databases, and cases as workbooks.

#[cfg(test)]
mod again;
#[cfg(test)]
mod benefits;
#[cfg(test)]
mod form;
#[cfg(test)]
mod generated;
#[cfg(test)]
mod governance;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod journey;
#[cfg(test)]
mod plan;
#[cfg(test)]
mod programme_roles;
#[cfg(test)]
mod programmes;
#[cfg(test)]
mod raid;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod report;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod round;
#[cfg(test)]
mod seed;
#[cfg(test)]
mod support;
#[cfg(test)]
mod texts;
#[cfg(test)]
mod upload;
#[cfg(test)]
mod what_if;

/// A document of `docs/appraisal`.
#[cfg(test)]
pub(crate) fn document(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/appraisal");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// A document with its whole numbers as real ones, so that 1 and 1.0 are the same.
#[cfg(test)]
pub(crate) fn plain(value: toml::Value) -> toml::Value {
    match value {
        toml::Value::Integer(whole) => toml::Value::Float(whole.to_string().parse().unwrap()),
        toml::Value::Array(items) => items.into_iter().map(plain).collect::<Vec<_>>().into(),
        toml::Value::Table(table) => toml::Value::Table(
            table
                .into_iter()
                .map(|(key, value)| (key, plain(value)))
                .collect(),
        ),
        other => other,
    }
}

/// The document as values.
#[cfg(test)]
pub(crate) fn values(text: &str) -> toml::Value {
    let table: toml::Table = text
        .parse()
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    plain(toml::Value::Table(table))
}
