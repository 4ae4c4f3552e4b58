//! A series as a file.

use super::Whole;

impl Whole {
    /// The whole series as CSV.
    pub(crate) fn csv(&self) -> String {
        let mut out = String::from(
            "date,published,value,missing,mean,lower_limit,upper_limit,variation,rule,target\r\n",
        );
        for day in &self.judgement.days {
            let judged = &day.judged;
            let number =
                |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
            let cells = [
                judged.at.to_string(),
                number(day.published),
                number(judged.value),
                day.missing.clone().unwrap_or_default(),
                number(judged.mean),
                number(judged.limits.map(|limits| limits.lower)),
                number(judged.limits.map(|limits| limits.upper)),
                judged.kind.map_or("", |kind| kind.words()).to_owned(),
                judged.cause.map_or("", |cause| cause.words()).to_owned(),
                number(judged.target),
            ];
            out.push_str(&cells.map(|cell| quoted(&cell)).join(","));
            out.push_str("\r\n");
        }
        out
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
