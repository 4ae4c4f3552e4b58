//! What stands under the chart of a series: limits, targets, what people said, what is missing and
//! what is known to be wrong.

use stour_design::{Cell, Details, Heading, Markup, Table, html};
use stour_kernel::{Date, london_date};
use stour_statistics::xmr::Group;

use super::Whole;
use crate::shown::hidden_caption;
use crate::words;

/// Revisions that are listed.
const MOST_REVISIONS: usize = 100;

/// Neighbouring periods without a figure for one reason.
struct Gap<'w> {
    from: Date,
    to: Date,
    why: &'w str,
    count: u64,
}

impl Whole {
    /// Where the areas that make up the whole become others.
    pub(super) fn joined(&self) -> Markup {
        if self.joins.is_empty() {
            return html! {};
        }
        let every = self.measure.every;
        let rows = self.joins.iter().map(|join| {
            [
                every.name(join.at),
                join.before.join(", "),
                join.after.join(", "),
                join.why.clone(),
            ]
        });
        html! {
            (Heading::section("Where it is joined"))
            p {
                "One total across areas that took over from each other. A " (every.noun()) " in which one of them has no figure has no \
                 total, and nothing is joined across it."
            }
            (Table {
                responsive: true,
                ..Table::new(
                    hidden_caption("Where the areas that make up the whole become others"),
                    ["From", "Before", "From then on", "Why"],
                    rows,
                )
            })
        }
    }

    pub(super) fn limits(&self) -> Markup {
        let unit = self.unit();
        let every = self.measure.every;
        let row = |group: &Group<Date>| {
            let range = group.limits.map_or_else(
                || "None: fewer than 13 values".to_owned(),
                |limits| {
                    format!(
                        "{} to {}",
                        unit.limit(limits.lower),
                        unit.limit(limits.upper)
                    )
                },
            );
            let mean = group
                .mean
                .map_or_else(|| "None".to_owned(), |mean| unit.limit(mean));
            [
                every.name(group.from),
                every.name(group.to),
                words::count(words::number(group.count)),
                mean,
                range,
            ]
        };
        html! {
            (Table {
                responsive: true,
                ..Table::new(
                    "What is expected",
                    ["From", "To", "Values", "Mean", "Expected range"],
                    self.judgement.chart.groups.iter().map(row),
                )
            })
            p {
                "The mean and the expected range are worked out from every " (every.noun()) " of the series, whichever part of it is \
                 shown, and start afresh only on a date that somebody has decided and given a reason for."
                @if self.rebases.is_empty() { " Nobody has." }
            }
        }
    }

    /// What is aimed at, from time to time.
    pub(super) fn aimed(&self) -> Markup {
        let unit = self.unit();
        let targets = &self.measure.targets;
        let rows = targets.iter().map(|target| {
            [
                words::day(target.from),
                unit.value(target.value),
                target.what.clone(),
                target.source.clone(),
            ]
        });
        html! {
            (Heading::section("Targets"))
            @if targets.is_empty() {
                p { "None is known from a published source." }
            } @else {
                (Table {
                    responsive: true,
                    ..Table::new(
                        hidden_caption("Targets by the day from which each holds"),
                        ["From", "Target", "What it is", "Source"],
                        rows,
                    )
                })
            }
        }
    }

    /// What people said of the series.
    pub(super) fn noted(&self) -> Markup {
        let every = self.measure.every;
        let said = |at, what: &str, text: &str, by: &str, when| {
            [
                every.name(at),
                what.to_owned(),
                text.to_owned(),
                by.to_owned(),
                words::day(london_date(when)),
            ]
        };
        let rebases = self.rebases.iter().map(|rebase| {
            let (reason, by) = (&rebase.reason, &rebase.decided_by);
            let row = said(
                rebase.day,
                "Limits start afresh",
                reason,
                by,
                rebase.recorded_at,
            );
            (rebase.day, row)
        });
        let told = self.annotations.iter().map(|told| {
            let row = said(
                told.day,
                "Note",
                &told.what,
                &told.told_by,
                told.recorded_at,
            );
            (told.day, row)
        });
        let mut rows: Vec<(Date, [String; 5])> = rebases.chain(told).collect();
        rows.sort();
        html! {
            (Heading::section("Fresh starts and notes"))
            @if rows.is_empty() {
                p { "Nobody has recorded any." }
            } @else {
                (Table {
                    responsive: true,
                    ..Table::new(
                        hidden_caption("Fresh starts and notes, with who and when"),
                        ["From", "What", "Reason or event", "By", "Recorded"],
                        rows.into_iter().map(|(_, row)| row),
                    )
                })
            }
        }
    }

    pub(super) fn missing(&self) -> Markup {
        let every = self.measure.every;
        let noun = every.noun();
        let gaps = self.gaps();
        let all: u64 = gaps.iter().map(|gap| gap.count).sum();
        let rows = gaps.iter().map(|gap| {
            let when = if gap.from == gap.to {
                every.name(gap.from)
            } else {
                format!("{} to {}", every.name(gap.from), every.name(gap.to))
            };
            [when, gap.why.to_owned()]
        });
        html! {
            (Heading::section("Missing returns"))
            @if gaps.is_empty() {
                p { "None: there is a figure for every " (noun) " from the first to the last." }
            } @else {
                p {
                    (words::counted(all, noun)) " of this series "
                    @if all == 1 { "has" } @else { "have" } " no figure. No line is drawn and no rule is applied across a " (noun) " without one."
                }
                (Table::new(hidden_caption("Missing returns, with the reason"), ["Date", "Why"], rows))
            }
        }
    }

    fn gaps(&self) -> Vec<Gap<'_>> {
        let mut gaps: Vec<Gap<'_>> = Vec::new();
        for (at, why) in self.judgement.missing() {
            let last = gaps.last_mut();
            let next =
                last.filter(|gap| gap.why == why && self.measure.every.after(gap.to) == Some(at));
            match next {
                Some(gap) => {
                    gap.to = at;
                    gap.count += 1;
                }
                None => gaps.push(Gap {
                    from: at,
                    to: at,
                    why,
                    count: 1,
                }),
            }
        }
        gaps
    }

    /// What is known of the figures that a reader must know too.
    pub(super) fn known(&self) -> Markup {
        let every = self.measure.every;
        let concerned = |code: &str| {
            let whole = self.measure.together.as_ref();
            let is_part = whole.is_some_and(|whole| {
                let mut all = whole.structures.iter().flat_map(|one| &one.areas);
                self.area.kind == "partnership" && all.any(|area| area == code)
            });
            code == self.area.code || is_part
        };
        let faults = self.measure.faults.iter().filter(|fault| {
            let in_time = self.first().is_some_and(|first| fault.to >= first)
                && self.last().is_some_and(|last| fault.from <= last);
            let is_named = fault.areas.iter().any(|code| concerned(code));
            is_named || (in_time && fault.areas.is_empty())
        });
        let rows = faults.map(|fault| {
            let when = if fault.from == fault.to {
                every.name(fault.from)
            } else {
                format!("{} to {}", every.name(fault.from), every.name(fault.to))
            };
            let withheld = if fault.withheld { "Yes" } else { "No" };
            [
                when,
                fault.what.clone(),
                withheld.to_owned(),
                fault.source.clone(),
            ]
        });
        let rows: Vec<[String; 4]> = rows.collect();
        html! {
            @if !rows.is_empty() {
                (Heading::section("What is known of these figures"))
                (Table {
                    responsive: true,
                    ..Table::new(
                        hidden_caption("Known faults and changes of the published figures"),
                        ["When", "What", "Figures withheld", "How it is known"],
                        rows,
                    )
                })
            }
        }
    }

    pub(super) fn revised(&self) -> Markup {
        if self.revisions.is_empty() {
            return html! {};
        }
        let unit = self.unit();
        let rows = self
            .revisions
            .iter()
            .take(MOST_REVISIONS)
            .map(|revision| -> [Cell; 4] {
                [
                    self.measure.every.name(revision.day).into(),
                    unit.value(revision.before).into(),
                    unit.value(revision.after).into(),
                    words::day(london_date(revision.learnt_at)).into(),
                ]
            });
        let table = Table::new(
            "Figures that were published anew",
            ["Date", "Before", "Now", "Learnt on"],
            rows,
        );
        let summary = format!(
            "{} published anew",
            words::counted(words::number(self.revisions.len()), "figure")
        );
        html! { (Details::new(summary, html! { (table) })) }
    }
}
