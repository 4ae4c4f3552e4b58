//! Whom a message is about: PID and PD1.

use sha2::{Digest as _, Sha256};
use stour_hl7v2::Message;
use stour_hl7v2::views::{Address, Name, Pd1, Pid};
use stour_hl7v2::{Precision, TimeValue, Value};
use stour_kernel::{Code, Date, NhsNumber, Timestamp, hex, london_date};
use stour_people::{Demographics, NameText, PersonName};

use super::fault::Fault;

/// Whom a message is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patient {
    /// What the people of this partnership are matched by.
    pub who: Demographics,
    /// A digest of the identifiers, the names, the date of birth and the sex as they were sent: by
    /// it two messages about one visit are known to be about one person, where nothing else proves
    /// it.
    pub identity: String,
}

impl Patient {
    /// Whether anything in it can prove who it is: a number of the sender's, or an NHS number that
    /// is not one digit ten times. See `stour_people`.
    pub fn can_be_matched(&self) -> bool {
        let number = self.who.nhs_number;
        self.who.local.is_some() || number.is_some_and(|number| !number.is_repeated_digit())
    }
}

const KEPT: &str = "Have it corrected in the sender's system; everything else was used.";

/// Reads the patient. What cannot be used is left out and noted; only a message without a name is
/// of no use.
pub(super) fn read(
    message: &Message,
    made: Timestamp,
    faults: &mut Vec<Fault>,
) -> Result<Patient, Fault> {
    let Some(pid) = message.view::<Pid<'_>>() else {
        let advice = "Ask the sender to include PID, and send the message again.";
        return Err(Fault::of(
            "PID",
            0,
            "The message does not say whom it is about.",
            advice,
        ));
    };
    let name = name(&pid)?;
    let born = birth(&pid, made, faults);
    let (nhs_number, local) = identifiers(&pid, faults);
    let home = pid
        .addresses()
        .find(|address| is(&address.kind(), "H"))
        .or_else(|| pid.addresses().next());
    let practice = message.view::<Pd1<'_>>().and_then(|pd1| {
        let code = pd1.practices().next()?.code().into_text()?;
        noted(faults, "PD1", 3, code.parse())
    });
    let died = pid.death();
    faults.extend(died.issue().map(Fault::from));
    let who = Demographics {
        nhs_number,
        local,
        born,
        died: died
            .known()
            .and_then(|died| Some(london_date(died.timestamp()?))),
        sex: sex(&pid),
        address: home.and_then(|home| address(&home, faults)),
        telephone: telephone(&pid),
        practice,
        ..Demographics::named(name)
    };
    Ok(Patient {
        who,
        identity: identity(&pid),
    })
}

fn is(value: &Value<'_>, wanted: &str) -> bool {
    value
        .text()
        .is_some_and(|text| text.trim().eq_ignore_ascii_case(wanted))
}

fn text(value: Value<'_>) -> Option<String> {
    let text = value.into_text()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn noted<T, E: ToString>(
    faults: &mut Vec<Fault>,
    segment: &str,
    field: usize,
    parsed: Result<T, E>,
) -> Option<T> {
    parsed
        .map_err(|error| faults.push(Fault::of(segment, field, error.to_string(), KEPT)))
        .ok()
}

fn name(pid: &Pid<'_>) -> Result<PersonName, Fault> {
    let legal = |name: &Name<'_>| name.kind().is_absent() || is(&name.kind(), "L");
    let chosen = pid.names().find(legal).or_else(|| pid.names().next());
    let advice = "Have the name corrected in the sender's system and sent again.";
    let Some(chosen) = chosen else {
        return Err(Fault::of("PID", 5, "The person has no name.", advice));
    };
    let family = text(chosen.family()).unwrap_or_default();
    let given = [text(chosen.given()), text(chosen.further())];
    let given = given.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let name = PersonName::new(&family, &given)
        .map_err(|error| Fault::of("PID", 5, error.to_string(), advice))?;
    let prefix = text(chosen.title()).and_then(|title| title.parse::<NameText>().ok());
    Ok(PersonName { prefix, ..name })
}

fn birth(pid: &Pid<'_>, made: Timestamp, faults: &mut Vec<Fault>) -> Option<Date> {
    let ts = match pid.birth() {
        TimeValue::Known(ts) => ts,
        TimeValue::Unreadable(issue) => {
            faults.push(Fault::from(&issue));
            return None;
        }
        TimeValue::Absent | TimeValue::Delete => return None,
    };
    if ts.precision() < Precision::Day {
        let reason = "Only the year or month of birth was sent.";
        faults.push(Fault::of("PID", 7, reason, KEPT));
        return None;
    }
    if ts.date() > london_date(made) {
        faults.push(Fault::of(
            "PID",
            7,
            "The date of birth is in the future.",
            KEPT,
        ));
        return None;
    }
    Some(ts.date())
}

fn identifiers(pid: &Pid<'_>, faults: &mut Vec<Fault>) -> (Option<NhsNumber>, Option<Code>) {
    let (mut number, mut local) = (None, None);
    for identifier in pid.identifiers() {
        let Some(value) = text(identifier.id()) else {
            continue;
        };
        if identifier.is_nhs_number() {
            number = number.or_else(|| noted(faults, "PID", 3, value.parse::<NhsNumber>()));
        } else {
            local = local.or_else(|| noted(faults, "PID", 3, value.parse::<Code>()));
        }
    }
    (number, local)
}

/// The codes of HL7 table 0001; ITK sends the data dictionary's digits instead.
fn sex(pid: &Pid<'_>) -> Option<Code> {
    let sent = text(pid.sex())?;
    let code = match sent.as_str() {
        "1" => "M",
        "2" => "F",
        "0" | "9" | "X" => "U",
        "M" | "F" | "O" | "U" | "A" | "N" => sent.as_str(),
        _ => return None,
    };
    code.parse().ok()
}

fn address(sent: &Address<'_>, faults: &mut Vec<Fault>) -> Option<stour_people::Address> {
    let lines = [sent.line1(), sent.line2(), sent.town(), sent.county()];
    let lines: Vec<String> = lines.into_iter().filter_map(text).collect();
    let postcode = text(sent.postcode()).and_then(|code| noted(faults, "PID", 11, code.parse()));
    let empty = lines.is_empty() && postcode.is_none();
    (!empty).then_some(stour_people::Address {
        lines,
        postcode,
        lsoa: None,
    })
}

fn telephone(pid: &Pid<'_>) -> Option<String> {
    let number = pid.home_phones().find_map(|phone| text(phone.number()))?;
    let plain = number.chars().filter(|character| !character.is_control());
    Some(plain.take(40).collect())
}

fn identity(pid: &Pid<'_>) -> String {
    use stour_hl7v2::views::View as _;
    let mut digest = Sha256::new();
    for field in [3, 5, 7, 8] {
        digest.update(pid.segment().field(field).raw().trim().to_lowercase());
        digest.update([0]);
    }
    hex(&digest.finalize())
}
