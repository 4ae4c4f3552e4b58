//! Nothing that was acknowledged is lost when the program is killed while it writes.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use stour_database::{Database, Error, OpenOptions, params, sql};

use super::program::Home;

const CLIENTS: usize = 8;
const KILLS: usize = 5;
/// How many acknowledgements each round waits for before the blow falls.
const ENOUGH: usize = 120;
const PATIENCE: Duration = Duration::from_mins(1);

fn free_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
}

fn start(home: &Home, mllp: SocketAddr) -> Child {
    let (listen, mllp) = (free_port().to_string(), mllp.to_string());
    let mut command = home.command(&["serve", "--listen", &listen, "--mllp", &mllp]);
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Connects once the program listens.
fn connect(to: SocketAddr) -> TcpStream {
    for _ in 0..600 {
        if let Ok(stream) = TcpStream::connect(to) {
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
            return stream;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("nothing listens at {to}");
}

fn message(control_id: &str, number: usize) -> Vec<u8> {
    let text = format!(
        "MSH|^~\\&|PAS|R0D|STOUR|STOUR|20261124090000||ADT^A01|{control_id}|P|2.4\r\
         EVN|A01|20261124090000\r\
         PID|1||{control_id}^^^^PI||Surname{number}^Given||19500101|F\r\
         PV1|1|I|R0D^PAMU^{number}^PGH||||||||||||||||{control_id}\r"
    );
    [b"\x0b", text.as_bytes(), b"\x1c\x0d"].concat()
}

/// Sends one message after another and notes those that were accepted, until the connection breaks.
fn send_until_it_breaks(
    mut stream: TcpStream,
    client: usize,
    round: usize,
    accepted: &Mutex<Vec<String>>,
) {
    for number in 0.. {
        let control_id = format!("K{round}C{client}N{number}");
        if stream.write_all(&message(&control_id, number)).is_err() {
            return;
        }
        let mut answer = Vec::new();
        let mut piece = [0; 1024];
        while !answer.ends_with(b"\x1c\x0d") {
            match stream.read(&mut piece) {
                Ok(length) if length > 0 => answer.extend_from_slice(&piece[..length]),
                _ => return,
            }
        }
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(answer.contains(&format!("MSA|AA|{control_id}")), "{answer}");
        accepted.lock().unwrap().push(control_id);
    }
}

fn stored(database: &Database) -> BTreeSet<String> {
    let all = database.read_blocking(|tx| {
        tx.rows(
            sql!("SELECT control_id FROM hl7_message"),
            params![],
            |row| row.get::<String>(0),
        )
    });
    all.map_err(|error: Error| error)
        .unwrap()
        .into_iter()
        .collect()
}

#[test]
fn what_was_acknowledged_is_there_after_every_kill() {
    Home::each(|home| {
        home.done(&["migrate"]);
        let mllp = free_port();
        let mut all = BTreeSet::new();
        for round in 0..KILLS {
            let mut server = start(home, mllp);
            let accepted = Mutex::default();
            let streams: Vec<TcpStream> = (0..CLIENTS).map(|_| connect(mllp)).collect();
            std::thread::scope(|scope| {
                for (client, stream) in streams.into_iter().enumerate() {
                    let accepted = &accepted;
                    scope.spawn(move || send_until_it_breaks(stream, client, round, accepted));
                }
                while accepted.lock().unwrap().len() < ENOUGH
                    && server.try_wait().unwrap().is_none()
                {
                    std::thread::sleep(Duration::from_millis(5));
                }
                server.kill().unwrap();
                server.wait().unwrap();
            });
            let accepted = accepted.into_inner().unwrap();
            assert!(
                accepted.len() >= ENOUGH,
                "only {} were accepted",
                accepted.len()
            );
            all.extend(accepted);
            let database = Database::open(home.url(), &OpenOptions::default()).unwrap();
            let stored = stored(&database);
            let lost: Vec<_> = all.difference(&stored).collect();
            assert!(
                lost.is_empty(),
                "round {round}: acknowledged and lost: {lost:?}"
            );
        }
        home.done(&["audit", "verify"]);
    });
}
