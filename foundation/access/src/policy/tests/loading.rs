//! What the program refuses to start with.

use crate::policy::{EMBEDDED, Policies, PolicyDocument, PolicyError};

fn load(text: &str) -> Result<Policies, PolicyError> {
    Policies::new(vec![PolicyDocument {
        name: "local.cedar".to_owned(),
        text: text.to_owned(),
    }])
}

#[test]
fn the_embedded_policies_are_sound_and_are_all_the_files_there_are() {
    let policies = Policies::embedded().unwrap();
    assert!(policies.names().contains("safeguards/objection"));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");
    let from_folder = Policies::from_directory(folder.as_ref()).unwrap();
    assert_eq!(from_folder.names(), policies.names());
    assert_eq!(from_folder.documents().len(), EMBEDDED.len());
    for (name, text) in EMBEDDED {
        assert!(
            text.starts_with("// "),
            "{name} opens with a paragraph for its readers"
        );
    }
}

#[test]
fn a_policy_that_could_fail_while_deciding_is_refused() {
    let error = load(
        r#"@id("a") @why("b") permit (principal, action, resource) when { resource.restricted };"#,
    );
    assert!(
        matches!(error, Err(PolicyError::Invalid { .. })),
        "{error:?}"
    );
    let error = load(
        r#"@id("a") @why("b") permit (principal, action == Action::"person.peek", resource);"#,
    );
    assert!(
        matches!(error, Err(PolicyError::Invalid { .. })),
        "{error:?}"
    );
}

#[test]
fn a_policy_without_a_name_or_a_sentence_is_refused() {
    let error = load("permit (principal, action, resource);").unwrap_err();
    assert_eq!(
        error.to_string(),
        "local.cedar: a policy has no @id(\"…\") above it: add one, so that decisions can be explained"
    );
    let error = load(r#"@id("a") permit (principal, action, resource);"#).unwrap_err();
    assert!(matches!(
        error,
        PolicyError::Unexplained {
            annotation: "why",
            ..
        }
    ));
}

#[test]
fn two_policies_of_one_name_are_refused() {
    let one = r#"@id("a") @why("b") permit (principal, action, resource);"#;
    assert!(matches!(
        load(&format!("{one}\n{one}")),
        Err(PolicyError::Duplicate { .. })
    ));
}

#[test]
fn text_that_is_not_cedar_is_refused_by_name() {
    let error = load("allow everybody").unwrap_err().to_string();
    assert!(
        error.starts_with("local.cedar is not valid Cedar: "),
        "{error}"
    );
}

#[test]
fn an_empty_or_absent_folder_is_refused() {
    let folder = std::env::temp_dir().join(format!("stour-no-policies-{}", std::process::id()));
    assert!(matches!(
        Policies::from_directory(&folder),
        Err(PolicyError::Unreadable { .. })
    ));
    std::fs::create_dir_all(&folder).unwrap();
    assert!(matches!(
        Policies::from_directory(&folder),
        Err(PolicyError::Empty { .. })
    ));
    std::fs::remove_dir(&folder).unwrap();
}

#[test]
fn people_of_whom_the_same_is_known_have_one_answer_only_where_no_policy_names_anybody() {
    let apart = |text: &str| load(text).unwrap().tells_people_apart();
    let rule = |when: &str| {
        format!(
            r#"@id("a") @why("b") permit (principal, action == Action::"person.read", resource) when {{ {when} }};"#
        )
    };
    assert!(!Policies::embedded().unwrap().tells_people_apart());
    assert!(!apart(&rule("resource.objection")));
    assert!(!apart(&rule(
        "principal has person && principal.person == resource.id && resource.objection"
    )));
    assert!(apart(&rule(r#"resource.id == "somebody""#)));
    assert!(apart(&rule(r#"resource["id"] like "0193*""#)));
    assert!(apart(&rule(r#"resource == Person::"somebody""#)));
    assert!(apart(&rule(r#"resource["i\u{64}"] == "somebody""#)));
    assert!(apart(&rule("resource. // of anybody\nid == \"somebody\"")));
    assert!(!apart(&rule(
        "principal has person && resource.id == principal.person"
    )));
}
