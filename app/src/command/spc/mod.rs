//! `stour spc`.

mod answer;
mod asked;
mod judged;
mod periods;
mod read;
mod say;
mod tidy;

use std::path::PathBuf;

use clap::Args;
use stour_kernel::Date;
use stour_statistics::xmr::FEWEST_TO_FIX;

use crate::program::{Misused, give};
use answer::Answer;
use asked::{Aim, Better, Kind, Remark, Rules};

/// Judge a series: is a change a signal or noise, and can a target be expected to be met?
///
/// The file is CSV with a line of headings; --value and --date name its columns, and rows may come in any
/// order. Each point gets its mean, limits, flags and type, each stretch between rebases its counts, and
/// the latest stretch its variation and assurance icons. In JSON, `points` and `summary` have the
/// columns of the R package `NHSRplotthedots`.
///
/// What cannot be right (a missing period, a zero that is a missing return, two rows for one date, a
/// negative count, more than all) is named with its line, and the number is withheld with its reason:
/// no mean, limit or rule uses it. Everything is explained in docs/statistics/README.md.
///
/// Example: stour spc docs/statistics/waits.csv --value waiting --date month --improvement decrease --target 40
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub(crate) struct Spc {
    /// The series
    file: PathBuf,
    /// The column with the value; with --denominator, the count above the line
    #[arg(long, value_name = "COL")]
    value: String,
    /// The column with the date: 2026-04-01, 2026-04 or 01/04/2026
    #[arg(long, value_name = "COL")]
    date: String,
    /// The column that says which series a row belongs to, where the file has several
    #[arg(long, value_name = "COL")]
    group: Option<String>,
    /// The column with the denominator, for p and u charts
    #[arg(long, value_name = "COL", required_if_eq_any = [("chart", "p"), ("chart", "u")])]
    denominator: Option<String>,
    /// Which chart
    #[arg(long, value_enum, default_value_t = Kind::Xmr)]
    chart: Kind,
    /// Which way is better
    #[arg(long, value_enum, default_value_t = Better::Neutral)]
    improvement: Better,
    /// The target, or DATE=T for each date from which another one applies
    #[arg(
        long,
        value_name = "T",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    target: Vec<Aim>,
    /// Whose rules
    #[arg(long, value_enum, default_value_t = Rules::Plotthedots)]
    rules: Rules,
    /// Start afresh from these dates
    #[arg(long, value_name = "DATE,…", value_delimiter = ',', value_parser = asked::date)]
    rebase: Vec<Date>,
    /// What changed in the process, for the rebases
    #[arg(long, value_name = "TEXT", requires = "rebase", requires = "rebase_by")]
    rebase_reason: Option<String>,
    /// Who decided the rebases
    #[arg(
        long,
        value_name = "NAME",
        requires = "rebase",
        requires = "rebase_reason"
    )]
    rebase_by: Option<String>,
    /// What was done on a date, shown beside the chart; may be given again
    #[arg(long, value_name = "DATE=TEXT")]
    annotate: Vec<Remark>,
    /// Fix mean and limits on the first N values of each stretch, 12 or more
    #[arg(long, value_name = "N", value_parser = fixed)]
    fix_after: Option<usize>,
    /// Keep large moving ranges in the limits of an `XmR` chart; mdc always keeps them
    #[arg(long)]
    no_screen: bool,
    /// Widen the limits of a p or u chart by the variation that is seen (Laney)
    #[arg(long)]
    laney: bool,
    /// Take every zero as a true zero
    #[arg(long)]
    keep_zeros: bool,
    /// Values below nought can be right
    #[arg(long)]
    signed: bool,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

impl Spc {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        self.check()?;
        let decisions = answer::decisions(self)?;
        let columns = read::Columns {
            value: &self.value,
            date: &self.date,
            group: self.group.as_deref(),
            denominator: self.denominator.as_deref(),
        };
        let answer = read::read(&self.file, &columns)
            .and_then(|series| Answer::of(self, &series, &decisions))
            .map_err(|mistakes| mistakes.refuse(&self.file, self.json))?;
        if self.json {
            give(&serde_json::to_string_pretty(&answer)?);
        } else {
            say::say(&answer);
        }
        Ok(())
    }

    /// Refuses words that do not go together.
    fn check(&self) -> Result<(), Misused> {
        let is = |kinds: &[Kind]| kinds.contains(&self.chart);
        let is_run = is(&[Kind::Run]);
        let wrong = if is_run && (!self.rebase.is_empty() || self.fix_after.is_some()) {
            "a run chart has one median: --rebase and --fix-after are for the other charts"
        } else if is_run && !self.target.is_empty() {
            "a run chart has no limits by which a target could be judged: --target is for the others"
        } else if self.no_screen && !is(&[Kind::Xmr]) {
            "--no-screen is for --chart xmr: the others screen nothing"
        } else if self.laney && !is(&[Kind::P, Kind::U]) {
            "--laney is for --chart p and --chart u"
        } else if self.denominator.is_some() && !is(&[Kind::P, Kind::U]) {
            "--denominator is for --chart p and --chart u"
        } else if self.signed && !is(&[Kind::Xmr, Kind::Run]) {
            "--signed is for --chart xmr and --chart run: the others count"
        } else if self.target.iter().any(Aim::is_undated) && self.target.len() > 1 {
            "--target is one number, or several of the form DATE=T"
        } else if !asked::have_dates_of_their_own(&self.target) {
            "--target gives two targets for one date"
        } else if !self.target.iter().all(|aim| aim.fits(self.chart)) {
            match self.chart {
                Kind::P => "a p chart is of proportions: --target is from 0 to 1, and 95% is 0.95",
                _ => "--target is below nought, and this chart is of what never is",
            }
        } else if asked::has_twice(&self.rebase) {
            "--rebase has one date twice"
        } else if asked::has_twice(&self.columns()) {
            "--value, --date, --group and --denominator must name different columns"
        } else {
            return Ok(());
        };
        Err(Misused(wrong.to_owned()))
    }

    fn columns(&self) -> Vec<&str> {
        let optional = [&self.group, &self.denominator].into_iter().flatten();
        let named = [&self.value, &self.date].into_iter().chain(optional);
        named.map(String::as_str).collect()
    }
}

/// How many values to fix limits on, as it is given on the command line.
fn fixed(text: &str) -> Result<usize, String> {
    let count: Option<usize> = text.parse().ok();
    count
        .filter(|&count| count >= FEWEST_TO_FIX)
        .ok_or_else(|| format!("give a whole number of {FEWEST_TO_FIX} or more"))
}
