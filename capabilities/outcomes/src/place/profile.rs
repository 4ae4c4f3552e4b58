//! Everything that a profile shows, for one audience.

use stour_kernel::Date;
use stour_web::{Caller, Problem};

use super::known::Known;
use super::living::{Living, count, fraction};
use crate::catalogue::{Apart, Catalogue, Definition, SmallNumbers};
use crate::indicator::piece::{self, Piece};
use crate::indicator::publish::{Audience, Sums};
use crate::indicator::read as indicator;
use crate::indicator::report::{Maker, Report};

/// A place, described.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) known: Known,
    /// Everybody in the partnership.
    pub(super) whole: Living,
    /// How many of its people are on record; none where too few to show.
    pub(super) on_record: Option<u32>,
    /// Whether rates are of the people who live here; otherwise of those on record.
    pub(super) by_residents: bool,
    /// The day as it stood on which everything was counted.
    pub(super) as_of: Date,
    /// Whether anything is on record that names the place, so that pages of indicators know it.
    pub(super) is_counted: bool,
    pub(super) catalogue: &'static Catalogue,
    /// What the scorecard shows of the place: the indicators that are counted by places.
    pub(super) reports: Vec<Report>,
    /// The indicators that are counted, but not by places.
    pub(super) of_whole_only: Vec<&'static Definition>,
}

impl Profile {
    /// Asks for what whoever asks may see of a place.
    pub(super) async fn read(caller: &Caller, known: Known) -> Result<Self, Problem> {
        let catalogue = indicator::known()?;
        let counted = catalogue
            .definitions
            .iter()
            .filter(|definition| definition.why_not.is_none());
        let audiences: Vec<(&'static Definition, Audience)> = counted
            .map(|definition| Ok((definition, indicator::audience(caller, definition)?)))
            .collect::<Result<_, Problem>>()?;
        indicator::ask(caller, |maker| Self::new(maker, known, &audiences)).await
    }

    fn new(maker: &Maker<'_>, known: Known, audiences: &[(&'static Definition, Audience)]) -> Self {
        let apart = if known.is_locality() {
            Apart::Locality
        } else {
            Apart::Council
        };
        let (by_places, not): (Vec<_>, Vec<_>) = audiences
            .iter()
            .copied()
            .partition(|(definition, _)| definition.shown.apart.contains(&apart));
        let reports = by_places
            .into_iter()
            .map(|(definition, audience)| maker.summary(definition, Some(&known.piece), audience));
        let may_open = audiences
            .iter()
            .all(|(_, audience)| *audience == Audience::MayOpen);
        let audience = if may_open {
            Audience::MayOpen
        } else {
            Audience::CountsOnly
        };
        let address = known.piece.address();
        Self {
            on_record: on_record(maker, &known.piece, apart, audience),
            whole: Living::of_whole(maker.reference),
            by_residents: maker.figures.by_residents(),
            as_of: maker.state.as_of().date().unwrap_or(Date::MIN),
            is_counted: Piece::named(maker.state, maker.reference, &address).is_some(),
            catalogue: maker.catalogue,
            reports: reports.collect(),
            of_whole_only: not.into_iter().map(|(definition, _)| definition).collect(),
            known,
        }
    }

    /// The message: how many people, and how many of them are old.
    pub(super) fn title(&self) -> String {
        let living = &self.known.living;
        format!(
            "{}: {} people, {} aged 65 or over",
            self.known.name(),
            count(living.total()),
            fraction(living.share_from(65))
        )
    }
}

/// How many people of a place are on record. Places of a kind add up to everybody, so they are withheld together, by
/// the widest of the rules that indicators have: a number of people has none of its own.
fn on_record(maker: &Maker<'_>, piece: &Piece, apart: Apart, audience: Audience) -> Option<u32> {
    let people = |piece: &Piece| -> u32 {
        let bands = maker.state.on_record(piece.dimension, &piece.code);
        bands.iter().sum()
    };
    let rules = || {
        let definitions = maker.catalogue.definitions.iter();
        definitions.map(|definition| &definition.small_numbers)
    };
    let rule = SmallNumbers {
        from: rules().map(|rule| rule.from).min().unwrap_or_default(),
        to: rules().map(|rule| rule.to).max().unwrap_or_default(),
        rule: String::new(),
    };
    let all = piece::all(maker.state, maker.reference, apart);
    let mut sums = Sums::new(&rule);
    let counts = |people: u32| [i64::from(people), i64::from(people), 0];
    let whole = sums.push_decided(counts(all.iter().map(people).sum()), false);
    let parts: Vec<usize> = all
        .iter()
        .map(|piece| sums.push(counts(people(piece)), false))
        .collect();
    let places = parts.clone();
    sums.add_up(whole, parts);
    let held = sums.settle();
    let own = all.iter().zip(places).find(|(one, _)| *one == piece);
    let Some((_, place)) = own else {
        return Some(0);
    };
    let is_shown = audience == Audience::MayOpen || held.get(place) == Some(&false);
    is_shown.then(|| people(piece))
}
