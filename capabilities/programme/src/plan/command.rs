//! `stour programme plan`.

use clap::{Args, FromArgMatches};
use stour_planning::Finding;
use stour_web::{Command, CommandError, House, give};

use super::reading::Read;
use super::words::{no_schedule, told, when};

const EXAMPLE: &str = "\
Examples:
  stour programme plan better-together
  stour programme plan better-together --json

It ends with 1 when dates contradict each other.";

/// Look a plan over: dates that contradict each other, what is missing, and the critical path
#[derive(Debug, Clone, Args)]
struct Look {
    /// The programme's short name
    #[arg(value_name = "PROGRAMME")]
    programme: String,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// The command, for the program's command line.
pub(crate) fn command() -> Command {
    Command {
        under: &["programme"],
        define: || Look::augment_args(clap::Command::new("plan")).after_help(EXAMPLE),
        run: |house, matches| {
            Look::from_arg_matches(matches)
                .map_err(|error| CommandError(error.to_string()))?
                .run(house)
        },
    }
}

impl Look {
    fn run(&self, house: &House) -> Result<(), CommandError> {
        let (around, _) = crate::command::opened(house, &self.programme)?;
        let plan = Read::of(&around);
        let answer = if self.json {
            let json = serde_json::to_string_pretty(&json(&plan));
            json.map_err(|error| CommandError(error.to_string()))? + "\n"
        } else {
            text(&plan)
        };
        give(&answer)?;
        match plan.conflicts().len() {
            0 => Ok(()),
            1 => Err(CommandError(
                "the plan contradicts itself in 1 place".to_owned(),
            )),
            count => Err(CommandError(format!(
                "the plan contradicts itself in {count} places"
            ))),
        }
    }
}

/// What is found, a line each, and the path.
fn text(plan: &Read) -> String {
    let (conflicts, missing): (Vec<Finding>, Vec<Finding>) =
        plan.findings().into_iter().partition(Finding::is_conflict);
    let mut lines = vec![format!("{} activities", plan.activities.len())];
    let numbered = (1..).zip(&conflicts);
    lines.extend(numbered.map(|(place, finding): (i32, _)| {
        let said = told(finding, plan);
        format!("Conflict {place}: {}: {}", said.what, said.why)
    }));
    lines.extend(missing.iter().map(|finding| told(finding, plan).why));
    match plan.schedule() {
        Ok(schedule) => {
            lines.push(format!("Critical path, to {}:", plan.end(&schedule)));
            let path = schedule.path.iter();
            let path = path.filter_map(|number| plan.activities.get(number));
            lines.extend(
                path.map(|one| format!("  {} {} ({})", one.reference(), one.title, when(one))),
            );
        }
        Err(error) => lines.push(no_schedule(&error)),
    }
    lines.join("\n") + "\n"
}

fn json(plan: &Read) -> serde_json::Value {
    let findings: Vec<serde_json::Value> = plan
        .findings()
        .iter()
        .map(|finding| {
            let said = told(finding, plan);
            serde_json::json!({
                "conflict": finding.is_conflict(),
                "what": said.what,
                "why": said.why,
                "activities": finding.activities(),
            })
        })
        .collect();
    let schedule = plan.schedule().ok();
    serde_json::json!({
        "activities": plan.activities.len(),
        "findings": findings,
        "critical_path": schedule.as_ref().map(|schedule| &schedule.path),
        "ends": schedule.as_ref().map(|schedule| plan.end(schedule).iso()),
    })
}
