//! Tracing NHS numbers: the service that the server asks, and `stour pds`, a service to ask.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use stour_kernel::{Environment, NhsNumber};
use stour_people::fake_pds::{self, Patient, Rules, Standing};
use stour_web::Tracing;
use tokio::net::TcpListener;

use crate::program::tell;

/// The service by which NHS numbers are traced.
#[derive(Debug, Args)]
#[group(id = "tracing")]
pub(crate) struct TracingOptions {
    /// The address of the Personal Demographics Service FHIR API, without /Patient: staff may then trace
    /// NHS numbers. Its access token is read from the variable `STOUR_PDS_TOKEN`
    #[arg(id = "pds", long = "pds", value_name = "URL", env = "STOUR_PDS_URL")]
    address: Option<String>,
    /// The ODS code of the organisation that the service has let ask
    #[arg(
        id = "pds-organisation",
        long = "pds-organisation",
        value_name = "CODE",
        env = "STOUR_PDS_ORGANISATION",
        default_value = ""
    )]
    organisation: String,
    /// A program that prints an access token, asked for each person who is traced
    #[arg(
        id = "pds-token-command",
        long = "pds-token-command",
        value_name = "PROGRAM",
        env = "STOUR_PDS_TOKEN_COMMAND"
    )]
    token_command: Option<PathBuf>,
}

impl TracingOptions {
    /// The service, when one is named. Its token is read from `STOUR_PDS_TOKEN` alone: what stands on a
    /// command line is seen by everybody on the machine.
    pub(crate) fn service(&self) -> Option<Tracing> {
        Some(Tracing {
            address: self.address.clone()?,
            organisation: self.organisation.clone(),
            token: std::env::var("STOUR_PDS_TOKEN").ok(),
            token_command: self.token_command.clone(),
        })
    }
}

/// Try out the tracing of NHS numbers
#[derive(Debug, Subcommand)]
pub(crate) enum Pds {
    Serve(ServePds),
}

impl Pds {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        match self {
            Self::Serve(command) => command.run(),
        }
    }
}

/// Serve made-up people as the Personal Demographics Service FHIR API does
///
/// Answers by number and by search as the API documents: superseded, withdrawn and restricted records, too
/// many matches, too many requests. FILE is people.csv of a synthetic population. It may have three columns
/// more: `superseded_by` (a number), `invalidated` (true) and `earlier_family_names` (parted by semicolons).
/// As the API does, it refuses a request without a header `X-Request-ID`, which holds a UUID.
///
/// Example: stour synth --people 2000 --out /tmp/population && stour pds serve /tmp/population/people.csv
#[derive(Debug, Args)]
pub(crate) struct ServePds {
    /// The file of people
    file: PathBuf,
    /// Where it is served
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// Ask for this access token
    #[arg(long, value_name = "TEXT")]
    token: Option<String>,
    /// Answer this many questions in a second, and refuse others
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    each_second: Option<u32>,
    /// Give up to fifty people at once, as strongly authenticated staff may have
    #[arg(long)]
    several: bool,
}

impl ServePds {
    fn run(&self) -> anyhow::Result<()> {
        let patients = read(&self.file)?;
        let count = patients.len();
        let rules = Rules {
            token: self.token.clone(),
            each_second: self.each_second,
            several: self.several,
        };
        let router = fake_pds::router(patients, rules, &Environment::system());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let listener = TcpListener::bind(self.listen)
                .await
                .with_context(|| format!("cannot listen on {}", self.listen))?;
            let address = listener.local_addr()?;
            tell(&format!(
                "{count} made-up people at http://{address}{} ; Ctrl-C ends it.",
                fake_pds::PATH
            ));
            let until = async {
                // However it ends, it is to end.
                let _ = tokio::signal::ctrl_c().await;
            };
            Ok(axum::serve(listener, router)
                .with_graceful_shutdown(until)
                .await?)
        })
    }
}

/// Reads the people of a population.
fn read(path: &Path) -> anyhow::Result<Vec<Patient>> {
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("cannot read {}", path.display()))?;
    let headers = reader.headers()?.clone();
    for needed in ["nhs_number", "family_name", "given_names", "born", "sex"] {
        if !headers.iter().any(|header| header == needed) {
            bail!("{} has no column {needed}", path.display());
        }
    }
    let mut patients = Vec::new();
    for (line, row) in (2..).zip(reader.records()) {
        let row = row?;
        let field = |name: &str| {
            let place = headers.iter().position(|header| header == name);
            place.and_then(|place| row.get(place)).unwrap_or_default()
        };
        patients.push(patient(field).with_context(|| format!("{}, line {line}", path.display()))?);
    }
    Ok(patients)
}

fn patient<'r>(field: impl Fn(&str) -> &'r str) -> anyhow::Result<Patient> {
    let some = |name: &str| Some(field(name)).filter(|text| !text.is_empty());
    let list = |name: &str, by: &[char]| {
        let parts = field(name).split(by).map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let standing = match some("superseded_by") {
        Some(number) => Standing::Superseded(number.parse::<NhsNumber>()?),
        None if field("invalidated") == "true" => Standing::Invalidated,
        None => Standing::Current,
    };
    Ok(Patient {
        number: field("nhs_number").parse()?,
        family: field("family_name").to_owned(),
        given: list("given_names", &[' ']),
        earlier: list("earlier_family_names", &[';']),
        born: field("born").parse()?,
        died: some("died").map(str::parse).transpose()?,
        gender: field("sex").to_owned(),
        lines: list("address", &[',']),
        postcode: some("postcode").map(str::parse).transpose()?,
        telephone: some("telephone").map(str::to_owned),
        practice: some("practice").map(str::parse).transpose()?,
        restricted: field("restricted") == "true",
        standing,
    })
}
