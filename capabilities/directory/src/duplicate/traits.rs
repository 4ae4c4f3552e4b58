//! What of a listing tells whether another is the same.

use std::collections::BTreeSet;

use stour_kernel::Postcode;
use stour_open_referral::{Email, Phone, Service, WebAddress};
use stour_search::Point;

use crate::listing::Listing;

/// Words that many names have.
const COMMON: [&str; 22] = [
    "a",
    "and",
    "at",
    "by",
    "centre",
    "club",
    "community",
    "dorset",
    "for",
    "group",
    "in",
    "limited",
    "ltd",
    "of",
    "on",
    "service",
    "services",
    "society",
    "support",
    "the",
    "to",
    "with",
];

/// What is compared of a listing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Traits {
    pub(crate) name: String,
    pub(crate) words: BTreeSet<String>,
    pub(crate) organisation: String,
    pub(crate) organisation_words: BTreeSet<String>,
    /// Register and number.
    pub(crate) numbers: BTreeSet<(String, String)>,
    pub(crate) telephones: BTreeSet<String>,
    pub(crate) pages: BTreeSet<String>,
    pub(crate) domains: BTreeSet<String>,
    pub(crate) postcodes: BTreeSet<String>,
    pub(crate) points: Vec<Point>,
    /// What its feed calls it.
    pub(crate) source_id: String,
}

impl Traits {
    /// The traits of a listing.
    pub(crate) fn of(listing: &Listing) -> Self {
        let service = &listing.service;
        let mut traits = Self {
            name: plain(&service.name),
            source_id: listing.provenance.source_id.clone(),
            ..Self::default()
        };
        traits.words = words(&traits.name);
        if let Some(organization) = &service.organization {
            traits.organisation = plain(&organization.name);
            traits.organisation_words = words(&traits.organisation);
            for number in &organization.organization_identifiers {
                let register = number
                    .identifier_scheme
                    .as_ref()
                    .unwrap_or(&number.identifier_type);
                traits
                    .numbers
                    .insert((letters(register), letters(&number.identifier)));
            }
            traits.email(organization.email.as_ref());
            traits.web(organization.website.as_ref());
        }
        traits.email(service.email.as_ref());
        traits.web(service.url.as_ref());
        traits.places(service);
        traits.phones(service);
        traits
    }

    fn places(&mut self, service: &Service) {
        for location in service
            .service_at_locations
            .iter()
            .filter_map(|place| place.location.as_ref())
        {
            if let (Some(register), Some(number)) = (
                &location.external_identifier_type,
                &location.external_identifier,
            ) {
                self.numbers.insert((letters(register), letters(number)));
            }
            let position = location.position();
            self.points
                .extend(position.and_then(|(latitude, longitude)| Point::new(latitude, longitude)));
            for address in &location.addresses {
                let postcode = address.postal_code.parse::<Postcode>();
                self.postcodes
                    .extend(postcode.ok().map(|postcode| postcode.as_str().to_owned()));
            }
        }
    }

    fn phones(&mut self, service: &Service) {
        let organization = service.organization.iter();
        let organization = organization.flat_map(|one| {
            one.phones
                .iter()
                .chain(one.contacts.iter().flat_map(|one| &one.phones))
        });
        let places = service.service_at_locations.iter().flat_map(|place| {
            let location = place.location.iter().flat_map(|location| &location.phones);
            place.phones.iter().chain(location)
        });
        let contacts = service.contacts.iter().flat_map(|contact| &contact.phones);
        let all: Vec<&Phone> = service
            .phones
            .iter()
            .chain(contacts)
            .chain(places)
            .chain(organization)
            .collect();
        self.telephones
            .extend(all.into_iter().filter_map(|phone| telephone(&phone.number)));
    }

    fn email(&mut self, email: Option<&Email>) {
        // A mailbox at a provider of mailboxes says nothing of whose it is: the whole address does.
        self.domains.extend(email.map(|email| {
            let domain = email.domain();
            if crate::publication::is_personal_domain(&domain) {
                email.as_str().to_ascii_lowercase()
            } else {
                domain
            }
        }));
    }

    fn web(&mut self, address: Option<&WebAddress>) {
        if let Some(address) = address {
            let text = address.as_str().to_ascii_lowercase();
            let rest = text.split("//").nth(1).unwrap_or(&text);
            let rest = rest
                .strip_prefix("www.")
                .unwrap_or(rest)
                .trim_end_matches('/');
            if rest.contains('/') {
                self.pages.insert(rest.to_owned());
            }
            self.domains.insert(address.host());
        }
    }

    /// What another listing of the same thing would have too: only listings that share one of these are compared.
    pub(crate) fn keys(&self) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        let telling: Vec<&String> = self
            .words
            .iter()
            .filter(|word| !COMMON.contains(&word.as_str()))
            .collect();
        keys.insert(format!("source {}", self.source_id));
        if !self.name.is_empty() {
            keys.insert(format!(
                "name {}",
                self.words.iter().cloned().collect::<Vec<_>>().join(" ")
            ));
        }
        keys.extend(
            self.telephones
                .iter()
                .map(|number| format!("telephone {number}")),
        );
        keys.extend(self.pages.iter().map(|page| format!("page {page}")));
        for word in telling {
            keys.extend(
                self.postcodes
                    .iter()
                    .map(|postcode| format!("place {postcode} {word}")),
            );
            keys.extend(
                self.domains
                    .iter()
                    .map(|domain| format!("domain {domain} {word}")),
            );
            keys.extend(
                self.numbers
                    .iter()
                    .map(|(register, number)| format!("number {register} {number} {word}")),
            );
        }
        keys
    }
}

/// Small letters and digits, one space between words.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            '\'' | '’' => {}
            '&' => out.push_str(" and "),
            other if other.is_alphanumeric() => out.push(other),
            _ => out.push(' '),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words without which a name is the same name.
const ARTICLES: [&str; 4] = ["a", "an", "and", "the"];

fn words(plain: &str) -> BTreeSet<String> {
    plain
        .split(' ')
        .filter(|word| !word.is_empty() && !ARTICLES.contains(word))
        .map(str::to_owned)
        .collect()
}

fn letters(text: &str) -> String {
    text.chars()
        .filter(|next| next.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The last ten digits, which tell a number however its beginning is written.
fn telephone(text: &str) -> Option<String> {
    let digits: Vec<char> = text
        .replace("(0)", "")
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    (digits.len() >= 10).then(|| digits.iter().skip(digits.len() - 10).collect())
}
