//! The words and marks that hold a listing, as data.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde::Deserialize;
use stour_kernel::Date;
use stour_open_referral::{Attribute, Extra, Location, Organization, Service};

use crate::error::DirectoryError;
use crate::spaced::Spaced;

/// The rules of `reference/directory/publication.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    term: Vec<Term>,
    mark: Vec<Mark>,
    contact: Contacts,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    words: Vec<String>,
    why: String,
    #[serde(rename = "from")]
    _from: Date,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mark {
    field: String,
    value: bool,
    effect: Effect,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Effect {
    Hold,
    Mask,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contacts {
    published: String,
    mobile_beginnings: Vec<String>,
    personal_domains: BTreeSet<String>,
    role_mailboxes: BTreeSet<String>,
}

const FILE: &str = "directory/publication.toml";
/// Digits that a mobile number has at least, with one left out by mistake.
const SHORTEST_MOBILE: usize = 10;

impl Rules {
    /// The rules built into the binary; the same ones every time.
    pub(super) fn embedded() -> Result<&'static Self, DirectoryError> {
        static RULES: OnceLock<Result<Rules, String>> = OnceLock::new();
        let text = include_str!("../../../../reference/directory/publication.toml");
        let rules = RULES.get_or_init(|| {
            let mut rules: Rules = toml::from_str(text).map_err(|error| error.to_string())?;
            for words in rules.term.iter_mut().flat_map(|term| &mut term.words) {
                words_of(&*words).trim().clone_into(words);
            }
            Ok(rules)
        });
        rules.as_ref().map_err(|reason| DirectoryError::Reference {
            file: FILE,
            reason: reason.clone(),
        })
    }

    /// Why a service must be held, each reason once.
    pub(super) fn reasons(&self, service: &Service) -> Vec<String> {
        let mut found = BTreeSet::new();
        let mut texts = vec![Some(&*service.name)];
        texts.extend([
            service.alternate_name.as_deref(),
            service.description.as_deref(),
            service.eligibility_description.as_deref(),
            service.alert.as_deref(),
            service.application_process.as_deref(),
        ]);
        self.look_at(&texts, &service.attributes, &service.extra, &mut found);
        if let Some(organization) = &service.organization {
            found.extend(self.reasons_of(organization));
        }
        for place in &service.service_at_locations {
            self.look_at(
                &[place.description.as_deref()],
                &[],
                &place.extra,
                &mut found,
            );
            if let Some(location) = &place.location {
                let texts = [location.name.as_deref(), location.description.as_deref()];
                self.look_at(&texts, &location.attributes, &location.extra, &mut found);
                for address in &location.addresses {
                    let texts = [address.attention.as_deref(), Some(&*address.address_1)];
                    self.look_at(&texts, &address.attributes, &address.extra, &mut found);
                }
            }
        }
        found.into_iter().collect()
    }

    /// Why an organisation must be held.
    pub(super) fn reasons_of(&self, organization: &Organization) -> Vec<String> {
        let mut found = BTreeSet::new();
        let texts = [
            Some(&*organization.name),
            Some(&*organization.description),
            organization.alternate_name.as_deref(),
        ];
        let attributes = &organization.attributes;
        self.look_at(&texts, attributes, &organization.extra, &mut found);
        found.into_iter().collect()
    }

    fn look_at(
        &self,
        texts: &[Option<&str>],
        attributes: &[Attribute],
        extra: &Extra,
        found: &mut BTreeSet<String>,
    ) {
        let terms = attributes
            .iter()
            .filter_map(|attribute| attribute.taxonomy_term.as_deref());
        let terms = terms.flat_map(|term| [&*term.name, &*term.description]);
        for text in texts.iter().flatten().copied().chain(terms) {
            let mut spaced = Spaced::default();
            spaced.push(&words_of(text));
            for term in &self.term {
                if term.words.iter().any(|words| spaced.says(words)) {
                    found.insert(term.why.clone());
                }
            }
        }
        for mark in self.marks(extra, Effect::Hold) {
            found.insert(format!(
                "its publisher marked it: {} is {}",
                mark.field, mark.value
            ));
        }
    }

    fn marks<'r>(&'r self, extra: &'r Extra, effect: Effect) -> impl Iterator<Item = &'r Mark> {
        self.mark
            .iter()
            .filter(move |mark| mark.effect == effect && says(extra, &mark.field, mark.value))
    }

    /// Whether the publisher wants where a place is to stay unknown, whatever else is decided.
    pub(super) fn hides(&self, location: &Location) -> bool {
        self.mark
            .iter()
            .any(|mark| says(&location.extra, &mark.field, mark.value))
            || location.addresses.iter().any(|address| {
                self.mark
                    .iter()
                    .any(|mark| says(&address.extra, &mark.field, mark.value))
            })
    }

    /// Whether everything of where a service is must stay.
    pub(super) fn masks(&self, service: &Service) -> bool {
        self.marks(&service.extra, Effect::Mask).next().is_some()
    }

    /// Whether the provider has marked a contact as one for everybody.
    pub(super) fn is_published(&self, contact: &Extra) -> bool {
        says(contact, &self.contact.published, true)
    }

    /// Whether a text has the number of a mobile telephone, wherever it stands: people write two numbers in one field.
    /// Rather one too many is seen than one too few.
    pub(super) fn is_mobile(&self, number: &str) -> bool {
        // `+44 (0)7700` has a nought that is not dialled; in `(0)7700` it is.
        ["", "0"].into_iter().any(|nought| {
            let text = number.replace("(0)", nought);
            self.begins_mobile(&dialled(&text)) || self.has_later_mobile(&text)
        })
    }

    fn begins_mobile(&self, digits: &str) -> bool {
        let beginnings = &self.contact.mobile_beginnings;
        beginnings
            .iter()
            .any(|beginning| digits.starts_with(beginning))
    }

    /// Whether a run of digits after the first begins a mobile number. What is shorter than one is the end of another
    /// number, or an extension.
    fn has_later_mobile(&self, text: &str) -> bool {
        let mut before = None;
        let mut starts = Vec::new();
        for (place, character) in text.char_indices() {
            let in_run =
                before.is_some_and(|before: char| before.is_ascii_digit() || before == '+');
            if character == '+' || (character.is_ascii_digit() && !in_run) {
                starts.push(place);
            }
            before = Some(character);
        }
        starts.into_iter().any(|start| {
            let rest = text.get(start..).unwrap_or_default();
            let end = rest.char_indices().find(|(place, character)| {
                !(is_within_number(*character) || (*place == 0 && *character == '+'))
            });
            let end = end.map_or(rest.len(), |(place, _)| place);
            let own = dialled(rest.get(..end).unwrap_or_default());
            own.len() >= SHORTEST_MOBILE && self.begins_mobile(&own)
        })
    }

    /// Whether a domain is that of a provider of private mailboxes.
    pub(super) fn is_personal_domain(&self, domain: &str) -> bool {
        self.contact.personal_domains.contains(domain)
    }

    /// Whether an e-mail address is that of a role, at a domain that is not one of private mailboxes.
    pub(super) fn is_of_a_role(&self, email: &stour_open_referral::Email) -> bool {
        let local = email.as_str().split('@').next().unwrap_or_default();
        let local: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
        !self.is_personal_domain(&email.domain())
            && self
                .contact
                .role_mailboxes
                .contains(&local.to_ascii_lowercase())
    }
}

/// What is dialled of a text.
fn dialled(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_ascii_digit() || *character == '+')
        .collect()
}

/// Whether a character may stand within one number.
fn is_within_number(character: char) -> bool {
    character.is_ascii_digit()
        || character.is_whitespace()
        || matches!(character, '(' | ')' | '-' | '.' | '\u{2010}'..='\u{2015}')
}

/// Whether a field says so: as a truth, a word or a number, however its name is spelt.
fn says(extra: &Extra, field: &str, wanted: bool) -> bool {
    let plain = |name: &str| name.replace(['_', '-'], "").to_ascii_lowercase();
    let wanted_name = plain(field);
    extra.iter().any(|(name, value)| {
        plain(name) == wanted_name
            && match value {
                serde_json::Value::Bool(said) => *said == wanted,
                serde_json::Value::Number(said) => (said.as_f64() != Some(0.0)) == wanted,
                serde_json::Value::String(said) => {
                    let said = said.trim().to_ascii_lowercase();
                    let truths: &[&str] = if wanted {
                        &["true", "yes", "y", "1"]
                    } else {
                        &["false", "no", "n", "0"]
                    };
                    truths.contains(&said.as_str())
                }
                _ => false,
            }
    })
}

/// The words of a text in small letters, each with a space on both sides, so that only whole words are found.
fn words_of(text: &str) -> String {
    let mut words = String::from(" ");
    for word in text
        .split(|character: char| {
            !character.is_alphanumeric() && character != '\'' && character != '’'
        })
        .filter(|word| !word.is_empty())
    {
        let word = word.to_lowercase().replace('’', "'");
        words.push_str(word.strip_suffix("'s").unwrap_or(&word).trim_matches('\''));
        words.push(' ');
    }
    words
}
