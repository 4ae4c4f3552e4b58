use std::time::Duration;

use stour_hl7v2::mllp::{Decoder, Event, Fault, FrameReader, frame, write_frame};
use tokio::io::AsyncWriteExt;

fn decoded(limit: usize, stream: &[u8]) -> Vec<Event> {
    let mut decoder = Decoder::new(limit);
    let mut events: Vec<_> = decoder.push(stream).collect();
    events.extend(decoder.finish());
    events
}

fn message(text: &str) -> Event {
    Event::Frame(text.as_bytes().to_vec().into())
}

fn fault(fault: Fault) -> Event {
    Event::Fault(fault)
}

#[test]
fn frames_are_found() {
    assert_eq!(
        decoded(99, b"\x0Bone\x1C\r\x0Btwo\x1C\r"),
        [message("one"), message("two")]
    );
    assert_eq!(decoded(99, b"\r\n\x0Bone\x1C\r\n\n"), [message("one")]);
    assert_eq!(decoded(99, b""), []);
}

#[test]
fn a_run_of_starts_is_one() {
    assert_eq!(
        decoded(99, b"\x0B\x0B\x0Bone\x1C\r\x0B\x0B"),
        [message("one")]
    );
}

#[test]
fn half_a_frame_is_not_used() {
    assert_eq!(
        decoded(99, b"\x0Bone\x1C\r\x0Btw"),
        [message("one"), fault(Fault::Cut { size: 2 })]
    );
}

#[test]
fn garbage_between_frames_is_reported_once() {
    let garbage = fault(Fault::Garbage {
        offset: 6,
        byte: b'x',
    });
    assert_eq!(
        decoded(99, b"\x0Bone\x1C\rxyz\x0Btwo\x1C\r"),
        [message("one"), garbage, message("two")]
    );
    let hello = fault(Fault::Garbage {
        offset: 0,
        byte: b'G',
    });
    assert_eq!(decoded(99, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"), [hello]);
}

#[test]
fn an_end_without_carriage_return_is_an_end_before_a_start_or_the_end_of_the_stream() {
    assert_eq!(
        decoded(99, b"\x0Bone\x1C\x0Btwo\x1C"),
        [message("one"), message("two")]
    );
}

#[test]
fn an_end_within_text_is_text() {
    assert_eq!(
        decoded(99, b"\x0Ba\x1Cb\x1C\x1C\r"),
        [message("a\u{1C}b\u{1C}")]
    );
    assert_eq!(decoded(99, b"\x0Ba\x0Bb\x1C\r"), [message("a\u{B}b")]);
}

#[test]
fn a_missing_end_loses_only_its_own_message() {
    assert_eq!(
        decoded(99, b"\x0BMSH|1\r\x0BMSH|2\r\x1C\r"),
        [fault(Fault::NoEnd { size: 6 }), message("MSH|2\r")]
    );
}

#[test]
fn an_empty_frame_is_a_fault() {
    assert_eq!(
        decoded(99, b"\x0B\x1C\r\x0Bone\x1C\r"),
        [fault(Fault::Empty), message("one")]
    );
}

#[test]
fn a_frame_over_the_limit_is_skipped_to_its_end() {
    let large = |size, head: &'static [u8]| {
        fault(Fault::TooLarge {
            size,
            limit: 5,
            head: head.into(),
        })
    };
    assert_eq!(decoded(5, b"\x0B12345\x1C\r"), [message("12345")]);
    assert_eq!(
        decoded(5, b"\x0B123456789\x1C\r\x0Bone\x1C\r"),
        [large(9, b"12345"), message("one")]
    );
    assert_eq!(
        decoded(5, b"\x0B123456789"),
        [fault(Fault::Cut { size: 9 })]
    );
    assert_eq!(
        decoded(5, b"\x0B123456789\x0BMSH|2\x1C\r"),
        [large(9, b"12345"), message("MSH|2")]
    );
}

#[test]
fn a_hundred_megabytes_are_skipped_keeping_their_head() {
    let mut decoder = Decoder::new(1 << 20);
    let chunk = vec![b'x'; 1 << 20];
    assert_eq!(decoder.push(b"\x0BMSH|^~\\&|A").count(), 0);
    for _ in 0..100 {
        assert_eq!(decoder.push(&chunk).count(), 0);
    }
    let events: Vec<_> = decoder.push(b"\x1C\r").collect();
    match events.as_slice() {
        [Event::Fault(Fault::TooLarge { size, head, .. })] => {
            assert_eq!(*size, (100 << 20) + 10);
            assert_eq!(head.len(), 4096);
            assert!(head.starts_with(b"MSH|"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn framing_characters_cannot_be_framed() {
    assert_eq!(frame(b"one").unwrap(), b"\x0Bone\x1C\r"[..]);
    assert_eq!(frame(b"o\x0Bne").unwrap_err().offset, 1);
    assert_eq!(frame(b"on\x1Ce").unwrap_err().offset, 2);
}

#[tokio::test]
async fn streams_carry_frames() {
    let (mut client, server) = tokio::io::duplex(4);
    let sender = tokio::spawn(async move {
        write_frame(&mut client, b"MSH|first").await.unwrap();
        assert!(write_frame(&mut client, b"\x1C").await.is_err());
        client.write_all(b"?\x0BMSH|sec").await.unwrap();
    });
    let mut reader = FrameReader::new(server, 100);
    let mut events = Vec::new();
    while let Some(event) = reader.next().await.unwrap() {
        events.push(event);
    }
    sender.await.unwrap();
    assert_eq!(
        events,
        [
            message("MSH|first"),
            fault(Fault::Garbage {
                offset: 12,
                byte: b'?'
            }),
            fault(Fault::Cut { size: 7 })
        ]
    );
    assert_eq!(reader.next().await.unwrap(), None);
}

#[tokio::test]
async fn a_cancelled_read_loses_nothing() {
    let (mut client, server) = tokio::io::duplex(64);
    let mut reader = FrameReader::new(server, 100);
    client.write_all(b"\x0BMSH|o").await.unwrap();
    let wait = tokio::time::timeout(Duration::from_millis(20), reader.next());
    assert!(wait.await.is_err());
    assert!(reader.is_within_frame());
    client.write_all(b"ne\x1C\r").await.unwrap();
    assert_eq!(reader.next().await.unwrap(), Some(message("MSH|one")));
    write_frame(reader.get_mut(), b"ack").await.unwrap();
}
