//! A server of its own on an empty database, and what it has used.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use stour_database::{Database, OpenOptions, params, sql};

/// What Linux counts process times in, on every architecture that it runs on today.
const TICK: Duration = Duration::from_millis(10);
/// How long the server may take to begin, and to work through what it took in.
const PATIENCE: Duration = Duration::from_mins(5);

pub(crate) struct Server {
    child: Child,
    data: PathBuf,
    mllp: SocketAddr,
}

impl Server {
    /// Starts one and waits until what it does at its start is over.
    pub(crate) fn start(program: &Path) -> Result<Self> {
        let data = std::env::temp_dir().join(format!("stour-bench-adt-{}", std::process::id()));
        if data.exists() {
            std::fs::remove_dir_all(&data)?;
        }
        std::fs::create_dir_all(&data)?;
        let (listen, mllp) = (free()?, free()?);
        let child = Command::new(program)
            .args(["serve", "--data"])
            .arg(&data)
            .args(["--listen", &listen.to_string(), "--mllp", &mllp.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("starting the server")?;
        let begun = Instant::now();
        while TcpStream::connect(mllp).is_err() {
            anyhow::ensure!(begun.elapsed() < PATIENCE, "the server does not listen");
            sleep(Duration::from_millis(50));
        }
        sleep(Duration::from_secs(3));
        Ok(Self { child, data, mllp })
    }

    pub(crate) fn mllp(&self) -> SocketAddr {
        self.mllp
    }

    /// User and system time of all threads since it began.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        cpu_of(&format!("/proc/{}/stat", self.child.id()), 11)
    }

    /// Waits until no message waits.
    pub(crate) fn wait_until_worked_through(&self) -> Result<()> {
        let database = open(&self.data)?;
        let begun = Instant::now();
        loop {
            let waiting: i64 = database.read_blocking(|tx| {
                tx.one(
                    sql!("SELECT count(*) FROM hl7_message WHERE state = 'received'"),
                    params![],
                    |row| row.get(0),
                )
            })?;
            if waiting == 0 {
                return Ok(());
            }
            anyhow::ensure!(begun.elapsed() < PATIENCE, "{waiting} messages still wait");
            sleep(Duration::from_millis(20));
        }
    }

    /// Ends it as an operator would, and gives the folder of its data.
    pub(crate) fn stop(mut self) -> Result<PathBuf> {
        self.end()?;
        Ok(std::mem::take(&mut self.data))
    }

    fn end(&mut self) -> Result<()> {
        Command::new("kill")
            .arg(self.child.id().to_string())
            .status()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if !self.data.as_os_str().is_empty() {
            let _ = self.end();
            let _ = std::fs::remove_dir_all(&self.data);
        }
    }
}

/// Adds every stay up anew: what the command says, how long it took, and the CPU that it used.
pub(crate) fn rebuild(program: &Path, data: &Path) -> Result<(String, Duration, Duration)> {
    let own = "/proc/self/stat";
    let (begun, before) = (Instant::now(), cpu_of(own, 13)?);
    let output = Command::new(program)
        .args(["flow", "rebuild", "--data"])
        .arg(data)
        .output()?;
    let (wall, used) = (begun.elapsed(), cpu_of(own, 13)?.saturating_sub(before));
    std::fs::remove_dir_all(data)?;
    anyhow::ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok((
        String::from_utf8_lossy(&output.stdout).into_owned(),
        wall,
        used,
    ))
}

/// Two fields of a process's times, added up: its own from the 12th after its name on, those of its children that have ended
/// from the 14th.
fn cpu_of(file: &str, first: usize) -> Result<Duration> {
    let stat = std::fs::read_to_string(file).context("Linux is needed to measure")?;
    // The second field is the program's name in brackets, which may hold spaces.
    let (_, fields) = stat.rsplit_once(')').context("/proc/…/stat")?;
    let ticks: u32 = fields
        .split_whitespace()
        .skip(first)
        .take(2)
        .map(|field| field.parse::<u32>().unwrap_or(0))
        .sum();
    Ok(TICK * ticks)
}

fn open(data: &Path) -> Result<Database> {
    let url = format!("sqlite:{}", data.join("stour.sqlite").display());
    Ok(Database::open(&url.parse()?, &OpenOptions::default())?)
}

/// An address that nobody listens on.
fn free() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
