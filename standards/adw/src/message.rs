//! What a message says.

use std::collections::BTreeMap;

use stour_kernel::{Date, NhsNumber, OdsCode, Timestamp};
use thiserror::Error;

use crate::tree::{NoXml, Node, parse};

/// What a message is for, by the code of its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Somebody was admitted.
    Admission,
    /// A council is asked to assess.
    Assessment,
    /// When somebody is to leave.
    Discharge,
    /// What was asked for is taken back.
    Withdrawal(Withdrawn),
    /// Yes.
    Accept(Of),
    /// No.
    Reject(Of),
}

/// What is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Withdrawn {
    All,
    DischargeOnly,
    AssessmentOnly,
}

/// What is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Of {
    Assessment,
    Discharge,
    Withdrawal,
}

/// The events and their SNOMED codes: value set ADW-MessageEvent-1 (NHS Digital, 5 June 2017), with the withdrawal of an
/// assessment notice alone that version 5.0.0 added, and the admission notice as the example of version 5.1.0 has it.
const EVENTS: [(&str, Kind); 12] = [
    ("895571000000108", Kind::Admission),
    ("975701000000106", Kind::Assessment),
    ("975711000000108", Kind::Accept(Of::Assessment)),
    ("975721000000102", Kind::Reject(Of::Assessment)),
    ("975731000000100", Kind::Discharge),
    ("975821000000109", Kind::Accept(Of::Discharge)),
    ("975831000000106", Kind::Reject(Of::Discharge)),
    ("975841000000102", Kind::Withdrawal(Withdrawn::All)),
    (
        "975851000000104",
        Kind::Withdrawal(Withdrawn::DischargeOnly),
    ),
    (
        "1078011000000107",
        Kind::Withdrawal(Withdrawn::AssessmentOnly),
    ),
    ("1025651000000109", Kind::Accept(Of::Withdrawal)),
    ("1025641000000106", Kind::Reject(Of::Withdrawal)),
];

impl Kind {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Admission => "Admission notice",
            Self::Assessment => "Assessment notice",
            Self::Discharge => "Discharge notice",
            Self::Withdrawal(Withdrawn::All) => "Withdrawal of all notices",
            Self::Withdrawal(Withdrawn::DischargeOnly) => "Withdrawal of the discharge notice",
            Self::Withdrawal(Withdrawn::AssessmentOnly) => "Withdrawal of the assessment notice",
            Self::Accept(Of::Assessment) => "Assessment notice accepted",
            Self::Accept(Of::Discharge) => "Discharge notice accepted",
            Self::Accept(Of::Withdrawal) => "Withdrawal notice accepted",
            Self::Reject(Of::Assessment) => "Assessment notice rejected",
            Self::Reject(Of::Discharge) => "Discharge notice rejected",
            Self::Reject(Of::Withdrawal) => "Withdrawal notice rejected",
        }
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The identifier of the bundle. The published examples use one for two messages, so it alone names none.
    pub bundle: Option<String>,
    /// The identifier of the message's header.
    pub id: Option<String>,
    /// What it is for.
    pub kind: Kind,
    /// When it was sent.
    pub sent: Option<Timestamp>,
    /// The header of the message that it answers.
    pub answers: Option<String>,
    /// The system that sent it, by ODS code.
    pub from: Option<OdsCode>,
    /// The system that it is for, by ODS code.
    pub to: Option<OdsCode>,
    /// The name of the hospital, or who else provides the stay.
    pub hospital: Option<String>,
    /// Who.
    pub patient: Patient,
    /// The hospital's number for the visit.
    pub visit: Option<String>,
    /// The ward, by name.
    pub ward: Option<String>,
    /// The day of admission.
    pub admitted: Option<Date>,
    /// The day on which the person is expected, or proposed, to leave.
    pub leaving: Option<Date>,
    /// Why a notice was withdrawn, accepted or rejected.
    pub reason: Option<Reason>,
    /// Why the council is asked, and what is known of the person, in words.
    pub described: Vec<String>,
    /// What was asked and answered: who was consulted, who agrees.
    pub answered: Vec<Answer>,
    /// Who wrote it.
    pub author: Option<Practitioner>,
    /// What could not be read and was left out.
    pub left_out: Vec<String>,
}

/// Who a message is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Patient {
    /// The NHS number.
    pub nhs_number: Option<NhsNumber>,
    /// The hospital's own number.
    pub local_number: Option<String>,
    /// Family name.
    pub family: Option<String>,
    /// Given names.
    pub given: Vec<String>,
    /// Date of birth.
    pub born: Option<Date>,
}

/// A coded reason with what was said beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reason {
    /// The code.
    pub code: Option<String>,
    /// What the code means.
    pub display: Option<String>,
    /// In words.
    pub text: Option<String>,
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// As it was asked.
    pub question: String,
    /// A code, if the answer is one.
    pub code: Option<String>,
    /// In words.
    pub words: Option<String>,
}

/// Who wrote something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practitioner {
    /// The name.
    pub name: String,
    /// As what, in words.
    pub role: Option<String>,
    /// Telephone numbers and addresses of electronic mail.
    pub reached_by: Vec<String>,
}

/// Why a message is not read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// It is no XML that is read.
    #[error(transparent)]
    Xml(#[from] NoXml),
    /// Something else than a bundle.
    #[error("the message begins with {0:?} and not with a bundle")]
    NotABundle(String),
    /// Nothing says what it is for.
    #[error("the bundle has no message header, so it says not what it is for")]
    NoHeader,
    /// It is for something else.
    #[error(
        "the event {0:?} is none of assessment, discharge, withdrawal or admission notices and their answers"
    )]
    UnknownEvent(String),
}

/// Reads a message.
///
/// # Errors
/// [`ReadError`] when it is no such message. What else is wrong with it is left out and noted.
pub fn read(bytes: &[u8]) -> Result<Message, ReadError> {
    let root = parse(bytes)?;
    if root.name != "Bundle" {
        let name = root.name.chars().take(64).collect();
        return Err(ReadError::NotABundle(name));
    }
    let bundle = Bundle::new(&root);
    let header = bundle.first("MessageHeader").ok_or(ReadError::NoHeader)?;
    let event = header.value_at(&["event", "code"]).unwrap_or_default();
    let known = EVENTS.into_iter().find(|(code, _)| *code == event);
    let (_, kind) =
        known.ok_or_else(|| ReadError::UnknownEvent(event.chars().take(64).collect()))?;
    let mut left_out = Vec::new();
    let text = |node: Option<&Node>, path: &[&str]| {
        node.and_then(|node| node.value_at(path)).map(str::to_owned)
    };
    let (visit, asked) = (bundle.first("Encounter"), bundle.first("ReferralRequest"));
    let (told, place) = (
        bundle.first("QuestionnaireResponse"),
        bundle.first("Location"),
    );
    let author = bundle.refers(header, &["author", "reference"]);
    let provider = visit.and_then(|visit| bundle.refers(visit, &["serviceProvider", "reference"]));
    let described = [&["reason", "text"][..], &["description"][..]];
    let described = described.iter().filter_map(|path| text(asked, path));
    Ok(Message {
        bundle: text(Some(&root), &["id"]),
        id: text(Some(header), &["id"]),
        kind,
        sent: parsed(Some(header), &["timestamp"], &mut left_out),
        answers: text(Some(header), &["response", "identifier"]),
        from: endpoint(header, "source", &mut left_out),
        to: endpoint(header, "destination", &mut left_out),
        hospital: text(provider, &["name"]),
        patient: patient(bundle.first("Patient"), &mut left_out),
        visit: text(visit, &["identifier", "value"]),
        ward: text(place, &["name"]),
        admitted: day(visit, &["period", "start"], &mut left_out),
        leaving: day(visit, &["period", "end"], &mut left_out),
        reason: header.at(&["reason"]).map(|reason| Reason {
            code: text(Some(reason), &["coding", "code"]),
            display: text(Some(reason), &["coding", "display"]),
            text: text(Some(reason), &["text"]),
        }),
        described: described.collect(),
        answered: told.map(answers).unwrap_or_default(),
        author: author.and_then(practitioner),
        left_out,
    })
}

/// The resources of a bundle, in order and by the address that others refer to them by.
struct Bundle<'n> {
    resources: Vec<&'n Node>,
    by_address: BTreeMap<&'n str, &'n Node>,
}

impl<'n> Bundle<'n> {
    fn new(root: &'n Node) -> Self {
        let (mut resources, mut by_address) = (Vec::new(), BTreeMap::new());
        for entry in root.all("entry") {
            let inside = entry.at(&["resource"]);
            let Some(resource) = inside.and_then(|resource| resource.children.first()) else {
                continue;
            };
            resources.push(resource);
            if let Some(address) = entry.value_at(&["fullUrl"]) {
                by_address.entry(address).or_insert(resource);
            }
        }
        Self {
            resources,
            by_address,
        }
    }

    fn first(&self, name: &str) -> Option<&'n Node> {
        self.resources
            .iter()
            .copied()
            .find(|node| node.name == name)
    }

    fn refers(&self, node: &Node, path: &[&str]) -> Option<&'n Node> {
        self.by_address.get(node.value_at(path)?).copied()
    }
}

fn parsed<T: std::str::FromStr>(
    node: Option<&Node>,
    path: &[&str],
    left_out: &mut Vec<String>,
) -> Option<T> {
    let value = node?.value_at(path)?;
    value
        .parse()
        .map_err(|_| note(path.join("."), value, left_out))
        .ok()
}

/// A day, of a date or of a moment.
fn day(node: Option<&Node>, path: &[&str], left_out: &mut Vec<String>) -> Option<Date> {
    let value = node?.value_at(path)?;
    let day = value.get(..10).unwrap_or(value);
    day.parse()
        .map_err(|_| note(path.join("."), value, left_out))
        .ok()
}

fn note(what: impl std::fmt::Display, value: &str, left_out: &mut Vec<String>) {
    let value: String = value.chars().take(64).collect();
    left_out.push(format!("{what} cannot be read: {value:?}"));
}

/// The code at the end of an address such as `urn:nhs-uk:addressing:ods:RFM8C2`.
fn endpoint(header: &Node, which: &str, left_out: &mut Vec<String>) -> Option<OdsCode> {
    let value = header.value_at(&[which, "endpoint"])?;
    let code = value.rsplit(':').next().unwrap_or(value);
    code.parse()
        .map_err(|_| note(format!("{which}.endpoint"), value, left_out))
        .ok()
}

fn patient(node: Option<&Node>, left_out: &mut Vec<String>) -> Patient {
    let Some(node) = node else {
        left_out.push("the message names no patient".to_owned());
        return Patient::default();
    };
    let number = |kind: &str| {
        let mut all = node.all("identifier");
        let is_it = |one: &&Node| {
            let system = one.value_at(&["system"]);
            system.is_some_and(|system| system.ends_with(kind))
        };
        all.find(is_it).and_then(|one| one.value_at(&["value"]))
    };
    let nhs_number = number("/nhs-number").and_then(|value| {
        value
            .parse()
            .map_err(|_| note("the NHS number", value, left_out))
            .ok()
    });
    let name = node.at(&["name"]);
    let given = name.into_iter().flat_map(|name| name.all("given"));
    Patient {
        nhs_number,
        local_number: number("/local-patient-identifier").map(str::to_owned),
        family: node.value_at(&["name", "family"]).map(str::to_owned),
        given: given.filter_map(|one| one.value.clone()).collect(),
        born: day(Some(node), &["birthDate"], left_out),
    }
}

fn practitioner(node: &Node) -> Option<Practitioner> {
    let parts = [
        node.value_at(&["name", "given"]),
        node.value_at(&["name", "family"]),
    ];
    let name: Vec<&str> = parts.into_iter().flatten().collect();
    let role = ["practitionerRole", "role"];
    let words = node
        .value_at(&[&role[..], &["text"]].concat())
        .or_else(|| node.value_at(&[&role[..], &["coding", "display"]].concat()));
    let reached_by = node
        .all("telecom")
        .filter_map(|one| one.value_at(&["value"]));
    (!name.is_empty()).then(|| Practitioner {
        name: name.join(" "),
        role: words.map(str::to_owned),
        reached_by: reached_by.map(str::to_owned).collect(),
    })
}

fn answers(node: &Node) -> Vec<Answer> {
    let mut questions = Vec::new();
    node.within("question", &mut questions);
    questions
        .into_iter()
        .filter_map(|question| {
            let text = |path: &[&str]| question.value_at(path).map(str::to_owned);
            Some(Answer {
                question: text(&["text"])?,
                code: text(&["answer", "valueCoding", "code"]),
                words: text(&["answer", "valueCoding", "display"])
                    .or_else(|| text(&["answer", "valueString"])),
            })
        })
        .collect()
}
