//! What each entity of a version must look like, as data: `rules/*.json`, which name their sources.
//!
//! A field has a type and, where it is required, a `!` after it: `text`, `uuid`, `email`, `uri`, `date`,
//! `time`, `date-time`, `number`, `boolean`, one of `a|b|c`, an entity as `{entity}`, a list of them as
//! `[entity]`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::version::Version;

/// The rules of one version.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) version: Version,
    entities: BTreeMap<String, Vec<Field>>,
}

/// One field of an entity.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

/// What a field holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Uuid,
    Email,
    Uri,
    Date,
    Time,
    DateTime,
    Number,
    Boolean,
    OneOf(Vec<String>),
    Entity(String),
    List(String),
}

#[derive(Deserialize)]
struct Written {
    entities: BTreeMap<String, BTreeMap<String, String>>,
}

impl Rules {
    /// The rules of a version; without any, should the file that is part of this program not be readable,
    /// which a test rules out.
    pub(super) fn of(version: Version) -> Self {
        let text = match version {
            Version::V1 => include_str!("rules/hsds-uk-1.0.json"),
            Version::V3 => include_str!("rules/hsds-uk-3.0.json"),
        };
        let written = serde_json::from_str::<Written>(text).map(|written| written.entities);
        let entities = written.unwrap_or_default().into_iter();
        let entities = entities.map(|(entity, fields)| {
            let fields = fields
                .into_iter()
                .map(|(name, kind)| Field::read(name, &kind));
            (entity, fields.collect())
        });
        Self {
            version,
            entities: entities.collect(),
        }
    }

    /// The names of all entities.
    pub(super) fn entities(&self) -> impl Iterator<Item = &str> {
        self.entities.keys().map(String::as_str)
    }

    /// The fields of an entity.
    pub(super) fn fields(&self, entity: &str) -> &[Field] {
        self.entities.get(entity).map_or(&[], Vec::as_slice)
    }
}

impl Field {
    fn read(name: String, written: &str) -> Self {
        let (kind, required) = match written.strip_suffix('!') {
            Some(kind) => (kind, true),
            None => (written, false),
        };
        let within = |open, close| {
            kind.strip_prefix(open)?
                .strip_suffix(close)
                .map(str::to_owned)
        };
        let kind = match kind {
            "uuid" => Kind::Uuid,
            "email" => Kind::Email,
            "uri" => Kind::Uri,
            "date" => Kind::Date,
            "time" => Kind::Time,
            "date-time" => Kind::DateTime,
            "number" => Kind::Number,
            "boolean" => Kind::Boolean,
            kind if kind.contains('|') => Kind::OneOf(kind.split('|').map(str::to_owned).collect()),
            _ => match (within('{', '}'), within('[', ']')) {
                (Some(entity), _) => Kind::Entity(entity),
                (_, Some(entity)) => Kind::List(entity),
                _ => Kind::Text,
            },
        };
        Self {
            name,
            kind,
            required,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_can_be_read_and_leads_to_an_entity_with_rules() {
        for version in [Version::V1, Version::V3] {
            let rules = Rules::of(version);
            assert!(rules.entities.len() > 15, "{version:?}");
            for (entity, fields) in &rules.entities {
                for field in fields {
                    if let Kind::Entity(of) | Kind::List(of) = &field.kind {
                        assert!(rules.entities.contains_key(of), "{entity}.{}", field.name);
                    }
                }
            }
            let service = rules.fields("service");
            assert!(
                service
                    .iter()
                    .any(|field| field.required && field.name == "name")
            );
        }
    }
}
