//! What a search asks, as its address says it.

use stour_open_referral::Uuid;
use stour_search::{Facet, Order};
use stour_web::words::segment;

/// The parameters by which a facet is chosen.
const FACETS: [(&str, Facet); 9] = [
    ("kind", Facet::Kind),
    ("way", Facet::Way),
    ("category", Facet::Term),
    ("organisation", Facet::Organisation),
    ("for", Facet::Eligibility),
    ("cost", Facet::Cost),
    ("language", Facet::Language),
    ("council", Facet::Council),
    ("access", Facet::Access),
];

/// The most listings on somebody's list: more would make the address too long to be sent.
pub(crate) const MOST_LISTED: usize = 20;

/// The listings of a list, as an address writes them.
fn joined(list: &[Uuid]) -> String {
    let ids: Vec<String> = list.iter().map(ToString::to_string).collect();
    ids.join("_")
}

fn listed(text: &str) -> Vec<Uuid> {
    let mut list: Vec<Uuid> = Vec::new();
    for id in text.split('_').filter_map(|id| id.parse().ok()) {
        if !list.contains(&id) && list.len() < MOST_LISTED {
            list.push(id);
        }
    }
    list
}

/// The most characters of one value, and the most values of facets.
const LONGEST: usize = 800;
const MOST_CHOSEN: usize = 40;

/// What a search asks. Values are as they were typed, cut where nobody types so much.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Asked {
    pub(crate) words: String,
    pub(crate) postcode: String,
    pub(crate) miles: String,
    pub(crate) age: String,
    /// `now`, or a day, 0 for Monday.
    pub(crate) open: String,
    pub(crate) chosen: Vec<(Facet, String)>,
    pub(crate) sort: String,
    /// The listings that somebody has put on their own list: it is kept nowhere else.
    pub(crate) list: Vec<Uuid>,
    /// Only what comes to people's homes, is online or by telephone.
    pub(crate) is_elsewhere: bool,
    /// From 1.
    pub(crate) page: usize,
}

impl Asked {
    /// Reads the parameters of an address; those that are not known are passed over.
    pub(crate) fn of(parameters: &[(String, String)]) -> Self {
        let mut asked = Self {
            page: 1,
            ..Self::default()
        };
        for (name, value) in parameters {
            let value: String = value.trim().chars().take(LONGEST).collect();
            match name.as_str() {
                "q" => asked.words = value,
                "postcode" => asked.postcode = value,
                "miles" => asked.miles = value,
                "age" => asked.age = value,
                "open" => asked.open = value,
                "sort" => asked.sort = value,
                "list" => asked.list = listed(&value),
                "elsewhere" => asked.is_elsewhere = value == "yes",
                "page" => asked.page = value.parse().unwrap_or(1).clamp(1, 10_000),
                name => {
                    let facet = FACETS.iter().find(|(known, _)| *known == name);
                    if let Some((_, facet)) = facet
                        && !value.is_empty()
                        && asked.chosen.len() < MOST_CHOSEN
                    {
                        asked.chosen.push((*facet, value));
                    }
                }
            }
        }
        asked
    }

    /// Whether nothing was asked yet.
    pub(crate) fn is_empty(&self) -> bool {
        let same_page = Self {
            page: 1,
            list: self.list.clone(),
            ..Self::default()
        };
        *self == same_page
    }

    /// Whether it goes on with a search rather than beginning one.
    pub(crate) fn goes_on(&self) -> bool {
        let begun = Self {
            words: self.words.clone(),
            postcode: self.postcode.clone(),
            miles: self.miles.clone(),
            age: self.age.clone(),
            open: self.open.clone(),
            page: 1,
            ..Self::default()
        };
        *self != begun
    }

    /// The name of the parameter of a facet.
    pub(crate) fn parameter(facet: Facet) -> &'static str {
        let found = FACETS.iter().find(|(_, known)| *known == facet);
        found.map_or("open", |(name, _)| name)
    }

    pub(crate) fn order(&self) -> Option<Order> {
        match self.sort.as_str() {
            "nearest" => Some(Order::Nearest),
            "best" => Some(Order::Best),
            "name" => Some(Order::Name),
            _ => None,
        }
    }

    /// Where this search is.
    pub(crate) fn address(&self) -> String {
        let mut parameters: Vec<(&str, &str)> = vec![
            ("q", &self.words),
            ("postcode", &self.postcode),
            ("miles", &self.miles),
            ("age", &self.age),
            ("open", &self.open),
            ("sort", &self.sort),
        ];
        let list = joined(&self.list);
        let chosen = self.chosen.iter();
        parameters.extend(chosen.map(|(facet, value)| (Self::parameter(*facet), value.as_str())));
        parameters.push(("list", &list));
        if self.is_elsewhere {
            parameters.push(("elsewhere", "yes"));
        }
        let page = self.page.to_string();
        if self.page > 1 {
            parameters.push(("page", &page));
        }
        let parameters: Vec<String> = parameters
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", segment(value)))
            .collect();
        if parameters.is_empty() {
            "/find".to_owned()
        } else {
            format!("/find?{}", parameters.join("&"))
        }
    }

    /// What follows the path in the address of this search, for pages that lead back to it.
    pub(crate) fn suffix(&self) -> String {
        let address = self.address();
        address.strip_prefix("/find").unwrap_or_default().to_owned()
    }

    /// The same search with a listing put on the list, or taken off it.
    pub(crate) fn listing(&self, id: Uuid) -> Self {
        let mut asked = self.clone();
        if asked.list.contains(&id) {
            asked.list.retain(|known| *known != id);
        } else if asked.list.len() < MOST_LISTED {
            asked.list.push(id);
        }
        asked
    }

    /// The same search, changed, from its first page.
    pub(crate) fn but(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut asked = Self {
            page: 1,
            ..self.clone()
        };
        change(&mut asked);
        asked
    }

    /// The same search without a value of a facet.
    pub(crate) fn without(&self, facet: Facet, value: &str) -> Self {
        self.but(|asked| {
            asked
                .chosen
                .retain(|(known, chosen)| !(*known == facet && chosen == value));
        })
    }
}

#[cfg(test)]
mod tests {
    use stour_search::Facet;

    use super::Asked;

    #[test]
    fn an_address_says_what_is_asked() {
        let pairs = [
            ("q", "lunch & company"),
            ("postcode", "bh8 9rn"),
            ("cost", "free"),
            ("access", "step-free"),
            ("access", "parking"),
            ("page", "3"),
            ("utm", "x"),
        ];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let asked = Asked::of(&pairs);
        assert_eq!(
            asked.address(),
            "/find?q=lunch%20%26%20company&postcode=bh8%209rn&cost=free&access=step-free&access=parking&page=3"
        );
        let without = asked.without(Facet::Access, "parking");
        assert!(!without.address().contains("parking"));
        assert_eq!(without.page, 1);
        assert!(Asked::of(&[]).is_empty());
        let long = [("q".to_owned(), "x".repeat(10_000))];
        assert_eq!(Asked::of(&long).words.len(), 800);
    }
}
