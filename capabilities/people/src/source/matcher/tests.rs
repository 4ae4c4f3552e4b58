use stour_kernel::Code;
use stour_linkage::Rule;

use super::Step;
use crate::review::RULES;

#[test]
fn every_step_reads_back_as_itself() {
    for step in Step::ALL {
        assert_eq!(step.as_str().parse(), Ok(step));
        assert!(!step.words().is_empty());
    }
}

#[test]
fn every_rule_that_holds_a_link_has_words_in_the_list() {
    for rule in Rule::ALL {
        let code: Code = rule.as_str().parse().unwrap();
        let words = crate::words::code(&[RULES], &code);
        assert_ne!(words, rule.as_str());
    }
}
