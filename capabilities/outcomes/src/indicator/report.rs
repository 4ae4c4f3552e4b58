//! What is shown of an indicator for one audience: made from the numbers in memory, which are not held meanwhile.

use std::collections::BTreeMap;

use stour_indicators::{Case, Dimension, Month, Subject, Verdict};
use stour_kernel::{Date, PersonId};
use stour_partnership::Reference;

use super::period::Period;
use super::piece::{self, Piece};
use super::publish::{Audience, Published, publish, publish_within};
use super::verdict;
use crate::catalogue::{Apart, Catalogue, Definition};
use crate::counted::{Figures, State, Which};

/// How many months a chart goes back.
const MONTHS: i32 = 60;

/// An indicator as one audience may see it, for the whole partnership or one place of it.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub(crate) definition: &'static Definition,
    pub(crate) audience: Audience,
    /// The day as it stood on which everything was counted.
    pub(crate) as_of: Date,
    /// The council or locality it is about; none of the whole.
    pub(crate) place: Option<Piece>,
    /// The months that the main value covers.
    pub(crate) latest: Period,
    /// The main value.
    pub(crate) total: Published,
    /// The same of the whole partnership, when this is about a place.
    pub(crate) comparator: Option<Published>,
    /// Each complete month, or quarter where months are too small to show.
    pub(crate) periods: Vec<(Period, Published)>,
    /// The main value taken apart, by each dimension; localities within their councils.
    pub(crate) apart: Vec<(Apart, Vec<(Piece, Published)>)>,
    /// The main value of each locality as a whole, where no part of it is withheld: what a map shows.
    pub(crate) localities: Vec<(Piece, Published)>,
    /// How far it can be trusted.
    pub(crate) quality: Quality,
    /// What became of everything that came close, for whoever may open the people.
    pub(crate) verdicts: BTreeMap<String, u64>,
}

/// How far a number can be trusted.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Quality {
    /// Why the number is withheld.
    pub(crate) faults: Vec<String>,
    /// Of what is counted, the per cent of which a thing is not known, with what that is.
    pub(crate) unknown: Vec<(f64, &'static str)>,
    /// The share of the people who live here that is on record, in per cent, where it is too low for rates to be of
    /// everybody.
    pub(crate) coverage: Option<f64>,
}

/// The numbers, and what they are shown with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Maker<'m> {
    pub(crate) state: &'m State,
    pub(crate) catalogue: &'static Catalogue,
    pub(crate) reference: &'static Reference,
    pub(crate) figures: Figures<'m>,
}

impl<'m> Maker<'m> {
    pub(crate) fn new(
        state: &'m State,
        catalogue: &'static Catalogue,
        reference: &'static Reference,
    ) -> Self {
        Self {
            state,
            catalogue,
            reference,
            figures: Figures::new(state, catalogue, reference),
        }
    }

    fn as_of(&self) -> Date {
        self.state.as_of().date().unwrap_or(Date::MIN)
    }

    /// What a row of the scorecard needs: the main value and the periods.
    pub(crate) fn summary(
        &self,
        definition: &'static Definition,
        place: Option<&Piece>,
        audience: Audience,
    ) -> Report {
        let latest = Period::latest(definition, self.as_of());
        let (dimension, code) = place.map_or((Dimension::Whole, ""), |place| {
            (place.dimension, place.code.as_str())
        });
        let figure = |period: Period, dimension, code| {
            let which = Which {
                months: period.months(),
                dimension,
                code,
            };
            self.figures.figure(definition, which)
        };
        let one = |dimension, code| {
            let published = publish(
                &definition.small_numbers,
                vec![figure(latest, dimension, code)],
                audience,
            );
            published.into_iter().next().unwrap_or(Published::Withheld)
        };
        let of_months = |periods: &[Period]| {
            let (earlier, recent): (Vec<Period>, Vec<Period>) = periods
                .iter()
                .partition(|period| period.first < latest.first);
            // Those that add up to the main value are withheld together, apart from those before.
            let shown = [earlier, recent].map(|periods| {
                let figures = periods
                    .iter()
                    .map(|period| figure(*period, dimension, code));
                let shown = publish(&definition.small_numbers, figures.collect(), audience);
                periods.into_iter().zip(shown).collect::<Vec<_>>()
            });
            shown.concat()
        };
        let months = self.months(definition, latest.last, (dimension, code));
        let mut periods = of_months(&months);
        let withheld = |(period, shown): &(Period, Published)| {
            latest.contains(period.first) && *shown == Published::Withheld
        };
        if definition.shown.months > 1 && !definition.is_of_lives() && periods.iter().any(withheld)
        {
            periods = of_months(&quarters(&months));
        }
        let mut report = Report {
            definition,
            audience,
            as_of: self.as_of(),
            place: place.cloned(),
            latest,
            total: one(dimension, code),
            comparator: place.map(|_| one(Dimension::Whole, "")),
            periods,
            apart: Vec::new(),
            localities: Vec::new(),
            quality: self.quality(definition, latest),
            verdicts: BTreeMap::new(),
        };
        if place.is_some_and(|place| self.gives_away(definition, place, audience)) {
            report.withhold();
        }
        report
    }

    /// Everything that a page shows.
    pub(crate) fn report(
        &self,
        definition: &'static Definition,
        place: Option<&Piece>,
        audience: Audience,
    ) -> Report {
        let mut report = self.summary(definition, place, audience);
        if place.is_none() {
            report.apart = self.apart(&report);
            report.localities = self.localities(&report);
        }
        if audience == Audience::MayOpen {
            report.verdicts = self.verdicts(&report);
        }
        report
    }

    /// Whether the number of a place would give away a part of it that is withheld.
    fn gives_away(
        &self,
        definition: &'static Definition,
        place: &Piece,
        audience: Audience,
    ) -> bool {
        if audience == Audience::MayOpen {
            return false;
        }
        let whole = self.report(definition, None, audience);
        let mut own = whole.localities.iter().filter(|(piece, _)| piece == place);
        own.any(|(_, shown)| *shown == Published::Withheld)
    }

    /// The complete months from the first in which anything was counted.
    fn months(
        &self,
        definition: &Definition,
        last: Month,
        (dimension, code): (Dimension, &str),
    ) -> Vec<Period> {
        let first = self.state.tally().layout().first();
        if definition.is_of_lives() {
            return years(definition, (first, last));
        }
        let months = self.state.tally().layout().months();
        let months = months.filter(|month| *month <= last && *month > last.plus(-MONTHS));
        let any = |month: &Month| {
            let which = Which {
                months: (*month, *month),
                dimension,
                code,
            };
            self.figures.figure(definition, which).counts_anything()
        };
        months
            .skip_while(|month| !any(month))
            .map(Period::of)
            .collect()
    }

    fn apart(&self, report: &Report) -> Vec<(Apart, Vec<(Piece, Published)>)> {
        let shown = &report.definition.shown.apart;
        let nested = shown.contains(&Apart::Council) && shown.contains(&Apart::Locality);
        let alone = |apart: &&Apart| !(nested && **apart == Apart::Locality);
        shown
            .iter()
            .filter(alone)
            .map(|apart| (*apart, self.pieces(report, *apart, nested)))
            .collect()
    }

    /// The pieces of a dimension that have anything; localities after their council.
    fn pieces(&self, report: &Report, apart: Apart, nested: bool) -> Vec<(Piece, Published)> {
        let rule = &report.definition.small_numbers;
        let figures = |pieces: &[Piece]| {
            let of = |piece: &Piece| {
                let which = Which {
                    months: report.latest.months(),
                    dimension: piece.dimension,
                    code: &piece.code,
                };
                self.figures.figure(report.definition, which)
            };
            pieces.iter().map(of).collect::<Vec<_>>()
        };
        let any = |pieces: Vec<Piece>| {
            let figures = figures(&pieces);
            let some = pieces
                .into_iter()
                .zip(figures)
                .filter(|(_, figure)| figure.counts_anything());
            some.unzip::<Piece, _, Vec<_>, Vec<_>>()
        };
        let (wholes, counted) = any(piece::all(self.state, self.reference, apart));
        let published = publish_within(rule, &report.total, counted, report.audience);
        let wholes = wholes.into_iter().zip(published);
        if !(nested && apart == Apart::Council) {
            return wholes.collect();
        }
        let mut found = Vec::new();
        for (council, shown) in wholes {
            let (localities, counted) =
                any(piece::localities(self.state, self.reference, &council.code));
            let within = publish_within(rule, &shown, counted, report.audience);
            found.push((council, shown));
            found.extend(localities.into_iter().zip(within));
        }
        found
    }

    fn localities(&self, report: &Report) -> Vec<(Piece, Published)> {
        if !report.definition.shown.apart.contains(&Apart::Locality) {
            return Vec::new();
        }
        let parts: Vec<_> = report.apart.iter().flat_map(|(_, pieces)| pieces).collect();
        let all = piece::all(self.state, self.reference, Apart::Locality);
        let whole = |locality: Piece| {
            let mut own = parts.iter().filter(|(piece, _)| {
                piece.dimension == Dimension::LocalityInCouncil && piece.own_code() == locality.code
            });
            // With a part of it the rest could be had by subtraction.
            let withheld = own.any(|(_, shown)| *shown == Published::Withheld);
            let which = Which {
                months: report.latest.months(),
                dimension: Dimension::Locality,
                code: &locality.code,
            };
            let figure = self.figures.figure(report.definition, which);
            let mut shown = publish(
                &report.definition.small_numbers,
                vec![figure],
                report.audience,
            );
            let shown = shown
                .pop()
                .filter(|_| !withheld)
                .unwrap_or(Published::Withheld);
            (locality, shown)
        };
        all.into_iter().map(whole).collect()
    }

    fn quality(&self, definition: &'static Definition, latest: Period) -> Quality {
        let cell = |dimension, code| {
            let months = latest.months();
            self.figures.cell(
                definition,
                Which {
                    months,
                    dimension,
                    code,
                },
            )
        };
        let whole = cell(Dimension::Whole, "").denominator;
        let share = |part: i64| 100.0 * piece::real(part) / piece::real(whole);
        let unknown = definition.shown.apart.iter().filter_map(|apart| {
            let (code, what) = piece::unknown(*apart)?;
            let part = cell(apart.dimension(), code).denominator;
            (whole > 0 && part > 0).then(|| (share(part), what))
        });
        let rate = definition.shown.of.is_some() && !self.figures.by_residents();
        Quality {
            faults: self
                .catalogue
                .faults_of(&definition.id)
                .map(|fault| fault.what.clone())
                .collect(),
            unknown: unknown.collect(),
            coverage: rate.then(|| 100.0 * self.figures.coverage()),
        }
    }

    fn verdicts(&self, report: &Report) -> BTreeMap<String, u64> {
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        self.each_case(report, report.latest, |_, case, _| {
            *found
                .entry(verdict::kind(report.definition, case.verdict).to_owned())
                .or_default() += 1;
        });
        found
    }

    /// Hands on the cases of some months of the place that a report is about; of what goes on from month to month, the
    /// first in them.
    pub(crate) fn each_case(
        &self,
        report: &Report,
        period: Period,
        mut take: impl FnMut(Option<PersonId>, &Case, &Subject<'_>),
    ) {
        let layout = self.state.tally().layout();
        let here = |case: &Case| {
            report
                .place
                .as_ref()
                .is_none_or(|place| place.has(layout, case))
        };
        let counted = self
            .state
            .each_case(&report.definition.id, |person, case, subject| {
                let again = case.verdict == Verdict::GoesOn && case.month != period.first;
                if period.contains(case.month) && !again && here(case) {
                    take(person, case, subject);
                }
            });
        if let Err(error) = counted {
            tracing::error!(%error, "an indicator cannot be opened");
        }
    }
}

/// The periods of years of life: as long as the main value's, each a year before the next.
fn years(definition: &Definition, (first, last): (Month, Month)) -> Vec<Period> {
    let ends = (0..5).rev().map(|years| last.plus(-12 * years));
    let periods = ends.map(|last| Period {
        first: last.plus(1 - definition.shown.months),
        last,
    });
    periods.filter(|period| period.first >= first).collect()
}

/// Months three by three, counted back from the last; one or two that are left over at the beginning
/// are left out.
fn quarters(months: &[Period]) -> Vec<Period> {
    let (_, quarters) = months.as_rchunks::<3>();
    quarters
        .iter()
        .map(|[first, _, last]| Period {
            first: first.first,
            last: last.last,
        })
        .collect()
}

impl Report {
    pub(crate) fn address(&self) -> String {
        format!("/board/indicators/{}", self.definition.id)
    }

    /// What a period is: "month", "quarter", or of years of life "period".
    pub(crate) fn noun(&self) -> &'static str {
        if self.definition.is_of_lives() {
            return "period";
        }
        if self
            .periods
            .iter()
            .all(|(period, _)| period.first == period.last)
        {
            "month"
        } else {
            "quarter"
        }
    }

    /// Withholds everything that is of the place.
    fn withhold(&mut self) {
        self.total = Published::Withheld;
        for (_, shown) in &mut self.periods {
            *shown = Published::Withheld;
        }
    }

    /// Whether anything is withheld.
    pub(crate) fn withholds(&self) -> bool {
        let periods = self.periods.iter().map(|(_, shown)| shown);
        let pieces = self.apart.iter().flat_map(|(_, pieces)| pieces);
        let mut all = periods
            .chain(pieces.map(|(_, shown)| shown))
            .chain([&self.total]);
        all.any(|shown| *shown == Published::Withheld)
    }
}
