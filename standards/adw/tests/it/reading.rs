//! The published examples, and messages made to do harm.

use proptest::prelude::*;
use stour_adw::{DEEPEST, Kind, LARGEST, MOST, Message, NoXml, Of, ReadError, Withdrawn, read};
use stour_kernel::testing::reference_data;

fn example(name: &str) -> Option<Message> {
    let name = format!("fhir/adw-dstu2/ADW-Message-{name}-Bundle-1-Example-1.xml");
    let bytes = std::fs::read(reference_data(&name)?).unwrap();
    Some(read(&bytes).unwrap())
}

#[test]
fn every_published_example_says_what_it_is_and_whom_it_is_about() {
    let all = [
        ("Admission-Notice", Kind::Admission),
        ("Assessment-Notice", Kind::Assessment),
        (
            "Assessment-Notice-Accept-Response",
            Kind::Accept(Of::Assessment),
        ),
        (
            "Assessment-Notice-Reject-Response",
            Kind::Reject(Of::Assessment),
        ),
        ("Discharge-Notice", Kind::Discharge),
        (
            "Discharge-Notice-Accept-Response",
            Kind::Accept(Of::Discharge),
        ),
        (
            "Discharge-Notice-Reject-Response",
            Kind::Reject(Of::Discharge),
        ),
        ("Withdrawal-Notice", Kind::Withdrawal(Withdrawn::All)),
        (
            "Withdrawal-Notice-Accept-Response",
            Kind::Accept(Of::Withdrawal),
        ),
        (
            "Withdrawal-Notice-Reject-Response",
            Kind::Reject(Of::Withdrawal),
        ),
    ];
    for (name, kind) in all {
        let Some(message) = example(name) else { return };
        let is_answer = matches!(kind, Kind::Accept(_) | Kind::Reject(_));
        assert_eq!(message.kind, kind, "{name}");
        assert_eq!(message.answers.is_some(), is_answer, "{name}");
        let number = message.patient.nhs_number.unwrap();
        assert_eq!(number.digits(), "9413946000", "{name}");
        assert_eq!(message.patient.family.as_deref(), Some("Jones"), "{name}");
        assert_eq!(message.patient.given, ["Barry"], "{name}");
        assert_eq!(message.patient.born.unwrap().to_string(), "1941-11-01");
        let (from, to) = (message.from.unwrap(), message.to.unwrap());
        let ends = if is_answer {
            ("V396BB", "RFM8C2")
        } else {
            ("RFM8C2", "V396BB")
        };
        assert_eq!((from.as_str(), to.as_str()), ends, "{name}");
        assert_eq!(message.ward.as_deref(), Some("Collier Ward"), "{name}");
        assert_eq!(message.hospital.as_deref(), Some("Hebburn Hospital"));
        assert!(message.sent.is_some() && message.id.is_some(), "{name}");
        assert_eq!(message.left_out, [""; 0], "{name}");
    }
}

#[test]
fn an_assessment_notice_says_who_was_consulted_and_what_is_known() {
    let Some(message) = example("Assessment-Notice") else {
        return;
    };
    assert_eq!(message.admitted.unwrap().to_string(), "2017-04-24");
    assert_eq!(message.leaving.unwrap().to_string(), "2017-05-12");
    assert_eq!(message.described.len(), 2);
    assert_eq!(message.answered.len(), 8);
    let carer = &message.answered[1];
    assert!(carer.question.contains("carer"));
    assert_eq!(carer.code.as_deref(), Some("Y"));
    let author = message.author.unwrap();
    assert_eq!(author.name, "Leticia Gulliver");
    assert_eq!(author.role.as_deref(), Some("Discharge co-ordinator"));
    assert_eq!(author.reached_by.len(), 2);
}

#[test]
fn reasons_are_read_with_their_codes_and_words() {
    let Some(withdrawal) = example("Withdrawal-Notice") else {
        return;
    };
    let reason = withdrawal.reason.unwrap();
    assert_eq!(reason.code.as_deref(), Some("07"));
    assert_eq!(reason.text, None);
    let rejected = example("Discharge-Notice-Reject-Response").unwrap();
    let reason = rejected.reason.unwrap();
    assert_eq!(reason.code.as_deref(), Some("OFT"));
    assert!(reason.text.unwrap().contains("cannot confirm agreement"));
    let notice = example("Discharge-Notice").unwrap();
    assert_eq!(rejected.answers, notice.id);
}

/// A message with a header of an event, and more in it.
fn with(header: &str, more: &str) -> String {
    format!(
        "<Bundle xmlns=\"http://hl7.org/fhir\"><entry><resource><MessageHeader><event><code value=\"975701000000106\"/></event>{header}</MessageHeader></resource></entry>{more}</Bundle>"
    )
}

fn refusal(text: &str) -> ReadError {
    read(text.as_bytes()).unwrap_err()
}

#[test]
fn what_is_made_to_do_harm_is_refused() {
    let bomb = "<!DOCTYPE b [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>".to_owned();
    assert_eq!(
        refusal(&(bomb + &with("<id value=\"&b;\"/>", ""))),
        NoXml::DocumentType.into()
    );
    assert!(matches!(
        refusal(&with("<id value=\"&unknown;\"/>", "")),
        ReadError::Xml(NoXml::Malformed { .. })
    ));
    let deep = "<a>".repeat(DEEPEST + 1);
    assert_eq!(refusal(&deep), NoXml::TooDeep.into());
    let many = format!("<Bundle>{}", "<a/>".repeat(MOST));
    assert_eq!(refusal(&many), NoXml::TooMany.into());
    let large = vec![b' '; LARGEST + 1];
    assert_eq!(read(&large).unwrap_err(), NoXml::TooLarge.into());
    assert_eq!(read(b"\xff\xfe<").unwrap_err(), NoXml::NotText.into());
}

#[test]
fn what_is_no_such_message_is_refused_with_the_reason() {
    assert_eq!(refusal(""), NoXml::Truncated.into());
    assert_eq!(
        refusal("<Patient/>"),
        ReadError::NotABundle("Patient".to_owned())
    );
    assert_eq!(refusal("<Bundle/>"), ReadError::NoHeader);
    let other = with("", "").replace("975701000000106", "1");
    assert_eq!(refusal(&other), ReadError::UnknownEvent("1".to_owned()));
    assert!(matches!(
        refusal("<Bundle></Patient>"),
        ReadError::Xml(NoXml::Malformed { .. })
    ));
}

#[test]
fn what_cannot_be_read_in_a_message_is_left_out_and_noted() {
    let more = "<entry><resource><Patient><identifier><system value=\"https://fhir.nhs.uk/Id/nhs-number\"/><value value=\"9413946001\"/></identifier><name><family value=\"O&apos;Neill\"/></name><birthDate value=\"1941-13-01\"/></Patient></resource></entry>";
    let message = read(with("<timestamp value=\"yesterday\"/>", more).as_bytes()).unwrap();
    assert_eq!(message.patient.family.as_deref(), Some("O'Neill"));
    assert_eq!((message.patient.nhs_number, message.sent), (None, None));
    assert_eq!(message.left_out.len(), 3, "{:?}", message.left_out);
    let nobody = read(with("", "").as_bytes()).unwrap();
    assert_eq!(nobody.left_out, ["the message names no patient"]);
}

#[test]
fn a_message_that_is_cut_off_anywhere_is_refused() {
    let whole = with("<id value=\"1\"/>", "");
    assert!(read(whole.as_bytes()).is_ok());
    for end in 0..whole.len() {
        assert!(read(&whole.as_bytes()[..end]).is_err(), "cut at {end}");
    }
}

proptest! {
    #[test]
    fn whatever_comes_nothing_breaks(bytes in prop::collection::vec(any::<u8>(), 0..400), pieces in prop::collection::vec(0_usize..12, 0..60)) {
        let _ = read(&bytes);
        let parts = ["<Bundle>", "</Bundle>", "<entry>", "</entry>", "<resource>", "<MessageHeader>", "<a value=\"", "\"/>", "&amp;", "<!--", "]]>", "é"];
        let text: String = pieces.into_iter().map(|piece| parts[piece]).collect();
        let _ = read(text.as_bytes());
    }
}
