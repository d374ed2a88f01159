use engine::rulebook::load_library;
use engine::source::SourceFile;
#[test]
fn probe() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/check/vocabulary");
    let mut vocab = vec![];
    for f in std::fs::read_dir(dir).unwrap() {
        let p = f.unwrap().path();
        vocab.push(SourceFile::new(
            format!("vocabulary/{}", p.file_name().unwrap().to_str().unwrap()),
            std::fs::read_to_string(p).unwrap(),
        ));
    }
    let title = "id=\"a\"\nedition=\"1\"\ntitle=\"t\"\narea=\"a\"\nin_force_from=\"2020-01-01\"\n";
    for text in [
        "[[duty]\nid=1",
        "[[duty]]\nid = x",
        "[[duty]]\nid = \"x",
        "[[duty]]\nid = \"x\"\naction=\"b\"",
        "[[duty]]\nid = \"x\"\nid = \"y\"",
        "[[duties]]\nid=\"x\"",
        "[[duty]]\nid=5",
        "[duty]\nid=\"a\"",
        "[[duty]]\nid=\"x\"\nwhen_=\"y\"\naction=\"s\"",
        "[[duty]]\nid=\"x\"\naction=\"s\"\nsays=\"\"\nowner=5",
        "[[duty]]\nid=\"x\"\naction=\"s\"\nsays=\"\"\nowner=\"carer\"\narises={on=\"x\", during=\"y\"}\n",
        "[[duty]]\nid=\"x\"\naction=\"s\"\nsays=\"\"\nowner=\"carer\"\narises={on=\"x\"}\ndue={within=72}",
        "[[duty]]\ncite=\"X\"",
        "[[duty]]\n\"",
        "[[duty]]\nid=\"a\\qb\"",
        "a = 1 b = 2",
        "[[duty]]\nid = 2020-01-01",
        "[[table]]\nid=\"x\"\nsays=\"\"\noutput=\"role\"\nrows=[\n{when=\"a\", then=\"b\"\n]\n",
        "[[duty]]\nid='x'\nrecipients=[{role=5}]",
        "[[duty]]\narises = { on = \"x\",\n lasted = \"24h\n }",
        "[[duty]]\nid = \u{201c}x\u{201d}",
        "[[duty]]\narises=\"x\"",
        "[[duty]]\nonce = yes",
        "[[duty]]\nid = true",
    ] {
        let mut files = vocab.clone();
        files.push(SourceFile::new("a/1/rulebook.toml", title));
        files.push(SourceFile::new("a/1/x.toml", text));
        let (_, p) = load_library(&files);
        for p in p {
            println!("{text:?}\n   {p}");
        }
    }
}
