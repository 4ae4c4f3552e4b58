//! `stour send`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Args;
use serde::Serialize;
use stour_hl7v2::Message;
use stour_hl7v2::mllp::{Event, FrameReader, write_frame};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::program::give;

/// The longest acknowledgement that is read.
const LARGEST: usize = 1024 * 1024;

/// Send hospital messages and show how each was answered
///
/// The file holds one or more HL7 version 2 messages, as systems export them. Each is sent by MLLP and
/// its acknowledgement waited for: AA accepted, AE in error, AR refused. Exit code 1 when any was not
/// accepted.
///
/// Example: stour send var/demo/messages/1-admitted.hl7 --to 127.0.0.1:2575
#[derive(Debug, Args)]
pub(crate) struct Send {
    /// The file of messages
    file: PathBuf,
    /// Where the receiver listens
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "STOUR_MLLP",
        default_value = "127.0.0.1:2575"
    )]
    to: SocketAddr,
    /// How many seconds an answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    wait: u64,
    /// Answer in JSON, a line for each message
    #[arg(long)]
    json: bool,
}

/// How a message was answered.
#[derive(Debug, Serialize)]
struct Answer {
    message: usize,
    control_id: String,
    code: String,
    text: String,
}

impl Send {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let file = std::fs::read(&self.file)
            .with_context(|| format!("cannot read {}", self.file.display()))?;
        let messages: Vec<&[u8]> = stour_hl7v2::messages(&file).collect();
        if messages.is_empty() {
            bail!(
                "{} holds no message: one begins with MSH",
                self.file.display()
            );
        }
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let refused = runtime.block_on(self.send(&messages))?;
        if refused > 0 {
            bail!("{refused} of {} were not accepted", messages.len());
        }
        Ok(())
    }

    async fn send(&self, messages: &[&[u8]]) -> anyhow::Result<usize> {
        let wait = Duration::from_secs(self.wait);
        let connected = timeout(wait, TcpStream::connect(self.to))
            .await
            .context("it took too long")
            .and_then(|done| Ok(done?));
        let stream = connected.with_context(|| {
            format!("cannot reach {}: is `stour serve` running there?", self.to)
        })?;
        let mut reader = FrameReader::new(stream, LARGEST);
        let mut refused = 0;
        for (number, message) in (1..).zip(messages) {
            write_frame(reader.get_mut(), message)
                .await
                .with_context(|| format!("message {number} could not be sent"))?;
            let event = timeout(wait, reader.next())
                .await
                .with_context(|| format!("message {number} was not answered"))??;
            let Some(Event::Frame(reply)) = event else {
                bail!("message {number} was not answered: the connection ended")
            };
            let answer = answer(number, &reply)?;
            refused += usize::from(!matches!(answer.code.as_str(), "AA" | "CA"));
            give(&if self.json {
                serde_json::to_string(&answer)?
            } else {
                told(&answer)
            });
        }
        Ok(refused)
    }
}

fn answer(number: usize, reply: &[u8]) -> anyhow::Result<Answer> {
    let reply = Message::parse(reply)
        .with_context(|| format!("the answer to message {number} cannot be read"))?;
    let field = |path: &str| {
        Ok::<_, anyhow::Error>(
            reply
                .get(path)?
                .into_text()
                .unwrap_or_default()
                .into_owned(),
        )
    };
    Ok(Answer {
        message: number,
        control_id: field("MSA-2")?,
        code: field("MSA-1")?,
        text: field("MSA-3")?,
    })
}

fn told(answer: &Answer) -> String {
    let Answer {
        message,
        control_id,
        code,
        text,
    } = answer;
    format!("{message}: {code} {control_id} {text}")
        .trim_end()
        .to_owned()
}
