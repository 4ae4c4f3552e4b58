//! Opening the house: its database, brought up to date, and its access rules.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use stour_access::audit::AuditTrail;
use stour_access::{Access, Policies};
use stour_database::{Database, DatabaseUrl, OpenOptions};
use stour_kernel::Environment;
use stour_partnership::Reference;
use stour_web::{House, OpenId, Parts, Settings, Tracing};

use crate::capabilities;

/// Where everything is kept, unless somebody says otherwise.
const FOLDER: &str = "var/stour";

/// Where everything is kept.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Where everything is kept")]
pub struct Place {
    /// The folder for the database, the second copy of the audit, and other files [default: var/stour;
    /// of the demonstration, var/demo]
    #[arg(long, global = true, value_name = "FOLDER", env = "STOUR_DATA")]
    data: Option<PathBuf>,
    /// The database, when it is not a file in that folder: sqlite:PATH or
    /// postgres://USER@HOST:PORT/NAME
    #[arg(
        long,
        global = true,
        value_name = "ADDRESS",
        env = "STOUR_DATABASE_URL",
        hide_env_values = true
    )]
    database: Option<DatabaseUrl>,
    /// A folder of policies that replace those built in; see policies/README.md
    #[arg(long, global = true, value_name = "FOLDER", env = "STOUR_POLICIES")]
    policies: Option<PathBuf>,
}

impl Place {
    /// The same place, in another folder unless one was named.
    #[must_use]
    pub fn or_in(&self, folder: &str) -> Self {
        let data = self.data.clone().or_else(|| Some(folder.into()));
        Self {
            data,
            ..self.clone()
        }
    }

    /// The folder.
    pub fn data(&self) -> &Path {
        self.data.as_deref().unwrap_or(Path::new(FOLDER))
    }

    /// The folder of the second copy of the audit.
    pub fn audit(&self) -> PathBuf {
        self.data().join("audit")
    }

    /// The database's address.
    pub fn url(&self) -> DatabaseUrl {
        self.database
            .clone()
            .unwrap_or_else(|| DatabaseUrl::Sqlite(self.data().join("stour.sqlite")))
    }

    /// Whether the database is a file that is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self.url(), DatabaseUrl::Sqlite(path) if !path.exists())
    }

    /// The policies in force.
    ///
    /// # Errors
    /// When they cannot be read, or are not policies.
    pub fn policies(&self) -> anyhow::Result<Policies> {
        match &self.policies {
            Some(folder) => Policies::from_directory(folder)
                .with_context(|| format!("cannot use the policies in {}", folder.display())),
            None => Policies::embedded().context("cannot use the policies built in"),
        }
    }

    /// Opens the database as it is, without bringing its tables up to date.
    ///
    /// # Errors
    /// When the folder or the database cannot be opened.
    pub fn database(&self, options: &OpenOptions) -> anyhow::Result<Database> {
        let url = self.url();
        if let DatabaseUrl::Sqlite(path) = &url
            && let Some(folder) = path.parent()
        {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot use the folder {}", folder.display()))?;
        }
        Database::open(&url, options).with_context(|| format!("cannot open {url}"))
    }

    /// Opens the house: tables brought up to date, reference data loaded, policies checked.
    ///
    /// # Errors
    /// When any of these fails; the sentence says which.
    pub fn house(&self, with: &Opening) -> anyhow::Result<House> {
        let policies = self.policies()?;
        let environment = Environment::system();
        let database = self.database(&OpenOptions::default())?;
        prepare(&database, &environment)?;
        let copy = self.audit();
        let copy = with.serving.is_some().then_some(copy.as_path());
        let trail = AuditTrail::start(database.clone(), environment.clone(), copy)
            .context("cannot write the second copy of the audit")?;
        let access = Access::new(policies, trail);
        let serving = with.serving.clone().unwrap_or_default();
        let settings = Settings {
            demonstration: with.demonstration,
            data: self.data().to_owned(),
            address: serving.address,
            mllp: serving.mllp,
            openid: serving.openid,
            tracing: serving.tracing,
            families_at_home: serving.families_at_home,
        };
        Ok(House::new(
            Parts {
                database,
                access,
                environment,
                settings,
            },
            &capabilities::all(),
        ))
    }
}

/// Brings the tables up to date and loads the reference data.
fn prepare(database: &Database, environment: &Environment) -> anyhow::Result<()> {
    database
        .migrate(&capabilities::migrations(), environment.now())
        .context("cannot bring the tables up to date")?;
    let reference = reference()?;
    let load = database.write_blocking(move |tx| stour_partnership::load(tx, reference));
    load.map(|_| ()).context("cannot load the reference data")
}

/// The reference data built into the program.
///
/// # Errors
/// What is wrong with them.
pub fn reference() -> anyhow::Result<&'static Reference> {
    stour_partnership::reference().map_err(|error| anyhow::anyhow!("the reference data: {error}"))
}

/// How a house is to be opened.
#[derive(Clone, Default)]
pub struct Opening {
    /// The data are made up.
    pub demonstration: bool,
    /// Where it serves. A command that serves nothing leaves the second copy of the audit to the
    /// server, which copies what others wrote: two writers of one file would spoil it.
    pub serving: Option<Serving>,
}

/// Where a house serves.
#[derive(Clone, Default)]
pub struct Serving {
    /// The address that people use.
    pub address: String,
    /// Where hospital messages arrive.
    pub mllp: Option<SocketAddr>,
    /// Another service that signs people in.
    pub openid: Option<OpenId>,
    /// The service by which NHS numbers are traced.
    pub tracing: Option<Tracing>,
    /// How many families may live at one address before it counts as shared.
    pub families_at_home: Option<usize>,
}
