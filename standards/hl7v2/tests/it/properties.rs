//! What holds of every message, every stream and every mistake in them.

use jiff::Timestamp;
use proptest::{prelude::*, sample::Index};
use stour_hl7v2::{
    Ack, AckCode, EncodingCharacters, Message, MessageBuilder, ReplyTo, SegmentBuilder, Ts, Value,
    messages,
    mllp::{Decoder, Event, frame},
    views::{Evn, Mrg, Msh, Pid, Pv1, Pv2, View, Zu1},
};

const VALID: &str = "MSH|^~\\&|PAS|RCB|ROUTE|ROUTE|201010101418||ADT^A01^ADT_A01|139|P|2.4|||||GBR|UNICODE|EN\r\
    EVN||201010101400|||1^Cortana^Emily|201010101400\r\
    PID|1||3333333333^^^NHS~A1^^^RDZ&x&ISO||SMITH^FRED\\T\\RICA^J^^MRS^^L||19651213|2|||29 AV^B^M^Y^YO32 5TT\r\
    PV1|1|I|RCB^OBS1^BAY2-6^RCB55|13|||C3^D^S^^^Dr^^^GMC||||||||||||2139^^^VISITID|||||||||||||||||||||||||201010201716\r\
    PV2|||||||||20101030\rZU1|201010071234||||||||||||||||||||||Y||20101030\rMRG|4444444444^^^NHS\r";

/// Reads everything there is to read.
fn read_all(message: &Message) {
    for segment in message.segments() {
        for (number, field) in segment.fields().enumerate() {
            segment.time(number + 1);
            for repeat in field.repeats() {
                for component in repeat.components() {
                    component
                        .subcomponents()
                        .for_each(|part| drop(part.value()));
                }
            }
        }
    }
    message.issues();
    message.view::<Msh<'_>>().map(|view| view.issues());
    message.view::<Evn<'_>>().map(|view| view.issues());
    message
        .view::<Pid<'_>>()
        .map(|view| view.identifiers().any(|id| id.is_nhs_number()));
    message
        .view::<Pv1<'_>>()
        .map(|view| view.location().ward_candidates().count());
    message.view::<Pv2<'_>>().map(|view| view.issues());
    message.view::<Mrg<'_>>().map(|view| view.names().count());
    message.view::<Zu1<'_>>().map(|view| view.issues());
}

/// Whatever the bytes: no panic, a readable message is the same after writing, and the answer can
/// be framed.
fn survives(bytes: &[u8]) -> Result<(), TestCaseError> {
    let to = match Message::parse(bytes) {
        Ok(message) => {
            read_all(&message);
            let written = message.to_bytes();
            let again = Message::parse(&written);
            prop_assert_eq!(again.as_ref(), Ok(&message));
            if !bytes.contains(&b'\n') {
                prop_assert_eq!(&written[..], bytes);
            }
            ReplyTo::from(&message)
        }
        Err(error) => {
            prop_assert!(!error.to_string().is_empty());
            ReplyTo::from_bytes(bytes)
        }
    };
    for to in [to, ReplyTo::from_bytes(bytes)] {
        let ack = Ack::new(AckCode::Error, "1", Timestamp::UNIX_EPOCH)
            .text("text")
            .reply_to(&to);
        prop_assert!(frame(&ack).is_ok());
        let segments = Message::parse(&ack).map(|ack| ack.segments().count());
        prop_assert_eq!(segments, Ok(2));
    }
    prop_assert!(messages(bytes).count() <= bytes.len());
    Ok(())
}

fn encodings() -> impl Strategy<Value = EncodingCharacters> {
    let letters: Vec<u8> = (b'!'..=b'~')
        .filter(|byte| byte.is_ascii_punctuation() && *byte != b'"')
        .collect();
    (Just(letters).prop_shuffle(), 4_usize..=5).prop_map(|(letters, count)| {
        EncodingCharacters::new(letters[0], &letters[1..=count]).unwrap()
    })
}

fn values() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z .]{0,8}",
        r#"[|^~\\&#"XFSTRE.br0-9$%*!@\n\r]{0,8}"#,
        "\\PC{0,6}",
        any::<String>().prop_map(|text| text.chars().take(6).collect()),
    ]
}

fn streams() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop_oneof![
        Just(b"\x0B".to_vec()),
        Just(b"\x1C\r".to_vec()),
        Just(b"\x1C".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"\x0BMSH|".to_vec()),
        "[a-z]{0,12}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
}

fn decoded<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Vec<Event> {
    let mut decoder = Decoder::new(16);
    let mut events: Vec<Event> = pieces
        .flat_map(|piece| decoder.push(piece).collect::<Vec<_>>())
        .collect();
    events.extend(decoder.finish());
    events
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn what_is_built_is_read_back(
        encoding in encodings(),
        fields in prop::collection::vec(prop::collection::vec(values(), 1..4), 1..6),
    ) {
        let mut nte = SegmentBuilder::new("NTE");
        for (at, components) in fields.iter().enumerate() {
            let components: Vec<&str> = components.iter().map(String::as_str).collect();
            nte = nte.repeat(at + 1, &components).repeat(at + 1, &components);
        }
        let header = SegmentBuilder::new("MSH").text(12, "2.7");
        let message =
            MessageBuilder::new().encoding(encoding).segment(header).segment(nte).build().unwrap();
        prop_assert_eq!(message.segments().count(), 2);
        let nte = message.segment("NTE").unwrap();
        for (at, components) in fields.iter().enumerate() {
            for repeat in 1..=2 {
                for (position, text) in components.iter().enumerate() {
                    let expected =
                        if text.is_empty() { Value::Absent } else { Value::Text(text.into()) };
                    let read = nte.field(at + 1).repeat(repeat).component(position + 1).value();
                    prop_assert_eq!(read, expected);
                }
            }
        }
        survives(&message.to_bytes())?;
    }

    #[test]
    fn random_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        survives(&bytes)?;
        survives(&[b"MSH|^~\\&|", &bytes[..]].concat())?;
    }

    #[test]
    fn random_messages_round_trip(
        lines in prop::collection::vec("[A-Z]{3}([|^~\\\\&\"a-zé0-9\\n#]{0,30})", 0..8),
        end in prop_oneof![Just("\r"), Just("\n"), Just("\r\n")],
    ) {
        let text: String =
            lines.iter().fold(format!("MSH|^~\\&|A{end}"), |text, line| text + line + end);
        survives(text.as_bytes())?;
    }

    #[test]
    fn mutations_are_survived(
        changes in prop::collection::vec((any::<Index>(), any::<u8>(), 0_u8..4), 1..8),
    ) {
        let mut bytes = VALID.as_bytes().to_vec();
        for (at, byte, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => drop(bytes.remove(at)),
                _ => bytes.truncate(at),
            }
        }
        survives(&bytes)?;
    }

    #[test]
    fn a_stream_cut_anywhere_gives_the_same(
        stream in streams(),
        cuts in prop::collection::vec(any::<Index>(), 0..6),
    ) {
        let whole = decoded(std::iter::once(&stream[..]));
        prop_assert_eq!(&decoded(stream.chunks(1)), &whole);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
        cuts.extend([0, stream.len()]);
        cuts.sort_unstable();
        prop_assert_eq!(&decoded(cuts.windows(2).map(|pair| &stream[pair[0]..pair[1]])), &whole);
        for event in whole {
            if let Event::Frame(message) = event {
                prop_assert!(!message.is_empty() && message.len() <= 16);
            }
        }
    }

    #[test]
    fn frames_among_garbage_are_found(
        texts in prop::collection::vec("[a-zé\\r|]{1,16}", 0..6),
        garbage in "[a-z\\r\\n]{0,5}",
    ) {
        let texts: Vec<&String> = texts.iter().filter(|text| text.len() <= 16).collect();
        let mut stream = garbage.clone().into_bytes();
        for text in &texts {
            stream.extend_from_slice(&frame(text.as_bytes()).unwrap());
            stream.extend_from_slice(garbage.as_bytes());
        }
        let found: Vec<_> = decoded(std::iter::once(&stream[..]))
            .into_iter()
            .filter_map(|event| match event {
                Event::Frame(message) => Some(String::from_utf8(message.to_vec()).unwrap()),
                Event::Fault(_) => None,
            })
            .collect();
        prop_assert_eq!(found.iter().collect::<Vec<_>>(), texts);
    }

    #[test]
    fn times_are_written_as_they_were_read(text in "[0-9]{4,14}(\\.[0-9]{1,9})?([+-][0-9]{4})?") {
        if let Ok(ts) = text.parse::<Ts>() {
            prop_assert_eq!(ts.to_string(), text.replace("-0000", "+0000"));
            ts.timestamp();
        }
    }

    #[test]
    fn any_text_may_be_tried_as_a_time_or_path(text in "\\PC{0,20}") {
        let _ = text.parse::<Ts>();
        let _ = text.parse::<stour_hl7v2::Path>();
    }
}
