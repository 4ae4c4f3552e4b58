//! Elements of XML with what FHIR keeps of them: the name, the attribute `value`, and what stands inside. Text between
//! elements is narrative for people and is left out.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use thiserror::Error;

/// The largest message, in bytes. The largest published example, with a document in it, has 124,000.
pub const LARGEST: usize = 16 * 1024 * 1024;
/// How deep elements may stand.
pub const DEEPEST: usize = 64;
/// How many elements there may be.
pub const MOST: usize = 200_000;

/// Why bytes are no XML that is read here.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoXml {
    /// Too large.
    #[error("the message has more than {LARGEST} bytes")]
    TooLarge,
    /// Not in UTF-8.
    #[error("the message is not text in UTF-8")]
    NotText,
    /// It declares a document type, where entities could be defined.
    #[error("the message has a document type declaration, which no FHIR message has")]
    DocumentType,
    /// Elements in elements without end.
    #[error("elements stand more than {DEEPEST} deep")]
    TooDeep,
    /// More elements than any message has.
    #[error("there are more than {MOST} elements")]
    TooMany,
    /// It ends before everything that was opened is closed, or there is nothing.
    #[error("the message ends before it is whole")]
    Truncated,
    /// Not well-formed, at a byte.
    #[error("the XML is not well-formed at byte {at}: {why}")]
    Malformed {
        /// Where, from 0.
        at: u64,
        /// In the words of the parser.
        why: String,
    },
}

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) value: Option<String>,
    pub(crate) children: Vec<Node>,
}

impl Node {
    /// Those inside with a name.
    pub(crate) fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.children.iter().filter(move |node| node.name == name)
    }

    /// The first at the end of a path of names.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| {
            node.children.iter().find(|child| child.name == *name)
        })
    }

    /// The value at the end of a path of names, unless it is empty.
    pub(crate) fn value_at(&self, path: &[&str]) -> Option<&str> {
        let value = self.at(path)?.value.as_deref().map(str::trim);
        value.filter(|value| !value.is_empty())
    }

    /// All inside with a name, however deep.
    pub(crate) fn within<'n>(&'n self, name: &str, found: &mut Vec<&'n Node>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.within(name, found);
        }
    }
}

/// The outermost element.
///
/// # Errors
/// [`NoXml`].
pub(crate) fn parse(bytes: &[u8]) -> Result<Node, NoXml> {
    if bytes.len() > LARGEST {
        return Err(NoXml::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| NoXml::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::from_str(text);
    let (mut open, mut count): (Vec<Node>, usize) = (Vec::new(), 0);
    loop {
        let at = reader.buffer_position();
        let malformed = |why: String| NoXml::Malformed { at, why };
        let event = reader
            .read_event()
            .map_err(|error| malformed(error.to_string()))?;
        let closed = match event {
            Event::Start(start) => {
                count = counted(count, open.len())?;
                open.push(element(&start).map_err(malformed)?);
                None
            }
            Event::Empty(start) => {
                count = counted(count, open.len())?;
                Some(element(&start).map_err(malformed)?)
            }
            Event::End(_) => open.pop(),
            Event::DocType(_) => return Err(NoXml::DocumentType),
            Event::Eof => return Err(NoXml::Truncated),
            _ => None,
        };
        if let Some(node) = closed {
            match open.last_mut() {
                Some(parent) => parent.children.push(node),
                // What follows the outermost element is no part of the message.
                None => return Ok(node),
            }
        }
    }
}

const fn counted(count: usize, depth: usize) -> Result<usize, NoXml> {
    if depth >= DEEPEST {
        return Err(NoXml::TooDeep);
    }
    if count >= MOST {
        return Err(NoXml::TooMany);
    }
    Ok(count.saturating_add(1))
}

fn element(start: &BytesStart<'_>) -> Result<Node, String> {
    let mut node = Node {
        name: start.local_name().as_ref().to_owned(),
        ..Node::default()
    };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if attribute.key.as_ref() == "value" {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            node.value = Some(value.map_err(|error| error.to_string())?.into_owned());
        }
    }
    Ok(node)
}
