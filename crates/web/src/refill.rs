//! What was typed, put back into the form of a drawn page: for forms whose handlers have no page of their own to say what is wrong. The pages
//! are ours, so that their tags are known: attributes in double quotes, nothing escaped but by the templates.

/// A page with what was typed in its form that is sent to an address; none where it has no such form.
pub fn refill(html: &str, action: &str, pairs: &[(String, String)]) -> Option<String> {
    let (start, end) = form_of(html, action, pairs)?;
    let mut filled = String::with_capacity(html.len() + 1024);
    filled.push_str(&html[..start]);
    Filling { pairs, taken: Vec::new(), select: None }.fill(&html[start..end], &mut filled);
    filled.push_str(&html[end..]);
    Some(filled)
}

/// Hidden fields that differ from page to page without making it another form.
const OF_THE_PAGE: [&str; 3] = ["csrf", "key", "version"];

/// Where the form stands that is sent to this address: the one whose hidden fields are those that were sent, where there are several.
fn form_of(html: &str, action: &str, pairs: &[(String, String)]) -> Option<(usize, usize)> {
    let path = |address: &str| address.split('?').next().unwrap_or_default().to_owned();
    let mut forms = Vec::new();
    let mut from = 0;
    while let Some(start) = html[from..].find("<form").map(|at| at + from) {
        let end = html[start..].find("</form>").map_or(html.len(), |at| at + start);
        from = end.max(start + 5);
        let goes = tags(&html[start..end]).any(|(_, tag)| {
            ["action", "formaction"].iter().filter_map(|name| attribute(tag, name)).any(|to| path(&to) == path(action))
        });
        if goes {
            forms.push((start, end));
        }
    }
    let fits = |(start, end): &(usize, usize)| {
        tags(&html[*start..*end]).filter(|(_, tag)| tag.starts_with("<input")).all(|(_, tag)| {
            let hidden = attribute(tag, "type").is_some_and(|kind| kind == "hidden");
            let (name, value) =
                (attribute(tag, "name").unwrap_or_default(), attribute(tag, "value").unwrap_or_default());
            !hidden
                || OF_THE_PAGE.contains(&name.as_str())
                || pairs.iter().filter(|(own, _)| *own == name).all(|(_, typed)| *typed == value)
        })
    };
    forms.into_iter().find(fits)
}

/// The tags of a text, each with where it begins.
fn tags(html: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = html[from..].find('<')? + from;
        let end = close_of(html, start);
        from = end;
        Some((start, &html[start..end]))
    })
}

/// Behind the end of a tag; a `>` within quotes does not end it.
fn close_of(html: &str, start: usize) -> usize {
    let mut quoted = false;
    for (at, letter) in html[start..].char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '>' if !quoted => return start + at + 1,
            _ => {}
        }
    }
    html.len()
}

/// The value of an attribute, as it is meant; none where the tag does not have it.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[start..start + tag[start..].find('"')?];
    Some(meant(value))
}

/// A text of a page without what the templates escape.
fn meant(text: &str) -> String {
    let escapes = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
    ];
    let plain = escapes.iter().fold(text.to_owned(), |text, (escape, letter)| text.replace(escape, letter));
    plain.replace("&#38;", "&").replace("&amp;", "&")
}

/// A text as a page holds it.
fn escaped(text: &str) -> String {
    let escapes = [('&', "&#38;"), ('<', "&#60;"), ('>', "&#62;"), ('"', "&#34;"), ('\'', "&#39;")];
    text.chars().fold(String::with_capacity(text.len()), |mut page, letter| {
        match escapes.iter().find(|(own, _)| *own == letter) {
            Some((_, escape)) => page.push_str(escape),
            None => page.push(letter),
        }
        page
    })
}

/// A tag without an attribute: one with a value, or one that stands alone.
fn without(tag: &str, name: &str) -> String {
    let start = tag.find(&format!(" {name}=\""));
    if let Some(start) = start
        && let Some(length) = tag[start + name.len() + 3..].find('"')
    {
        return format!("{}{}", &tag[..start], &tag[start + name.len() + 3 + length + 1..]);
    }
    [format!(" {name} "), format!(" {name}>")].iter().fold(tag.to_owned(), |tag, alone| {
        let last = alone.chars().last().unwrap_or('>');
        tag.replace(alone.as_str(), &last.to_string())
    })
}

/// A tag with more behind its other attributes.
fn with(tag: &str, more: &str) -> String {
    let end = tag.strip_suffix('>').unwrap_or(tag);
    format!("{} {more}>", end.trim_end_matches('/').trim_end())
}

/// A form that is being filled.
struct Filling<'p> {
    pairs: &'p [(String, String)],
    /// Which of the pairs stand in a field already.
    taken: Vec<usize>,
    /// The name of the list whose answers are being read.
    select: Option<String>,
}

impl Filling<'_> {
    fn fill(&mut self, form: &str, filled: &mut String) {
        let mut from = 0;
        while let Some(start) = form[from..].find('<').map(|at| at + from) {
            let end = close_of(form, start);
            filled.push_str(&form[from..start]);
            let tag = &form[start..end];
            from = end;
            match tag.split([' ', '>']).next().unwrap_or_default() {
                "<input" => filled.push_str(&self.input(tag)),
                "<select" => {
                    self.select = attribute(tag, "name");
                    filled.push_str(tag);
                }
                "</select" => {
                    self.select = None;
                    filled.push_str(tag);
                }
                "<option" => filled.push_str(&self.option(tag)),
                "<textarea" => {
                    filled.push_str(tag);
                    let typed = attribute(tag, "name").and_then(|name| self.next(&name));
                    if let (Some(typed), Some(length)) = (typed, form[end..].find("</textarea")) {
                        filled.push_str(&escaped(&typed));
                        from = end + length;
                    }
                }
                _ => filled.push_str(tag),
            }
        }
        filled.push_str(&form[from..]);
    }

    /// What was typed in the next field of a name.
    fn next(&mut self, name: &str) -> Option<String> {
        let all = self.pairs.iter().enumerate();
        let (place, (_, value)) = all.into_iter().find(|(n, (own, _))| own == name && !self.taken.contains(n))?;
        self.taken.push(place);
        Some(value.clone())
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.pairs.iter().any(|(own, typed)| own == name && typed == value)
    }

    fn input(&mut self, tag: &str) -> String {
        let Some(name) = attribute(tag, "name") else { return tag.to_owned() };
        match attribute(tag, "type").as_deref() {
            Some("hidden" | "submit" | "button" | "file" | "password") => tag.to_owned(),
            Some("checkbox" | "radio") => {
                let bare = without(tag, "checked");
                let value = attribute(tag, "value").unwrap_or_else(|| "on".into());
                if self.has(&name, &value) { with(&bare, "checked") } else { bare }
            }
            _ => match self.next(&name) {
                Some(typed) => with(&without(tag, "value"), &format!("value=\"{}\"", escaped(&typed))),
                None => tag.to_owned(),
            },
        }
    }

    fn option(&self, tag: &str) -> String {
        let (Some(name), Some(value)) = (&self.select, attribute(tag, "value")) else { return tag.to_owned() };
        if !self.pairs.iter().any(|(own, _)| own == name) {
            return tag.to_owned();
        }
        let bare = without(tag, "selected");
        if self.has(name, &value) { with(&bare, "selected") } else { bare }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<p>a &#62; b</p><form method="post" action="/x?a=1&#38;b=2"><input type="hidden" name="id" value="7"><input name="why" value="old" id="why"></form>
<form method="post" action="/x"><input type="hidden" name="csrf" value="t"><input type="hidden" name="id" value="8"><input class="c" name="why" value="a &#62; b"><input name="day" value=""><input name="day">
<textarea name="text" id="t">
old</textarea><input type="radio" name="r" value="one" checked><input type="radio" name="r" value="two"><select name="s"><option value="1" selected>1</option><option value="2">2</option></select><input type="checkbox" name="c" value="yes" checked></form>"#;

    fn typed(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_string(), (*value).to_string())).collect()
    }

    #[test]
    fn what_was_typed_stands_in_its_form_again() {
        let pairs = typed(&[
            ("id", "8"),
            ("why", "\"She\" & <he>"),
            ("day", "1"),
            ("day", "2"),
            ("text", "two\nlines"),
            ("r", "two"),
            ("s", "2"),
        ]);
        let page = refill(PAGE, "/x", &pairs).unwrap_or_default();
        assert!(page.starts_with(&PAGE[..PAGE.find("\n<form").unwrap_or_default()]), "the other form is as it was");
        for part in [
            r#"<input class="c" name="why" value="&#34;She&#34; &#38; &#60;he&#62;">"#,
            r#"<input name="day" value="1"><input name="day" value="2">"#,
            "id=\"t\">two\nlines</textarea>",
            r#"value="one"><input type="radio" name="r" value="two" checked>"#,
            r#"<option value="1">1</option><option value="2" selected>"#,
            r#"<input type="checkbox" name="c" value="yes"></form>"#,
            r#"name="csrf" value="t""#,
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
    }

    #[test]
    fn a_page_without_that_form_is_none() {
        assert_eq!(refill(PAGE, "/y", &typed(&[("why", "b")])), None);
        assert_eq!(refill(PAGE, "/x", &typed(&[("id", "9")])), None, "of another thing in the list");
    }
}
