//! How an entity of the standard is declared: once, for writing strictly and for reading leniently.

/// Declares an entity: fields that must be there, fields that may be, one other entity, lists of others, and
/// what the publisher added. It is written in the shape of the schema, what is empty left out.
macro_rules! entity {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            required { $($(#[$required_meta:meta])* $required:ident: $required_type:ty,)* }
            optional { $($(#[$optional_meta:meta])* $optional:ident: $optional_type:ty,)* }
            one { $($(#[$one_meta:meta])* $one:ident: $one_type:ty,)* }
            many { $($(#[$many_meta:meta])* $many:ident: $many_type:ty,)* }
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        pub struct $name {
            $($(#[$required_meta])* pub $required: $required_type,)*
            $(
                $(#[$optional_meta])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $optional: Option<$optional_type>,
            )*
            $(
                $(#[$one_meta])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $one: Option<Box<$one_type>>,
            )*
            $(
                $(#[$many_meta])*
                #[serde(default, skip_serializing_if = "Vec::is_empty")]
                pub $many: Vec<$many_type>,
            )*
            /// Fields beyond the profile.
            #[serde(flatten)]
            pub extra: $crate::value::Extra,
        }

        impl $crate::reading::Lenient for $name {
            fn lenient(
                value: ::serde_json::Value,
                context: &mut $crate::reading::Context<'_>,
            ) -> Option<Self> {
                let mut fields = context.object(value, stringify!($name))?;
                <Self as $crate::reading::Prepare>::prepare(&mut fields, context);
                context.enter(&fields);
                let mut read = (|| {
                    Some(Self {
                        $($required: context.required(&mut fields, stringify!($required))?,)*
                        $($optional: context.optional(&mut fields, stringify!($optional)),)*
                        $($one: context.optional(&mut fields, stringify!($one)).map(Box::new),)*
                        $($many: context.many(&mut fields, stringify!($many)),)*
                        extra: $crate::reading::Context::extra(fields),
                    })
                })();
                context.leave();
                if let Some(read) = &mut read {
                    <Self as $crate::reading::Prepare>::settle(read);
                }
                read
            }
        }

        impl $name {
            /// One with what must be there, and nothing else.
            pub fn new($($required: $required_type),*) -> Self {
                Self {
                    $($required,)*
                    $($optional: None,)*
                    $($one: None,)*
                    $($many: Vec::new(),)*
                    extra: $crate::value::Extra::default(),
                }
            }
        }
    };
}
pub(crate) use entity;
