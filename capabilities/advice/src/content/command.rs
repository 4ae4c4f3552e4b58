//! The command line of advice: check, graph, export and import.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use stour_access::Purpose;
use stour_access::audit::AuditEntry;
use stour_guidance::Flow;
use stour_kernel::Date;
use stour_web::{Command, CommandError, House, give};

use super::graph_drawing::svg;
use super::store::{Saving, contents, save, version};
use super::{Author, ContentError, Refusal, kept_for};

/// The most paths that a check takes.
const MOST_PATHS: u64 = 5_000_000;
/// The file beside the flows that is none.
const KEPT_FOR: &str = "kept-for.toml";

pub(crate) fn command() -> Command {
    Command {
        under: &[],
        define,
        run,
    }
}

fn define() -> clap::Command {
    let folder = |help: &'static str| {
        Arg::new("folder")
            .value_name("DIR")
            .value_parser(value_parser!(PathBuf))
            .help(help)
    };
    clap::Command::new("content")
        .about("Check, draw, export and import advice")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            clap::Command::new("check")
                .about("Check flows and take every path through each")
                .long_about("Check flows and take every path through each: those of a folder, or those that the public reads.\n\nExample: stour content check content")
                .arg(folder("The folder; without it, what the public reads")),
        )
        .subcommand(
            clap::Command::new("graph")
                .about("Draw a flow")
                .long_about("Draw the flow that the public reads, in the language of Graphviz or as SVG.\n\nExample: stour content graph carer --svg > carer.svg")
                .arg(Arg::new("flow").value_name("FLOW").required(true).help("The id of the flow"))
                .arg(Arg::new("dot").long("dot").action(ArgAction::SetTrue).help("For Graphviz; this is what is given unless told"))
                .arg(Arg::new("svg").long("svg").action(ArgAction::SetTrue).conflicts_with("dot").help("As SVG")),
        )
        .subcommand(
            clap::Command::new("export")
                .about("Write the flows that the public reads to a folder")
                .arg(folder("The folder, which is made when it is not there").required(true)),
        )
        .subcommand(
            clap::Command::new("import")
                .about("Save the flows of a folder as new versions")
                .long_about("Save the flows of a folder as new versions, where they differ. Nothing is published: somebody proposes each, and somebody else approves it.\n\nExample: stour content import content --what \"Reviewed for the new year\"")
                .arg(folder("The folder").required(true))
                .arg(Arg::new("what").long("what").value_name("WORDS").required(true).help("What changed, and why")),
        )
}

fn run(house: &House, matches: &ArgMatches) -> Result<(), CommandError> {
    match matches.subcommand() {
        Some(("check", matches)) => check(house, matches.get_one::<PathBuf>("folder")),
        Some(("graph", matches)) => {
            let flow = matches.get_one::<String>("flow");
            graph(
                house,
                flow.map_or("", String::as_str),
                matches.get_flag("svg"),
            )
        }
        Some(("export", matches)) => export(house, of_folder(matches)?),
        Some(("import", matches)) => {
            let what = matches.get_one::<String>("what");
            import(house, of_folder(matches)?, what.map_or("", String::as_str))
        }
        _ => Err(CommandError(
            "Say what to do: check, graph, export or import.".to_owned(),
        )),
    }
}

fn of_folder(matches: &ArgMatches) -> Result<&Path, CommandError> {
    let folder = matches.get_one::<PathBuf>("folder");
    folder
        .map(PathBuf::as_path)
        .ok_or_else(|| CommandError("Name the folder.".to_owned()))
}

/// The texts of a folder by their names, in order.
fn texts_in(folder: &Path) -> Result<Vec<(String, String)>, CommandError> {
    let unreadable = |path: &Path, error: std::io::Error| {
        CommandError(format!("{} cannot be read: {error}", path.display()))
    };
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
    let mut texts = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, error))?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let is_toml = path.extension().is_some_and(|kind| kind == "toml");
        // Beside flows a folder may hold what is none: for whom they are kept, and the words of the search.
        if !is_toml || name == KEPT_FOR || name == "synonyms.toml" {
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
        texts.push((path.display().to_string(), text));
    }
    texts.sort();
    if texts.is_empty() {
        return Err(CommandError(format!(
            "{} holds no flow (.toml).",
            folder.display()
        )));
    }
    Ok(texts)
}

/// The texts that the public reads, by their ids.
fn texts_published(house: &House) -> Result<Vec<(String, String)>, CommandError> {
    let found = house.database().read_blocking(|tx| {
        let mut texts = Vec::new();
        for content in contents(tx)? {
            if let Some(number) = content.published
                && let Some(version) = version(tx, &content.id, number)?
            {
                texts.push((content.id, version.text));
            }
        }
        Ok::<_, stour_database::Error>(texts)
    });
    Ok(found?)
}

fn check(house: &House, folder: Option<&PathBuf>) -> Result<(), CommandError> {
    let texts = match folder {
        Some(folder) => texts_in(folder)?,
        None => texts_published(house)?,
    };
    let today = house.environment().today();
    let mut said = String::new();
    let mut wrong = 0_usize;
    for (name, text) in &texts {
        if !checked(name, text, today, &mut said) {
            wrong = wrong.saturating_add(1);
        }
    }
    give(&said)?;
    match wrong {
        0 => Ok(()),
        count => Err(CommandError(format!(
            "{count} of {} flows must be put right.",
            texts.len()
        ))),
    }
}

/// Says what is to be said of a flow; whether it can be used.
fn checked(name: &str, text: &str, today: Date, said: &mut String) -> bool {
    // Writing to a String cannot fail.
    let flow = match Flow::read(text) {
        Ok(flow) => flow,
        Err(mistakes) => {
            let _ = writeln!(said, "{name}:\n{mistakes}");
            return false;
        }
    };
    for warning in flow.warnings() {
        let _ = writeln!(said, "{name}: to be looked at: {warning}");
    }
    let paths = match flow.walk(today, MOST_PATHS, |_| {}) {
        Ok(paths) => paths,
        Err(error) => {
            let _ = writeln!(said, "{name}: {error}");
            return false;
        }
    };
    let _ = writeln!(
        said,
        "{name}: {} questions, {} outcomes, {} paths of at most {} questions",
        flow.questions.len(),
        flow.outcomes.len(),
        paths.count,
        paths.longest
    );
    for (outcome, count) in &paths.by_outcome {
        let _ = writeln!(said, "  {count:>9} end in {outcome}");
    }
    for way in &paths.never_taken {
        let _ = writeln!(said, "  no path takes {way}");
    }
    for option in &paths.never_offered {
        let _ = writeln!(said, "  nobody is offered {option}");
    }
    paths.never_taken.is_empty() && paths.never_offered.is_empty()
}

fn graph(house: &House, id: &str, as_svg: bool) -> Result<(), CommandError> {
    let texts = texts_published(house)?;
    let found = texts.iter().find(|(one, _)| one == id);
    let (_, text) = found.ok_or_else(|| {
        let ids: Vec<&str> = texts.iter().map(|(id, _)| id.as_str()).collect();
        CommandError(format!(
            "There is no flow {id:?}; there are {}.",
            ids.join(", ")
        ))
    })?;
    let flow = Flow::read(text).map_err(|mistakes| CommandError(mistakes.to_string()))?;
    let graph = flow.graph();
    if as_svg {
        give(&format!("{}\n", svg(&graph, &flow.title).into_string()))
    } else {
        give(&graph.dot(id))
    }
}

fn export(house: &House, folder: &Path) -> Result<(), CommandError> {
    std::fs::create_dir_all(folder)?;
    let texts = texts_published(house)?;
    for (id, text) in &texts {
        let path = folder.join(format!("{id}.toml"));
        std::fs::write(&path, text).map_err(|error| {
            CommandError(format!("{} cannot be written: {error}", path.display()))
        })?;
    }
    give(&format!(
        "{} flows are in {}\n",
        texts.len(),
        folder.display()
    ))
}

fn import(house: &House, folder: &Path, what: &str) -> Result<(), CommandError> {
    let organisation = kept_for()
        .ok_or_else(|| CommandError("Nobody is named for whom advice is kept.".to_owned()))?;
    let mut flows = Vec::new();
    for (name, text) in texts_in(folder)? {
        let flow = Flow::read(&text)
            .map_err(|mistakes| CommandError(format!("{name}:\n{mistakes}\nNothing was saved.")))?;
        flows.push((flow.id, text));
    }
    let by = Author {
        user: None,
        name: "The command line".to_owned(),
        organisation,
    };
    let (environment, what, trail) = (
        house.environment().clone(),
        what.to_owned(),
        house.access().clone(),
    );
    let saved = house.database().write_blocking(move |tx| {
        let mut saved = Vec::new();
        for (id, text) in &flows {
            let latest = contents(tx)?.into_iter().find(|content| content.id == *id);
            let base = latest.map_or(0, |content| content.latest);
            let saving = Saving::Text(text.clone());
            match save(tx, &environment, (id, base), (&saving, &what), &by) {
                Ok(number) => saved.push(format!("{id}: version {number}")),
                Err(ContentError::Refused(Refusal::Unchanged)) => {}
                Err(error) => return Err(error),
            }
        }
        let entry = AuditEntry::by_nobody("the command line", "content.edit", Purpose::System);
        trail.trail().append(tx, &entry)?;
        Ok(saved)
    });
    let saved = saved.map_err(|error| CommandError(error.to_string()))?;
    if saved.is_empty() {
        return give("Nothing is different from the latest versions.\n");
    }
    give(&format!(
        "{}\nNothing is published: propose each version at /content.\n",
        saved.join("\n")
    ))
}
