//! The five filters that a service finder needs: age, place, time, taxonomy and text. Source: "Level 2
//! Compliance" of the validation rules of Open Referral UK 1.0, which the validator for 3.0 no longer tests;
//! parameters of 3.0 by openapi.json of OpenReferralUK/uk-profile, 10 October 2024.
//!
//! The standard can be read in more than one way, so a record counts as one that must not be found only
//! where it does not match in any of them.

use std::collections::BTreeMap;

use super::asking::Asking;
use super::features::{Features, Hours, metres};
use super::probe::{self, Came, Probe, Unfiltered, put_all, richest};
use super::report::Check;
use super::version::Version;

/// Metres beyond which a service is not near a postcode in any reading of a search within 1,000 metres.
const FAR: f64 = 5_000.0;
/// Words that no service has.
const NONSENSE: &str = "zqxjkvbw qzjxwvkq";

/// A sample and the lists that it was taken from.
pub(super) struct Sampled<'s> {
    pub(super) version: Version,
    pub(super) features: &'s [Features],
    pub(super) services: Unfiltered,
    /// The list of services at locations, where the feed has one.
    pub(super) at_locations: Option<Unfiltered>,
}

impl Sampled<'_> {
    /// Probes for services that have what is needed, those first that are told apart from the most others.
    fn probes(
        &self,
        parameters: impl Fn(&Features) -> Option<Vec<(&'static str, String)>>,
        is_other: impl Fn(&Features, &Features) -> bool,
    ) -> Vec<Probe> {
        self.probes_by(parameters, is_other, |_, others| others.len())
    }

    fn probes_by(
        &self,
        parameters: impl Fn(&Features) -> Option<Vec<(&'static str, String)>>,
        is_other: impl Fn(&Features, &Features) -> bool,
        weight: impl Fn(&Features, &[&Features]) -> usize,
    ) -> Vec<Probe> {
        let named = self.features.iter().filter(|one| !one.id.is_empty());
        let probes = named.filter_map(|one| {
            let others = self.features.iter().filter(|other| other.id != one.id);
            let others: Vec<&Features> = others.filter(|other| is_other(one, other)).collect();
            let probe = Probe {
                parameters: parameters(one)?,
                id: one.id.clone(),
                name: one.name.clone(),
                others: others.iter().map(|other| other.id.clone()).collect(),
            };
            Some((weight(one, &others), probe))
        });
        richest(probes.collect())
    }

    fn check(
        &self,
        asking: &mut Asking<'_>,
        names: (&'static str, &'static str),
        probes: &[Probe],
        untested: &str,
    ) -> Check {
        let came = put_all(asking, self.version, "/services", &self.services, probes);
        probe::check(names, asking.log(), came, untested)
    }

    /// By age: `minimum_age` and `maximum_age`.
    pub(super) fn age(&self, asking: &mut Asking<'_>) -> Check {
        let parameters = |one: &Features| {
            let (from, to) = one.ages?;
            Some(vec![
                ("minimum_age", from.to_string()),
                ("maximum_age", to.to_string()),
            ])
        };
        let apart = |one: &Features, other: &Features| {
            one.ages
                .zip(other.ages)
                .is_some_and(|((from, to), (others_from, others_to))| {
                    others_to < from || to < others_from
                })
        };
        // Both parameters are put to the test only where services lie on either side.
        let sides = |one: &Features, others: &[&Features]| {
            let below = others.iter().filter(|other| other.ages < one.ages).count();
            below.min(others.len() - below)
        };
        let probes = self.probes_by(parameters, apart, sides);
        let untested = "no service of the sample has both a minimum and a maximum age";
        self.check(asking, ("filter-age", "By age"), &probes, untested)
    }

    /// By place: `postcode` with `proximity`, on the list that has them in this version.
    pub(super) fn place(&self, asking: &mut Asking<'_>) -> Check {
        let spot = |one: &Features| {
            one.places
                .iter()
                .find_map(|place| place.postcode.zip(place.point))
        };
        let parameters = |one: &Features| {
            let (postcode, _) = spot(one)?;
            Some(vec![
                ("postcode", postcode.to_string()),
                ("proximity", "1000".to_owned()),
            ])
        };
        let far = |one: &Features, other: &Features| {
            let Some((_, from)) = spot(one) else {
                return false;
            };
            let far =
                |point: Option<(f64, f64)>| point.is_some_and(|point| metres(from, point) > FAR);
            !other.places.is_empty() && other.places.iter().all(|place| far(place.point))
        };
        let probes = self.probes(parameters, far);
        let names = ("filter-place", "By place");
        let untested = "no service of the sample has a postcode and a point in the United Kingdom";
        match (&self.at_locations, self.version) {
            (Some(unfiltered), Version::V3) => {
                let path = "/service_at_locations";
                let came = put_all(asking, self.version, path, unfiltered, &probes);
                probe::check(names, asking.log(), came, untested)
            }
            (None, Version::V3) => self.place_of_services(asking, names, &probes, untested),
            _ => self.check(asking, names, &probes, untested),
        }
    }

    /// Version 3.0 has these parameters on a list that a feed need not offer; some have them on the other.
    fn place_of_services(
        &self,
        asking: &mut Asking<'_>,
        names: (&'static str, &'static str),
        probes: &[Probe],
        untested: &str,
    ) -> Check {
        let mut check = self.check(asking, names, probes, untested);
        if check.verdict != super::report::Verdict::NotTested {
            check.verdict = super::report::Verdict::Warning;
            check.said = format!(
                "the feed does not offer /service_at_locations, which has these parameters; of /services, {}",
                check.said
            );
        }
        check
    }

    /// By time: `start_time`, `end_time` and `day`.
    pub(super) fn time(&self, asking: &mut Asking<'_>) -> Check {
        let usual = |one: &Features| {
            let mut hours = one.hours.iter().filter(|hours| hours.is_valid);
            hours.find_map(|hours| {
                let (opens, closes) = hours.span?;
                let day = hours.days.iter().find(|day| day.len() == 2)?;
                (opens < closes).then(|| (hours.clone(), day.clone()))
            })
        };
        let parameters = |one: &Features| {
            let (hours, day) = usual(one)?;
            Some(vec![
                ("start_time", hours.opens),
                ("end_time", hours.closes),
                ("day", day),
            ])
        };
        let closed = |one: &Features, other: &Features| {
            let Some((hours, day)) = usual(one) else {
                return false;
            };
            !other.hours.is_empty()
                && other
                    .hours
                    .iter()
                    .all(|others| is_closed(&hours, &day, others))
        };
        let probes = self.probes(parameters, closed);
        let untested =
            "no service that was read whole has a schedule of days and times that is valid today";
        self.check(
            asking,
            ("filter-time", "By day and time"),
            &probes,
            untested,
        )
    }

    /// By taxonomy: `taxonomy_term_id` and `taxonomy_id` in 3.0, `taxonomy_id` with `vocabulary` in 1.0.
    pub(super) fn taxonomy(&self, asking: &mut Asking<'_>) -> Check {
        let parents = self.parents();
        let term = |one: &Features| one.terms.first().cloned();
        let parameters = |one: &Features| {
            let term = term(one)?;
            Some(match self.version {
                Version::V3 => vec![("taxonomy_term_id", term.id)],
                Version::V1 => {
                    let vocabulary = term.taxonomy.map(|taxonomy| ("vocabulary", taxonomy));
                    [("taxonomy_id", term.id)]
                        .into_iter()
                        .chain(vocabulary)
                        .collect()
                }
            })
        };
        let without = |one: &Features, other: &Features| {
            let Some(term) = term(one) else { return false };
            other.is_whole
                && !other
                    .terms
                    .iter()
                    .any(|other| is_under(&parents, &other.id, &term.id))
        };
        let probes = self.probes(parameters, without);
        let mut came = put_all(asking, self.version, "/services", &self.services, &probes);
        if self.version == Version::V3 && matches!(came.last(), Some(Came::Right(_))) {
            came.extend(self.by_taxonomy(asking));
        }
        let untested = "no service that was read whole has a term of a taxonomy";
        probe::check(
            ("filter-taxonomy", "By taxonomy"),
            asking.log(),
            came,
            untested,
        )
    }

    /// By the taxonomy as a whole, where terms name theirs; nothing unless that goes wrong.
    fn by_taxonomy(&self, asking: &mut Asking<'_>) -> Option<Came> {
        let taxonomy = |one: &Features| one.terms.iter().find_map(|term| term.taxonomy.clone());
        let parameters = |one: &Features| Some(vec![("taxonomy_id", taxonomy(one)?)]);
        let without = |one: &Features, other: &Features| {
            let wanted = taxonomy(one);
            other.is_whole
                && other
                    .terms
                    .iter()
                    .all(|term| term.taxonomy.is_some() && term.taxonomy != wanted)
        };
        let probes = self.probes(parameters, without);
        let came = put_all(asking, self.version, "/services", &self.services, &probes);
        came.into_iter().last().filter(|came| {
            matches!(
                came,
                Came::Missing(_) | Came::Ignored(_) | Came::Unread(_) | Came::Nearly(_)
            )
        })
    }

    /// The terms above each term, as far as the sample shows them.
    fn parents(&self) -> BTreeMap<&str, &str> {
        let terms = self.features.iter().flat_map(|one| &one.terms);
        terms
            .filter_map(|term| Some((term.id.as_str(), term.parent.as_deref()?)))
            .collect()
    }

    /// By text: `search` in 3.0, `text` in 1.0; a name must be found, and nonsense must not.
    pub(super) fn text(&self, asking: &mut Asking<'_>) -> Check {
        let parameter = match self.version {
            Version::V3 => "search",
            Version::V1 => "text",
        };
        let parameters = |one: &Features| {
            let name: String = one.name.chars().take(100).collect();
            let has_words = name.chars().any(char::is_alphanumeric);
            has_words.then(|| vec![(parameter, name)])
        };
        let probes = self.probes(parameters, |_, _| false);
        let can_tell = self.features.len() > 1;
        let mut came = put_all(asking, self.version, "/services", &self.services, &probes);
        if can_tell && matches!(came.last(), Some(Came::Right(_) | Came::CannotTell(_))) {
            let nonsense = (parameter, NONSENSE);
            let nonsense = probe::put_nonsense(asking, self.version, &self.services, nonsense);
            if !matches!(
                (came.last(), &nonsense),
                (Some(Came::Right(_)), Came::Right(_))
            ) {
                came.push(nonsense);
            }
        }
        let untested = "no service of the sample has a name";
        probe::check(("filter-text", "By text"), asking.log(), came, untested)
    }
}

/// Whether a schedule shows that there is nothing on this day between these hours.
fn is_closed(asked: &Hours, day: &str, other: &Hours) -> bool {
    let on_the_day = other.days.is_empty() || other.days.iter().any(|other| other.ends_with(day));
    let apart =
        asked
            .span
            .zip(other.span)
            .is_some_and(|((opens, closes), (others_open, others_close))| {
                others_open < others_close && (others_close <= opens || closes <= others_open)
            });
    !on_the_day || apart
}

/// Whether a term is another or stands under it.
fn is_under(parents: &BTreeMap<&str, &str>, term: &str, above: &str) -> bool {
    let mut at = Some(term);
    for _ in 0..20 {
        match at {
            None => return false,
            Some(term) if term == above => return true,
            Some(term) => at = parents.get(term).copied(),
        }
    }
    true
}
