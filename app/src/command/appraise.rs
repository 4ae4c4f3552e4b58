//! `stour appraise`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use stour_appraisal::{
    Appraisal, Draws, Matrix, Measure, Sensitivity, Simulation, Tracked, Verdict, appraise,
    sensitivity, simulate,
};
use stour_kernel::Pence;

use super::document::{self, Drawing};
use crate::program::give;
use crate::progress::bar;

/// Work out a business case: what a change costs and saves, to whom, and how sure that is
///
/// The case is a TOML file, or a workbook (.xlsx), with lines of cost and benefit by partner. What is wrong
/// with it is told with its line, or its sheet and row. Amounts in JSON are whole pence, in the prices of the case. With --draws, every input that
/// is declared [[uncertain]] is drawn so many times; the same seed gives the same answer on any number
/// of threads. Every key is explained in docs/appraisal/README.md.
///
/// Example: stour appraise docs/appraisal/reablement.toml --draws 10000 --seed 7
#[derive(Debug, Args)]
pub(crate) struct Appraise {
    /// The case
    file: PathBuf,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    drawing: Drawing,
    /// On how many threads to draw; the answer does not depend on it [default: all]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// What is printed as JSON.
#[derive(Serialize)]
struct Report {
    appraisal: Appraisal,
    sensitivity: Both,
    simulation: Option<Simulation>,
}

#[derive(Serialize)]
struct Both {
    financial: Sensitivity,
    public_value: Sensitivity,
}

impl Appraise {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let case = document::case(&self.file, self.json)?;
        let simulation = self.drawing.wanted().map(|(count, seed)| {
            let threads = self.threads.unwrap_or_else(document::threads);
            let bar = bar("Drawing", document::steps(count));
            let draws = Draws {
                count,
                seed,
                threads,
            };
            let simulation = simulate(&case, draws, &|done| bar.inc(done));
            bar.finish_and_clear();
            simulation
        });
        let report = Report {
            appraisal: appraise(&case).with_context(|| self.file.display().to_string())?,
            sensitivity: Both {
                financial: sensitivity(&case, true),
                public_value: sensitivity(&case, false),
            },
            simulation,
        };
        if self.json {
            give(&serde_json::to_string_pretty(&report)?);
        } else {
            say(&report);
        }
        Ok(())
    }
}

fn say(report: &Report) {
    let appraisal = &report.appraisal;
    give(&format!(
        "{}\nPresent values in {}, in {} prices\n",
        appraisal.title, appraisal.base_year, appraisal.price_base
    ));
    give(&format!(
        "{:<28}{:>18}{:>18}{:>18}{:>8}  paid back",
        "", "costs", "benefits", "net", "ratio"
    ));
    say_verdict("All, fiscal", &appraisal.financial);
    say_verdict("All, public value", &appraisal.public_value);
    for partner in &appraisal.partners {
        say_verdict(&partner.name, &partner.public_value);
    }
    say_matrix(&appraisal.matrix);
    say_funding(appraisal);
    say_tracked(&appraisal.tracked);
    if !report.sensitivity.public_value.tornado.is_empty() {
        give("\nPublic value with one input at its 10th and 90th percentile");
        for swing in &report.sensitivity.public_value.tornado {
            give(&format!(
                "  {:<32}{:>16} to {:>16}",
                swing.input,
                amount(swing.at_low),
                amount(swing.at_high)
            ));
        }
    }
    if let Some(simulation) = &report.simulation
        && let Some(value) = &simulation.public_value
    {
        give(&format!(
            "\n{} draws, seed {}: public value {} to {} in 80 of 100, middle {}; above nothing in {:.1} of 100",
            simulation.draws,
            simulation.seed,
            value.p10,
            value.p90,
            value.p50,
            value.probability_above_zero * 100.0
        ));
    }
    document::say_unknown(&appraisal.unknown);
    give(
        "\nWith --json: every cell in words, each partner by year, switching values and scenarios.",
    );
}

fn say_matrix(matrix: &Matrix) {
    give("\nWho gains from what each pays");
    for row in matrix.rows.iter().filter(|row| row.pays != Pence::ZERO) {
        let gains = matrix.gainers.iter().zip(&row.gains);
        let gains: Vec<String> = gains
            .map(|(gainer, gain)| format!("{gainer} {gain}"))
            .collect();
        give(&format!(
            "  {} pays {}: {}",
            row.payer,
            row.pays,
            gains.join(", ")
        ));
    }
    let unpaid = matrix.gainers.iter().zip(&matrix.unpaid);
    for (gainer, gain) in unpaid.filter(|(_, gain)| **gain != Pence::ZERO) {
        give(&format!(
            "  nobody pays for the intervention from which {gainer} gains {gain}"
        ));
    }
}

fn say_funding(appraisal: &Appraisal) {
    if appraisal.funding.is_empty() {
        return;
    }
    give("\nFunding against costs");
    for funding in &appraisal.funding {
        give(&format!(
            "  {}: {} {}; {}",
            funding.name,
            funding.limit.words(),
            funding.amount,
            funding.period
        ));
    }
    let total = appraisal.funding_total;
    let most = if appraisal.funding_fixed == total {
        ""
    } else {
        "at most "
    };
    give(&format!(
        "  in all {most}{total} in cash, against costs of {} in {} prices, not discounted",
        appraisal.undiscounted_costs, appraisal.price_base
    ));
}

fn say_tracked(tracked: &[Tracked]) {
    if tracked.is_empty() {
        return;
    }
    give("\nPromised and measured");
    for row in tracked {
        give(&format!(
            "  {} ({}), {}: before {}; trajectory {}; reached {}; {}",
            row.name,
            row.unit,
            row.measured_on,
            row.baseline,
            row.trajectory,
            row.reached,
            against(row)
        ));
    }
}

/// Whether what was reached is on its trajectory, and how far from it.
fn against(row: &Tracked) -> String {
    match (&row.on_trajectory.value, &row.difference.value) {
        (Some(is_on), Some(difference)) => {
            let verdict = if *is_on {
                "on trajectory"
            } else {
                "not on trajectory"
            };
            format!("{verdict}, the difference is {difference}")
        }
        _ => "cannot be judged".to_owned(),
    }
}

fn amount(amount: Option<Pence>) -> String {
    amount.map_or_else(|| "too large".to_owned(), |amount| amount.to_string())
}

fn say_verdict(what: &str, verdict: &Verdict) {
    let Measure { value, .. } = &verdict.benefit_cost_ratio;
    let ratio = value.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}"));
    let payback = verdict.payback_year.value.as_deref().unwrap_or("–");
    give(&format!(
        "{what:<28}{:>18}{:>18}{:>18}{ratio:>8}  {payback}",
        verdict.costs, verdict.benefits, verdict.net_present_value
    ));
}
