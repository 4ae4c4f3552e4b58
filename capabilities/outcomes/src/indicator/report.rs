//! What is shown of an indicator for one audience: made from the numbers in memory, which are not held meanwhile.

use std::collections::BTreeMap;

use stour_indicators::{Case, Dimension, Month, Rule, Subject, Verdict};
use stour_kernel::{Date, PersonId};
use stour_partnership::{PopulationTable, Reference};

use super::period::Period;
use super::piece::{self, Piece};
use super::publish::{Audience, Published};
use super::verdict;
use super::withheld::{Family, Withheld};
use crate::catalogue::{Apart, Catalogue, Definition};
use crate::commentary::Commentary;
use crate::counted::{Figure, Figures, State, Which};

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
    /// The latest months that a main value covers.
    pub(crate) latest: Period,
    /// The months that the main value is of: the latest unless others were asked for.
    pub(crate) period: Period,
    /// The main value.
    pub(crate) total: Published,
    /// The same of the whole partnership, when this is about a place.
    pub(crate) comparator: Option<Published>,
    /// Each complete month, or quarter where months are too small to show.
    pub(crate) periods: Vec<(Period, Published)>,
    /// The main value taken apart, by each dimension; localities within their councils.
    pub(crate) apart: Vec<(Apart, Vec<(Piece, Published)>)>,
    /// What it is not taken apart by for so short a period, since the numbers would be too small.
    pub(crate) too_small: Vec<Apart>,
    /// The main value of each locality as a whole: what a map shows.
    pub(crate) localities: Vec<(Piece, Published)>,
    /// The numbers that the main value is worked out from, where it is.
    pub(crate) parts: Vec<(&'static Definition, Published)>,
    /// What people say of it.
    pub(crate) said: Commentary,
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
    /// Of which day the people are that a rate of residents is of, and who says so.
    pub(crate) residents: Option<&'static PopulationTable>,
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

    pub(crate) fn as_of(&self) -> Date {
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
        self.of_period(definition, (place, latest), audience).0
    }

    /// Everything that a page shows of a period; none of a period that is not shown.
    pub(crate) fn report(
        &self,
        definition: &'static Definition,
        (place, period): (Option<&Piece>, Option<Period>),
        audience: Audience,
    ) -> Option<Report> {
        let latest = Period::latest(definition, self.as_of());
        let period = period.unwrap_or(latest);
        let (mut report, whole) = self.of_period(definition, (place, period), audience);
        let is_followed = report.periods.iter().any(|(one, _)| *one == period);
        if period != latest && !is_followed {
            return None;
        }
        if place.is_none() {
            self.take_apart(&mut report, &whole);
        }
        report.parts = self.parts(&report);
        if audience == Audience::MayOpen {
            report.verdicts = self.verdicts(&report);
        }
        Some(report)
    }

    /// The main value and the periods, and what is withheld of the whole.
    fn of_period(
        &self,
        definition: &'static Definition,
        (place, period): (Option<&Piece>, Period),
        audience: Audience,
    ) -> (Report, Withheld) {
        let whole = self.withheld(definition, audience);
        let own = place
            .map(|place| self.withheld_of(definition, Family::of_piece(place), &whole, audience));
        let withheld = own.as_ref().unwrap_or(&whole);
        let piece = place.map_or((Dimension::Whole, ""), |place| {
            (place.dimension, place.code.as_str())
        });
        let periods = withheld
            .periods
            .iter()
            .map(|period| {
                (
                    *period,
                    self.published(definition, (piece, *period), withheld),
                )
            })
            .skip_while(|(_, shown)| {
                shown
                    .figure()
                    .is_some_and(|figure| !figure.counts_anything())
            });
        let report = Report {
            definition,
            audience,
            as_of: self.as_of(),
            place: place.cloned(),
            latest: Period::latest(definition, self.as_of()),
            period,
            total: self.published(definition, (piece, period), withheld),
            comparator: place
                .filter(|_| whole.has(period))
                .map(|_| self.published(definition, ((Dimension::Whole, ""), period), &whole)),
            periods: periods.collect(),
            apart: Vec::new(),
            too_small: Vec::new(),
            localities: Vec::new(),
            parts: Vec::new(),
            said: Commentary::default(),
            quality: self.quality(definition, piece, period, audience),
            verdicts: BTreeMap::new(),
        };
        (report, whole)
    }

    fn published(
        &self,
        definition: &Definition,
        ((dimension, code), period): ((Dimension, &str), Period),
        withheld: &Withheld,
    ) -> Published {
        let which = Which {
            months: period.months(),
            dimension,
            code,
        };
        withheld.publish(self.figures.figure(definition, which), which)
    }

    /// The complete months from the first in which anything was counted, as long as the definition holds.
    pub(super) fn months(&self, definition: &Definition, last: Month) -> Vec<Period> {
        let layout = self.state.tally().layout();
        if definition.is_of_lives() {
            return years(definition, (layout.first(), last));
        }
        let begins = Month::of(definition.starts).max(last.plus(1 - MONTHS));
        let months = layout
            .months()
            .filter(|month| (begins..=last).contains(month));
        let any = |month: &Month| {
            let which = Which {
                months: (*month, *month),
                dimension: Dimension::Whole,
                code: "",
            };
            self.figures.figure(definition, which).counts_anything()
        };
        months
            .skip_while(|month| !any(month))
            .map(Period::of)
            .collect()
    }

    /// Takes the value of the period apart by every dimension.
    fn take_apart(&self, report: &mut Report, whole: &Withheld) {
        let shown = &report.definition.shown.apart;
        let nested = shown.contains(&Apart::Council) && shown.contains(&Apart::Locality);
        for apart in shown {
            if nested && *apart == Apart::Locality {
                continue;
            }
            let withheld = self.withheld_of(
                report.definition,
                Family::of(*apart),
                whole,
                report.audience,
            );
            if !withheld.has(report.period) {
                report.too_small.push(*apart);
                continue;
            }
            let pieces = self.pieces(report, *apart, nested, &withheld);
            report.apart.push((*apart, pieces));
            if shown.contains(&Apart::Locality) && *apart == Apart::Council
                || *apart == Apart::Locality
            {
                report.localities = self.all_of(
                    report,
                    piece::all(self.state, self.reference, Apart::Locality),
                    &withheld,
                );
            }
        }
    }

    fn all_of(
        &self,
        report: &Report,
        pieces: Vec<Piece>,
        withheld: &Withheld,
    ) -> Vec<(Piece, Published)> {
        pieces
            .into_iter()
            .map(|piece| {
                let shown = self.published(
                    report.definition,
                    ((piece.dimension, &piece.code), report.period),
                    withheld,
                );
                (piece, shown)
            })
            .collect()
    }

    /// The pieces of a dimension that have anything; localities after their council.
    fn pieces(
        &self,
        report: &Report,
        apart: Apart,
        nested: bool,
        withheld: &Withheld,
    ) -> Vec<(Piece, Published)> {
        let any =
            |(_, shown): &(Piece, Published)| shown.figure().is_none_or(Figure::counts_anything);
        let mut wholes = self.all_of(
            report,
            piece::all(self.state, self.reference, apart),
            withheld,
        );
        wholes.retain(any);
        if !(nested && apart == Apart::Council) {
            return wholes;
        }
        let mut found = Vec::new();
        for council in wholes {
            let within = piece::localities(self.state, self.reference, &council.0.code);
            let within = self.all_of(report, within, withheld);
            found.push(council);
            found.extend(within.into_iter().filter(any));
        }
        found
    }

    /// The numbers that this one is worked out from, of the same place and period.
    fn parts(&self, report: &Report) -> Vec<(&'static Definition, Published)> {
        if !matches!(report.definition.rule, Some(Rule::Formula { .. })) {
            return Vec::new();
        }
        let piece = report
            .place
            .as_ref()
            .map_or((Dimension::Whole, ""), |place| {
                (place.dimension, place.code.as_str())
            });
        self.worked_out_from(report.definition)
            .into_iter()
            .map(|part| {
                let shown = match report.total {
                    Published::Withheld => Published::Withheld,
                    Published::Shown(_) => {
                        let which = Which {
                            months: report.period.months(),
                            dimension: piece.0,
                            code: piece.1,
                        };
                        Published::Shown(self.figures.figure(part, which))
                    }
                };
                (part, shown)
            })
            .collect()
    }

    fn quality(
        &self,
        definition: &'static Definition,
        (dimension, code): (Dimension, &str),
        period: Period,
        audience: Audience,
    ) -> Quality {
        let cell = |dimension, code| {
            let which = Which {
                months: period.months(),
                dimension,
                code,
            };
            self.figures.cell(definition, which).denominator
        };
        let whole = cell(dimension, code);
        let unknown = definition.shown.apart.iter().filter_map(|apart| {
            let (code, what) = piece::unknown(*apart)?;
            let part = cell(apart.dimension(), code);
            let share = 100.0 * piece::real(part) / piece::real(whole);
            match audience {
                _ if part == 0 || dimension != Dimension::Whole => None,
                Audience::MayOpen => Some((share, what)),
                // Exact shares would tell what is withheld of those that are known.
                Audience::CountsOnly => {
                    let share = 5.0 * (share / 5.0).round();
                    (share > 0.0 && !definition.small_numbers.has(part.unsigned_abs()))
                        .then_some((share, what))
                }
            }
        });
        let rate = definition.shown.of.is_some() || definition.is_of_lives();
        let by_residents = self.figures.by_residents();
        Quality {
            faults: self
                .catalogue
                .faults_of(&definition.id)
                .map(|fault| fault.what.clone())
                .collect(),
            unknown: unknown.collect(),
            coverage: (rate && !by_residents).then(|| 100.0 * self.figures.coverage()),
            residents: (rate && by_residents)
                .then(|| self.reference.people_counted())
                .flatten(),
        }
    }

    fn verdicts(&self, report: &Report) -> BTreeMap<String, u64> {
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        self.each_case(
            report.definition,
            (report.place.as_ref(), report.period),
            |_, case, _| {
                *found
                    .entry(verdict::kind(report.definition, case.verdict).to_owned())
                    .or_default() += 1;
            },
        );
        found
    }

    /// Hands on the cases of some months of a place, or of the whole; of what goes on from month to month, the first in
    /// them.
    pub(crate) fn each_case(
        &self,
        definition: &Definition,
        (place, period): (Option<&Piece>, Period),
        mut take: impl FnMut(Option<PersonId>, &Case, &Subject<'_>),
    ) {
        let layout = self.state.tally().layout();
        let here = |case: &Case| place.is_none_or(|place| place.has(layout, case));
        let counted = self
            .state
            .each_case(&definition.id, |person, case, subject| {
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

impl Report {
    pub(crate) fn address(&self) -> String {
        format!("/board/indicators/{}", self.definition.id)
    }

    /// Where a place's number of a period is.
    pub(crate) fn link(&self, place: Option<&Piece>, period: Period) -> String {
        let place = place.map(|place| format!("place={}", place.address()));
        let period =
            (period != self.latest).then(|| format!("period={}", self.period_name(period)));
        let asked: Vec<String> = [place, period].into_iter().flatten().collect();
        let mark = if asked.is_empty() { "" } else { "?" };
        format!("{}{mark}{}", self.address(), asked.join("&"))
    }

    /// A period as addresses have it.
    pub(crate) fn period_name(&self, period: Period) -> String {
        if period == self.latest {
            "latest".to_owned()
        } else {
            period.name()
        }
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
