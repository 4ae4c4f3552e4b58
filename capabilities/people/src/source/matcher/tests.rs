use super::Step;

#[test]
fn every_step_reads_back_as_itself() {
    for step in Step::ALL {
        assert_eq!(step.as_str().parse(), Ok(step));
        assert!(!step.words().is_empty());
    }
}
