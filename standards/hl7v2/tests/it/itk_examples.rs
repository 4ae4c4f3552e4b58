//! The NHS ITK examples of the reference data.

use std::fs;

use jiff::civil::date;
use stour_hl7v2::{
    Issue, Message, TsReason, Value,
    views::{Evn, Msh, Pd1, Pid, Pv1, View, Zu1},
};
use stour_kernel::testing::reference_data;

fn read(name: &str) -> Option<Message> {
    let bytes = fs::read(reference_data(&format!("hl7v2/itk/tie_{name}.hl7"))?).unwrap();
    Some(Message::parse(&bytes).unwrap())
}

fn text(value: Value<'_>) -> String {
    value.into_text().unwrap_or("<none>".into()).into_owned()
}

#[test]
fn all_ten_are_written_as_they_were_read() {
    let Some(folder) = reference_data("hl7v2/itk") else {
        return;
    };
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let raw = String::from_utf8(fs::read(entry.unwrap().path()).unwrap()).unwrap();
        let canonical = raw.replace("\r\n", "\r").replace('\n', "\r");
        for form in [
            canonical.clone(),
            canonical.replace('\r', "\n"),
            canonical.replace('\r', "\r\n"),
        ] {
            let message = Message::parse(form.as_bytes()).unwrap();
            assert_eq!(message.to_bytes(), canonical.as_bytes());
            assert_eq!(message.issues(), []);
        }
        count += 1;
    }
    assert_eq!(count, 10);
}

#[test]
fn admission() {
    let Some(message) = read("V24C_HL7_v2_4_ADT_A01_Admit_Inpatient") else {
        return;
    };
    let msh: Msh<'_> = message.view().unwrap();
    assert_eq!(text(msh.event()), "A01");
    assert_eq!(text(msh.control_id()), "1391320453338055");
    assert_eq!(text(msh.character_set()), "UNICODE");
    let evn: Evn<'_> = message.view().unwrap();
    assert_eq!(evn.occurred().known().unwrap().to_string(), "201010101400");
    assert_eq!(text(evn.operators().next().unwrap().family()), "Cortana");
    let pid: Pid<'_> = message.view().unwrap();
    let number = pid.identifiers().next().unwrap();
    assert!(number.is_nhs_number());
    assert_eq!(text(number.id()), "3333333333");
    assert_eq!(text(pid.names().next().unwrap().given()), "FREDRICA");
    assert_eq!(pid.birth().known().unwrap().date(), date(1965, 12, 13));
    assert_eq!(text(pid.addresses().next().unwrap().postcode()), "YO32 5TT");
    assert_eq!(
        text(pid.home_phones().next().unwrap().number()),
        "+441234567890"
    );
    let pd1: Pd1<'_> = message.view().unwrap();
    assert_eq!(text(pd1.practices().next().unwrap().code()), "Y06601");
    let pv1: Pv1<'_> = message.view().unwrap();
    assert_eq!(text(pv1.class()), "I");
    assert_eq!(pv1.location().raw(), "RCB^OBS1^BAY2-6^RCB55");
    assert_eq!(text(pv1.visit_number().id()), "2139");
    assert_eq!(text(pv1.specialty()), "300");
    assert_eq!(pv1.admitted().known().unwrap().to_string(), "201010201716");
    let zu1: Zu1<'_> = message.view().unwrap();
    assert_eq!(
        zu1.decided_to_admit().known().unwrap().to_string(),
        "201010071234"
    );
    assert_eq!(
        zu1.episode_started().known().unwrap().to_string(),
        "201010091300"
    );
    assert!(zu1.medically_fit().is_absent());
}

#[test]
fn discharge() {
    let Some(message) = read("V24C_HL7_v2_4_ADT_A03_Discharge_a_Patient_") else {
        return;
    };
    let pv1: Pv1<'_> = message.view().unwrap();
    assert_eq!(text(pv1.discharge_disposition()), "19");
    assert_eq!(pv1.admitted().known().unwrap().to_string(), "201003301100");
    assert_eq!(
        pv1.discharged().known().unwrap().to_string(),
        "201003311715"
    );
    assert_eq!(text(pv1.visit_number().id()), "11554");
    assert_eq!(text(pv1.location().room()), "MATWRD");
    assert_eq!(
        text(message.view::<Pid<'_>>().unwrap().identity_reliability()),
        "ED"
    );
}

#[test]
fn events_without_a_stay() {
    for (name, event, segments) in [
        (
            "V24C_HL7_v2_4_ADT_A04_Register_Outpatient_Update_",
            "A04",
            9,
        ),
        ("V24C_HL7_v2_4_ADT_A05_Pre_Admit_Patient", "A05", 8),
        ("V24C_HL7_v2_4_ADT_A28_Create_New_Patient", "A28", 7),
        ("V24C_HL7_v2_4_ADT_A31_Update_Patient", "A31", 8),
    ] {
        let Some(message) = read(name) else { return };
        assert_eq!(text(message.view::<Msh<'_>>().unwrap().event()), event);
        assert_eq!(message.segments().count(), segments, "{event}");
    }
}

#[test]
fn the_thirteenth_month_is_an_issue_and_the_rest_is_read() {
    for name in [
        "V24C_HL7_v2_4_ADT_A28_Create_New_Patient",
        "V24C_HL7_v2_4_ADT_A31_Update_Patient",
    ] {
        let Some(message) = read(name) else { return };
        let pid: Pid<'_> = message.view().unwrap();
        assert_eq!(text(pid.names().next().unwrap().family()), "SMITH");
        match pid.issues().as_slice() {
            [Issue::Time { path, error }] => {
                assert_eq!(path.to_string(), "PID-7");
                assert_eq!(error.text, "196513121515");
                assert_eq!(
                    error.reason,
                    TsReason::Impossible {
                        part: "month",
                        value: 13
                    }
                );
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn results_with_five_encoding_characters_and_escapes() {
    let Some(message) = read("V251_HL7_ORU_R01_4_Lipid_Panel") else {
        return;
    };
    assert_eq!(message.encoding().truncation(), Some('#'));
    assert_eq!(
        text(message.get("MSH-21(2).3").unwrap()),
        "2.16.840.1.113883.9.13"
    );
    let Some(message) = read("V251_Pathology_Result_DHCW_") else {
        return;
    };
    assert_eq!(text(message.get("PID-3(2)").unwrap()), "5189214567");
    let mut units = message
        .segments_named("OBX")
        .map(|obx| text(obx.field(6).value()));
    assert!(units.any(|unit| unit == "x10^9/L"));
}
