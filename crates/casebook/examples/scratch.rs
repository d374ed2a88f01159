use std::time::Instant;
fn main() {
    let t = Instant::now();
    let library = testkit::library();
    println!("load {:?}", t.elapsed());
    let t = Instant::now();
    let (scenarios, problems) = casebook::scenario::read_all(&library);
    println!("read {} scenarios {:?}", scenarios.len(), t.elapsed());
    for p in &problems { println!("{p}"); }
    let t = Instant::now();
    let out = casebook::scenario::run(&library, &scenarios);
    let bad: Vec<_> = out.iter().filter(|o| !o.failures.is_empty()).collect();
    println!("ran {} ({} expectations), {} failed, {:?}", out.len(), out.iter().map(|o| o.expectations).sum::<usize>(), bad.len(), t.elapsed());
    for o in &bad { for f in &o.failures { println!("{} {} {}\n   expected {}\n   found    {}", o.rulebook, o.scenario, f.place, f.expected, f.found); } }
    if std::env::args().nth(1).is_some() {
        for book in &library.rulebooks {
            let t = Instant::now();
            let m = casebook::scenario::mutants(&library.vocabulary, book, &scenarios);
            println!("{}: {} mutants, {} survived, {:?}", book.id, m.len(), m.iter().filter(|m| m.killed_by.is_none()).count(), t.elapsed());
            for m in m.iter().filter(|m| m.killed_by.is_none()) { println!("   {} {}", m.place, m.without); }
        }
    }
}
