//! Our colours can be told apart by whoever reads them: WCAG 2.2 AA, 4.5 to 1 for text and 3 to 1 for edges.

use std::collections::BTreeMap;

fn tokens() -> BTreeMap<&'static str, [f64; 3]> {
    let line = |line: &'static str| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": #");
    let channel = |hex: &str, at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
    let text = include_str!("../../styles/_tokens.scss");
    text.lines().filter_map(line).map(|(name, hex)| (name, [0, 2, 4].map(|at| channel(hex, at)))).collect()
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_text_and_every_edge_stands_out() {
    let tokens = tokens();
    let colours = ["brand", "red", "amber", "green", "blue", "purple"];
    let mut pairs: Vec<(String, String, f64)> = Vec::new();
    for ground in [
        "paper",
        "wash",
        "grey-wash",
        "brand-wash",
        "red-wash",
        "amber-wash",
        "green-wash",
        "blue-wash",
        "purple-wash",
        "focus",
    ] {
        pairs.push(("ink".into(), ground.into(), 4.5));
        if ground != "focus" {
            pairs.push(("ink-soft".into(), ground.into(), 4.5));
            pairs.push(("link".into(), ground.into(), 4.5));
        }
    }
    for colour in colours {
        let wash = format!("{colour}-wash");
        pairs.push((format!("{colour}-dark"), wash.clone(), 4.5));
        pairs.push((format!("{colour}-dark"), "paper".into(), 4.5));
        pairs.push((colour.into(), "paper".into(), if colour == "amber" { 3.0 } else { 4.5 }));
        pairs.push((colour.into(), wash, 3.0));
    }
    pairs.push(("edge".into(), "paper".into(), 3.0));
    for (text, ground, least) in pairs {
        let found = contrast(tokens[text.as_str()], tokens[ground.as_str()]);
        assert!(found >= least, "{text} on {ground}: {found:.2}, not {least}");
    }
}

#[test]
fn the_design_system_has_the_same_colours() {
    let settings = include_str!("../../styles/_govuk.scss");
    for (name, token) in [
        ("brand", "brand"),
        ("text", "ink"),
        ("secondary-text", "ink-soft"),
        ("focus", "focus"),
        ("error", "red"),
        ("success", "green"),
        ("border", "line"),
        ("input-border", "edge"),
        ("link", "link"),
        ("link-hover", "link-hover"),
    ] {
        let value = |text: &'static str, start: String| text.split(start.as_str()).nth(1).unwrap()[..6].to_string();
        let tokens = include_str!("../../styles/_tokens.scss");
        assert_eq!(value(settings, format!("\"{name}\": #")), value(tokens, format!("--{token}: #")), "{name}");
    }
}
