use stour_hl7v2::{
    Message, TimeValue, Value,
    views::{Evn, Mrg, Msh, Pd1, Pid, Pv1, Pv2, View, Zu1},
};

use crate::lines;

fn message(segments: &[&str]) -> Message {
    let header = [r"MSH|^~\&|PAS|RDZ|ROUTE|ROUTE|20261101||ADT^A16^ADT_A16|9|P|2.4|17"];
    lines(&[&header, segments].concat()).parse().unwrap()
}

fn text(value: Value<'_>) -> String {
    value.into_text().unwrap_or("<none>".into()).into_owned()
}

fn time(value: &TimeValue) -> String {
    value.known().unwrap().to_string()
}

#[test]
fn header() {
    let message = message(&[]);
    let msh: Msh<'_> = message.view().unwrap();
    assert_eq!(text(msh.sending_application()), "PAS");
    assert_eq!(text(msh.sending_facility()), "RDZ");
    assert_eq!(text(msh.receiving_application()), "ROUTE");
    assert_eq!(text(msh.receiving_facility()), "ROUTE");
    assert_eq!(time(&msh.made()), "20261101");
    assert_eq!(text(msh.kind()), "ADT");
    assert_eq!(text(msh.event()), "A16");
    assert_eq!(text(msh.structure()), "ADT_A16");
    assert_eq!(text(msh.control_id()), "9");
    assert_eq!(text(msh.processing_id()), "P");
    assert_eq!(text(msh.version()), "2.4");
    assert_eq!(text(msh.sequence_number()), "17");
    assert!(msh.character_set().is_absent());
}

#[test]
fn patient() {
    let pid = "PID||E1|9990000018^^^NHS^NH~A1^^^RDZ&2.16&ISO^PI|O2|\
        ST-JOHN&ST^ANN^MAY^JR^MRS^^L~JONES^ANN^^^^^M||19480101|2|||\
        1 HIGH ST^FLAT 2^POOLE^DORSET^BH15 1AA^GBR^H~\"\"||01202 123456^PRN^PH~^PRN^CP^a@b.uk^44^7700^900123|\
        |EN|M|C22|||||A|||||||20261031|Y";
    let message = message(&[pid, "PD1|||A PRACTICE^^J81000|G1^WHO^DOC^^^Dr^^^GMC"]);
    let pid: Pid<'_> = message.view().unwrap();
    let identifiers: Vec<_> = pid.identifiers().collect();
    assert_eq!(text(identifiers[0].id()), "9990000018");
    assert!(identifiers[0].is_nhs_number() && !identifiers[1].is_nhs_number());
    assert_eq!(text(identifiers[1].authority().namespace()), "RDZ");
    assert_eq!(text(identifiers[1].authority().universal_id()), "2.16");
    assert_eq!(text(identifiers[1].authority().universal_id_type()), "ISO");
    assert_eq!(text(identifiers[1].kind()), "PI");
    assert_eq!(text(pid.external_identifier().id()), "E1");
    assert_eq!(pid.alternate_identifiers().count(), 1);
    let names: Vec<_> = pid.names().collect();
    let parts = [
        names[0].family(),
        names[0].given(),
        names[0].further(),
        names[0].suffix(),
        names[0].title(),
    ];
    assert_eq!(parts.map(text), ["ST-JOHN", "ANN", "MAY", "JR", "MRS"]);
    assert_eq!(text(names[1].kind()), "M");
    assert_eq!(time(&pid.birth()), "19480101");
    assert_eq!(text(pid.sex()), "2");
    let addresses: Vec<_> = pid.addresses().collect();
    let home = addresses[0];
    let parts = [
        home.line1(),
        home.line2(),
        home.town(),
        home.county(),
        home.postcode(),
        home.kind(),
    ];
    assert_eq!(
        parts.map(text),
        ["1 HIGH ST", "FLAT 2", "POOLE", "DORSET", "BH15 1AA", "H"]
    );
    assert!(addresses[1].is_delete());
    let phones: Vec<_> = pid.home_phones().collect();
    assert_eq!(text(phones[0].number()), "01202 123456");
    assert_eq!(text(phones[1].number()), "44 7700 900123");
    assert_eq!(text(phones[1].email()), "a@b.uk");
    assert_eq!(pid.work_phones().count(), 0);
    let rest = [
        pid.language(),
        pid.marital_status(),
        pid.religion(),
        pid.ethnic_category(),
    ];
    assert_eq!(rest.map(text), ["EN", "M", "C22", "A"]);
    assert_eq!(
        (time(&pid.death()), text(pid.has_died())),
        ("20261031".into(), "Y".into())
    );
    let pd1: Pd1<'_> = message.view().unwrap();
    assert_eq!(text(pd1.practices().next().unwrap().code()), "J81000");
    assert_eq!(
        text(pd1.practitioners().next().unwrap().authority().namespace()),
        "GMC"
    );
}

#[test]
fn visit_with_an_expected_discharge() {
    let message = message(&[
        "EVN||202611010900|202611030000|||202611010855",
        "PV1|1|I|RDZ^W21^B4^RDZ20|21|||C1^X^Y^^^Dr^^^GMC|||430||||19|||||V7^^^VISITID",
        "PV2||||||||202611010000|202611031500|3",
        "ZU1|202610310900|||202611010900|202611020900||||||||02|||||||||Y||20261102",
    ]);
    let evn: Evn<'_> = message.view().unwrap();
    assert_eq!(time(&evn.recorded()), "202611010900");
    assert_eq!(time(&evn.planned()), "202611030000");
    assert_eq!(time(&evn.occurred()), "202611010855");
    assert!(evn.code().is_absent());
    let pv1: Pv1<'_> = message.view().unwrap();
    assert_eq!(text(pv1.class()), "I");
    let location = pv1.location();
    let parts = [
        location.point_of_care(),
        location.room(),
        location.bed(),
        location.facility(),
    ];
    assert_eq!(parts.map(text), ["RDZ", "W21", "B4", "RDZ20"]);
    assert_eq!(
        location.ward_candidates().collect::<Vec<_>>(),
        ["W21", "RDZ"]
    );
    let codes = [
        pv1.admission_type(),
        pv1.specialty(),
        pv1.admission_source(),
        pv1.visit_number().id(),
    ];
    assert_eq!(codes.map(text), ["21", "430", "19", "V7"]);
    assert_eq!(text(pv1.attending().next().unwrap().family()), "X");
    assert_eq!(pv1.admitted(), TimeValue::Absent);
    let pv2: Pv2<'_> = message.view().unwrap();
    assert_eq!(time(&pv2.expected_admission()), "202611010000");
    assert_eq!(time(&pv2.expected_discharge()), "202611031500");
    assert_eq!(text(pv2.expected_length_of_stay()), "3");
    let zu1: Zu1<'_> = message.view().unwrap();
    assert_eq!(time(&zu1.decided_to_admit()), "202610310900");
    assert_eq!(time(&zu1.episode_started()), "202611010900");
    assert_eq!(time(&zu1.episode_ended()), "202611020900");
    assert_eq!(text(zu1.referral_source()), "02");
    assert_eq!(text(zu1.medically_fit()), "Y");
    assert_eq!(time(&zu1.ready_for_discharge()), "20261102");
}

#[test]
fn deleted_and_bad_times_are_told_apart() {
    let message = message(&[
        "PV1|1",
        "PV2|||||||||\"\"",
        "PV1|2",
        "PV2||||||||20261332|tomorrow",
    ]);
    let all: Vec<Pv2<'_>> = message.views().collect();
    assert!(all[0].expected_discharge().is_delete());
    assert_eq!(all[0].issues(), []);
    let issues: Vec<_> = all[1].issues().iter().map(ToString::to_string).collect();
    assert!(
        issues[0].starts_with("PV2(2)-8: \"20261332\" is not a date"),
        "{issues:?}"
    );
    assert!(
        issues[1].starts_with("PV2(2)-9: \"tomorrow\" is not a date"),
        "{issues:?}"
    );
    assert_eq!(all[1].expected_discharge().known(), None);
    assert_eq!(all[1].segment().position(), 5);
}

#[test]
fn merge() {
    let message = message(&["MRG|9990000026^^^NHS~B2^^^RDZ|ALT|ACC|EXT|VIS||OLD^NAME"]);
    let mrg: Mrg<'_> = message.view().unwrap();
    let ids: Vec<_> = mrg
        .identifiers()
        .map(|identifier| text(identifier.id()))
        .collect();
    assert_eq!(ids, ["9990000026", "B2"]);
    assert_eq!(mrg.alternate_identifiers().count(), 1);
    let rest = [
        mrg.account().id(),
        mrg.external_identifier().id(),
        mrg.visit_number().id(),
    ];
    assert_eq!(rest.map(text), ["ACC", "EXT", "VIS"]);
    assert_eq!(text(mrg.names().next().unwrap().given()), "NAME");
}

#[test]
fn a_missing_segment_is_no_view() {
    assert!(message(&[]).view::<Pid<'_>>().is_none());
}
