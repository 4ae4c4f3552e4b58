//! Whoever runs a command: the operating system's user, by whose name the audit knows it.

use std::process::Command;

use stour_access::Purpose;
use stour_access::audit::AuditEntry;

/// The operating system's name for whoever runs this process.
pub fn name() -> String {
    let said = Command::new("id")
        .arg("-un")
        .output()
        .ok()
        .filter(|output| output.status.success());
    let said = said
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .map(|name| name.trim().to_owned());
    let name = said
        .filter(|name| !name.is_empty())
        .or_else(|| std::env::var("USER").ok());
    name.unwrap_or_else(|| "unknown".to_owned())
}

/// An audit entry for what is done from the command line.
pub fn entry(action: &str) -> AuditEntry {
    AuditEntry::by_nobody(
        format!("{} (command line)", name()),
        action,
        Purpose::System,
    )
}
