use stour_appraisal::{Case, Draws, appraise, sensitivity, simulate};
#[test]
fn it() {
    let text = std::fs::read_to_string("../../docs/appraisal/reablement.toml").unwrap();
    let case = Case::read(&text).unwrap_or_else(|e| panic!("{e}"));
    let a = appraise(&case).unwrap();
    println!("{}", serde_json::to_string_pretty(&a).unwrap());
    let d = Draws {
        count: 20000.try_into().unwrap(),
        seed: 1,
        threads: 2.try_into().unwrap(),
    };
    println!(
        "{}",
        serde_json::to_string_pretty(&simulate(&case, d, &|_| {})).unwrap()
    );
    println!(
        "{}",
        serde_json::to_string_pretty(&sensitivity(&case, true)).unwrap()
    );
}
