//! Coming in and going out: what is exported comes back as it was, what others have comes in, what is wrong is said row by row, and what comes again
//! is not doubled.

use crate::databases::on_both;
use crate::staff::hire;
use crate::world::{RILEY, World, rules};
use actions::coming::{Brought, By, Mapping, Settled, Table, bring, export, read};
use actions::{App, Refused, queries, upkeep};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use testkit::clock::{TestChance, TestClock};

async fn bring_in(app: &App, mapping: &Mapping, files: &[(&str, &[u8])], settled: &Settled, trial: bool) -> Brought {
    let tables: Vec<Table> = files.iter().flat_map(|(name, bytes)| read(name, bytes).unwrap()).collect();
    bring(app, By::Operator, mapping, &tables, settled, trial, &mut |_, _| {}).await.unwrap()
}

fn says(done: &Brought) -> Vec<String> {
    done.faults.iter().map(|f| format!("{} {} {}: {}", f.table, f.row, f.column, f.says)).collect()
}

#[test]
fn what_a_county_exports_asks_the_same_of_everybody_when_it_comes_in() {
    on_both(|database| async move {
        let store = database.open().await;
        let clock = Arc::new(TestClock::at("2026-03-02T12:00+00:00"));
        let app = App::new(store, rules(), clock.clone(), Arc::new(TestChance::of(1)));
        let wanted = county::Wanted {
            seed: 3,
            children: 24,
            under_way: 11,
            years: 2,
            now: app.now(),
            area: "northamptonshire",
            provider: "childrens-home",
        };
        let made = Arc::new(county::county(&wanted, rules().library));
        county::fill(&app, made.clone(), "hash", None, |_| {}).await.unwrap();
        // Somebody called a school as a spreadsheet carries it out: no cell of what is written is carried out.
        let odd = "=HYPERLINK(\"http://192.0.2.1\",\"Oak School\")";
        let school =
            store::Agency { id: "odd".into(), name: odd.into(), kind: "school".into(), ..store::Agency::default() };
        app.store().add_agency(&school).await.unwrap();
        let files = export(&app, &mut |_| {}).await.unwrap();
        for file in &files {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file.text.as_bytes());
            for row in reader.records() {
                let row = row.unwrap();
                let runs = |cell: &&str| cell.starts_with(['=', '@', '\t', '\r']);
                assert_eq!(row.iter().find(runs), None, "{}", file.name);
            }
        }
        // Into an empty database of the same kind.
        let other = database.another().await;
        let second = App::new(other.open().await, rules(), clock, Arc::new(TestChance::of(2)));
        let mapping = Mapping::read("whereabouts").unwrap();
        let files: Vec<(String, Vec<u8>)> =
            files.into_iter().map(|one| (format!("{}.csv", one.name), one.text.into_bytes())).collect();
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let settled: Settled = made.children.iter().map(|child| (child.id.clone(), "new".to_string())).collect();
        let tried = bring_in(&second, &mapping, &files, &settled, true).await;
        assert_eq!((tried.children, says(&tried)), (24, Vec::new()));
        assert!(second.store().children_after("", 5).await.unwrap().is_empty(), "a trial saves nothing");
        let done = bring_in(&second, &mapping, &files, &settled, false).await;
        assert_eq!((done.children, says(&done)), (24, Vec::new()));
        for child in &made.children {
            let duties = async |app: &App| {
                let all = app.store().duties_of_child(&child.id).await.unwrap();
                all.into_iter().map(|d| (d.key.clone(), format!("{d:?}"))).collect::<BTreeMap<_, _>>()
            };
            assert_eq!(duties(&app).await, duties(&second).await, "{}", child.name);
        }
        let brought = second.store().agencies().await.unwrap();
        assert!(brought.iter().any(|agency| agency.name == odd), "and it comes back as it was: {brought:?}");
        let again = bring_in(&second, &mapping, &files, &settled, false).await;
        assert_eq!((again.children, again.others.get("entry"), says(&again)), (0, None, Vec::new()));
        assert_eq!(upkeep::compare_lists(&second).await.unwrap().fault, None);
    });
}

/// Two foster families of one name are two, and the child of one is not shown to the other.
#[test]
fn two_households_of_one_name_stay_two() {
    on_both(|database| async move {
        let world = World::new(database).await;
        let app = &world.app;
        let mapping = Mapping::read("whereabouts").unwrap();
        let agencies = "id,name,kind,area\nh1,The Pryce household,foster_household,northamptonshire\n\
            h2,The Pryce household,foster_household,northamptonshire\np9,Northamptonshire Police,police,northamptonshire\n";
        let homes = "agency,phone_day\nh1,01632 960101\nh2,01632 960102\n";
        let children = "id,name,born,agencies\nc1,Ada Quill,2012-05-02,h1\nc2,Bea Quill,2013-05-02,h2\nc3,Cy Quill,2011-05-02,p9\n";
        let files: [(&str, &[u8]); 3] = [
            ("agencies.csv", agencies.as_bytes()),
            ("homes.csv", homes.as_bytes()),
            ("children.csv", children.as_bytes()),
        ];
        let settled: Settled = ["c1", "c2", "c3"].map(|id| (id.to_string(), "new".to_string())).into();
        let done = bring_in(app, &mapping, &files, &settled, false).await;
        assert_eq!((done.children, says(&done)), (3, Vec::new()));
        let works = async |child: &str| -> Vec<String> {
            app.store().agencies_of_child(child).await.unwrap().into_iter().map(|agency| agency.id).collect()
        };
        assert!(works("c1").await.contains(&"h1".into()) && !works("c1").await.contains(&"h2".into()));
        assert!(works("c2").await.contains(&"h2".into()) && !works("c2").await.contains(&"h1".into()));
        // The police who were here already are those; a third household of that name is asked about, and its child waits.
        let police = app.store().agencies().await.unwrap().into_iter().find(|one| one.kind == "police").unwrap();
        let agencies = format!(
            "id,name,kind,area\nx1,{},police,northamptonshire\nx2,the pryce household,foster_household,northamptonshire\n",
            police.name
        );
        let children = "id,name,born,agencies\nc4,Di Quill,2012-05-03,x1\nc5,Ed Quill,2012-05-04,x2\n";
        let files: [(&str, &[u8]); 2] = [("agencies.csv", agencies.as_bytes()), ("children.csv", children.as_bytes())];
        let settled: Settled = ["c4", "c5"].map(|id| (id.to_string(), "new".to_string())).into();
        let done = bring_in(app, &mapping, &files, &settled, false).await;
        assert!(works("c4").await.contains(&police.id), "{:?}", works("c4").await);
        let said = says(&done);
        assert!(said.iter().any(|one| one.starts_with("agencies 3 name: “the pryce household” is here already: write its id `h1`")), "{said:?}");
        assert!(said.iter().any(|one| one.starts_with("children 3 agencies: ")), "{said:?}");
        assert_eq!((done.children, said.len()), (1, 2), "{said:?}");
    });
}

const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n\
    C0001,M,14/06/2011,WBRI,A801200011001,,\nC0002,2,03/02/2010,BAFR,UN4,0,\n";
const EPISODES: &str = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n\
    C0001,10/05/2025,S,C2,N1,U6,PR1,,,,B1 1BB,B16 8PE,SC012345\nC0002,01/06/2025,S,V2,N1,K2,PR4,20/12/2025,E8,,B1 1BB,B16 8PE,SC012345\n";
const MISSING: &str = "CHILD,DOB,MISSING,MIS_START,MIS_END\n\
    C0001,14/06/2011,M,02/09/2025,04/09/2025\nC0001,14/06/2011,A,11/10/2025,11/10/2025\nC0002,03/02/2010,M,14/12/2025,\n";

#[test]
fn files_of_the_return_come_in_once_and_grow() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let mut mapping = Mapping::read("ssda903").unwrap();
        mapping.agencies = vec!["Kettering team".into()];
        // The example of the return has a pupil number whose check letter is wrong; that is said, and the child waits.
        let files: [(&str, &[u8]); 3] = [
            ("header.csv", HEADER.as_bytes()),
            ("episodes.csv", EPISODES.as_bytes()),
            ("missing.csv", MISSING.as_bytes()),
        ];
        let tried = bring_in(app, &mapping, &files, &Settled::new(), true).await;
        let upn = says(&tried);
        let right = HEADER.replace("A801200011001", "T801200011001");
        assert!(upn.is_empty() || upn.iter().any(|s| s.contains("UPN")), "{upn:?}");
        app.store().postcodes_put(&[("B16".into(), "birmingham".into())]).await.unwrap();
        let files: [(&str, &[u8]); 3] = [
            ("header.csv", right.as_bytes()),
            ("episodes.csv", EPISODES.as_bytes()),
            ("missing.csv", MISSING.as_bytes()),
        ];
        let done = bring_in(app, &mapping, &files, &Settled::new(), false).await;
        assert_eq!(says(&done), Vec::<String>::new());
        assert_eq!((done.children, done.others["placement"], done.others["episode"]), (2, 2, 3));
        let owen = world.actor("owen").await;
        let found = queries::search(app, &owen, &views_sought("T801200011001")).await.unwrap();
        assert_eq!(found.rows.len(), 1);
        let page = queries::child(app, &owen, &found.rows[0].child.id).await.unwrap();
        assert_eq!((page.child.name.as_str(), page.episodes.len()), ("Child C0001", 2));
        assert!(
            page.placements.iter().any(|p| p.address.contains("B16 8PE") && p.host == "Birmingham"),
            "{:?}",
            page.placements
        );
        // Again: nothing is doubled. An episode that was open has ended since.
        let again = bring_in(app, &mapping, &files, &Settled::new(), false).await;
        assert_eq!((again.children, again.others.len(), says(&again)), (0, 0, Vec::new()));
        let ended = MISSING.replace("M,14/12/2025,\n", "M,14/12/2025,15/12/2025\n");
        let more = bring_in(app, &mapping, &[("missing.csv", ended.as_bytes())], &Settled::new(), false).await;
        assert_eq!((more.others.get("episode"), says(&more)), (Some(&1), Vec::new()));
        let other = queries::search(app, &owen, &"child c0002".into()).await.unwrap();
        let page = queries::child(app, &owen, &other.rows[0].child.id).await.unwrap();
        assert_eq!(page.episodes.len(), 1);
        assert!(page.episodes[0].ended.is_some());
        // What says something else now is said, and overwrites nothing.
        let changed = right.replace("14/06/2011", "15/06/2011");
        let odd = bring_in(app, &mapping, &[("header.csv", changed.as_bytes())], &Settled::new(), false).await;
        assert!(says(&odd)[0].contains("put it right on the child's page"), "{:?}", says(&odd));
    });
}

fn views_sought(number: &str) -> views::Sought {
    views::Sought { incident: number.into(), ..Default::default() }
}

#[test]
fn every_fault_is_said_with_its_row_its_column_and_what_to_do() {
    on_both(|database| async {
        let world = World::new(database).await;
        let text = "source = 'ours'\n[[table]]\nname = 'children'\nkind = 'child'\n[table.columns]\nid = 'No'\nname = 'Name'\nborn = 'Born'\n\
                    nhs_number = 'NHS'\npostcode = 'Postcode'\nsex = 'Sex'\n";
        let undated = Mapping::read(text).unwrap();
        let dated = Mapping::read(&format!("dates = 'day/month/year'\n{text}")).unwrap();
        let long = "x".repeat(201);
        let file = format!(
            "No;Name;Born;NHS;Postcode;Sex\r\n1;Zo\u{fb};05/02/2011;;;\r\n2;{long};05/02/2011;;;\r\n3;A B;05/02/2031;;;\r\n4;C D;05/22/2011;;;\r\n\
             5;=cmd();05/02/2011;;;\r\n6;E F;05/02/2011;9990000019;;\r\n7;G H;05/02/2011;;ZZ99 9;\r\n8;I J;05/02/2011;;;Q\r\n;K L;05/02/2011;;;\r\n\
             9;;05/02/2011;;;\r\n"
        );
        let bytes = encoding(&file).0;
        let files: [(&str, &[u8]); 1] = [("Children.csv", &bytes)];
        let tried = bring_in(&world.app, &undated, &files, &Settled::new(), true).await;
        assert!(tried.faults.iter().filter(|f| f.says.contains("begin with the day or with the month")).count() >= 8);
        let tried = bring_in(&world.app, &dated, &files, &Settled::new(), true).await;
        let found = says(&tried);
        for (row, column, part) in [
            (3, "Name", "no more than 200"),
            (4, "Born", "still to come"),
            (5, "Born", "the day comes first"),
            (6, "Name", "formula"),
            (7, "NHS", "not an NHS number"),
            (8, "Postcode", "no postcode"),
            (9, "Sex", "not one of F, M, U"),
            (10, "No", "no id"),
            (11, "Name", "no name"),
        ] {
            let fits = |fault: &&actions::coming::Fault| {
                fault.row == row && fault.column == column && fault.says.contains(part)
            };
            assert!(tried.faults.iter().any(|fault| fits(&fault)), "{row} {column} {part}: {found:#?}");
        }
        assert_eq!((tried.faults.len(), tried.children), (9, 1), "{found:#?}");
        assert!(tried.notes.iter().any(|note| note.contains("Windows-1252")));
        let done = bring_in(&world.app, &dated, &files, &Settled::new(), false).await;
        assert_eq!(done.children, 1);
        let headless = bring_in(&world.app, &dated, &[("children.csv", b"a,b\n1,2\n")], &Settled::new(), true).await;
        assert!(says(&headless)[0].contains("the column `No` is missing"), "{:?}", says(&headless));
        let strange = bring_in(&world.app, &dated, &[("reviews.csv", b"a,b\n1,2\n")], &Settled::new(), true).await;
        assert!(strange.notes[0].contains("it was left"));
    });
}

/// A text as Windows writes it.
fn encoding(text: &str) -> (Vec<u8>, (), ()) {
    (text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(), (), ())
}

#[test]
fn who_may_be_here_already_waits_until_somebody_says() {
    on_both(|database| async {
        let world = World::new(database).await;
        let mapping = Mapping::read("whereabouts").unwrap().without_ids("theirs");
        let file = b"id,name,born,agencies\n1,\"Marsh, Riley\",2011-02-05,Kettering team\n2,Ann Bell,2012-03-04,Kettering team\n3,Anne Bell,2012-03-04,Nowhere\n";
        let files: [(&str, &[u8]); 1] = [("children.csv", file)];
        let done = bring_in(&world.app, &mapping, &files, &Settled::new(), false).await;
        let waits: Vec<(&str, &str)> = done.doubles.iter().map(|d| (d.id.as_str(), d.other.as_str())).collect();
        assert_eq!(waits, [("1", RILEY), ("3", "file:2")]);
        assert_eq!(done.children, 1);
        let settled = Settled::from([("1".into(), RILEY.into()), ("3".into(), "new".into())]);
        let done = bring_in(&world.app, &mapping, &files, &settled, false).await;
        assert_eq!(done.children, 0, "of an agency that nobody knows: {:?}", says(&done));
        assert!(says(&done)[0].contains("no agency `Nowhere`"));
        let placed = b"child,id,from,type\n1,p9,2025-01-02,foster_care\n";
        let more = bring_in(&world.app, &mapping, &[("placements.csv", placed)], &Settled::new(), false).await;
        assert_eq!(more.others["placement"], 1, "{:?}", says(&more));
        assert_eq!(world.app.store().children_after("", 50).await.unwrap().len(), 2);
    });
}

#[test]
fn a_large_file_comes_in_and_who_may_not_brings_nothing() {
    on_both(|database| async {
        let world = World::new(database).await;
        hire(&world, "tess", "Tess Lead", "team_manager", "team").await;
        let mapping = Mapping::read("whereabouts").unwrap();
        for (who, may) in [("tess", true), ("owen", false), ("dana", false), ("root", false)] {
            let actor = world.actor(who).await;
            let done =
                bring(&world.app, By::Person(&actor), &mapping, &[], &Settled::new(), true, &mut |_, _| {}).await;
            assert_eq!(!matches!(done, Err(Refused::NotAllowed(_))), may, "{who}");
        }
        // 50 MB of somebody's spreadsheet, of which a row is right.
        let mut file = String::from("id,name,born,agencies,notes\n1,Ann Bell,2012-03-04,Kettering team,\n");
        let filler = "y".repeat(5000);
        for n in 0..10_000 {
            let _ = writeln!(file, ",,,,{n}{filler}");
        }
        assert!(file.len() > 50_000_000);
        let done = bring_in(&world.app, &mapping, &[("children.csv", file.as_bytes())], &Settled::new(), true).await;
        assert_eq!((done.children, done.faults.len()), (1, 20_000));
    });
}
