//! What the program refuses to start with.

use crate::policy::{EMBEDDED, Looks, Policies, PolicyDocument, PolicyError};

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
fn what_policies_look_at_is_read_from_what_was_parsed() {
    let of = |when: &str| {
        let rule = format!(
            r#"@id("a") @why("b") permit (principal, action == Action::"person.read", resource) when {{ {when} }};"#
        );
        load(&rule).unwrap().looks()
    };
    let (nothing, id) = (
        Looks::default(),
        Looks {
            id: true,
            ..Looks::default()
        },
    );
    assert_eq!(Policies::embedded().unwrap().looks(), nothing);
    assert_eq!(of("resource.objection || resource.restricted"), nothing);
    assert_eq!(
        of("principal has person && principal.person == resource.id && resource.objection"),
        nothing
    );
    assert_eq!(
        of("principal has person && resource.id == principal.person"),
        nothing
    );
    assert_eq!(of(r#"resource.id == "somebody""#), id);
    assert_eq!(of(r#"resource["id"] like "0193*""#), id);
    assert_eq!(of(r#"resource == Person::"somebody""#), id);
    assert_eq!(of(r#"resource["i\u{64}"] == "somebody""#), id);
    assert_eq!(of("resource. // of anybody\nid == \"somebody\""), id);

    let known_to = Looks {
        known_to: true,
        ..Looks::default()
    };
    assert_eq!(
        of("resource.knownTo.contains(principal.organisation)"),
        nothing
    );
    assert_eq!(of(r#"resource.knownTo.contains("RBD")"#), known_to);
    assert_eq!(
        of("resource.knownTo.containsAny(principal.teams)"),
        known_to
    );
    assert_eq!(
        of("resource.knownTo.contains(principal.locality)"),
        known_to
    );
    assert_eq!(
        of(
            "resource.knownTo.contains(principal.organisation) && resource.knownTo == principal.teams"
        ),
        known_to
    );

    let place = Looks {
        place: true,
        ..Looks::default()
    };
    assert_eq!(of(r#"principal.locality == "north-poole""#), nothing);
    assert_eq!(of("principal.locality == resource.locality"), place);
    assert_eq!(of(r#"resource.council == "E06000058""#), place);
    assert_eq!(
        of(r#"(if resource.objection then resource else resource).council == "E06000058""#),
        place
    );
}
