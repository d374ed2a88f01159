//! A message for the next page: `The return was recorded`. It travels in a cookie, so it names no child.

/// A message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flash {
    /// `success`, `warning`, `information`.
    pub kind: &'static str,
    /// A line.
    pub title: String,
    /// A sentence under it; may be empty.
    pub text: String,
}

const KINDS: [&str; 3] = ["success", "warning", "information"];
/// A cookie has room for about this much.
const MOST: usize = 1500;

impl Flash {
    /// Something was done.
    pub fn success(title: impl Into<String>) -> Flash {
        Flash { kind: "success", title: title.into(), text: String::new() }
    }

    /// Something was done, and something should be looked at.
    pub fn warning(title: impl Into<String>) -> Flash {
        Flash { kind: "warning", title: title.into(), text: String::new() }
    }

    /// Something to know.
    pub fn information(title: impl Into<String>) -> Flash {
        Flash { kind: "information", title: title.into(), text: String::new() }
    }

    /// A sentence under the line.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Flash {
        self.text = text.into();
        self
    }

    pub(crate) fn cookie(&self) -> String {
        let short = |text: &str| text.chars().take(MOST / 3).collect::<String>();
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs([(self.kind, &short(&self.title)), ("text", &short(&self.text))])
            .finish()
    }

    pub(crate) fn read(cookie: &str) -> Option<Flash> {
        let mut pairs = form_urlencoded::parse(cookie.as_bytes());
        let (kind, title) = pairs.next()?;
        let kind = KINDS.into_iter().find(|known| *known == kind)?;
        let text = pairs.next().map(|(_, text)| text.into_owned()).unwrap_or_default();
        Some(Flash { kind, title: title.into_owned(), text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_comes_back_as_it_was() {
        let flash = Flash::success("Saved; \"well\" = fine").text("ünder, the line");
        assert!(flash.cookie().bytes().all(|b| b.is_ascii_graphic() && !b";,\"\\".contains(&b)));
        assert_eq!(Flash::read(&flash.cookie()), Some(flash));
        assert_eq!(Flash::read("nonsense=x"), None);
        assert_eq!(Flash::read(""), None);
    }
}
