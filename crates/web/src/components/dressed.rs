//! Further classes and attributes, which any component may be given.

use super::{Attributes, Classes};

/// A component that may be given further classes and attributes.
pub trait Dressed: Sized {
    /// Its classes.
    fn classes_mut(&mut self) -> &mut Classes;
    /// Its attributes.
    fn attributes_mut(&mut self) -> &mut Attributes;

    /// Adds classes, separated by spaces.
    #[must_use]
    fn class(mut self, classes: &str) -> Self {
        self.classes_mut().add(classes);
        self
    }

    /// Adds an attribute.
    #[must_use]
    fn attribute(mut self, name: &str, value: &str) -> Self {
        self.attributes_mut().add(name, value);
        self
    }
}

/// Says that a type is a component: safe in a page as its template writes it, with fields `classes` and `attributes`.
macro_rules! component {
    ($type:ty) => {
        impl askama::filters::HtmlSafe for $type {}

        impl $crate::components::Dressed for $type {
            fn classes_mut(&mut self) -> &mut $crate::components::Classes {
                &mut self.classes
            }

            fn attributes_mut(&mut self) -> &mut $crate::components::Attributes {
                &mut self.attributes
            }
        }
    };
}
pub(crate) use component;
