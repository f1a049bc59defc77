//! A JSON object whose names are unique, at every depth.
//!
//! A name given twice is how a notice says one thing to whoever checks it and another to whoever acts on
//! it, so such an object is not read at all.

use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// The fields of the outermost object.
#[derive(Debug)]
pub(super) struct UniqueObject(pub(super) HashMap<String, Field>);

/// A field's value, as far as anyone asks.
#[derive(Debug)]
pub(super) enum Field {
    Text(String),
    /// As it is written, unless it has a fraction or an exponent: then as its value is.
    Number(String),
    /// True, false, null, a list or an object.
    Other,
}

impl Field {
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            Self::Other => None,
        }
    }
}

impl<'de> Deserialize<'de> for UniqueObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = UniqueObject;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<UniqueObject, A::Error> {
        let mut fields = HashMap::new();
        while let Some((name, field)) = entries.next_entry::<String, Field>()? {
            if fields.insert(name, field).is_some() {
                return Err(A::Error::custom("a name is given twice"));
            }
        }
        Ok(UniqueObject(fields))
    }
}

struct FieldVisitor;

impl<'de> Visitor<'de> for FieldVisitor {
    type Value = Field;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Field, E> {
        Ok(Field::Text(text.to_owned()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Field, E> {
        Ok(Field::Number(number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Field, E> {
        Ok(Field::Number(number.to_string()))
    }

    // The reader of JSON hands over fractions in no other way; nothing is computed with it.
    fn visit_f64<E: Error>(self, number: f64) -> Result<Field, E> {
        let number = serde_json::Number::from_f64(number);
        Ok(number.map_or(Field::Other, |number| Field::Number(number.to_string())))
    }

    fn visit_bool<E: Error>(self, _value: bool) -> Result<Field, E> {
        Ok(Field::Other)
    }

    fn visit_unit<E: Error>(self) -> Result<Field, E> {
        Ok(Field::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Field, A::Error> {
        while items.next_element::<Field>()?.is_some() {}
        Ok(Field::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Field, A::Error> {
        let mut names = HashSet::new();
        while let Some((name, _)) = entries.next_entry::<String, Field>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("a name is given twice"));
            }
        }
        Ok(Field::Other)
    }
}
