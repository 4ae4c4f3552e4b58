use stour_kernel::Code;
use stour_partnership::reference;

use super::*;

#[test]
fn every_code_of_the_definition_is_in_its_list() {
    let definition = still_at_home().unwrap();
    let has = |list: &str, code: &str| {
        let code: Code = code.parse().unwrap();
        let list = reference().unwrap().code_list(list).unwrap();
        list.label(&code).is_some()
    };
    for (list, codes) in [
        ("service-component", &definition.reablement),
        ("service-component", &definition.care_homes),
        ("service-type", &definition.elsewhere),
        ("reablement-outcome", &definition.outcomes_died),
        ("reablement-outcome", &definition.outcomes_care_home),
        ("reablement-outcome", &definition.outcomes_moved_away),
        ("discharge-destination", &definition.destinations_unknown),
        ("discharge-method", &definition.discharge_methods_died),
    ] {
        for code in codes {
            assert!(has(list, code), "{code} is not in {list}");
        }
    }
}
