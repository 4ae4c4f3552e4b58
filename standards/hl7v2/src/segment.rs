//! Segments and what they are made of, read on demand from the message's text.

use crate::{
    escape::unescape,
    message::{Message, Span},
    ts::Ts,
    value::{TimeValue, Value},
};
use crate::{issue::Issue, path::Path};

/// One segment of a message.
#[derive(Debug, Clone, Copy)]
pub struct Segment<'m> {
    message: &'m Message,
    position: usize,
    span: Span,
}

impl<'m> Segment<'m> {
    pub(crate) fn new(message: &'m Message, position: usize, span: Span) -> Self {
        Self {
            message,
            position,
            span,
        }
    }

    /// The message it is part of.
    pub fn message(&self) -> &'m Message {
        self.message
    }

    /// Its place among all segments, from 1.
    pub fn position(&self) -> usize {
        self.position
    }

    /// Its place among the segments of its name, from 1.
    pub fn occurrence(&self) -> usize {
        let earlier = self
            .message
            .segments()
            .take(self.position.saturating_sub(1));
        earlier
            .filter(|segment| segment.name() == self.name())
            .count()
            + 1
    }

    /// Its name; for a line that isn't a segment, whatever stands before the first separator.
    pub fn name(&self) -> &'m str {
        let first = self.message.field_starts(self.span).first();
        let end = first.map_or(self.span.end, |start| start.saturating_sub(1));
        self.message.slice(self.span.start, end)
    }

    /// Its text, without the carriage return.
    pub fn raw(&self) -> &'m str {
        self.message.slice(self.span.start, self.span.end)
    }

    /// How many fields it has, by HL7's numbering.
    pub fn len(&self) -> usize {
        self.message.field_starts(self.span).len() + usize::from(self.is_header())
    }

    /// Whether it has no fields.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A field, from 1. MSH-1 is the field separator and MSH-2 the other encoding characters. A
    /// field that isn't there is empty, since HL7 makes no difference between the two.
    pub fn field(&self, number: usize) -> Field<'m> {
        let header = self.is_header();
        let starts = self.message.field_starts(self.span);
        let position = number.checked_sub(1 + usize::from(header));
        let text = match position.and_then(|position| starts.get(position)) {
            Some(start) => {
                let next = starts.get(number - usize::from(header));
                let end = next.map_or(self.span.end, |next| next.saturating_sub(1));
                self.message.slice(*start, end)
            }
            None if header && number == 1 => starts
                .first()
                .map_or("", |start| self.message.slice(start - 1, *start)),
            None => "",
        };
        Field(Part {
            text,
            message: self.message,
            literal: header && number <= 2,
        })
    }

    /// All fields in order, from 1.
    pub fn fields(&self) -> impl Iterator<Item = Field<'m>> + use<'m> {
        let segment = *self;
        (1..=self.len()).map(move |number| segment.field(number))
    }

    /// What a date or time field says.
    pub fn time(&self, number: usize) -> TimeValue {
        match self.field(number).value() {
            Value::Absent => TimeValue::Absent,
            Value::Delete => TimeValue::Delete,
            Value::Text(text) => match text.parse::<Ts>() {
                Ok(ts) => TimeValue::Known(ts),
                Err(error) => TimeValue::Unreadable(Issue::Time {
                    path: self.path(number),
                    error,
                }),
            },
        }
    }

    /// The path of one of its fields.
    pub fn path(&self, field: usize) -> Path {
        let name = self.name().as_bytes().try_into().unwrap_or(*b"???");
        Path {
            name,
            occurrence: self.occurrence(),
            field,
            repeat: 1,
            component: 1,
            subcomponent: 1,
        }
    }

    fn is_header(&self) -> bool {
        matches!(self.name(), "MSH" | "FHS" | "BHS")
            && !self.message.field_starts(self.span).is_empty()
    }
}

/// Any piece of text between separators.
#[derive(Debug, Clone, Copy)]
struct Part<'m> {
    text: &'m str,
    message: &'m Message,
    /// MSH-1 and MSH-2 are made of separators and separate nothing.
    literal: bool,
}

impl<'m> Part<'m> {
    fn pieces(self, separator: Option<u8>) -> Pieces<'m> {
        let separator = if self.literal {
            None
        } else {
            separator.map(char::from)
        };
        Pieces {
            rest: (!self.text.is_empty()).then_some(self.text),
            separator,
            whole: self,
        }
    }

    fn piece(self, separator: Option<u8>, number: usize) -> Self {
        let piece = match number.checked_sub(1) {
            Some(position) => self.pieces(separator).nth(position),
            None => None,
        };
        piece.unwrap_or(Self { text: "", ..self })
    }

    fn value(self) -> Value<'m> {
        match self.text {
            "" => Value::Absent,
            text if self.literal => Value::Text(text.into()),
            "\"\"" => Value::Delete,
            text => Value::Text(unescape(
                text,
                self.message.encoding(),
                self.message.charset(),
            )),
        }
    }
}

/// The pieces of a part; none if it is empty.
struct Pieces<'m> {
    rest: Option<&'m str>,
    separator: Option<char>,
    whole: Part<'m>,
}

impl<'m> Iterator for Pieces<'m> {
    type Item = Part<'m>;

    fn next(&mut self) -> Option<Part<'m>> {
        let rest = self.rest?;
        let split = self
            .separator
            .and_then(|separator| rest.split_once(separator));
        let text = if let Some((text, after)) = split {
            self.rest = Some(after);
            text
        } else {
            self.rest = None;
            rest
        };
        Some(Part { text, ..self.whole })
    }
}

macro_rules! part {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<'m>(Part<'m>);

        impl<'m> $name<'m> {
            /// Its text as it stands in the message, separators and escape sequences included.
            pub fn raw(&self) -> &'m str {
                self.0.text
            }

            /// Whether nothing stands here.
            pub fn is_absent(&self) -> bool {
                self.0.text.is_empty()
            }

            /// Whether the whole of it is `""`: delete what you have.
            pub fn is_delete(&self) -> bool {
                self.0.value().is_delete()
            }
        }
    };
}

part! {
    /// One field of a segment.
    Field
}
part! {
    /// One repeat of a field.
    Repeat
}
part! {
    /// One component of a repeat.
    Component
}
part! {
    /// One subcomponent of a component.
    Subcomponent
}

impl<'m> Field<'m> {
    /// Its repeats in order; none if the field is empty.
    pub fn repeats(&self) -> impl Iterator<Item = Repeat<'m>> + use<'m> {
        self.0
            .pieces(self.0.message.encoding().repetition)
            .map(Repeat)
    }

    /// One repeat, from 1.
    pub fn repeat(&self, number: usize) -> Repeat<'m> {
        Repeat(self.0.piece(self.0.message.encoding().repetition, number))
    }

    /// One component of the first repeat, from 1.
    pub fn component(&self, number: usize) -> Component<'m> {
        self.repeat(1).component(number)
    }

    /// The value of its first subcomponent, which is the field itself if it isn't divided.
    pub fn value(&self) -> Value<'m> {
        self.repeat(1).value()
    }
}

impl<'m> Repeat<'m> {
    /// Its components in order; none if it is empty.
    pub fn components(&self) -> impl Iterator<Item = Component<'m>> + use<'m> {
        self.0
            .pieces(Some(self.0.message.encoding().component))
            .map(Component)
    }

    /// One component, from 1.
    pub fn component(&self, number: usize) -> Component<'m> {
        Component(
            self.0
                .piece(Some(self.0.message.encoding().component), number),
        )
    }

    /// The value of its first subcomponent.
    pub fn value(&self) -> Value<'m> {
        self.component(1).value()
    }
}

impl<'m> Component<'m> {
    /// Its subcomponents in order; none if it is empty.
    pub fn subcomponents(&self) -> impl Iterator<Item = Subcomponent<'m>> + use<'m> {
        self.0
            .pieces(self.0.message.encoding().subcomponent)
            .map(Subcomponent)
    }

    /// One subcomponent, from 1.
    pub fn subcomponent(&self, number: usize) -> Subcomponent<'m> {
        Subcomponent(self.0.piece(self.0.message.encoding().subcomponent, number))
    }

    /// The value of its first subcomponent.
    pub fn value(&self) -> Value<'m> {
        self.subcomponent(1).value()
    }
}

impl<'m> Subcomponent<'m> {
    /// Its value.
    pub fn value(&self) -> Value<'m> {
        self.0.value()
    }
}
