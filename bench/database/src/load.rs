//! The load: a process of its own, so that its CPU time is not the server's.

use std::io::Write as _;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::CONNECTIONS;
use crate::server::{KNOWN, Request};

/// Sends requests over connections that are kept open, each after the answer to the one before,
/// and prints how many were answered well.
pub(crate) fn run(address: SocketAddr, request: Request, seconds: u64) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let until = Instant::now() + Duration::from_secs(seconds);
    let count = runtime.block_on(async {
        let connections: Vec<_> = (0..CONNECTIONS)
            .map(|_| tokio::spawn(connection(address, message(request), until)))
            .collect();
        let mut count = 0;
        for connection in connections {
            count += connection.await??;
        }
        anyhow::Ok(count)
    })?;
    writeln!(std::io::stdout(), "{count}")?;
    Ok(())
}

fn message(request: Request) -> String {
    let body = r#"{"name":"Margaret Sample","born":"1941-05-06","nhs_number":"9990000018"}"#;
    let length = body.len();
    match request {
        Request::Read => format!("GET /person/{KNOWN} HTTP/1.1\r\nHost: bench\r\n\r\n"),
        Request::Echo | Request::Insert => format!(
            "POST /{} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}",
            request.name()
        ),
    }
}

async fn connection(address: SocketAddr, message: String, until: Instant) -> Result<u32> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut count, mut answer) = (0, Vec::new());
    while Instant::now() < until {
        stream.write_all(message.as_bytes()).await?;
        answer.clear();
        while !is_whole(&answer)? {
            ensure!(stream.read_buf(&mut answer).await? > 0, "hung up");
        }
        ensure!(answer.starts_with(b"HTTP/1.1 20"), "refused");
        count += 1;
    }
    Ok(count)
}

/// Whether an answer has all of the body that its head promises.
fn is_whole(answer: &[u8]) -> Result<bool> {
    let text = std::str::from_utf8(answer)?;
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return Ok(false);
    };
    let length = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .context("no content-length")?
        .1;
    Ok(body.len() >= length.parse()?)
}
