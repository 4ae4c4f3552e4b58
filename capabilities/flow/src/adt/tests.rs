use sha2::{Digest as _, Sha256};
use stour_hl7v2::Message;
use stour_kernel::testing::reference_data;
use stour_kernel::{Date, Timestamp};

use super::{Adt, Bed, SpellPatient, SpellStory, Told, Unusable, messages, read};
use crate::spell::{EventKind, Said};

fn told(bytes: &[u8]) -> Result<Adt, Unusable> {
    let mut both = all_told(bytes)?;
    assert_eq!(both.len(), 1);
    Ok(both.remove(0))
}

fn all_told(bytes: &[u8]) -> Result<Vec<Adt>, Unusable> {
    let message = Message::parse(bytes).unwrap();
    let digest = stour_kernel::hex(&Sha256::digest(bytes));
    read(&message, &digest, stour_partnership::reference().unwrap())
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn bed(ward: &str) -> Bed {
    Bed {
        ward: ward.to_owned(),
        bed: "4".to_owned(),
        site: "RBH".to_owned(),
    }
}

fn story() -> SpellStory {
    SpellStory {
        patient: SpellPatient {
            nhs_number: Some("9990000018".parse().unwrap()),
            local: "H123".to_owned(),
            family: "O'Brien & Sons".to_owned(),
            given: "Renée Mary".to_owned(),
            born: Some("1941-02-03".parse().unwrap()),
            sex: "F".to_owned(),
            address: vec!["1 High Street".to_owned(), "Boscombe".to_owned()],
            postcode: Some("BH5 1AA".parse().unwrap()),
            practice: Some("J81003".parse().unwrap()),
        },
        organisation: "R0D".parse().unwrap(),
        visit_number: "V77".to_owned(),
        method: "21".to_owned(),
        specialty: "430".to_owned(),
        admitted: at("2026-07-01T10:00:00Z"),
        bed: bed("BAMU"),
        moves: vec![(at("2026-07-02T10:00:00Z"), bed("BELD"))],
        discharged: Some((at("2026-07-09T14:30:00Z"), "19".to_owned())),
        expected: Some("2026-07-08".parse().unwrap()),
        fit_since: Some(at("2026-07-07T09:00:00Z")),
        came_from: Some("19".to_owned()),
        arrived_by: Some("A".to_owned()),
        diagnosis: Some("N39.0".to_owned()),
    }
}

#[test]
fn what_is_written_is_read_back() {
    let file = messages(&[story()]).unwrap();
    let read: Vec<Adt> = stour_hl7v2::messages(&file)
        .map(|message| told(message).unwrap())
        .collect();
    let kinds: Vec<EventKind> = read
        .iter()
        .map(|adt| match &adt.told {
            Told::Visit(number, event) => {
                assert_eq!(number.as_deref(), Some("V77"));
                assert!(event.inpatient);
                event.kind
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        kinds,
        [EventKind::Admit, EventKind::Transfer, EventKind::Discharge]
    );
    let first = &read[0];
    assert_eq!(first.organisation.as_str(), "R0D");
    assert!(first.left_out.is_empty(), "{:?}", first.left_out);
    let who = &first.patient.who;
    assert_eq!(who.name.listed(), "O'BRIEN & SONS, Renée Mary");
    assert_eq!(who.nhs_number.unwrap().digits(), "9990000018");
    assert_eq!(who.local.as_ref().unwrap().as_str(), "H123");
    assert_eq!(who.born, Some("1941-02-03".parse::<Date>().unwrap()));
    assert_eq!(who.practice.unwrap().as_str(), "J81003");
    let Told::Visit(_, last) = &read[2].told else {
        panic!()
    };
    assert_eq!(last.order.occurred, at("2026-07-09T14:30:00Z"));
    assert_eq!(last.destination, Said::Value("19".to_owned()));
    assert_eq!(last.medically_fit, Said::Value(true));
    assert_eq!(last.place.as_ref().unwrap().ward, "BELD");
    assert_eq!(last.came_from, Said::Value("19".to_owned()));
    assert_eq!(last.arrived_by, Said::Value("A".to_owned()));
    let Said::Value(diagnosis) = &last.diagnosis else {
        panic!()
    };
    assert_eq!(diagnosis.code, "N39.0");
    assert_eq!(diagnosis.coding.as_deref(), Some("I10"));
}

#[test]
fn how_somebody_came_is_told_of_a_stay_and_of_an_attendance() {
    let by = |trigger: &str, pv2: &str| {
        let rest = format!("PID|1||H1||Smith^Ann\rPV1|1|I|BAMU||||||||||||||||V1\r{pv2}");
        told(&adt(trigger, &rest)).unwrap().told
    };
    let ambulance = format!("PV2|{}A", "|".repeat(37));
    let Told::Visit(_, event) = by("A01", &ambulance) else {
        panic!()
    };
    assert_eq!(event.arrived_by, Said::Value("A".to_owned()));
    let Told::Visit(_, event) = by("A08", "PV2||||||||20261108") else {
        panic!()
    };
    assert_eq!(event.arrived_by, Said::Nothing);
    let came = |told| match told {
        Told::Attendance { arrived_by, .. } => arrived_by,
        other => panic!("{other:?}"),
    };
    assert_eq!(came(by("A04", &ambulance)).as_deref(), Some("A"));
    assert_eq!(came(by("A04", "")), None);
}

#[test]
fn the_primary_diagnosis_is_the_one_that_says_so_else_the_first() {
    let said = |dg1: &str| {
        let rest = format!("PID|1||H1||Smith^Ann\rPV1|1|I|BAMU||||||||||||||||V1\r{dg1}");
        match told(&adt("A08", &rest)).unwrap().told {
            Told::Visit(_, event) => event.diagnosis,
            other => panic!("{other:?}"),
        }
    };
    let code = |dg1: &str| match said(dg1) {
        Said::Value(diagnosis) => diagnosis.code,
        other => panic!("{other:?}"),
    };
    let (first, second) = (
        "DG1|1||I10^^I10|||W",
        "DG1|2||N39.0^^I10||20261101|F|||||||||1",
    );
    assert_eq!(code(first), "I10");
    assert_eq!(code(&format!("{first}\r{second}")), "N39.0");
    assert_eq!(said("DG1|1||\"\""), Said::Forget);
    assert_eq!(said(""), Said::Nothing);
    let Said::Value(dated) = said(second) else {
        panic!()
    };
    assert_eq!(dated.on, Some("2026-11-01".parse().unwrap()));
}

fn adt(trigger: &str, rest: &str) -> Vec<u8> {
    format!(
        "MSH|^~\\&|PAS|RDZ|ROUTE|ROUTE|202607011000||ADT^{trigger}|1|P|2.4\rEVN||202607011000|||||202607011000\r{rest}"
    )
    .into_bytes()
}

#[test]
fn an_old_trust_is_the_one_that_took_over() {
    let adt = told(&adt("A28", "PID|1||H1^^^RDZ||Smith^Ann||19400101|2")).unwrap();
    assert_eq!(adt.organisation.as_str(), "R0D");
    assert_eq!(adt.told, Told::Person);
    assert_eq!(adt.patient.who.sex.as_ref().unwrap().as_str(), "F");
}

#[test]
fn a_ward_is_found_wherever_the_sender_puts_it() {
    let place = |location: &str| {
        let rest = format!("PID|1||H1||Smith^Ann\rPV1|1|I|{location}||||||||||||||||V1");
        match told(&adt("A01", &rest)).unwrap().told {
            Told::Visit(_, event) => event.place,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(place("BAMU^Bay 2^4").unwrap().ward, "BAMU");
    assert_eq!(place("R0D^BAMU^4").unwrap().ward, "BAMU");
    assert_eq!(
        place("NEW^Bay 2^4").unwrap().ward,
        "NEW",
        "HL7's layout where nobody knows"
    );
    assert_eq!(place("R0D^NEW^4").unwrap().ward, "NEW");
    assert_eq!(place(""), None);
}

#[test]
fn a_merge_pairs_the_numbers_of_the_hospital_by_position() {
    for (pid, mrg, remaining, retired) in [
        ("H1", "H2", "H1", "H2"),
        (
            "9990000018^^^NHS~H1^^^R0D^PI",
            "9990000026^^^NHS~H2^^^R0D^PI",
            "H1",
            "H2",
        ),
        ("9990000018^^^NHS~H1^^^R0D^PI", "H2^^^R0D^PI", "H1", "H2"),
        ("H1^^^R0D^PI~9990000018^^^NHS", "~H2^^^R0D^PI", "H1", "H2"),
    ] {
        let body = format!("PID|1||{pid}||Smith^Ann\rMRG|{mrg}");
        let adt = told(&adt("A40", &body)).unwrap();
        assert_eq!(adt.patient.who.local.unwrap().as_str(), remaining, "{body}");
        assert_eq!(adt.told, Told::Merge(retired.parse().unwrap()), "{body}");
    }
}

#[test]
fn what_cannot_be_used_is_named_with_its_field() {
    let set_aside = |bytes: &[u8]| match told(bytes) {
        Err(Unusable::SetAside(fault)) => fault.place(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        set_aside(&adt("A24", "PID|1||H1||Smith^Ann\rPID|2||H2")),
        "MSH-9"
    );
    assert_eq!(
        set_aside(&adt("A40", "PID|1||H1||Smith^Ann\rMRG|")),
        "MRG-1"
    );
    assert_eq!(set_aside(&adt("A01", "PV1|1|I|BAMU")), "PID");
    assert_eq!(set_aside(&adt("A01", "PID|1||H1||Smith^Ann")), "PV1");
    assert_eq!(set_aside(&adt("A01", "PID|1||H1||\rPV1|1|I|BAMU")), "PID-5");
    let no_time = b"MSH|^~\\&|PAS|RDZ|||||ADT^A01|1|P|2.4\rPID|1||H1||Smith^Ann\rPV1|1|I|BAMU";
    assert_eq!(set_aside(no_time), "EVN-6");
    let no_sender = b"MSH|^~\\&|PAS|the trust|||202607011000||ADT^A01|1|P|2.4\rPID|1||H1||Smith^Ann\rPV1|1|I|BAMU";
    assert_eq!(set_aside(no_sender), "MSH-4");
    assert!(matches!(
        told(&adt("A20", "PID|1")),
        Err(Unusable::NotUsed(_))
    ));
}

#[test]
fn an_impossible_field_is_left_out_and_the_rest_is_used() {
    let adt = told(&adt(
        "A31",
        "PID|1||9990000019^^^NHS~H1||Smith^Ann||19651301|2|||1 High St^^^^NOWHERE",
    ))
    .unwrap();
    let places: Vec<String> = adt.left_out.iter().map(super::Fault::place).collect();
    assert_eq!(places, ["PID-7", "PID-3", "PID-11"]);
    assert_eq!(adt.patient.who.born, None);
    assert_eq!(adt.patient.who.local.as_ref().unwrap().as_str(), "H1");
}

#[test]
fn the_itk_examples_say_what_the_crate_says_they_do() {
    let Some(folder) = reference_data("hl7v2/itk") else {
        return;
    };
    let mut seen = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        let said = match told(&std::fs::read(&file).unwrap()) {
            Ok(adt) => {
                let what = match adt.told {
                    Told::Visit(number, event) => {
                        let ward = event.place.map(|place| place.ward).unwrap_or_default();
                        format!(
                            "{} {} {ward}",
                            event.kind.words(),
                            number.unwrap_or_default()
                        )
                    }
                    Told::Attendance { number, on, .. } => format!("Attended {number} {on}"),
                    Told::Person => "Person".to_owned(),
                    Told::Merge(_) => "Merge".to_owned(),
                };
                let left_out: Vec<String> = adt.left_out.iter().map(super::Fault::place).collect();
                format!("{} {what} {}", adt.organisation, left_out.join(" "))
            }
            Err(Unusable::NotUsed(fault)) => format!("not used: {fault}"),
            Err(Unusable::SetAside(fault)) => format!("set aside: {fault}"),
        };
        seen.push(said.trim_end().to_owned());
    }
    assert_eq!(
        seen,
        [
            "RCB Admitted 2139 OBS1",
            "RCB Discharged 11554 MATWRD",
            "RCB Attended 2141 2010-11-01",
            "RCB Expected 2131 RCB-AWRD",
            "RCB Person PID-7",
            "RCB Person PID-7",
            "not used: MSH-9: Messages of type ORU are not used in this release.",
            "not used: MSH-9: Messages of type ORU are not used in this release.",
            "not used: MSH-9: Messages of type ORU are not used in this release.",
            "not used: MSH-9: Messages of type ORU are not used in this release.",
        ]
    );
}

/// Two people of one ward who change beds.
const SWAP: &str = "MSH|^~\\&|PAS|R0D|STOUR||20260702120000||ADT^A17|S1|P|2.4|||||||||ITKv1.0\r\
    EVN||20260702120000||||20260702113000\r\
    PID|1||H1^^^R0D^MR||Cliff^Ada||19410203|2\r\
    PV1|1|I|R0D^BELD^4||||||||||||||||V1\r\
    PID|2||H2^^^R0D^MR||Shore^Ben||19390405|1\r\
    PV1|2|I|R0D^BELD^7||||||||||||||||V2\r";

#[test]
fn two_people_who_change_beds_are_each_told_of_their_own() {
    let both = all_told(SWAP.as_bytes()).unwrap();
    let beds: Vec<_> = both
        .iter()
        .map(|adt| match &adt.told {
            Told::Visit(number, event) => {
                assert_eq!(event.kind, EventKind::Swap);
                let local = adt.patient.who.local.as_ref().unwrap();
                let bed = event.place.as_ref().and_then(|place| place.bed.clone());
                (local.to_string(), number.clone().unwrap(), bed.unwrap())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    let own =
        |local: &str, visit: &str, bed: &str| (local.to_owned(), visit.to_owned(), bed.to_owned());
    assert_eq!(beds, [own("H1", "V1", "4"), own("H2", "V2", "7")]);
}

#[test]
fn a_change_of_beds_of_which_one_half_is_missing_is_set_aside_whole() {
    let lines: Vec<&str> = SWAP.split_inclusive('\r').collect();
    let without = |gone: &[usize]| {
        let kept = lines
            .iter()
            .enumerate()
            .filter(|(at, _)| !gone.contains(at));
        kept.map(|(_, line)| *line).collect::<String>()
    };
    let same = SWAP.replace("H2^", "H1^");
    for broken in [without(&[4, 5]), without(&[5]), without(&[3]), same] {
        let unusable = all_told(broken.as_bytes()).unwrap_err();
        assert!(matches!(unusable, Unusable::SetAside(_)), "{unusable:?}");
    }
}
