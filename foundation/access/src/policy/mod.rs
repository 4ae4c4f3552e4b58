//! The information-sharing policies: Cedar text that a governance lead can read and change, checked strictly before
//! anything is served.

mod decide;
mod looks;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use cedar_policy::{Entities, PolicyId, PolicySet, Schema, ValidationMode, Validator};

pub use decide::Decision;
use decide::Words;
pub(crate) use looks::Looks;

use crate::action::ACTIONS;

const SCHEMA: &str = include_str!("../../../../policies/stour.cedarschema");

/// The policies that are part of the program, used unless a directory is configured.
pub(crate) const EMBEDDED: &[(&str, &str)] = &[
    (
        "safeguards.cedar",
        include_str!("../../../../policies/safeguards.cedar"),
    ),
    (
        "direct-care.cedar",
        include_str!("../../../../policies/direct-care.cedar"),
    ),
    (
        "own-record.cedar",
        include_str!("../../../../policies/own-record.cedar"),
    ),
    (
        "front-door.cedar",
        include_str!("../../../../policies/front-door.cedar"),
    ),
    (
        "wards.cedar",
        include_str!("../../../../policies/wards.cedar"),
    ),
    (
        "onward.cedar",
        include_str!("../../../../policies/onward.cedar"),
    ),
    (
        "records.cedar",
        include_str!("../../../../policies/records.cedar"),
    ),
    (
        "business-cases.cedar",
        include_str!("../../../../policies/business-cases.cedar"),
    ),
    (
        "boards.cedar",
        include_str!("../../../../policies/boards.cedar"),
    ),
    (
        "programmes.cedar",
        include_str!("../../../../policies/programmes.cedar"),
    ),
    (
        "decisions.cedar",
        include_str!("../../../../policies/decisions.cedar"),
    ),
    (
        "information.cedar",
        include_str!("../../../../policies/information.cedar"),
    ),
    (
        "governance.cedar",
        include_str!("../../../../policies/governance.cedar"),
    ),
    (
        "administration.cedar",
        include_str!("../../../../policies/administration.cedar"),
    ),
    (
        "admissions.cedar",
        include_str!("../../../../policies/admissions.cedar"),
    ),
    (
        "escalation.cedar",
        include_str!("../../../../policies/escalation.cedar"),
    ),
];

/// One policy file, as it is in force, for the page that shows the policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDocument {
    /// The file's name.
    pub name: String,
    /// Its whole text.
    pub text: String,
}

/// The policies in force: parsed, validated against the schema, and ready to decide.
#[derive(Debug)]
pub struct Policies {
    documents: Vec<PolicyDocument>,
    schema: Schema,
    set: PolicySet,
    actions: Entities,
    words: Words,
    looks: Looks,
}

/// Why the policies cannot be used. The program does not start on any of these.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The folder or one of its files cannot be read.
    #[error("cannot read the policies at {}: {source}", path.display())]
    Unreadable {
        /// What was read.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder holds no policy.
    #[error("{} holds no .cedar file: copy the folder policies/ there, or remove the setting", path.display())]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// Not Cedar.
    #[error("{file} is not valid Cedar: {detail}")]
    Syntax {
        /// The file.
        file: String,
        /// Cedar's explanation.
        detail: String,
    },
    /// A policy without a name or a sentence.
    #[error(
        "{file}: a policy has no @{annotation}(\"…\") above it: add one, so that decisions can be explained"
    )]
    Unexplained {
        /// The file.
        file: String,
        /// `id` or `why`.
        annotation: &'static str,
    },
    /// Two policies of one name.
    #[error("{file}: the name {id:?} is already used: give each policy a name of its own")]
    Duplicate {
        /// The file.
        file: String,
        /// The name used twice.
        id: String,
    },
    /// A policy that speaks of something the schema does not have, or could fail while deciding.
    #[error("the policies do not fit the schema: {detail}")]
    Invalid {
        /// Every error, one after another.
        detail: String,
    },
    /// The schema and the program's list of actions differ.
    #[error("the schema and the program's actions differ: {}", names.join(", "))]
    Actions {
        /// Actions in one and not in the other.
        names: Vec<String>,
    },
}

impl Policies {
    /// The policies that are part of the program.
    pub fn embedded() -> Result<Policies, PolicyError> {
        let documents = EMBEDDED
            .iter()
            .map(|(name, text)| PolicyDocument {
                name: (*name).to_owned(),
                text: (*text).to_owned(),
            })
            .collect();
        Policies::new(documents)
    }

    /// The policies in a folder: every `*.cedar` file, in order of name. They replace those of the program. The schema
    /// is always the program's, since it says what the program can tell a policy.
    pub fn from_directory(path: &Path) -> Result<Policies, PolicyError> {
        let unreadable = |path: &Path| {
            let path = path.to_owned();
            move |source| PolicyError::Unreadable { path, source }
        };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(path).map_err(unreadable(path))? {
            let file = entry.map_err(unreadable(path))?.path();
            if file
                .extension()
                .is_some_and(|extension| extension == "cedar")
            {
                files.push(file);
            }
        }
        files.sort();
        if files.is_empty() {
            return Err(PolicyError::Empty {
                path: path.to_owned(),
            });
        }
        let mut documents = Vec::new();
        for file in files {
            let name = file
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            documents.push(PolicyDocument {
                name,
                text: std::fs::read_to_string(&file).map_err(unreadable(&file))?,
            });
        }
        Policies::new(documents)
    }

    /// The policies in these texts.
    pub fn new(documents: Vec<PolicyDocument>) -> Result<Policies, PolicyError> {
        let mut set = PolicySet::new();
        for document in &documents {
            add_document(&mut set, document)?;
        }
        let policies = Policies::with_set(set)?;
        Ok(Policies {
            documents,
            ..policies
        })
    }

    /// What they look at of a person. People who are the same in that have the same answer.
    pub(crate) fn looks(&self) -> Looks {
        self.looks
    }

    /// The files in force, for the page that shows them.
    pub fn documents(&self) -> &[PolicyDocument] {
        &self.documents
    }

    /// The names of all policies, in order.
    pub fn names(&self) -> BTreeSet<String> {
        self.set
            .policies()
            .map(|policy| policy.id().to_string())
            .collect()
    }

    pub(crate) fn with_set(set: PolicySet) -> Result<Policies, PolicyError> {
        let schema = schema()?;
        validate(&set, &schema)?;
        let looks = Looks::of(&set);
        let actions = schema.action_entities().map_err(|error| invalid(&error))?;
        let words =
            Words::new().ok_or_else(|| invalid(&"the schema lacks a word the program uses"))?;
        Ok(Policies {
            documents: Vec::new(),
            schema,
            set,
            actions,
            words,
            looks,
        })
    }

    #[cfg(test)]
    pub(crate) fn set(&self) -> &PolicySet {
        &self.set
    }
}

fn invalid(error: &dyn std::fmt::Display) -> PolicyError {
    PolicyError::Invalid {
        detail: error.to_string(),
    }
}

fn schema() -> Result<Schema, PolicyError> {
    let (schema, warnings) =
        Schema::from_cedarschema_str(SCHEMA).map_err(|error| invalid(&error))?;
    let warnings: Vec<String> = warnings.map(|warning| warning.to_string()).collect();
    if !warnings.is_empty() {
        return Err(PolicyError::Invalid {
            detail: warnings.join("; "),
        });
    }
    let groups: BTreeSet<String> = schema
        .action_groups()
        .map(|group| group.id().unescaped().to_owned())
        .collect();
    let declared: BTreeSet<String> = schema
        .actions()
        .map(|action| action.id().unescaped().to_owned())
        .filter(|name| !groups.contains(name))
        .collect();
    let known: BTreeSet<String> = ACTIONS
        .iter()
        .map(|action| action.name.to_owned())
        .collect();
    if declared != known {
        let names = declared.symmetric_difference(&known).cloned().collect();
        return Err(PolicyError::Actions { names });
    }
    Ok(schema)
}

fn add_document(set: &mut PolicySet, document: &PolicyDocument) -> Result<(), PolicyError> {
    let file = &document.name;
    let syntax = |detail: String| PolicyError::Syntax {
        file: file.clone(),
        detail,
    };
    let parsed = PolicySet::from_str(&document.text).map_err(|error| syntax(each(&error)))?;
    if parsed.num_of_templates() > 0 {
        return Err(syntax("templates are not used here".to_owned()));
    }
    for policy in parsed.policies() {
        let id = policy.annotation("id").filter(|id| !id.is_empty());
        let id = id.ok_or(PolicyError::Unexplained {
            file: file.clone(),
            annotation: "id",
        })?;
        if policy.annotation("why").is_none_or(str::is_empty) {
            return Err(PolicyError::Unexplained {
                file: file.clone(),
                annotation: "why",
            });
        }
        let duplicate = |_| PolicyError::Duplicate {
            file: file.clone(),
            id: id.to_owned(),
        };
        set.add(policy.new_id(PolicyId::new(id)))
            .map_err(duplicate)?;
    }
    Ok(())
}

fn each(error: &cedar_policy::ParseErrors) -> String {
    error
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}

fn validate(set: &PolicySet, schema: &Schema) -> Result<(), PolicyError> {
    let result = Validator::new(schema.clone()).validate(set, ValidationMode::Strict);
    let errors = result.validation_errors().map(ToString::to_string);
    let warnings = result.validation_warnings().map(ToString::to_string);
    let detail: Vec<String> = errors.chain(warnings).collect();
    if detail.is_empty() {
        Ok(())
    } else {
        Err(PolicyError::Invalid {
            detail: detail.join("; "),
        })
    }
}
