//! What the values of facets are called on a page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use stour_kernel::Date;
use stour_open_referral::Weekday;
use stour_search::{Cost, Facet, Kind, Way};

use super::rules::{Named, Rules};

/// What the values of facets are called, by facet and value.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Labels(BTreeMap<(Facet, String), String>);

impl Labels {
    /// The labels that do not come from listings.
    pub(super) fn new(today: Date) -> Self {
        let mut labels = Self::default();
        for (value, label) in [
            (Kind::Service, "Services"),
            (Kind::Organisation, "Organisations"),
        ] {
            labels.note(Facet::Kind, value.as_str(), label);
        }
        labels.note(Facet::Way, Way::Place.as_str(), "At a place");
        labels.note(Facet::Cost, Cost::Free.as_str(), "Free");
        labels.note(Facet::Cost, Cost::Paid.as_str(), "Has to be paid for");
        for day in Weekday::ALL {
            labels.note(Facet::Day, &day.place().to_string(), day.name());
        }
        if let Ok(reference) = stour_partnership::reference() {
            for council in reference.councils_at(today) {
                labels.note(Facet::Council, council.code.as_str(), &council.name);
            }
        }
        if let Ok(rules) = Rules::embedded() {
            let mut all = |facet: Facet, named: &[Named]| {
                for named in named {
                    labels.note(facet, &named.code, &named.label);
                }
            };
            all(Facet::Access, &rules.access);
            all(Facet::Eligibility, &rules.group);
            all(Facet::Way, &rules.way);
        }
        labels
    }

    /// Notes what a value is called; the first name that is told stays.
    pub(super) fn note(&mut self, facet: Facet, value: &str, label: &str) {
        self.0
            .entry((facet, value.to_owned()))
            .or_insert_with(|| label.to_owned());
    }

    /// Forgets what is not asked for.
    pub(super) fn retain(&mut self, is_asked_for: impl Fn(Facet, &str) -> bool) {
        self.0
            .retain(|(facet, value), _| is_asked_for(*facet, value));
    }

    /// Takes over what is named elsewhere and not here.
    pub(super) fn extend(&mut self, other: Self) {
        for (key, label) in other.0 {
            self.0.entry(key).or_insert(label);
        }
    }

    /// All of them.
    pub(super) fn into_all(self) -> impl Iterator<Item = (Facet, String, String)> {
        let all = self.0.into_iter();
        all.map(|((facet, value), label)| (facet, value, label))
    }

    /// What a value is called; a value that nobody has named is its own label.
    pub(super) fn of(&self, facet: Facet, value: &str) -> String {
        self.0
            .get(&(facet, value.to_owned()))
            .cloned()
            .unwrap_or_else(|| value.to_owned())
    }
}
