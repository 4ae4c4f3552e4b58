//! What organisations said of one thing over time: when each began to say it and when it stopped.

use stour_kernel::{Date, OdsCode, Timestamp, london_date};

use super::said::{RecordId, Said, SourceVersion};

/// One organisation saying one thing, from the version that said it first until another said
/// something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run<T> {
    pub(crate) what: T,
    pub(crate) record: RecordId,
    pub(crate) source: OdsCode,
    /// The organisation's place in the order of trust: 1 is believed first.
    pub(crate) trust: u8,
    /// The version's place among all of them.
    pub(crate) order: usize,
    pub(crate) recorded_at: Timestamp,
    /// From which day, where that was said.
    pub(crate) starts: Option<Date>,
    /// The day on which it ended, and when that was recorded.
    pub(crate) ended: Option<(Date, Timestamp)>,
}

impl<T> Run<T> {
    pub(crate) fn is_current(&self) -> bool {
        self.ended.is_none()
    }
}

/// The place of organisations that the order of trust does not name.
const LAST: u8 = u8::MAX;

/// The place of an organisation in the order of trust when it spoke.
pub(crate) fn trust(source: &OdsCode, at: Timestamp) -> u8 {
    let reference = stour_partnership::reference().ok();
    reference
        .and_then(|all| all.trust_in(source, london_date(at)))
        .map_or(LAST, |trust| trust.place)
}

/// Everything that was said of one thing. `versions` stand in the order in which they were recorded.
pub(crate) fn runs<T>(
    versions: &[SourceVersion],
    pick: impl Fn(&Said) -> Option<T>,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<Run<T>> {
    let mut runs: Vec<Run<T>> = Vec::new();
    for (order, version) in versions.iter().enumerate() {
        let Some(what) = pick(&version.said) else {
            continue;
        };
        let at = version.recorded_at;
        let open = runs
            .iter_mut()
            .find(|run| run.record == version.record && run.is_current());
        if let Some(open) = open {
            if same(&open.what, &what) {
                continue;
            }
            let day = version.said.since.unwrap_or_else(|| london_date(at));
            open.ended = Some((day, at));
        }
        runs.push(Run {
            what,
            record: version.record,
            source: version.source,
            trust: version.trust,
            order,
            recorded_at: at,
            starts: None,
            ended: None,
        });
    }
    runs
}

/// The same of what somebody can move away from: saying since when it holds ends whatever anybody
/// said before.
pub(crate) fn runs_with_moves<T>(
    versions: &[SourceVersion],
    pick: impl Fn(&Said) -> Option<T>,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<Run<T>> {
    let mut runs = runs(versions, pick, &same);
    for run in &mut runs {
        run.starts = versions
            .get(run.order)
            .and_then(|version| version.said.since);
    }
    for at in 0..runs.len() {
        let (before, rest) = runs.split_at_mut(at);
        let Some((moved, starts)) = rest.first().and_then(|moved| Some((moved, moved.starts?)))
        else {
            continue;
        };
        for earlier in before {
            let is_later = earlier
                .ended
                .is_none_or(|(_, ended_at)| ended_at > moved.recorded_at);
            if is_later && !same(&earlier.what, &moved.what) {
                earlier.ended = Some((starts, moved.recorded_at));
            }
        }
    }
    runs
}

/// One distinct thing that was said, as the record keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row<T> {
    pub(crate) what: T,
    pub(crate) shown: bool,
    pub(crate) starts: Option<Date>,
    pub(crate) ended: Option<(Date, Timestamp)>,
    pub(crate) source: OdsCode,
    pub(crate) recorded_at: Timestamp,
}

/// Each distinct thing once, in the order in which they were first said: in the words of whoever is
/// shown, else of the most trusted who still says it, else of whoever said it last.
pub(crate) fn rows<T: Clone>(
    runs: &[Run<T>],
    same: impl Fn(&T, &T) -> bool,
    shown: Option<usize>,
) -> Vec<Row<T>> {
    let mut rows = Vec::new();
    for (place, first) in runs.iter().enumerate() {
        let alike = |run: &Run<T>| same(&run.what, &first.what);
        if runs.iter().take(place).any(alike) {
            continue;
        }
        let group = || {
            runs.iter()
                .enumerate()
                .filter(|(_, run)| same(&run.what, &first.what))
        };
        let is_shown = group().find(|(place, _)| Some(*place) == shown);
        let current = || group().filter(|(_, run)| run.is_current());
        let best = is_shown
            .or_else(|| current().min_by_key(|(_, run)| (run.trust, run.order)))
            .or_else(|| group().max_by_key(|(_, run)| run.ended.map(|(_, at)| at)));
        let Some((_, best)) = best else { continue };
        rows.push(Row {
            what: best.what.clone(),
            shown: is_shown.is_some(),
            starts: best.starts,
            ended: best.ended,
            source: best.source,
            recorded_at: best.recorded_at,
        });
    }
    rows
}

/// The value of the most trusted organisation; of those alike trusted, the latest.
pub(crate) fn most_trusted<T>(runs: &[Run<T>]) -> Option<usize> {
    current(runs)
        .min_by_key(|(_, run)| (run.trust, std::cmp::Reverse(run.order)))
        .map(|(place, _)| place)
}

/// The value recorded last.
pub(crate) fn latest<T>(runs: &[Run<T>]) -> Option<usize> {
    current(runs)
        .max_by_key(|(_, run)| run.order)
        .map(|(place, _)| place)
}

/// The value that most organisations say; of those that as many say, the most trusted, then the
/// first.
pub(crate) fn most_said<T: PartialEq>(runs: &[Run<T>]) -> Option<usize> {
    let votes = |run: &Run<T>| {
        current(runs)
            .filter(|(_, other)| other.what == run.what)
            .count()
    };
    current(runs)
        .min_by_key(|(_, run)| (std::cmp::Reverse(votes(run)), run.trust, run.order))
        .map(|(place, _)| place)
}

/// The address to which somebody moved last; where nobody said when, that of the most trusted.
pub(crate) fn last_moved<T>(runs: &[Run<T>]) -> Option<usize> {
    current(runs)
        .filter(|(_, run)| run.starts.is_some())
        .max_by_key(|(_, run)| (run.starts, run.order))
        .map(|(place, _)| place)
        .or_else(|| most_trusted(runs))
}

fn current<T>(runs: &[Run<T>]) -> impl Iterator<Item = (usize, &Run<T>)> {
    runs.iter().enumerate().filter(|(_, run)| run.is_current())
}
