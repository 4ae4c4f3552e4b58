//! Making a report of what is recorded.

use stour_benefits::Standing;
use stour_kernel::Date;
use stour_planning::{Slip, days_after};
use stour_register::Entry;
use stour_web::words::day;

use super::changed::Change;
use super::kinds::{DECISION, around_day, board_name, open_decisions};
use super::report::{Item, Report};
use super::rules::{Counted, Rules};
use super::since::Since;
use crate::benefit::{Glance, Measured};
use crate::governance::shell::Opened;
use crate::plan::baseline::Baseline;
use crate::plan::kinds::{ACTIVITY, MILESTONE};
use crate::plan::reading::{Activity, Progress, Read};
use crate::plan::words::{days, told, when};
use crate::raid::gap::gaps;
use crate::raid::issue::{self, Issue};
use crate::raid::response::{ESCALATION, Escalation};
use crate::raid::risk::{self, Risk};
use crate::raid::scale::Score;

/// What a report is made of.
pub(super) struct Material<'a> {
    pub(super) opened: &'a Opened,
    pub(super) since: &'a Since,
    /// What was saved since.
    pub(super) changes: &'a [Change],
    /// The latest baseline of the plan.
    pub(super) baseline: Option<&'a Baseline>,
    pub(super) glance: &'a Glance,
    pub(super) rules: &'a Rules,
}

impl Material<'_> {
    /// The report.
    pub(super) fn report(&self) -> Report {
        let (opened, today) = (self.opened, self.opened.today);
        let plan = Read::of(&opened.entries);
        let (rag, reasons) = self.rules.judge(&self.counted(&plan));
        let next = around_day(&opened.entries, today).1;
        Report {
            programme: opened.title.clone(),
            from: self.since.day.to_string(),
            since: self.since.words.clone(),
            until: today.to_string(),
            rag,
            reasons,
            summary: String::new(),
            plan: plan_words(&plan, today),
            done: self.done(&plan),
            next: self.next(&plan),
            overdue: overdue(&plan, today),
            conflicts: conflicts(&plan),
            moved: self.moved(),
            risks: self.risks(),
            benefits: self.glance.sentence.clone(),
            measured: measured(self.glance),
            decisions: self.decisions(),
            next_board: next.map_or_else(String::new, |meeting| {
                format!("{}, {}", meeting.title, day(meeting.day))
            }),
        }
    }

    /// What the rules look at. What nobody records is not there: a plan of which nobody says how far it has got has no
    /// activities that are overdue, and none that are not.
    fn counted(&self, plan: &Read) -> Counted {
        let (entries, today) = (&self.opened.entries, self.opened.today);
        let mut counted = Counted::new();
        let all = || plan.activities.values();
        if all().any(|one| one.progress != Progress::NotSaid) {
            let late = all().map(|one| one.days_overdue(today));
            let overdue = late.clone().filter(|late| *late > 0).count();
            counted.insert("overdue-activities", whole(overdue));
            counted.insert("longest-overdue-days", late.max().unwrap_or(0));
        }
        if !plan.activities.is_empty() {
            let silent = all().filter(|one| one.is_silent(today)).count();
            counted.insert("silent-activities", whole(silent));
            counted.insert("conflicts", whole(plan.conflicts().len()));
        }
        if let Some(baseline) = self.baseline {
            let later = baseline.slips(plan).into_values().map(|slip| match slip {
                Slip::Moved(later) => later,
                _ => 0,
            });
            counted.insert("days-behind-baseline", later.max().unwrap_or(0).max(0));
        }
        let scores = self.open_risks();
        let scores = scores.iter().filter_map(|risk| risk.score);
        if let Some(highest) = scores.map(Score::number).max() {
            counted.insert("highest-risk-score", i64::from(highest));
        }
        let lists = [risk::KIND.name, issue::KIND.name];
        if lists
            .iter()
            .any(|kind| entries.of_kind(kind).next().is_some())
        {
            let gaps = gaps(entries, today).into_iter();
            let ownerless = gaps.filter(|gap| lists.contains(&gap.kind) && gap.is_ownerless);
            counted.insert("open-without-owner", whole(ownerless.count()));
        }
        if self.glance.all.iter().any(|one| one.standing().is_some()) {
            counted.insert("benefits-behind", whole(self.glance.counts().behind));
        }
        let late = open_decisions(entries);
        let late = late
            .iter()
            .filter(|one| one.needed.is_some_and(|needed| needed < today));
        let late = late.count();
        if late > 0 {
            counted.insert("decisions-late", whole(late));
        }
        counted
    }

    fn open_risks(&self) -> Vec<Risk> {
        let all = Risk::all(&self.opened.entries).into_iter();
        all.filter(|risk| risk.is_open(self.opened.today)).collect()
    }

    /// Activities that were done since: by the day on which they were done, or because that was recorded since.
    fn done(&self, plan: &Read) -> Vec<Item> {
        let all = plan.activities.values();
        let done = all
            .filter(|one| one.progress == Progress::Done)
            .filter(|one| {
                let number = one.of_plan.number;
                let finished = one.of_plan.finished;
                let on_the_day = finished == Some(self.since.day)
                    && (self.since.is_whole_day() || self.is_changed(ACTIVITY.name, number));
                on_the_day
                    || finished.is_some_and(|done| done > self.since.day)
                    || self.was_otherwise(ACTIVITY.name, number, "status")
            });
        done.map(|one| {
            let finished = one.of_plan.finished;
            let note = finished.map_or_else(String::new, |done| format!("done on {}", day(done)));
            item(one, note)
        })
        .collect()
    }

    fn change_of(&self, kind: &str, number: i64) -> Option<&Change> {
        let mut all = self.changes.iter();
        all.find(|change| change.now.kind == kind && change.now.number == number)
    }

    fn is_changed(&self, kind: &str, number: i64) -> bool {
        self.change_of(kind, number).is_some()
    }

    /// Whether a field of an entry is different from what it was before.
    fn was_otherwise(&self, kind: &str, number: i64, field: &str) -> bool {
        self.change_of(kind, number).is_some_and(|change| {
            let before = change.before.as_ref();
            before.is_some_and(|before| before.get(field) != change.now.get(field))
        })
    }

    /// What is to be done or begins in the weeks to come, and milestones, by date.
    fn next(&self, plan: &Read) -> Vec<Item> {
        let today = self.opened.today;
        let until = days_after(today, self.rules.ahead_days);
        let mut next: Vec<(Date, Item)> = Vec::new();
        for one in plan.activities.values().filter(|one| one.is_open()) {
            let due = one
                .of_plan
                .due
                .map(|due| (due.when.first(), due.when.last()));
            let start = one.of_plan.start.map(|start| (start, start));
            let comes = [start, due].into_iter().flatten();
            let mut comes = comes.filter(|(first, last)| *first <= until && *last >= today);
            if let Some((first, _)) = comes.next() {
                next.push((first, item(one, when(one))));
            }
        }
        for one in plan.milestones.iter().filter(|one| one.reached.is_none()) {
            let Some(at) = one
                .when
                .filter(|at| at.first() <= until && at.last() >= today)
            else {
                continue;
            };
            let item = Item {
                reference: format!("{}{}", MILESTONE.prefix, one.number),
                text: one.title.clone(),
                note: format!("milestone, {at}"),
                below: format!("/registers/{}/{}", MILESTONE.name, one.number),
            };
            next.push((at.first(), item));
        }
        next.sort_by_key(|(first, _)| *first);
        next.into_iter().map(|(_, item)| item).collect()
    }

    /// Risks and issues that were added, closed or scored anew since.
    fn moved(&self) -> Vec<Item> {
        let moved = self.changes.iter().filter(|change| change.is_real());
        moved.filter_map(|change| self.moved_item(change)).collect()
    }

    fn moved_item(&self, change: &Change) -> Option<Item> {
        let today = self.opened.today;
        let now = &change.now;
        let (reference, text, is_open, score): (String, &str, fn(&Entry, Date) -> bool, _) =
            match now.kind.as_str() {
                kind if kind == risk::KIND.name => (
                    now.reference(risk::KIND),
                    now.get("description"),
                    |entry, today| Risk::read(entry).is_open(today),
                    Some(risk::score(&now.values)),
                ),
                kind if kind == issue::KIND.name => (
                    now.reference(issue::KIND),
                    now.get("description"),
                    |entry, today| Issue::read(entry).is_open(today),
                    None,
                ),
                _ => return None,
            };
        let number = |entry: &Entry| risk::score(&entry.values).map(Score::number);
        let note = match &change.before {
            _ if now.removed => "removed".to_owned(),
            None => match score.flatten() {
                Some(score) => format!("new, scores {}", score.number()),
                None => "new".to_owned(),
            },
            Some(before) if is_open(before, today) != is_open(now, today) => if is_open(now, today)
            {
                "opened again"
            } else {
                "closed"
            }
            .to_owned(),
            Some(before) => match (number(before), number(now)) {
                (was, is) if was == is || score.is_none() => return None,
                (Some(was), Some(is)) if is > was => format!("▲ worse: {was} to {is}"),
                (Some(was), Some(is)) => format!("▼ better: {was} to {is}"),
                (None, Some(is)) => format!("scored: {is}"),
                (_, None) => "no longer scored".to_owned(),
            },
        };
        Some(Item {
            reference,
            text: text.to_owned(),
            note,
            below: format!("/registers/{}/{}", now.kind, now.number),
        })
    }

    /// The worst open risks.
    fn risks(&self) -> Vec<Item> {
        let mut scored: Vec<(u8, Risk)> = self
            .open_risks()
            .into_iter()
            .filter_map(|risk| Some((risk.score?.number(), risk)))
            .collect();
        scored.sort_by_key(|(score, risk)| (std::cmp::Reverse(*score), risk.number));
        let worst = scored.into_iter().take(self.rules.top_risks);
        worst
            .map(|(score, risk)| {
                let owner = if risk.owner.is_empty() {
                    "no owner".to_owned()
                } else {
                    format!("owner: {}", risk.owner)
                };
                Item {
                    reference: risk.reference(),
                    text: risk.description,
                    note: format!("scores {score} of 25; {owner}"),
                    below: format!("/risks/{}", risk.number),
                }
            })
            .collect()
    }

    /// What boards are asked to decide: requests by the day they are needed, then what was escalated.
    fn decisions(&self) -> Vec<Item> {
        let entries = &self.opened.entries;
        let requests = open_decisions(entries).into_iter().map(|one| {
            let board = (!one.board.is_empty()).then(|| format!("by {}", one.board));
            let needed = one.needed.map(|needed| {
                let late = if needed < self.opened.today {
                    ": late"
                } else {
                    ""
                };
                format!("needed by {}{late}", day(needed))
            });
            let recommended = (!one.recommendation.is_empty())
                .then(|| format!("recommended: {}", one.recommendation));
            let notes: Vec<String> = [board, needed, recommended].into_iter().flatten().collect();
            Item {
                reference: format!("{}{}", DECISION.prefix, one.number),
                text: one.title,
                note: notes.join("; "),
                below: format!("/registers/{}/{}", DECISION.name, one.number),
            }
        });
        let escalated = Escalation::all(entries).into_iter();
        let escalated = escalated.filter(|one| one.decided.is_none()).map(|one| {
            let raised = one
                .raised
                .map(|raised| format!(", raised on {}", day(raised)));
            let board = board_name(entries, Some(one.to));
            Item {
                reference: format!("{}{}", ESCALATION.prefix, one.number),
                text: one.why,
                note: format!(
                    "{} to {board}{}",
                    one.about.reference(),
                    raised.unwrap_or_default()
                ),
                below: format!("/registers/{}/{}", ESCALATION.name, one.number),
            }
        });
        requests.chain(escalated).collect()
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn item(activity: &Activity, note: String) -> Item {
    Item {
        reference: activity.reference(),
        text: activity.title.clone(),
        note,
        below: format!("/plan/{}", activity.of_plan.number),
    }
}

/// How the plan stands, in a sentence.
fn plan_words(plan: &Read, today: Date) -> String {
    let all = || plan.activities.values();
    let of = |progress| all().filter(|one| one.progress == progress).count();
    if plan.activities.is_empty() {
        return "No activities are recorded.".to_owned();
    }
    let mut parts = vec![
        format!("{} done", of(Progress::Done)),
        format!("{} in progress", of(Progress::Begun)),
        format!("{} not started", of(Progress::Waiting)),
    ];
    if of(Progress::Stopped) > 0 {
        parts.push(format!("{} stopped", of(Progress::Stopped)));
    }
    if of(Progress::NotSaid) > 0 {
        let silent = all().filter(|one| one.is_silent(today)).count();
        parts.push(format!(
            "{} of which nobody says how far they have got, {silent} of them past their date",
            of(Progress::NotSaid)
        ));
    }
    let count = plan.activities.len();
    let noun = if count == 1 { "activity" } else { "activities" };
    format!("{count} {noun}: {}.", parts.join(", "))
}

fn overdue(plan: &Read, today: Date) -> Vec<Item> {
    let mut late: Vec<(i64, &Activity)> = plan
        .activities
        .values()
        .map(|one| (one.days_overdue(today), one))
        .filter(|(late, _)| *late > 0)
        .collect();
    late.sort_by_key(|(late, one)| (std::cmp::Reverse(*late), one.of_plan.number));
    late.into_iter()
        .map(|(late, one)| item(one, format!("{}; {} late", when(one), days(late))))
        .collect()
}

fn conflicts(plan: &Read) -> Vec<Item> {
    let all = (1..).zip(plan.conflicts());
    all.map(|(place, finding): (i32, _)| {
        let said = told(&finding, plan);
        Item {
            reference: format!("Conflict {place}"),
            text: said.what.to_owned(),
            note: said.why,
            below: format!("/plan/conflicts#conflict-{place}"),
        }
    })
    .collect()
}

/// The benefits that have a figure.
fn measured(glance: &Glance) -> Vec<Item> {
    glance.all.iter().filter_map(measured_item).collect()
}

fn measured_item(one: &Measured) -> Option<Item> {
    let found = one.found.as_ref()?;
    let standing = match found.standing {
        Some(Standing::Ahead) => "▲ ahead",
        Some(Standing::AsExpected) => "● as expected",
        Some(Standing::Behind) => "▼ behind",
        None => "nothing to hold it against",
    };
    let expected = found.expected.map(|expected| {
        let words = if expected.is_of_day {
            "expected by then"
        } else {
            "target"
        };
        format!("; {words} {}", one.written(expected.value))
    });
    Some(Item {
        reference: String::new(),
        text: one.benefit.title.clone(),
        note: format!(
            "{standing}: {} ({}){}",
            one.with_unit(found.value),
            found.period,
            expected.unwrap_or_default()
        ),
        below: format!("/benefits/{}", one.benefit.number),
    })
}
