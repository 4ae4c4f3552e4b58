//! Descriptions with markup, made into plain text whose paragraphs and lists can still be seen.

use scraper::{Html, Node};

/// More markup than this, in characters, is not looked at.
pub(super) const LONGEST: usize = 50_000;
/// How many times a text may have been escaped over.
const LAYERS: usize = 4;

/// Whether a text has something in it that a browser would take for markup, or an escaped character.
pub(super) fn has_markup(text: &str) -> bool {
    has_tag(text) || has_entity(text)
}

fn has_tag(text: &str) -> bool {
    text.match_indices('<').any(|(place, _)| {
        let next = text.get(place + 1..).and_then(|rest| rest.chars().next());
        next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'))
    })
}

fn has_entity(text: &str) -> bool {
    text.match_indices('&').any(|(place, _)| {
        let rest = text.get(place + 1..).unwrap_or_default();
        let name: String = rest
            .chars()
            .take(32)
            .take_while(|next| *next != ';')
            .collect();
        let letters = name.strip_prefix('#').unwrap_or(&name);
        !letters.is_empty()
            && rest.chars().nth(name.chars().count()) == Some(';')
            && letters.chars().all(|next| next.is_ascii_alphanumeric())
    })
}

/// The words of a text with markup. Nothing in them is markup.
pub(super) fn to_plain(text: &str) -> String {
    let mut plain = text.to_owned();
    for _ in 0..LAYERS {
        if !has_markup(&plain) {
            return plain;
        }
        plain = words(&plain);
    }
    // What is still escaped after so many layers is nothing that anybody wrote to be read.
    plain.replace(['<', '&'], " ")
}

/// One layer of markup taken off.
fn words(text: &str) -> String {
    let document = Html::parse_fragment(text);
    let mut out = Words::default();
    let root = document.tree.root();
    let mut node = root.first_child();
    while let Some(here) = node {
        let enter = out.open(here.value());
        if enter && let Some(child) = here.first_child() {
            node = Some(child);
            continue;
        }
        out.close(here.value());
        let mut above = here;
        node = loop {
            if let Some(next) = above.next_sibling() {
                break Some(next);
            }
            let Some(parent) = above.parent().filter(|parent| parent.id() != root.id()) else {
                break None;
            };
            out.close(parent.value());
            above = parent;
        };
    }
    out.text.trim().to_owned()
}

/// The words so far.
#[derive(Default)]
struct Words {
    text: String,
    /// For each list that is open: the number of its last item, where its items are numbered.
    lists: Vec<Option<usize>>,
    /// Where the words of each open link begin.
    links: Vec<usize>,
}

impl Words {
    /// Begins an element or gives the words of a text; false where what is inside is not to be read.
    fn open(&mut self, node: &Node) -> bool {
        match node {
            Node::Text(text) => {
                self.words(text);
                false
            }
            Node::Element(element) => {
                match element.name() {
                    "script" | "style" | "head" | "title" | "template" | "iframe" | "object"
                    | "svg" | "noscript" | "textarea" | "select" => return false,
                    "br" | "hr" | "tr" | "dt" | "dd" => self.line(),
                    "ul" => self.begin_list(None),
                    "ol" => self.begin_list(Some(0)),
                    "li" => self.item(),
                    "a" => self.links.push(self.text.len()),
                    "td" | "th" => self.words(" "),
                    name if is_block(name) => self.paragraph(),
                    _ => {}
                }
                true
            }
            Node::Fragment | Node::Document => true,
            _ => false,
        }
    }

    fn close(&mut self, node: &Node) {
        let Node::Element(element) = node else { return };
        match element.name() {
            "ul" | "ol" => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.paragraph();
                }
            }
            "a" => self.link(element.attr("href").unwrap_or_default()),
            name if is_block(name) => self.paragraph(),
            _ => {}
        }
    }

    /// Words with the space between them made one.
    fn words(&mut self, words: &str) {
        for character in words.chars() {
            if !character.is_whitespace() {
                self.text.push(character);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    fn line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn paragraph(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }

    fn begin_list(&mut self, number: Option<usize>) {
        if self.lists.is_empty() {
            self.paragraph();
        }
        self.lists.push(number);
    }

    fn item(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                let mark = format!("{number}. ");
                self.text.push_str(&mark);
            }
            _ => self.text.push_str("- "),
        }
    }

    /// Where a link leads, unless its words say so.
    fn link(&mut self, to: &str) {
        let Some(begin) = self.links.pop() else {
            return;
        };
        let said = self.text.get(begin..).unwrap_or_default();
        let is_web = to.starts_with("http://") || to.starts_with("https://");
        let bare = to.trim_end_matches('/').split("//").nth(1).unwrap_or(to);
        if is_web && !said.contains(bare) && !to.contains(char::is_whitespace) {
            self.text.truncate(self.text.trim_end_matches(' ').len());
            self.text.push_str(" (");
            self.text.push_str(to);
            self.text.push(')');
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "blockquote"
            | "table"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "address"
            | "pre"
            | "dl"
            | "figure"
            | "main"
            | "aside"
            | "nav"
            | "form"
            | "fieldset"
    )
}

#[cfg(test)]
mod tests {
    use super::{has_markup, to_plain};
    use crate::reading::words::tidied;

    #[test]
    fn paragraphs_and_lists_can_still_be_seen() {
        for (was, is) in [
            ("<p>One.</p><p>Two &amp; three.</p>", "One.\n\nTwo & three."),
            ("Hello<br>there<br/>you", "Hello\nthere\nyou"),
            (
                "<p>We do:</p><ul><li>this</li><li><b>that</b></li></ul>After",
                "We do:\n\n- this\n- that\n\nAfter",
            ),
            ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
            (
                "<div>x<script>alert(1)</script><style>p{}</style></div>y",
                "x\n\ny",
            ),
            ("&lt;p&gt;twice&lt;/p&gt;", "twice"),
            (
                "<a href=\"https://example.org/a\">Read</a> or <a href='javascript:x()'>not</a>",
                "Read (https://example.org/a) or not",
            ),
            (
                "<a href=\"https://example.org/\">example.org</a>",
                "example.org",
            ),
            ("<p>unclosed <b>bold", "unclosed bold"),
            ("5 &lt; 6 &pound;2", "5 < 6 £2"),
        ] {
            assert_eq!(tidied(&to_plain(was)), is, "{was}");
        }
        assert!(!has_markup("fish & chips; 3 < 4 > 2"));
    }

    #[test]
    fn markup_however_deep_is_taken_off() {
        let deep = "<div>".repeat(9_000) + "in" + &"</div>".repeat(9_000);
        assert_eq!(to_plain(&deep), "in");
        let mut escaped = "<p>x</p>".to_owned();
        for _ in 0..9 {
            escaped = escaped.replace('&', "&amp;").replace('<', "&lt;");
        }
        assert!(!has_markup(&to_plain(&escaped)));
    }
}
