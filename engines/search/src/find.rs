//! From a query to what is found.

use std::collections::BTreeMap;

use core::cmp::Ordering;

use crate::columns::{Columns, Presence};
use crate::dictionary::{number, place};
use crate::facet::{Facet, FacetValue};
use crate::filter::Filter;
use crate::found::{Band, Found, Hit, Understood};
use crate::index::Index;
use crate::posting::{Scored, any, both};
use crate::query::{Order, Query, QueryError};
use crate::read::Part;

/// From how many entries on a second thread costs less than it saves: some 50 µs against 0.1 µs for each entry.
const WORTH_A_THREAD: usize = 20_000;

/// An entry that was found.
struct Ranked {
    row: u32,
    band: Band,
    site: Option<usize>,
    metres: f64,
    score: f64,
}

/// One pass over entries that have enough of the words.
struct Pass<'i> {
    columns: &'i Columns,
    values: &'i crate::facet::Values,
    filter: &'i Filter,
    counts: Vec<u32>,
    /// Of entries for the people of every council, how many.
    everywhere: u32,
    found: Vec<Ranked>,
    seen: Vec<u32>,
}

impl Index {
    /// What there is for a query.
    pub fn find(&self, query: &Query) -> Result<Found, QueryError> {
        let filter = Filter::new(query, &self.values)?;
        let (parts, mut understood) = self.read(&query.words);
        if understood.is_empty {
            return Ok(Found {
                understood,
                ..Found::default()
            });
        }
        let pass = if parts.is_empty() {
            self.match_all(&filter)
        } else {
            let mut pass = self.pass(&filter);
            self.match_most(&parts, &mut understood, &mut pass);
            pass
        };
        Ok(self.answer(query, pass, understood))
    }

    fn pass<'i>(&'i self, filter: &'i Filter) -> Pass<'i> {
        Pass {
            columns: &self.columns,
            values: &self.values,
            filter,
            counts: vec![0; self.values.len()],
            everywhere: 0,
            found: Vec::new(),
            seen: Vec::new(),
        }
    }

    /// Looks at every entry, on two threads where there are many: without words nothing else narrows the search.
    fn match_all<'i>(&'i self, filter: &'i Filter) -> Pass<'i> {
        let part = |which: usize, parts: usize| {
            let mut pass = self.pass(filter);
            let rows = self.columns.rows();
            rows.filter(|row| place(*row) % parts == which)
                .for_each(|row| pass.entry(row, 0.0));
            pass
        };
        if self.columns.len() < WORTH_A_THREAD {
            return part(0, 1);
        }
        std::thread::scope(|scope| {
            let second = std::thread::Builder::new().spawn_scoped(scope, || part(1, 2));
            let mut pass = part(0, 2);
            match second.map(std::thread::ScopedJoinHandle::join) {
                Ok(Ok(second)) => pass.join(second),
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                // The system gives no thread: the rest is looked at here.
                Err(_) => pass.join(part(1, 2)),
            }
            pass
        })
    }

    /// Finds the entries that match as many parts as any does that passes the filters.
    fn match_most(&self, parts: &[Part], understood: &mut Understood, pass: &mut Pass<'_>) {
        if let [part] = parts {
            for (row, score) in self.scores(part) {
                pass.entry(row, score);
            }
            understood.matched = usize::from(!pass.found.is_empty());
            return;
        }
        let mut sums = vec![0.0; self.columns.len()];
        let mut matched = vec![0_u8; self.columns.len()];
        for part in parts {
            for (row, score) in self.scores(part) {
                if let Some(sum) = sums.get_mut(place(row)) {
                    *sum += score;
                }
                if let Some(matched) = matched.get_mut(place(row)) {
                    *matched += 1;
                }
            }
        }
        let most = matched.iter().copied().max().unwrap_or(0);
        for enough in (1..=most).rev() {
            pass.counts.fill(0);
            pass.everywhere = 0;
            for (row, (matched, score)) in (0_u32..).zip(matched.iter().zip(&sums)) {
                if *matched >= enough {
                    pass.entry(row, *score);
                }
            }
            if !pass.found.is_empty() {
                understood.matched = usize::from(enough);
                return;
            }
        }
    }

    /// The entries that have a part, and what it is worth.
    fn scores(&self, part: &Part) -> Vec<Scored> {
        let of = |term: &u32| self.postings.scores(*term, &self.columns);
        let alternatives = part.alternatives.iter().map(|terms| {
            let mut terms = terms.iter();
            let first = terms.next().map(of).unwrap_or_default();
            terms.fold(first, |all, term| both(&all, &of(term)))
        });
        any(alternatives.collect())
    }

    fn answer(&self, query: &Query, mut pass: Pass<'_>, understood: Understood) -> Found {
        let near = |ranked: &&Ranked| ranked.band == Band::Near;
        let near = pass.found.iter().filter(near).count();
        let elsewhere = pass.found.len() - near;
        let facets = pass.facets(query);
        let mut found = core::mem::take(&mut pass.found);
        if let Some(band) = query.band {
            found.retain(|ranked| ranked.band == band);
        }
        let total = found.len();
        let end = query.skip.saturating_add(query.take);
        let order = query.order.unwrap_or(if pass.filter.has_place() {
            Order::Nearest
        } else {
            Order::Best
        });
        let compare = |one: &Ranked, other: &Ranked| self.compare(order, one, other);
        if end < found.len() {
            found.select_nth_unstable_by(end, compare);
            found.truncate(end);
        }
        found.sort_unstable_by(compare);
        let hits = found.iter().skip(query.skip).map(|ranked| Hit {
            id: self.columns.id(ranked.row).to_owned(),
            band: ranked.band,
            site: ranked.site,
            metres: ranked.metres.is_finite().then_some(ranked.metres),
            score: ranked.score,
        });
        Found {
            total,
            near,
            elsewhere,
            hits: hits.collect(),
            facets,
            understood,
        }
    }

    fn compare(&self, order: Order, one: &Ranked, other: &Ranked) -> Ordering {
        let nearest = || one.metres.total_cmp(&other.metres);
        let best = || other.score.total_cmp(&one.score);
        let ordering = match order {
            Order::Nearest => one.band.cmp(&other.band).then_with(nearest).then_with(best),
            Order::Best => best().then_with(nearest),
            Order::Name => Ordering::Equal,
        };
        ordering.then_with(|| self.columns.by_name(one.row, other.row))
    }
}

impl Pass<'_> {
    /// Adds what a pass over other entries found.
    fn join(&mut self, other: Self) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
        self.everywhere += other.everywhere;
        self.found.extend(other.found);
    }

    /// Looks at an entry: counts it where it counts, and notes it when it is found.
    fn entry(&mut self, row: u32, score: f64) {
        let Some(failed) = self.filter.entry(self.columns, row) else {
            return;
        };
        let presences = self.columns.presences(row);
        self.seen.clear();
        let mut best: Option<(&Presence, f64)> = None;
        let mut lone = None;
        let mut is_everywhere = false;
        for presence in presences {
            let Some((at_site, metres)) = self.filter.presence(self.columns, presence) else {
                continue;
            };
            let failed = failed | at_site;
            let values = self.columns.site_values(presence);
            if failed == 0 {
                let is_better = best.is_none_or(|(_, nearest)| metres < nearest);
                if is_better {
                    best = Some((presence, metres));
                }
                self.seen.extend(values);
                is_everywhere |= presence.is_everywhere;
            } else if let Some(facet) = self.filter.only(failed) {
                if facet.is_of_site() {
                    let of_facet = values
                        .iter()
                        .filter(|value| self.values.facet(**value) == Some(facet));
                    self.seen.extend(of_facet);
                    is_everywhere |= facet == Facet::Council && presence.is_everywhere;
                } else {
                    lone = Some(facet);
                }
            }
        }
        self.count_sites(presences.len(), is_everywhere);
        let values = self.columns.values(row);
        if let Some((presence, metres)) = best {
            for value in values {
                count(&mut self.counts, *value);
            }
            self.found.push(Ranked {
                row,
                band: if presence.spot.is_nowhere() {
                    Band::Elsewhere
                } else {
                    Band::Near
                },
                site: presence.site(),
                metres,
                score,
            });
        } else if let Some(facet) = lone {
            for value in values {
                if self.values.facet(*value) == Some(facet) {
                    count(&mut self.counts, *value);
                }
            }
        }
    }

    /// Counts the values of an entry's sites, each once.
    fn count_sites(&mut self, sites: usize, is_everywhere: bool) {
        if sites > 1 {
            self.seen.sort_unstable();
            self.seen.dedup();
        }
        for value in &self.seen {
            if !is_everywhere || self.values.facet(*value) != Some(Facet::Council) {
                count(&mut self.counts, *value);
            }
        }
        self.everywhere += u32::from(is_everywhere);
    }

    fn facets(&self, query: &Query) -> BTreeMap<Facet, Vec<FacetValue>> {
        let mut facets: BTreeMap<Facet, Vec<FacetValue>> = BTreeMap::new();
        let is_chosen = |facet: Facet, value: &str| {
            let mut chosen = query.chosen.iter();
            chosen.any(|choice| choice.facet == facet && choice.value == value)
        };
        let days = query.days().unwrap_or_default();
        let counted = (0..number(self.values.len())).zip(&self.counts);
        let mut named: Vec<(Facet, u32, u32)> = Vec::new();
        for (value, count) in counted {
            if let Some(facet) = self.values.facet(value)
                && *count > 0
            {
                let more = if facet == Facet::Council {
                    self.everywhere
                } else {
                    0
                };
                named.push((facet, count + more, value));
            }
        }
        named.sort_unstable_by(|one, other| {
            one.0
                .cmp(&other.0)
                .then(other.1.cmp(&one.1))
                .then_with(|| self.values.text(one.2).cmp(self.values.text(other.2)))
        });
        for (facet, count, value) in named {
            let text = self.values.text(value);
            let by_day = facet == Facet::Day && days.iter().any(|day| day.to_string() == text);
            let is_chosen = is_chosen(facet, text) || by_day;
            let values = facets.entry(facet).or_default();
            if values.len() < query.facet_values || is_chosen {
                values.push(FacetValue {
                    value: text.to_owned(),
                    count,
                    is_chosen,
                });
            }
        }
        let days = days.iter().map(|day| (Facet::Day, day.to_string()));
        let chosen = query.chosen.iter();
        let chosen = chosen.map(|choice| (choice.facet, choice.value.clone()));
        for (facet, value) in chosen.chain(days) {
            let values = facets.entry(facet).or_default();
            if !values.iter().any(|known| known.value == value) {
                values.push(FacetValue {
                    value,
                    count: if facet == Facet::Council {
                        self.everywhere
                    } else {
                        0
                    },
                    is_chosen: true,
                });
            }
        }
        facets
    }
}

fn count(counts: &mut [u32], value: u32) {
    if let Some(count) = counts.get_mut(place(value)) {
        *count += 1;
    }
}
