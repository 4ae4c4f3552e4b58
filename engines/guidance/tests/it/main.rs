//! The engine by what it gives for flows.

#[cfg(test)]
mod answered;
#[cfg(test)]
mod carried;
#[cfg(test)]
mod expressions;
#[cfg(test)]
mod random;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod shipped;
#[cfg(test)]
mod told;

/// A flow that the product ships.
#[cfg(test)]
pub(crate) fn shipped(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    std::fs::read_to_string(folder.join(format!("{name}.toml"))).unwrap()
}

/// The day on which tests answer.
#[cfg(test)]
pub(crate) fn today() -> stour_kernel::Date {
    "2026-11-02".parse().unwrap()
}

/// A flow with these questions and outcomes, and the rest that a flow must have.
#[cfg(test)]
pub(crate) fn flow(rest: &str) -> String {
    format!(
        r#"[flow]
id = "test"
title = "A test"
summary = "For tests."
audience = "Tests"
keep_days = 1
owner = "A tester"
review_due = "2027-01-01"

[[source]]
what = "None"
gives = "nothing"
status = "unverified"

{rest}"#
    )
}

/// An outcome with one thing to do.
#[cfg(test)]
pub(crate) fn outcome(id: &str) -> String {
    format!(
        "\n[[outcome]]\nid = \"{id}\"\ntitle = \"{id}\"\nbody = \"Done.\"\n[[outcome.next]]\nlabel = \"Ask\"\nask = true\n"
    )
}

/// Answers as they are kept.
#[cfg(test)]
pub(crate) fn answers(all: &[(&str, &[&str])]) -> stour_guidance::Answers {
    let mut answers = stour_guidance::Answers::default();
    for (question, given) in all {
        let given = given.iter().map(|one| (*one).to_owned()).collect();
        answers.0.insert((*question).to_owned(), given);
    }
    answers
}

/// The id of the outcome or, in brackets, of the question where answers lead.
#[cfg(test)]
pub(crate) fn leads(flow: &stour_guidance::Flow, answers: &stour_guidance::Answers) -> String {
    match flow.position(answers, today()).unwrap().at {
        stour_guidance::At::Outcome(outcome) => outcome.id.clone(),
        stour_guidance::At::Question(question) => format!("({})", question.id),
    }
}
