//! Whether a record has the shape that its entity must have.

use serde_json::{Map, Value};

use super::fault::{Faults, Severity};
use super::format;
use super::plain::shortened;
use super::rules::{Field, Kind, Rules};
use super::version::Version;

/// Looks at one record and all that is nested in it.
pub(super) struct Shape<'r> {
    rules: &'r Rules,
    faults: &'r mut Faults,
    /// The record, for examples.
    record: String,
}

/// Notes what is wrong with a record that stands at a place such as `contents[]`.
pub(super) fn look(rules: &Rules, entity: &str, value: &Value, place: &str, faults: &mut Faults) {
    let id = value.get("id").and_then(Value::as_str);
    let mut shape = Shape {
        rules,
        faults,
        record: id.map_or_else(String::new, |id| format!(" in {}", shortened(id))),
    };
    shape.entity(entity, value, place, Severity::Error);
}

impl Shape<'_> {
    fn entity(&mut self, entity: &str, value: &Value, place: &str, nested: Severity) {
        let Value::Object(object) = value else {
            self.tell(
                nested,
                place,
                format!("must be one {entity}, as an object"),
                value,
            );
            return;
        };
        for field in self.rules.fields(entity) {
            let place = match place {
                "" => field.name.clone(),
                place => format!("{place}.{}", field.name),
            };
            self.field(object, field, &place, nested);
        }
    }

    fn field(&mut self, object: &Map<String, Value>, field: &Field, place: &str, nested: Severity) {
        let value = match object.get(&field.name) {
            None if field.required => {
                let example = (!self.record.is_empty()).then(|| self.record.trim().to_owned());
                self.faults
                    .add(nested, place, "is required and missing", example);
                return;
            }
            None => return,
            Some(value) => value,
        };
        match value {
            Value::Null if field.required => {
                self.tell(nested, place, "is required and null", value);
            }
            // In version 1.0 a null stood for what is not known.
            Value::Null if self.rules.version == Version::V1 => {}
            Value::Null => self.tell(nested, place, "is null: leave out what is empty", value),
            Value::String(text) if text.trim().is_empty() && field.required => {
                self.tell(nested, place, "is required and empty", value);
            }
            Value::String(text) if text.is_empty() => self.empty(field, place, value, nested),
            Value::Array(list) if list.is_empty() && self.rules.version == Version::V3 => {
                let what = "is empty: leave out what is empty";
                self.tell(Severity::Warning, place, what, value);
            }
            value => self.value(&field.kind, value, place, nested),
        }
    }

    /// An empty text is against the advice; where the text has a format it is against the schema too.
    fn empty(&mut self, field: &Field, place: &str, value: &Value, nested: Severity) {
        let severity = match field.kind {
            Kind::Text | Kind::Date | Kind::Time => Severity::Warning,
            _ => nested,
        };
        if self.rules.version == Version::V3 || severity == Severity::Error {
            self.tell(severity, place, "is empty: leave out what is empty", value);
        }
    }

    fn value(&mut self, kind: &Kind, value: &Value, place: &str, nested: Severity) {
        // The schemas give dates and times no format: the descriptions do, so these are advice.
        let advice = Severity::Warning;
        match kind {
            Kind::Text => self.text(value, place, nested, ("must be text", nested), |_| true),
            Kind::Uuid => self.text(
                value,
                place,
                nested,
                ("must be a UUID", nested),
                format::is_uuid,
            ),
            Kind::Email => {
                let what = ("must be an e-mail address", nested);
                self.text(value, place, nested, what, format::is_email);
            }
            Kind::Uri => {
                let what = (
                    "must be a full web address, such as https://example.org",
                    nested,
                );
                self.text(value, place, nested, what, format::is_uri);
            }
            Kind::Date => {
                let what = ("must be a date, such as 2026-11-27", advice);
                self.text(value, place, nested, what, format::is_date);
            }
            Kind::Time => {
                let what = ("must be a time, such as 09:30", advice);
                self.text(value, place, nested, what, |text| {
                    format::minutes(text).is_some()
                });
            }
            Kind::DateTime => {
                let what = (
                    "must be a date and time with a zone, such as 2026-11-27T09:30:00Z",
                    nested,
                );
                self.text(value, place, nested, what, format::is_date_time);
            }
            Kind::OneOf(words) => {
                let what = format!("must be one of: {}", words.join(", "));
                self.text(value, place, nested, (&what, nested), |text| {
                    words.iter().any(|word| word == text)
                });
            }
            Kind::Number if !value.is_number() => {
                self.tell(nested, place, "must be a number", value);
            }
            Kind::Boolean if !value.is_boolean() => {
                self.tell(nested, place, "must be true or false", value);
            }
            Kind::Number | Kind::Boolean => {}
            Kind::Entity(entity) => self.entity(entity, value, place, self.deeper(entity, nested)),
            Kind::List(entity) => match value {
                Value::Array(list) => {
                    let (place, nested) = (format!("{place}[]"), self.deeper(entity, nested));
                    for value in list {
                        self.entity(entity, value, &place, nested);
                    }
                }
                value => self.tell(nested, place, format!("must be a list of {entity}"), value),
            },
        }
    }

    /// The validator of version 1.0 warned of what is nested in a service, but for its organisation.
    fn deeper(&self, entity: &str, nested: Severity) -> Severity {
        if self.rules.version == Version::V1 && entity != "organization" {
            Severity::Warning
        } else {
            nested
        }
    }

    fn text(
        &mut self,
        value: &Value,
        place: &str,
        nested: Severity,
        (what, severity): (&str, Severity),
        is_right: impl Fn(&str) -> bool,
    ) {
        match value {
            Value::String(text) if is_right(text) => {}
            Value::String(_) => self.tell(severity.max(nested), place, what, value),
            _ => self.tell(nested, place, "must be text", value),
        }
    }

    fn tell(&mut self, severity: Severity, place: &str, what: impl Into<String>, value: &Value) {
        let example = format!("{}{}", shortened(&value.to_string()), self.record);
        self.faults.add(severity, place, what, Some(example));
    }
}
