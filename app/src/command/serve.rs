//! `stour serve`.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use stour_access::{SessionLimits, session};
use stour_web::{House, router};
use tokio::net::TcpListener;

use super::openid::OpenIdOptions;
use super::pds::TracingOptions;
use crate::capabilities;
use crate::open::{Opening, Place, Serving};
use crate::program::tell;

/// How long requests that are under way may take to end once the process is told to.
const FAREWELL: Duration = Duration::from_secs(10);

/// How often sessions that have ended are forgotten.
const SWEEP: Duration = Duration::from_hours(1);

/// Threads that check passwords and wait for other services. Each keeps the 19 MiB that hashing a
/// password takes, so they are few and stay.
const BLOCKING: usize = 4;
/// How long such a thread stays without work.
const KEPT: Duration = Duration::from_hours(24);

/// Serve the pages, the API and the listener for hospital messages
///
/// Listens on this machine alone unless told otherwise; put a web server that speaks TLS in front of it.
/// Ends cleanly on Ctrl-C or SIGTERM.
///
/// With --openid-issuer and --openid-client people may also sign in through another service; the secret
/// that it gave is read from `STOUR_OPENID_SECRET`. An account must be linked to it first: stour user link.
///
/// With --pds staff may trace NHS numbers by the Personal Demographics Service, or by one that answers as it
/// does: stour pds serve.
///
/// Example: stour serve --listen 127.0.0.1:8080 --mllp 127.0.0.1:2575
#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    addresses: Addresses,
    #[command(flatten)]
    openid: OpenIdOptions,
}

/// Where the server listens.
#[derive(Debug, Args)]
pub(crate) struct Addresses {
    /// Where pages and the API are served
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "STOUR_LISTEN",
        default_value = "127.0.0.1:8080"
    )]
    pub(crate) listen: SocketAddr,
    /// Where hospital systems send HL7 version 2 messages, framed by MLLP
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "STOUR_MLLP",
        default_value = "127.0.0.1:2575"
    )]
    pub(crate) mllp: SocketAddr,
    /// The address that people use, when it is not the one above
    #[arg(long, value_name = "URL", env = "STOUR_ADDRESS")]
    pub(crate) address: Option<String>,
    #[command(flatten)]
    pub(crate) tracing: TracingOptions,
    /// How many families may live at one address before it is shown as shared rather than as a household
    #[arg(
        long,
        value_name = "COUNT",
        env = "STOUR_FAMILIES_AT_HOME",
        hide_short_help = true
    )]
    pub(crate) families_at_home: Option<usize>,
}

impl Addresses {
    /// The address that people use.
    pub(crate) fn public(&self) -> String {
        self.address
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// How a house that serves there is opened.
    pub(crate) fn serving(&self) -> Serving {
        Serving {
            address: self.public(),
            mllp: Some(self.mllp),
            openid: None,
            tracing: self.tracing.service(),
            families_at_home: self.families_at_home,
        }
    }
}

impl Serve {
    pub(crate) fn run(&self, place: &Place) -> anyhow::Result<()> {
        log_to_standard_error();
        let opening = Opening {
            demonstration: false,
            serving: Some(Serving {
                openid: self.openid.service(&self.addresses.public()),
                ..self.addresses.serving()
            }),
        };
        let house = place.house(&opening)?;
        serve(&house, &self.addresses, || {
            tell(&format!(
                "Serving {} ; Ctrl-C ends it.",
                self.addresses.public()
            ));
        })
    }
}

/// Lines of structured text on standard error; `RUST_LOG` says how much.
pub(crate) fn log_to_standard_error() {
    let filter =
        tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    // A second call, from a test, changes nothing.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}

/// Serves a house until the process is told to end.
pub(crate) fn serve(
    house: &House,
    addresses: &Addresses,
    ready: impl FnOnce(),
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(BLOCKING)
        .thread_keep_alive(KEPT)
        .build()?;
    let listen = addresses.listen;
    let router = router(house, capabilities::all())?;
    let outcome = runtime.block_on(async {
        let listener = TcpListener::bind(listen)
            .await
            .with_context(|| format!("cannot listen on {listen}: is something else using it? Try --listen with another port"))?;
        for job in capabilities::all().into_iter().flat_map(|capability| capability.jobs) {
            tracing::debug!(job = job.name, "started");
            tokio::spawn((job.run)(house.clone()));
        }
        let live = house.clone();
        tokio::spawn(async move { live.live().poll(live.database()).await });
        tokio::spawn(sweep(house.clone()));
        ready();
        let (told, mut hear) = tokio::sync::watch::channel(());
        // With the address that each request came from, by which guessing is slowed down.
        let router = router.into_make_service_with_connect_info::<SocketAddr>();
        let server = axum::serve(listener, router).with_graceful_shutdown(async move {
            asked_to_end().await;
            drop(told);
        });
        tokio::select! {
            ended = server.into_future() => ended.context("the server ended"),
            // Live pages never end by themselves, so the wait for them does.
            () = async { let _ = hear.changed().await; tokio::time::sleep(FAREWELL).await } => Ok(()),
        }
    });
    runtime.shutdown_timeout(FAREWELL);
    outcome
}

/// Forgets, every hour, the sessions that have ended.
async fn sweep(house: House) {
    loop {
        tokio::time::sleep(SWEEP).await;
        let environment = house.environment().clone();
        let limits = SessionLimits::default();
        let swept = house
            .database()
            .write(move |tx| session::sweep(tx, &environment, limits))
            .await;
        match swept {
            Ok(count) => tracing::debug!(count, "sessions that had ended were forgotten"),
            Err(error) => tracing::warn!(%error, "sessions that have ended are not forgotten"),
        }
    }
}

async fn asked_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    let _ = interrupt.await;
}
