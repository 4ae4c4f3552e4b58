//! How many places a day has, and how many of them are taken.

/// How many places a day of a service in a locality has, and how many are taken: everybody's, whoever may be seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// How many there are; none where nobody has said.
    pub places: Option<i64>,
    /// Held now.
    pub held: i64,
    /// Booked for somebody who has not come yet.
    pub booked: i64,
    /// Of people who have come.
    pub started: i64,
}

/// Whether more was promised than there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// No.
    No,
    /// More bookings than places: by so many.
    Booked(i64),
    /// Places enough for the bookings, and not for all that is held besides: by so many.
    Held(i64),
}

impl Count {
    /// Bookings, whether the person has come or not.
    pub fn firm(self) -> i64 {
        self.booked + self.started
    }

    /// Whatever takes a place.
    pub fn taken(self) -> i64 {
        self.firm() + self.held
    }

    /// How many can still be held.
    pub fn free(self) -> i64 {
        (self.places.unwrap_or(0) - self.taken()).max(0)
    }

    /// Whether more was promised than there is.
    pub fn over(self) -> Over {
        let places = self.places.unwrap_or(0);
        if self.firm() > places {
            Over::Booked(self.firm() - places)
        } else if self.taken() > places {
            Over::Held(self.taken() - places)
        } else {
            Over::No
        }
    }
}
