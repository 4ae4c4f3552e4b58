//! The commands that belong to no capability.

mod appraise;
mod audit;
mod backup;
mod charge;
mod demo;
mod directory;
mod doctor;
mod document;
mod export;
mod gap;
mod import;
mod link;
mod migrate;
mod openid;
mod pds;
mod rate;
mod records;
mod send;
mod serve;
mod shares;
mod spc;
mod synth;
mod user;

use clap::Subcommand;

pub(crate) use synth::load as load_population;
pub(crate) use user::add as add_user;

use crate::open::Place;

/// A command of the program itself.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Serve(serve::Serve),
    Demo(demo::Demo),
    Synth(synth::Synth),
    #[command(subcommand)]
    Import(import::Import),
    #[command(subcommand)]
    Export(export::Export),
    Migrate(migrate::Migrate),
    #[command(subcommand)]
    User(user::User),
    #[command(subcommand)]
    Audit(audit::Audit),
    Backup(backup::Backup),
    Restore(backup::Restore),
    Doctor(doctor::Doctor),
    Send(send::Send),
    #[command(subcommand)]
    Pds(pds::Pds),
    #[command(subcommand)]
    Link(link::Link),
    Appraise(appraise::Appraise),
    Charge(charge::Charge),
    Shares(shares::Shares),
    Gap(gap::GapCommand),
    #[command(subcommand)]
    Rate(rate::RateCommand),
    Spc(spc::Spc),
    #[command(subcommand)]
    Directory(directory::Directory),
}

impl Command {
    /// Runs the command.
    ///
    /// # Errors
    /// A sentence that says what failed and what to do.
    pub(crate) fn run(&self, place: &Place) -> anyhow::Result<()> {
        match self {
            Self::Serve(command) => command.run(place),
            Self::Demo(command) => command.run(place),
            Self::Synth(command) => command.run(place),
            Self::Import(command) => command.run(place),
            Self::Export(command) => command.run(place),
            Self::Migrate(migrate::Migrate {}) => migrate::Migrate::run(place),
            Self::User(command) => command.run(place),
            Self::Audit(command) => command.run(place),
            Self::Backup(command) => command.run(place),
            Self::Restore(command) => command.run(place),
            Self::Doctor(command) => command.run(place),
            Self::Send(command) => command.run(),
            Self::Link(command) => command.run(),
            Self::Appraise(command) => command.run(),
            Self::Charge(command) => command.run(),
            Self::Shares(command) => command.run(),
            Self::Gap(command) => command.run(),
            Self::Rate(command) => command.run(),
            Self::Spc(command) => command.run(),
            Self::Pds(command) => command.run(),
            Self::Directory(command) => command.run(),
        }
    }
}
