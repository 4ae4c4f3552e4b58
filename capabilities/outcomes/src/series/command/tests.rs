use super::*;

#[test]
fn the_help_says_that_the_system_never_starts_afresh_by_itself() {
    let [rebase, annotate] = commands();
    let help = |command: Command| (command.define)().render_long_help().to_string();
    assert!(help(rebase).contains("the system never does it by itself"));
    assert!(help(annotate).contains("It changes no limit"));
}
