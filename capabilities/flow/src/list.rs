//! Codes of the lists of the reference data, as forms offer and check them.

use stour_design::SelectItem;
use stour_kernel::{Code, Date};
use stour_partnership::Reference;
use stour_web::Problem;

use crate::error::reference;

/// Whether a list has a code on a day.
pub(crate) fn has(reference: &Reference, list: &str, code: &str, on: Date) -> bool {
    let list = reference.code_list(list);
    let code = code.parse::<Code>().ok();
    list.zip(code)
        .is_some_and(|(list, code)| list.list.entry_at(&code, on).is_some())
}

/// The codes of a list on a day with their words, in its order.
pub(crate) fn choices(list: &str, on: Date) -> Result<Vec<(&'static Code, &'static str)>, Problem> {
    let list = reference()?
        .code_list(list)
        .ok_or_else(Problem::not_found)?;
    Ok(list.choices(on))
}

/// Them to select one of, after what stands where none is selected.
pub(crate) fn options(list: &str, none: &str, on: Date) -> Result<Vec<SelectItem>, Problem> {
    let mut items = vec![SelectItem::from(("", none))];
    let all = choices(list, on)?.into_iter();
    items.extend(all.map(|(code, label)| SelectItem::from((code.as_str(), label))));
    Ok(items)
}
