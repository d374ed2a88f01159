use casebook::{case_file::read, known::known};
use engine::evaluate::{Evaluator, Options};
use engine::time::Moment;
fn main() {
    let library = testkit::library();
    let v = &library.vocabulary;
    let ev = Evaluator::new(v, &library.rulebooks);
    let want = std::env::args().nth(1);
    let at = std::env::args().nth(2);
    for f in testkit::example_files() {
        if want.as_ref().is_some_and(|w| !f.path.starts_with(w.as_str())) { continue; }
        let file = read(&f, v, None).case.unwrap();
        let (case, _) = known(&file, v, &library.rulebooks, None);
        let now = at.as_ref().map_or(case.entries.last().unwrap().occurred.plus_minutes(60), |a| Moment::parse(a).unwrap());
        println!("== {} at {}", f.path, v.calendar.words(now));
        let o = Options::at(now);
        for d in ev.evaluate(&case, &o) {
            println!("  {:<12} {:<40} #{} {:<11} {:<28} due {} done {}", ev.book(d.book).id, ev.rule(&d).id, d.n, d.state.word(), d.owner.and_then(|o| v.word(o)).unwrap_or("-"), d.due.map_or("-".into(), |m| v.calendar.words(m)), d.done.map_or("-".into(), |m| v.calendar.words(m.0)));
        }
    }
}
