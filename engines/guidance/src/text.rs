//! Words with a little structure: paragraphs, lists, links and places for answers.

/// What a text is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list of points.
    List(Vec<Vec<Inline>>),
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain words.
    Words(String),
    /// A link.
    Link {
        /// What it says.
        words: String,
        /// Where it leads: a path of this site, `https://…` or `tel:…`.
        to: String,
    },
    /// A place for an answer or a value, by its name.
    Answer(String),
}

/// Words with a little structure. Paragraphs are parted by blank lines; a line that begins with `- ` is a
/// point of a list; `[words](/where)` is a link; `{name}` is what was answered, or a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LightText(pub Vec<Block>);

impl LightText {
    /// Reads a text.
    ///
    /// # Errors
    /// A link or a place for an answer that does not end, or that leads where no link may.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut blocks = Vec::new();
        let mut paragraph = String::new();
        let mut points: Vec<Vec<Inline>> = Vec::new();
        let mut end = |paragraph: &mut String, points: &mut Vec<Vec<Inline>>| {
            if !paragraph.is_empty() {
                blocks.push(Block::Paragraph(inline(paragraph)?));
                paragraph.clear();
            }
            if !points.is_empty() {
                blocks.push(Block::List(std::mem::take(points)));
            }
            Ok::<_, String>(())
        };
        for line in text.lines().map(str::trim) {
            if let Some(point) = line.strip_prefix("- ") {
                if !paragraph.is_empty() {
                    end(&mut paragraph, &mut points)?;
                }
                points.push(inline(point)?);
            } else if line.is_empty() {
                end(&mut paragraph, &mut points)?;
            } else {
                if !points.is_empty() {
                    end(&mut paragraph, &mut points)?;
                }
                if !paragraph.is_empty() {
                    paragraph.push(' ');
                }
                paragraph.push_str(line);
            }
        }
        end(&mut paragraph, &mut points)?;
        Ok(Self(blocks))
    }

    /// Every part of it, in order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Inline> {
        self.0.iter().flat_map(|block| match block {
            Block::Paragraph(parts) => parts.iter().collect::<Vec<_>>(),
            Block::List(points) => points.iter().flatten().collect(),
        })
    }

    /// The names of what it has places for.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts().filter_map(|part| match part {
            Inline::Answer(name) => Some(name.as_str()),
            _ => None,
        })
    }

    /// The text with the places filled.
    pub(crate) fn filled(&self, say: &dyn Fn(&str) -> String) -> Self {
        let line = |parts: &Vec<Inline>| parts.iter().map(|part| fill(part, say)).collect();
        let blocks = self.0.iter().map(|block| match block {
            Block::Paragraph(parts) => Block::Paragraph(line(parts)),
            Block::List(points) => Block::List(points.iter().map(line).collect()),
        });
        Self(blocks.collect())
    }

    /// The words alone, for a program or a reader of plain text.
    pub fn plain(&self) -> String {
        let line = |parts: &[Inline]| {
            let words = parts.iter().map(|part| match part {
                Inline::Words(words) | Inline::Link { words, .. } => words.as_str(),
                Inline::Answer(name) => name.as_str(),
            });
            words.collect::<String>()
        };
        let blocks = self.0.iter().map(|block| match block {
            Block::Paragraph(parts) => line(parts),
            Block::List(points) => {
                let points: Vec<_> = points.iter().map(|point| line(point)).collect();
                points.join(".\n")
            }
        });
        blocks.collect::<Vec<_>>().join("\n")
    }
}

fn fill(part: &Inline, say: &dyn Fn(&str) -> String) -> Inline {
    match part {
        Inline::Answer(name) => Inline::Words(say(name)),
        other => other.clone(),
    }
}

/// A path of this site (not `//host`), `https://…` or `tel:` with digits.
pub(crate) fn may_lead_to(address: &str) -> bool {
    let plain = |text: &str| {
        text.chars()
            .all(|one| one.is_ascii_graphic() && !"\"'<>\\`".contains(one))
    };
    if let Some(number) = address.strip_prefix("tel:") {
        return !number.is_empty() && number.chars().all(|one| one.is_ascii_digit() || one == '+');
    }
    let ours = address.starts_with('/') && !address.starts_with("//");
    let theirs = address
        .strip_prefix("https://")
        .is_some_and(|rest| rest.contains('.') && !rest.starts_with(['.', '/']));
    plain(address) && (ours || theirs)
}

fn inline(line: &str) -> Result<Vec<Inline>, String> {
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['[', '{']) {
        let (before, from) = rest.split_at(at);
        if !before.is_empty() {
            parts.push(Inline::Words(before.to_owned()));
        }
        let after = if let Some(name) = from.strip_prefix('{') {
            let (name, after) = name
                .split_once('}')
                .ok_or("a place for an answer begins with { and does not end: close it with }")?;
            parts.push(Inline::Answer(name.trim().to_owned()));
            after
        } else {
            let rest = from.get(1..).unwrap_or_default();
            let (words, after) = rest
                .split_once("](")
                .ok_or("a link is written [words](/where)")?;
            let (to, after) = after
                .split_once(')')
                .ok_or("a link is written [words](/where)")?;
            if words.trim().is_empty() || !may_lead_to(to) {
                return Err(format!(
                    "a link has words and leads to a page of this site (/…), to https://… or to tel:…, not to {to:?}"
                ));
            }
            parts.push(Inline::Link {
                words: words.to_owned(),
                to: to.to_owned(),
            });
            after
        };
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Inline::Words(rest.to_owned()));
    }
    Ok(parts)
}
