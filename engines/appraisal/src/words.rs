//! Numbers and arithmetic as people read them.

/// A number with at most nine digits after the point and commas between thousands.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.9}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let (sign, text) = text
        .strip_prefix('-')
        .map_or(("", text), |rest| ("−", rest));
    let (whole, rest) = text.split_once('.').map_or((text, ""), |parts| parts);
    let mut out = String::from(sign);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !rest.is_empty() {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// A proportion as a percentage: `0.155` is `15.5%`.
pub(crate) fn percent(proportion: f64) -> String {
    format!("{}%", number(proportion * 100.0))
}

/// Names in a sentence: `a, b or c`; a dash for none.
pub(crate) fn any_of(names: &[&str]) -> String {
    match names {
        [] => "–".to_owned(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}
