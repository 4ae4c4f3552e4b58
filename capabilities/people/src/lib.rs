//! People: one record for each person, who they are, who cares for them, and what happened to them.
