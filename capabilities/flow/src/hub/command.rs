//! `stour flow notices`: what the older messages between hospitals and councils say.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use serde_json::{Value, json};
use stour_adw::{LARGEST, Message, read};
use stour_web::{CommandError, give};

/// The name of the command.
pub(crate) const NAME: &str = "notices";

pub(crate) fn define() -> clap::Command {
    clap::Command::new(NAME)
        .about("Show what notices in older FHIR messages (ADW, DSTU2) say")
        .long_about(
            "Show what notices between hospitals and councils say that come as older FHIR messages (assessment, discharge \
             and withdrawal, SCCI2075, FHIR DSTU2 in XML): admission, assessment, discharge and withdrawal notices, and \
             answers. Nothing is stored. What cannot be read in a message is named beside it.\n\n\
             Example: stour flow notices --json notice.xml",
        )
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help("The files, each one message"),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help("As JSON, one message a line"),
        )
}

pub(crate) fn run(matches: &ArgMatches) -> Result<(), CommandError> {
    let as_json = matches.get_flag("json");
    let (mut said, mut wrong) = (String::new(), Vec::new());
    for file in matches.get_many::<PathBuf>("file").into_iter().flatten() {
        let name = file.display().to_string();
        match message(file) {
            Ok(message) if as_json => {
                said.push_str(&as_value(&name, &message).to_string());
                said.push('\n');
            }
            Ok(message) => said.push_str(&in_words(&name, &message)),
            Err(why) => wrong.push(format!("{name}: {why}")),
        }
    }
    give(&said)?;
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(CommandError(wrong.join("\n")))
    }
}

/// A file that is larger than any message is not read at all.
fn message(file: &PathBuf) -> Result<Message, String> {
    let cannot = |error: std::io::Error| format!("cannot be read: {error}");
    let size = std::fs::metadata(file).map_err(cannot)?.len();
    if usize::try_from(size).unwrap_or(usize::MAX) > LARGEST {
        return Err(format!("has more than {LARGEST} bytes"));
    }
    let bytes = std::fs::read(file).map_err(cannot)?;
    read(&bytes).map_err(|error| error.to_string())
}

fn text<T: ToString>(value: Option<T>) -> Option<String> {
    value.map(|value| value.to_string())
}

fn name_of(message: &Message) -> Option<String> {
    let patient = &message.patient;
    let family = patient.family.as_deref()?;
    Some(format!("{family}, {}", patient.given.join(" ")))
}

fn in_words(file: &str, message: &Message) -> String {
    let reason = message.reason.as_ref().map(|reason| {
        let parts = [&reason.code, &reason.display, &reason.text];
        let parts: Vec<&str> = parts.into_iter().filter_map(Option::as_deref).collect();
        parts.join(": ")
    });
    let mut rows = vec![
        ("sent", text(message.sent)),
        ("message", message.id.clone()),
        ("answers", message.answers.clone()),
        ("from", text(message.from)),
        ("to", text(message.to)),
        ("person", name_of(message)),
        ("NHS number", text(message.patient.nhs_number)),
        ("born", text(message.patient.born)),
        ("hospital", message.hospital.clone()),
        ("ward", message.ward.clone()),
        ("visit", message.visit.clone()),
        ("admitted", text(message.admitted)),
        ("leaving", text(message.leaving)),
        ("because", reason),
    ];
    rows.extend(
        message
            .described
            .iter()
            .map(|words| ("says", Some(words.clone()))),
    );
    for answer in &message.answered {
        let said = answer.words.as_deref().or(answer.code.as_deref());
        let said = said.unwrap_or("no answer");
        rows.push(("asked", Some(format!("{} {said}", answer.question))));
    }
    let author = message.author.as_ref().map(|author| {
        let role = author.role.clone().into_iter();
        let parts = std::iter::once(author.name.clone()).chain(role);
        let parts: Vec<String> = parts.chain(author.reached_by.iter().cloned()).collect();
        parts.join(", ")
    });
    rows.push(("written by", author));
    rows.extend(
        message
            .left_out
            .iter()
            .map(|what| ("left out", Some(what.clone()))),
    );
    let lines = rows
        .into_iter()
        .filter_map(|(what, value)| Some(format!("  {what}: {}\n", value?)));
    format!(
        "{file}: {}\n{}",
        message.kind.words(),
        lines.collect::<String>()
    )
}

fn as_value(file: &str, message: &Message) -> Value {
    let patient = &message.patient;
    let answered = message.answered.iter().map(
        |answer| json!({ "question": answer.question, "code": answer.code, "words": answer.words }),
    );
    json!({
        "file": file,
        "kind": message.kind.words(),
        "bundle": message.bundle,
        "message": message.id,
        "answers": message.answers,
        "sent": text(message.sent),
        "from": text(message.from),
        "to": text(message.to),
        "patient": {
            "nhs_number": patient.nhs_number.map(stour_kernel::NhsNumber::digits),
            "local_number": patient.local_number,
            "family": patient.family,
            "given": patient.given,
            "born": text(patient.born),
        },
        "hospital": message.hospital,
        "ward": message.ward,
        "visit": message.visit,
        "admitted": text(message.admitted),
        "leaving": text(message.leaving),
        "reason": message.reason.as_ref().map(|reason| json!({
            "code": reason.code, "display": reason.display, "text": reason.text,
        })),
        "described": message.described,
        "answered": answered.collect::<Vec<_>>(),
        "author": message.author.as_ref().map(|author| json!({
            "name": author.name, "role": author.role, "reached_by": author.reached_by,
        })),
        "left_out": message.left_out,
    })
}

#[cfg(test)]
mod tests {
    use stour_kernel::testing::reference_data;

    use super::*;

    fn example(name: &str) -> Option<Message> {
        let name = format!("fhir/adw-dstu2/ADW-Message-{name}-Bundle-1-Example-1.xml");
        Some(message(&reference_data(&name)?).unwrap())
    }

    #[test]
    fn an_older_message_is_shown_with_all_that_it_says() {
        let Some(asked) = example("Assessment-Notice") else {
            return;
        };
        let said = in_words("notice.xml", &asked);
        for line in [
            "notice.xml: Assessment notice\n",
            "  person: Jones, Barry\n",
            "  NHS number: 941 394 6000\n",
            "  leaving: 2017-05-12\n",
            "been consulted regarding this Assessment Notice? Yes\n",
            "  written by: Leticia Gulliver, Discharge co-ordinator, ",
        ] {
            assert!(said.contains(line), "{line:?} is not in\n{said}");
        }
        let withdrawn = example("Withdrawal-Notice").unwrap();
        let value = as_value("notice.xml", &withdrawn);
        assert_eq!(value["kind"], "Withdrawal of all notices");
        assert_eq!(value["reason"]["code"], "07");
        assert_eq!(value["patient"]["nhs_number"], "9413946000");
    }

    #[test]
    fn what_is_no_message_is_told_with_the_reason() {
        let told = message(&PathBuf::from("Cargo.toml")).unwrap_err();
        assert!(told.contains("ends before it is whole"), "{told}");
        let told = message(&PathBuf::from("no-such-file.xml")).unwrap_err();
        assert!(told.contains("cannot be read"), "{told}");
    }
}
