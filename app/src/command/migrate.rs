//! `stour migrate`.

use clap::Args;
use stour_database::OpenOptions;
use stour_kernel::Environment;

use crate::capabilities;
use crate::open::Place;
use crate::program::give;

/// Bring the database's tables up to date
///
/// Serving does this too; run it by itself before several processes start on one PostgreSQL. Running it
/// twice does nothing the second time. All steps are made or none.
///
/// Example: stour migrate --data /srv/stour
#[derive(Debug, Args)]
pub(crate) struct Migrate {}

impl Migrate {
    pub(crate) fn run(place: &Place) -> anyhow::Result<()> {
        let database = place.database(&OpenOptions::default())?;
        let ran = database.migrate(&capabilities::migrations(), Environment::system().now())?;
        give(&match ran {
            0 => "The tables were up to date.".to_owned(),
            1 => "1 step was made; the tables are up to date.".to_owned(),
            steps => format!("{steps} steps were made; the tables are up to date."),
        });
        Ok(())
    }
}
