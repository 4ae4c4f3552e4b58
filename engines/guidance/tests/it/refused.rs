//! What cannot be right is refused with its line.

use stour_guidance::Flow;

use crate::{flow, outcome};

const ONE: &str = r#"[[question]]
id = "first"
type = "choice"
ask = "One?"
then = "end"
option = [{ id = "a", label = "A" }, { id = "b", label = "B" }]
"#;

fn told(rest: &str) -> String {
    match Flow::read(&flow(rest)) {
        Ok(_) => panic!("taken: {rest}"),
        Err(mistakes) => mistakes.to_string(),
    }
}

/// The first question with a part of it changed, before one outcome.
fn changed(before: &str, after: &str) -> String {
    assert!(ONE.contains(before), "{before}");
    told(&format!("{}{}", ONE.replace(before, after), outcome("end")))
}

#[test]
fn a_small_flow_is_taken() {
    Flow::read(&flow(&format!("{ONE}{}", outcome("end")))).unwrap();
}

#[test]
fn questions_that_lead_nowhere_or_back_are_refused() {
    assert!(changed("then = \"end\"\n", "").contains("line 16: an answer may lead nowhere"));
    assert!(
        changed("then = \"end\"", "then = \"nowhere\"")
            .contains("no question and no outcome \"nowhere\"")
    );
    assert!(changed("then = \"end\"", "then = \"first\"").contains("a flow never goes back"));
    let two = ONE
        .replace("\"first\"", "\"two\"")
        .replace("then = \"end\"", "then = \"first\"");
    let back = told(&format!(
        "{}{two}{}",
        ONE.replace("then = \"end\"", "then = \"two\""),
        outcome("end")
    ));
    assert!(
        back.contains("\"two\" leads to \"first\", which does not come after it"),
        "{back}"
    );
    // Every option leads somewhere, but the question may be passed over.
    let options = "option = [{ id = \"a\", label = \"A\", to = \"end\" }, { id = \"b\", label = \"B\", to = \"end\" }]";
    let covered = ONE.replace("then = \"end\"\n", "").replace(
        "option = [{ id = \"a\", label = \"A\" }, { id = \"b\", label = \"B\" }]",
        options,
    );
    Flow::read(&flow(&format!("{covered}{}", outcome("end")))).unwrap();
    let passed = covered.replace("ask = ", "required = false\nask = ");
    assert!(told(&format!("{passed}{}", outcome("end"))).contains("may lead nowhere"));
}

#[test]
fn what_nothing_leads_to_is_refused() {
    assert!(
        told(&format!("{ONE}{}{}", outcome("end"), outcome("lost")))
            .contains("nothing leads to the outcome \"lost\"")
    );
    let lost = ONE.replace("\"first\"", "\"lost\"");
    assert!(
        told(&format!("{ONE}{lost}{}", outcome("end")))
            .contains("nothing leads to the question \"lost\"")
    );
}

#[test]
fn conditions_ask_only_of_what_came_before() {
    let two = ONE.replace("\"first\"", "\"two\"");
    let text = format!(
        "{}[[question.route]]\nwhen = \"two is a\"\nto = \"end\"\n{two}{}",
        ONE.replace("then = \"end\"", "then = \"two\""),
        outcome("end")
    );
    assert!(told(&text).contains("asks of \"two\", which is never answered before it"));
    let text = format!(
        "{}{}",
        ONE.replace("label = \"A\"", "label = \"A\", show_if = \"first is b\""),
        outcome("end")
    );
    assert!(told(&text).contains("never answered before it"));
}

#[test]
fn outcomes_leave_nobody_with_nothing_to_do() {
    let bare = "\n[[outcome]]\nid = \"end\"\ntitle = \"End\"\nbody = \"Done.\"\n";
    assert!(told(&format!("{ONE}{bare}")).contains("nobody should be left with nothing to do"));
    let some =
        format!("{bare}[[outcome.next]]\nlabel = \"Ask\"\nask = true\nwhen = \"first is a\"\n");
    assert!(told(&format!("{ONE}{some}")).contains("nobody should be left with nothing to do"));
    let two = format!("{bare}[[outcome.next]]\nlabel = \"Ask\"\nask = true\npage = \"/x\"\n");
    assert!(told(&format!("{ONE}{two}")).contains("a next step has one of"));
    for (way, says) in [
        ("page = \"x\"", "begins with /"),
        ("page = \"//elsewhere\"", "begins with /"),
        ("link = \"http://example.org\"", "begins with https://"),
        ("link = \"javascript:alert(1)\"", "begins with https://"),
        ("call = \"ring me\"", "digits and spaces"),
        ("flow = \"No Flow\"", "no id"),
    ] {
        let text = format!("{ONE}{bare}[[outcome.next]]\nlabel = \"Go\"\n{way}\n");
        assert!(told(&text).contains(says), "{way}: {}", told(&text));
    }
}

#[test]
fn an_urgent_answer_leads_to_whom_to_call_and_nowhere_else() {
    let to = ONE.replace("label = \"A\"", "label = \"A\", urgent = \"end\"");
    assert!(
        told(&format!("{to}{}", outcome("end")))
            .contains("an urgent answer leads to an urgent outcome")
    );
    let urgent = outcome("end").replace("body =", "urgent = true\nbody =");
    assert!(told(&format!("{to}{urgent}")).contains("begins with whom to call"));
    let called = urgent.replace("ask = true", "call = \"999\"");
    Flow::read(&flow(&format!("{to}{called}"))).unwrap();
    let sometimes = called.replace("call = ", "when = \"first is a\"\ncall = ");
    assert!(told(&format!("{to}{sometimes}")).contains("begins with whom to call"));
    let question = ONE.replace("label = \"A\"", "label = \"A\", urgent = \"first\"");
    assert!(told(&format!("{question}{}", outcome("end"))).contains("urgent outcome"));
}

#[test]
fn shapes_and_names_are_checked() {
    assert!(changed("id = \"first\"", "id = \"One\"").contains("is no id"));
    assert!(changed("id = \"first\"", "id = \"count\"").contains("word of conditions"));
    assert!(changed("id = \"first\"", "id = \"end\"").contains("ids are unique"));
    assert!(changed("\"choice\"", "\"radio\"").contains("is no type of question"));
    assert!(changed("\"choice\"", "\"text\"").contains("has no options"));
    assert!(changed("\"choice\"", "\"yes-no\"").contains("only the options yes and no"));
    assert!(changed(", { id = \"b\", label = \"B\" }", "").contains("2 to 40 options"));
    assert!(
        changed("id = \"b\", label = \"B\"", "id = \"a\", label = \"B\"")
            .contains("another option")
    );
    assert!(changed("id = \"b\", label = \"B\"", "id = \"b\"").contains("no label"));
    assert!(changed("label = \"B\"", "label = \"B\", alone = true").contains("stand alone"));
    assert!(changed("ask = \"One?\"", "ask = \" \"").contains("it is empty"));
    assert!(changed("ask = \"One?\"", "ask = \"O\\u200bne?\"").contains("cannot be seen"));
    assert!(changed("ask = \"One?\"", "asks = \"One?\"").contains("unknown field"));
    assert!(
        changed("ask = \"One?\"", "ask = \"One?\"\nbody = \"See {two}\"")
            .contains("{two} names no question")
    );
    assert!(
        changed("ask = \"One?\"", "ask = \"One?\"\nbody = \"See {first}\"")
            .contains("never answered before")
    );
    assert!(
        changed(
            "ask = \"One?\"",
            "ask = \"One?\"\nbody = \"[x](javascript:alert)\""
        )
        .contains("a link has words")
    );
    assert!(
        changed("ask = \"One?\"", "ask = \"One?\"\nbody = \"[x](/y\"")
            .contains("a link is written")
    );
    assert!(changed("ask = \"One?\"", "ask = \"One?\"\nleast = 3").contains("no least and most"));
    let options: Vec<String> = (0..13)
        .map(|number| format!("{{ id = \"o{number}\", label = \"O\" }}"))
        .collect();
    let options = options.join(", ");
    let many = ONE.replace("choice", "several").replace(
        "option = [{ id = \"a\", label = \"A\" }, { id = \"b\", label = \"B\" }]",
        &format!("option = [{options}]"),
    );
    assert!(told(&format!("{many}{}", outcome("end"))).contains("every set of them is tried"));
    let all = ONE
        .replace("label = \"A\"", "label = \"A\", show_if = \"first is a\"")
        .replace("label = \"B\"", "label = \"B\", show_if = \"first is a\"");
    assert!(told(&format!("{all}{}", outcome("end"))).contains("shown to some only"));
}

#[test]
fn bounds_are_checked() {
    let number = |bounds: &str, of: &str| {
        let text = format!(
            "[[question]]\nid = \"first\"\ntype = \"{of}\"\nask = \"One?\"\nthen = \"end\"\n{bounds}\n{}",
            outcome("end")
        );
        Flow::read(&flow(&text)).map_err(|mistakes| mistakes.to_string())
    };
    number("least = 1\nmost = 3", "number").unwrap();
    number("least = \"£1\"\nmost = \"£3.50\"", "money").unwrap();
    number("least = \"2026-01-01\"", "date").unwrap();
    number("most = 2000", "text").unwrap();
    assert!(
        number("least = 4\nmost = 3", "number")
            .unwrap_err()
            .contains("the least is more than the most")
    );
    assert!(
        number("least = \"4\"", "age")
            .unwrap_err()
            .contains("without quotes")
    );
    assert!(
        number("least = 4", "money")
            .unwrap_err()
            .contains("an amount in quotes")
    );
    assert!(
        number("least = \"tomorrow\"", "date")
            .unwrap_err()
            .contains("a date in quotes")
    );
    assert!(
        number("most = 2001", "text")
            .unwrap_err()
            .contains("1 to 2000 characters")
    );
    assert!(
        number("least = 1", "postcode")
            .unwrap_err()
            .contains("no least and most")
    );
}

#[test]
fn a_flow_says_where_it_comes_from_and_how_long_answers_are_kept() {
    let text = flow(&format!("{ONE}{}", outcome("end")));
    let refused = |before: &str, after: &str| {
        assert!(text.contains(before));
        Flow::read(&text.replace(before, after))
            .unwrap_err()
            .to_string()
    };
    assert!(refused("keep_days = 1", "keep_days = 0").contains("1 to 366 days"));
    assert!(
        refused("keep_days = 1", "sensitive = true\nkeep_days = 2")
            .contains("a sensitive flow for 1 day")
    );
    assert!(
        refused(
            "[[source]]\nwhat = \"None\"\ngives = \"nothing\"\nstatus = \"unverified\"\n",
            ""
        )
        .contains("names no source")
    );
    assert!(refused("\"2027-01-01\"", "\"soon\"").contains("line 8"));
    assert!(
        Flow::read("")
            .unwrap_err()
            .to_string()
            .contains("missing field")
    );
    assert!(
        Flow::read(&"#".repeat(300 * 1024))
            .unwrap_err()
            .to_string()
            .contains("at most 262144 bytes")
    );
}
