//! When listings are to be looked at again, and what to write to whoever keeps them.

use serde::Serialize;
use stour_database::{Error, Transaction, params, sql};
use stour_design::{Markup, WarningCallout, html};
use stour_kernel::Date;
use stour_web::words::{day, segment};

use super::claim::keepers;
use super::settings::settings;
use crate::error::DirectoryError;
use crate::listing::ListingId;

/// A listing that is to be looked at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// The listing.
    pub listing: String,
    /// What it is called.
    pub name: String,
    /// By when.
    pub due: Date,
    /// That day is over.
    pub is_overdue: bool,
    /// Who keeps it: the lead, if anybody does.
    pub keeper: Option<String>,
    /// Where to write to them.
    pub email: Option<String>,
    /// The subject of a reminder.
    pub subject: String,
    /// Its text.
    pub text: String,
}

impl Review {
    /// An address that opens the reminder in a program for e-mail.
    pub fn mailto(&self) -> String {
        let to = self.email.as_deref().map(segment).unwrap_or_default();
        let to = to.replace("%40", "@").replace("%2E", ".");
        format!(
            "mailto:{to}?subject={}&body={}",
            segment(&self.subject),
            segment(&self.text)
        )
    }
}

/// Listings whose review is due by a few days from now, the earliest first, at most 500.
///
/// # Errors
/// Those of the database and of the settings.
pub fn due(tx: &mut Transaction<'_>, today: Date) -> Result<Vec<Review>, DirectoryError> {
    let hours = u64::from(settings()?.remind_before_days) * 24;
    let until = today.checked_add(std::time::Duration::from_hours(hours));
    let until = until.unwrap_or(today);
    let rows: Vec<(ListingId, String, Date, Option<String>)> = tx.rows(
        sql!(
            "SELECT id, name, review_due, organisation_id FROM listing
             WHERE review_due <= $1 AND same_as IS NULL AND withdrawn_at IS NULL AND status = 'active'
             ORDER BY review_due, id LIMIT 500"
        ),
        params![until],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    let reviews: Result<Vec<Review>, Error> = rows
        .into_iter()
        .map(|(id, name, due, organisation)| {
            let organisation = organisation.unwrap_or_else(|| id.to_string());
            let keeper = keepers(tx, &organisation)?.into_iter().next();
            Ok(Review {
                subject: format!("Is your listing “{name}” still right?"),
                text: text(
                    &name,
                    due,
                    today,
                    keeper.as_ref().map(|one| one.claimed_by_name.as_str()),
                    id,
                ),
                listing: id.to_string(),
                is_overdue: due < today,
                email: keeper.as_ref().and_then(|one| one.email.clone()),
                keeper: keeper.map(|one| one.claimed_by_name),
                name,
                due,
            })
        })
        .collect();
    Ok(reviews?)
}

fn text(name: &str, due: Date, today: Date, keeper: Option<&str>, id: ListingId) -> String {
    let hello = keeper.map_or_else(|| "Hello,".to_owned(), |keeper| format!("Hello {keeper},"));
    let when = if due < today {
        format!("was to be looked at by {}", day(due))
    } else {
        format!("is to be looked at by {}", day(due))
    };
    format!(
        "{hello}\n\nYour listing “{name}” in our directory {when}. People rely on it to find help.\n\n\
         Sign in and open /directory/mine/{id}. If everything is right, choose “Still right”. If not, suggest what has changed.\n\n\
         Thank you."
    )
}

/// What the page of a listing says when nobody has said for too long that it is right.
pub fn notice(review_due: Option<Date>, today: Date) -> Markup {
    let overdue = review_due.filter(|due| *due < today);
    html! {
        @if let Some(due) = overdue {
            (WarningCallout::new("Check before you go", html! {
                p { "Nobody has said since " (day(due)) " that this is still right. Telephone or write first." }
            }))
        }
    }
}
