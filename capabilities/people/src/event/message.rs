//! Telling by HL7 version 2 messages.
//!
//! That two people are one is an A40 (merge patient, HL7 2.4 chapter 3.3.40): PID says who remains, MRG-1
//! who was merged, and the lists in PID-3 and MRG-1 pair by position. HL7 has no event that takes a merge
//! back; that the two are not one is sent as an A37 (unlink patient information, 3.3.37), with a PID for
//! each. That what an organisation said has moved has no message, and is passed over. No name is sent:
//! PID-5, which HL7 requires, is a coded pseudo-name (table 0200, `S`).

use std::time::Duration;

use stour_database::{Result, Transaction, params, sql};
use stour_hl7v2::mllp::{Event as Framed, FrameReader, write_frame};
use stour_hl7v2::{BuildError, Message, MessageBuilder, SegmentBuilder, Ts};
use stour_kernel::{OdsCode, PersonId};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{Announced, Event};

const PATIENCE: Duration = Duration::from_secs(15);
/// The largest acknowledgement that is read, in bytes.
const LARGEST: usize = 256 * 1024;
/// Who assigns the identifiers of this system.
const OWN: &str = "STOUR";

/// The numbers by which the subscriber's organisation knows the two people: one each, where both have one.
pub(super) type Numbers = Option<(String, String)>;

/// The organisation's own numbers of the two people, the latest of each: those of the very person, since
/// what was recorded of somebody stays with them when they are merged.
pub(super) fn numbers(
    tx: &mut Transaction<'_>,
    organisation: Option<OdsCode>,
    event: &Event,
) -> Result<Numbers> {
    let Some(organisation) = organisation else {
        return Ok(None);
    };
    let (survivor, merged, _) = event.parts();
    let mut of = |person: PersonId| {
        tx.optional(
            sql!(
                "SELECT v.local FROM record_link l JOIN source_record v ON v.record = l.record
                 WHERE l.person = $1 AND l.ended_at IS NULL AND v.source = $2 AND v.local IS NOT NULL
                 ORDER BY v.recorded_at DESC, v.local LIMIT 1"
            ),
            params![person, organisation],
            |row| row.get::<String>(0),
        )
    };
    Ok(of(survivor)?.zip(of(merged)?))
}

/// The message for an event; `None` when there is none of the kind.
pub(super) fn message(
    announced: &Announced,
    organisation: Option<OdsCode>,
    numbers: &Numbers,
    live: bool,
) -> std::result::Result<Option<Message>, BuildError> {
    let (trigger, structure) = match announced.event {
        Event::Merged { .. } => ("A40", "ADT_A39"),
        Event::Unmerged { .. } => ("A37", "ADT_A37"),
        Event::Moved { .. } => return Ok(None),
    };
    let (survivor, merged, _) = announced.event.parts();
    let at = Ts::instant(announced.at).to_string();
    let facility = organisation
        .map(|code| code.to_string())
        .unwrap_or_default();
    let msh = SegmentBuilder::new("MSH")
        .text(3, OWN)
        .text(4, OWN)
        .text(6, &facility)
        .text(7, &at)
        .components(9, &["ADT", trigger, structure])
        .text(10, &control_id(announced))
        .text(11, if live { "P" } else { "T" })
        .text(12, "2.4");
    let evn = SegmentBuilder::new("EVN").text(2, &at).text(6, &at);
    let (of_survivor, of_merged) = numbers.as_ref().map_or((None, None), |(one, other)| {
        (Some(one.as_str()), Some(other.as_str()))
    });
    let list = |segment: SegmentBuilder, field, person: PersonId, own: Option<&str>| {
        let segment = segment.repeat(field, &[&person.to_string(), "", "", OWN, "PI"]);
        match own {
            Some(number) => segment.repeat(field, &[number, "", "", &facility, "PI"]),
            None => segment,
        }
    };
    let pid = |person: PersonId, own| {
        let pid = list(SegmentBuilder::new("PID"), 3, person, own);
        pid.components(5, &["Withheld", "", "", "", "", "", "S"])
    };
    let builder = MessageBuilder::new()
        .segment(msh)
        .segment(evn)
        .segment(pid(survivor, of_survivor));
    let other = match announced.event {
        Event::Merged { .. } => list(SegmentBuilder::new("MRG"), 1, merged, of_merged),
        _ => pid(merged, of_merged),
    };
    builder.segment(other).build().map(Some)
}

/// The same for every attempt, so that a receiver knows an event that comes again.
fn control_id(announced: &Announced) -> String {
    format!("PE{}", announced.sequence)
}

/// Sends a message and waits for its acknowledgement.
///
/// # Errors
/// Why it was not accepted.
pub(super) async fn send(
    address: &str,
    announced: &Announced,
    message: &Message,
) -> std::result::Result<String, String> {
    let said = timeout(PATIENCE, exchange(address, message)).await;
    let reply = said.map_err(|_| "No acknowledgement came in time".to_owned())??;
    let reply = Message::parse(&reply)
        .map_err(|error| format!("The acknowledgement cannot be read: {error}"))?;
    let field = |path: &str| {
        let value = reply
            .get(path)
            .ok()
            .and_then(|value| value.into_text().map(std::borrow::Cow::into_owned));
        value.unwrap_or_default()
    };
    let (code, of, text) = (field("MSA-1"), field("MSA-2"), field("MSA-3"));
    if of != control_id(announced) {
        return Err(format!("The acknowledgement is of another message, {of:?}"));
    }
    let said = format!("Answered {code} {text}").trim_end().to_owned();
    if matches!(code.as_str(), "AA" | "CA") {
        Ok(said)
    } else {
        Err(said)
    }
}

async fn exchange(address: &str, message: &Message) -> std::result::Result<bytes::Bytes, String> {
    let broken = |error: std::io::Error| error.to_string();
    let stream = TcpStream::connect(address).await.map_err(broken)?;
    let mut reader = FrameReader::new(stream, LARGEST);
    write_frame(reader.get_mut(), &message.to_bytes())
        .await
        .map_err(broken)?;
    match reader.next().await.map_err(broken)? {
        Some(Framed::Frame(reply)) => Ok(reply),
        _ => Err("The connection ended without an acknowledgement".to_owned()),
    }
}
