use super::{read, service, services, services_at};

const ROW: &str = r#"
[[service]]
id = "reablement"
name = "Reablement"
summary = "Help"
provider = "RDY"
component = "reablement"
service_type = "short-term-st-max"
outcome = "reablement"
starts = "2013-04-01"
status = "demonstration"
source = "Invented"
[[service.urgency]]
code = "today"
label = "Today"
"#;

#[test]
fn the_services_of_the_reference_data_can_be_used() {
    let reablement = service(&"reablement".parse().unwrap()).unwrap().unwrap();
    assert_eq!(reablement.provider.as_str(), "RDY");
    assert_eq!(reablement.outcome.as_str(), "reablement");
    assert!(reablement.status.needs_warning());
    assert!(
        reablement
            .urgency(&"within-2-days".parse().unwrap())
            .is_some()
    );
    let on = "2026-11-24".parse().unwrap();
    assert_eq!(services_at(on).unwrap().count(), services().unwrap().len());
    let before = "2013-03-31".parse().unwrap();
    assert_eq!(services_at(before).unwrap().count(), 0);
}

#[test]
fn a_file_that_leads_nowhere_is_refused_with_the_reason() {
    let reasons = [
        (ROW.replace("RDY", "X99"), "there is no organisation X99"),
        (
            ROW.replace("outcome = \"reablement\"", "outcome = \"cured\""),
            "the list event-outcome has no code cured",
        ),
        (
            ROW.replace("short-term-st-max", "long"),
            "the list service-type has no code long",
        ),
        (
            ROW.replace("starts = ", "ends = \"2013-01-01\"\nstarts = "),
            "2013",
        ),
        (format!("{ROW}{ROW}"), "twice"),
        (ROW.replace("name = ", "nom = "), "nom"),
    ];
    assert!(read(ROW).is_ok());
    for (text, reason) in reasons {
        let fault = read(&text).unwrap_err().to_string();
        assert!(fault.contains(reason), "{fault}");
        assert!(fault.contains("services.toml"), "{fault}");
    }
}
