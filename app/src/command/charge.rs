//! `stour charge`.

use std::path::PathBuf;

use anyhow::{Context as _, anyhow, bail};
use clap::Args;
use stour_advice::paying::{Answers, Worked, ask, tables, work_out};
use stour_charging::{Forecast, Outlook, Refusal, Tables};
use stour_kernel::{Clock as _, SystemClock};

use crate::program::give;

/// Estimate what care may cost somebody each week, line by line, and when their savings run down
///
/// The answers are a TOML file with a line for each field of the form at /paying-for-care, such as
/// `savings = 16500` or `income-state-pension = "230.25"`, or the options below, which come before the file's.
/// A rate that is not known here is asked for, never made up: give it with --rate and --rate-source. Nothing is
/// stored. docs/charging/README.md lists every field.
///
/// Example: stour charge --council E06000059 --care home --circumstance single-25-plus --cost 400 --capital 16500 --income benefits=112.50 --date 2025-06-02
#[derive(Debug, Args)]
pub(crate) struct Charge {
    /// A TOML file of answers
    file: Option<PathBuf>,
    /// The council's code, such as E06000059
    #[arg(long, value_name = "CODE")]
    council: Option<String>,
    /// Where care is given: home, temporary or permanent
    #[arg(long, value_name = "WHERE")]
    care: Option<String>,
    /// What the care costs each week, in pounds
    #[arg(long, value_name = "POUNDS")]
    cost: Option<String>,
    /// Savings of their own, in pounds
    #[arg(long, value_name = "POUNDS")]
    capital: Option<String>,
    /// Whose minimum income guarantee it is at home, such as single-25-plus
    #[arg(long, value_name = "WHICH")]
    circumstance: Option<String>,
    /// Income each week, such as state-pension=230.25; may be given more than once
    #[arg(long, value_name = "KIND=POUNDS")]
    income: Vec<String>,
    /// The day of the rates, such as 2025-06-02; today unless given
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// A rate that is not known here, such as premium/carer=40.00; may be given more than once
    #[arg(long, value_name = "RATE=AMOUNT", requires = "rate_source")]
    rate: Vec<String>,
    /// Where those rates are from
    #[arg(long, value_name = "WORDS")]
    rate_source: Option<String>,
    /// Print everything as JSON, each week of the forecast with it
    #[arg(long)]
    json: bool,
}

impl Charge {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let tables = tables().map_err(|error| anyhow!("{error}"))?;
        let answers = self.answers(tables)?;
        let asked = ask(&answers, tables).map_err(|mistakes| {
            let all = mistakes.all().iter();
            let all = all.map(|one| format!("{}: {}", one.field, one.message));
            anyhow!("{}", all.collect::<Vec<_>>().join("\n"))
        })?;
        let worked = work_out(&asked, tables).map_err(|refusal| self.refuse(&refusal))?;
        if self.json {
            give(&serde_json::to_string_pretty(&worked)?);
            return Ok(());
        }
        say(&worked);
        Ok(())
    }

    fn answers(&self, tables: &Tables) -> anyhow::Result<Answers> {
        let mut answers = Answers::blank(SystemClock::new().today());
        if let Some(file) = &self.file {
            let text = std::fs::read_to_string(file);
            let text = text.with_context(|| format!("cannot read {}", file.display()))?;
            let read = Answers::read(&text, tables);
            let read = read.map_err(|reason| anyhow!("{}: {reason}", file.display()))?;
            for (field, text) in read.all() {
                answers.put(field, text);
            }
        }
        let given = [
            ("council", &self.council),
            ("care", &self.care),
            ("cost", &self.cost),
            ("savings", &self.capital),
            ("circumstance", &self.circumstance),
            ("rate-source", &self.rate_source),
        ];
        for (field, text) in given {
            if let Some(text) = text {
                answers.put(field, text);
            }
        }
        self.put_date(&mut answers)?;
        for income in &self.income {
            let (kind, amount) = pair(income, "--income state-pension=230.25")?;
            if !tables.incomes().iter().any(|one| one.code == kind) {
                let kinds = tables.incomes().iter().map(|one| one.code.as_str());
                bail!(
                    "there is no income {kind}: use one of {}",
                    kinds.collect::<Vec<_>>().join(", ")
                );
            }
            answers.put(&format!("income-{kind}"), amount);
        }
        for rate in &self.rate {
            let (kind, amount) = pair(rate, "--rate premium/carer=40.00")?;
            if !tables.kinds().iter().any(|one| one.code == kind) {
                let kinds = tables.kinds().iter().map(|one| one.code.as_str());
                bail!(
                    "there is no rate {kind}: use one of {}",
                    kinds.collect::<Vec<_>>().join(", ")
                );
            }
            answers.put_rate(kind, amount);
        }
        Ok(answers)
    }

    fn put_date(&self, answers: &mut Answers) -> anyhow::Result<()> {
        let Some(text) = &self.date else {
            return Ok(());
        };
        let wrong = || anyhow!("{text:?} is no day: write it as 2025-06-02");
        let day: stour_kernel::Date = text.parse().map_err(|_| wrong())?;
        for (field, text) in Answers::blank(day).all() {
            answers.put(field, text);
        }
        Ok(())
    }

    /// Why there is no answer: as JSON on standard output too, where that was asked for.
    fn refuse(&self, refusal: &Refusal) -> anyhow::Error {
        if self.json {
            let refused = serde_json::json!({ "refused": refusal });
            give(&format!("{refused:#}"));
        }
        match refusal {
            Refusal::Missing(missing) => {
                let rates = missing.iter().map(|one| format!("--rate {}=…", one.kind));
                anyhow!(
                    "{refusal}:\n{} --rate-source …",
                    rates.collect::<Vec<_>>().join(" ")
                )
            }
            other => anyhow!("{other}"),
        }
    }
}

fn pair<'t>(text: &'t str, like: &str) -> anyhow::Result<(&'t str, &'t str)> {
    let pair = text.split_once('=');
    pair.ok_or_else(|| anyhow!("{text:?} has no amount: write it as {like}"))
}

fn say(worked: &Worked) {
    let found = &worked.assessment;
    give(&format!(
        "You may pay {} a week. This is an estimate: the council decides.",
        found.weekly
    ));
    for step in &found.steps {
        give(&format!("\n{}", step.title));
        for line in &step.lines {
            give(&format!(
                "  {:<68} {:>14}  {}",
                line.label,
                line.amount.to_string(),
                line.rule
            ));
        }
        give(&format!("  {:<68} {:>14}", "Total", step.total.to_string()));
    }
    for label in &found.not_known {
        give(&format!(
            "\nNot known here, and a council may have it: {label}"
        ));
    }
    match &worked.forecast {
        Ok(forecast) => say_ahead(forecast),
        Err(refusal) => give(&format!("\nLooking ahead: {refusal}")),
    }
}

fn say_ahead(forecast: &Forecast) {
    give("\nLooking ahead, by these rates");
    let dates = [
        ("the home counts from", forecast.home_counts_from),
        ("the full cost from", forecast.full_from),
        ("the council may help from", forecast.helped_from),
        ("tell the council by", forecast.tell_by),
        ("savings no longer count from", forecast.lower_from),
        ("not enough in savings from", forecast.gone_from),
        (
            "at the earliest, and nothing can be said after, since a rate is missing, from",
            forecast.not_known_from,
        ),
    ];
    for (what, date) in dates {
        if let Some(date) = date {
            give(&format!("  {what:<30} {date}"));
        }
    }
    match forecast.outlook {
        Outlook::AgreementFull => give("  as much is owed as the agreement allows"),
        Outlook::Lasts => give("  savings last for more than 40 years"),
        Outlook::Settles | Outlook::Gone => {}
    }
}
