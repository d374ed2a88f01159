//! Reads a page as a person and a browser do: its words, its links, its forms. The tests of the command line use it as well.

/// The page as its reader sees it: without tags.
pub fn text(page: &str) -> String {
    let body = page.split_once("<main").map_or(page, |(_, rest)| rest);
    let mut text = String::new();
    let mut inside = false;
    for letter in body.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    let text = text.replace("&#39;", "'").replace("&#x27;", "'").replace("&quot;", "\"").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Addresses of links that begin so.
pub fn links(page: &str, start: &str) -> Vec<String> {
    let found = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    found.filter(|href| href.starts_with(start)).map(String::from).collect()
}

/// Hidden fields, lines of text and what is filled in or chosen, of the whole page.
pub fn form(page: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for tag in page.split("<input ").skip(1).filter_map(|rest| rest.split('>').next()) {
        let kind = attribute(tag, "type");
        let chosen = !matches!(kind.as_str(), "radio" | "checkbox") || tag.contains(" checked");
        if chosen && tag.contains("name=\"") {
            pairs.push((attribute(tag, "name"), attribute(tag, "value")));
        }
    }
    for list in page.split("<select ").skip(1).filter_map(|rest| rest.split("</select>").next()) {
        let chosen = list.split("<option ").skip(1).find(|option| option.contains(" selected"));
        pairs.push((attribute(list, "name"), chosen.map(|c| attribute(c, "value")).unwrap_or_default()));
    }
    for area in page.split("<textarea ").skip(1).filter_map(|rest| rest.split("</textarea>").next()) {
        let typed = area.split_once('>').map_or("", |(_, typed)| typed);
        pairs.push((attribute(area, "name"), typed.into()));
    }
    pairs
}

fn attribute(tag: &str, name: &str) -> String {
    let value = tag.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    value.unwrap_or_default().to_string()
}
