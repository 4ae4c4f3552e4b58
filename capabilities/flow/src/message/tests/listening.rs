use std::sync::Arc;
use std::time::Duration;

use stour_database::Database;
use stour_database::testing::each_database;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::{adt, all, environment, migrations, runtime};
use crate::message::{Arrivals, Listening, MessageState, listen};

const START: u8 = 0x0B;
const END: [u8; 2] = [0x1C, b'\r'];

fn framed(message: impl AsRef<[u8]>) -> Vec<u8> {
    [&[START], message.as_ref(), &END].concat()
}

struct Sender(TcpStream);

impl Sender {
    async fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.unwrap();
    }

    /// The code and the control id of the next acknowledgement.
    async fn answer(&mut self) -> String {
        let mut text = Vec::new();
        loop {
            let byte = self.0.read_u8().await.unwrap();
            if text.ends_with(&[END[0]]) && byte == END[1] {
                break;
            }
            text.push(byte);
        }
        let text = String::from_utf8_lossy(&text).into_owned();
        let line = text
            .split('\r')
            .find(|line| line.starts_with("MSA"))
            .unwrap();
        let mut fields = line.split('|');
        let code = fields.nth(1).unwrap().to_owned();
        format!("{code} {}", fields.next().unwrap_or_default())
    }

    /// Until the listener has read everything and closed.
    async fn hang_up(mut self) {
        self.0.shutdown().await.unwrap();
        let mut rest = Vec::new();
        self.0.read_to_end(&mut rest).await.unwrap();
    }
}

#[expect(clippy::needless_pass_by_value, reason = "a test is written in place")]
fn listening(listening: Listening, test: impl AsyncFn(&Database, &dyn Fn() -> TcpStream)) {
    each_database(&migrations(), |database| {
        runtime().block_on(async {
            let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = socket.local_addr().unwrap();
            let came = Arc::new(Arrivals::default());
            let desk = listen(socket, database.clone(), environment(), listening, came);
            let desk = tokio::spawn(desk);
            let connect = || {
                let stream = std::net::TcpStream::connect(address).unwrap();
                stream.set_nonblocking(true).unwrap();
                TcpStream::from_std(stream).unwrap()
            };
            test(&database, &connect).await;
            desk.abort();
        });
    });
}

async fn kept(database: &Database) -> Vec<crate::message::Kept> {
    let database = database.clone();
    tokio::task::spawn_blocking(move || all(&database))
        .await
        .unwrap()
}

#[test]
fn a_message_is_stored_before_it_is_accepted_and_many_may_be_on_their_way() {
    listening(Listening::default(), async |database, connect| {
        let mut sender = Sender(connect());
        let many: Vec<u8> = (0..100)
            .flat_map(|number| framed(adt("A01", &format!("m{number}"), "202611200900", "BAMU")))
            .collect();
        sender.send(&many).await;
        for number in 0..100 {
            assert_eq!(sender.answer().await, format!("AA m{number}"));
        }
        assert_eq!(kept(database).await.len(), 100);
        sender.hang_up().await;
    });
}

#[test]
fn a_message_sent_again_is_accepted_again_and_kept_once() {
    listening(Listening::default(), async |database, connect| {
        let message = framed(adt("A01", "m1", "202611200900", "BAMU"));
        let mut cut = Sender(connect());
        // The sender goes before it reads its answer, and sends once more.
        cut.send(&message).await;
        drop(cut);
        let mut sender = Sender(connect());
        for _ in 0..2 {
            sender.send(&message).await;
            assert_eq!(sender.answer().await, "AA m1");
        }
        // The same number with other contents is another message.
        sender
            .send(&framed(adt("A02", "m1", "202611210900", "BELD")))
            .await;
        assert_eq!(sender.answer().await, "AA m1");
        sender.hang_up().await;
        let kept = kept(database).await;
        let kinds: Vec<&str> = kept.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!(kinds, ["ADT^A01", "ADT^A02"]);
        assert!(kept[0].repeats >= 1);
        assert_eq!(kept[1].repeats, 0);
    });
}

#[test]
fn what_cannot_be_read_is_refused_with_the_reason_and_kept() {
    listening(Listening::default(), async |database, connect| {
        let mut sender = Sender(connect());
        let wrong_set = [
            b"MSH|^~\\&|PAS|R0D|||202611200900||ADT^A01|m2|P|2.4||||||UNICODE UTF-8\rPID|1||H1||Ren".as_slice(),
            &[0xE9],
            b"e^Ann",
        ]
        .concat();
        sender.send(&framed("nothing like a message")).await;
        assert_eq!(sender.answer().await, "AE ");
        sender.send(&framed(wrong_set)).await;
        assert_eq!(sender.answer().await, "AE m2");
        sender
            .send(&framed(adt("A01", "", "202611200900", "BAMU")))
            .await;
        assert_eq!(sender.answer().await, "AE ");
        let training = adt("A01", "m3", "202611200900", "BAMU").replace("|P|2.4", "|T|2.4");
        sender.send(&framed(training)).await;
        assert_eq!(sender.answer().await, "AR m3");
        sender.hang_up().await;
        let told: Vec<(MessageState, String)> = kept(database)
            .await
            .into_iter()
            .map(|one| (one.state, one.fault.unwrap().place()))
            .collect();
        let expected = [
            (MessageState::SetAside, String::new()),
            (MessageState::SetAside, "PID-5".to_owned()),
            (MessageState::SetAside, "MSH-10".to_owned()),
            (MessageState::Refused, "MSH-11".to_owned()),
        ];
        assert_eq!(told, expected);
    });
}

#[test]
fn garbage_and_half_a_message_are_noted_and_do_not_stop_the_next() {
    listening(Listening::default(), async |database, connect| {
        let mut sender = Sender(connect());
        sender.send(b"GET / HTTP/1.1\r\n\r\n").await;
        sender
            .send(&framed(adt("A01", "m1", "202611200900", "BAMU")))
            .await;
        assert_eq!(sender.answer().await, "AA m1");
        let half = framed(adt("A02", "m2", "202611210900", "BELD"));
        sender.send(&half[..60]).await;
        sender.hang_up().await;
        let kept = kept(database).await;
        let told: Vec<(MessageState, bool)> = kept
            .iter()
            .map(|one| (one.state, one.fault.is_some()))
            .collect();
        let refused = (MessageState::Refused, true);
        assert_eq!(told, [refused, (MessageState::Received, false), refused]);
        assert!(kept[0].sender.starts_with("connection from 127.0.0.1"));
        assert!(
            kept[2]
                .fault
                .as_ref()
                .unwrap()
                .reason
                .contains("ended after 59 bytes")
        );
    });
}

#[test]
fn half_a_message_and_then_silence_ends_the_connection() {
    let impatient = Listening {
        patience: Duration::from_millis(50),
        ..Listening::default()
    };
    listening(impatient, async |database, connect| {
        let mut sender = Sender(connect());
        sender.send(b"\x0BMSH|^~\\&|PAS|R0D").await;
        let mut rest = Vec::new();
        sender.0.read_to_end(&mut rest).await.unwrap();
        assert_eq!(kept(database).await.len(), 1);
    });
}

#[test]
fn a_message_of_100_megabytes_is_refused_and_never_held() {
    listening(Listening::default(), async |database, connect| {
        let before = resident();
        let mut sender = Sender(connect());
        let head = adt("A01", "big", "202611200900", "BAMU");
        sender.send(&[START]).await;
        sender.send(head.as_bytes()).await;
        let block = vec![b'x'; 1 << 20];
        for _ in 0..100 {
            sender.send(&block).await;
        }
        sender.send(&END).await;
        assert_eq!(sender.answer().await, "AE big");
        let grown = resident().saturating_sub(before);
        assert!(grown < 40 << 20, "{grown} bytes more are held");
        sender
            .send(&framed(adt("A01", "small", "202611200900", "BAMU")))
            .await;
        assert_eq!(sender.answer().await, "AA small");
        sender.hang_up().await;
        let kept = kept(database).await;
        assert_eq!(
            (kept[0].state, kept[0].control_id.as_str()),
            (MessageState::Refused, "big")
        );
        assert!(kept[0].size > 100 << 20);
    });
}

/// Bytes of memory that this process holds.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<usize>().ok());
    kilobytes.unwrap_or_default() * 1024
}

#[test]
fn many_senders_at_once_each_get_their_own_answers_and_no_more_than_may_are_served() {
    let few = Listening {
        connections: 3,
        ..Listening::default()
    };
    listening(few, async |database, connect| {
        let senders: Vec<_> = (0..8)
            .map(|sender| {
                let mut connection = Sender(connect());
                tokio::spawn(async move {
                    for number in 0..20 {
                        let id = format!("s{sender}-{number}");
                        connection
                            .send(&framed(adt("A01", &id, "202611200900", "BAMU")))
                            .await;
                        assert_eq!(connection.answer().await, format!("AA {id}"));
                    }
                    connection.hang_up().await;
                })
            })
            .collect();
        for sender in senders {
            sender.await.unwrap();
        }
        assert_eq!(kept(database).await.len(), 160);
    });
}

#[test]
fn what_cannot_be_stored_is_not_accepted() {
    // A database without tables stores nothing.
    each_database(&[], |database| {
        runtime().block_on(async {
            let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = socket.local_addr().unwrap();
            let came = Arc::new(Arrivals::default());
            let desk = listen(socket, database, environment(), Listening::default(), came);
            let desk = tokio::spawn(desk);
            let mut sender = Sender(TcpStream::connect(address).await.unwrap());
            sender
                .send(&framed(adt("A01", "m1", "202611200900", "BAMU")))
                .await;
            assert_eq!(sender.answer().await, "AR m1");
            desk.abort();
        });
    });
}
