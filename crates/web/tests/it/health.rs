//! What whatever watches the server is told; that silent connections keep nobody out; that a worker which stopped is said on pages.

use crate::house::House;
use axum::http::StatusCode;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use web::Bounds;

#[tokio::test]
async fn a_server_without_its_database_lives_and_is_not_ready() {
    let house = House::new().await;
    let mut visitor = house.visitor();
    let ready = visitor.get("/health/ready").await;
    assert_eq!(ready.status, StatusCode::OK);
    assert!(ready.html.starts_with("ok\n") && ready.html.contains("NO WORKER RUNS"), "{}", ready.html);
    house.app.store().close().await;
    for path in ["/health", "/health/ready"] {
        let gone = visitor.get(path).await;
        assert_eq!(gone.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(gone.html, "not ready\nthe database does not answer\n");
    }
    let live = visitor.get("/health/live").await;
    assert_eq!((live.status, live.html.as_str()), (StatusCode::OK, "ok\n"));
}

#[tokio::test]
async fn a_worker_that_stopped_is_said_on_pages_and_one_that_runs_again_is_not() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let says = "Nobody is being reminded or alerted";
    assert!(!browser.open("/").await.html.contains(says), "it is not known yet");
    let worker = tokio::spawn(actions::worker::run(house.app.clone()));
    let live = tokio::spawn(actions::live::run(house.app.clone()));
    until(&house, |said| said.contains("the worker runs")).await;
    assert!(!browser.open("/").await.html.contains(says));
    worker.abort();
    live.abort();
    house.clock.pass(10);
    let again = tokio::spawn(actions::live::run(house.app.clone()));
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(
        !browser.open("/").await.html.contains(says),
        "one that is started beside the server is given some minutes"
    );
    again.abort();
    let from = house.app.clone();
    let later = tokio::spawn(async move { actions::live::run(from).await });
    // It has begun before the time passes.
    tokio::time::sleep(Duration::from_millis(500)).await;
    house.clock.pass(10);
    let mut found = false;
    for _ in 0..150 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let page = browser.open("/").await;
        found = page.html.contains(says) && page.html.contains("alerted since ");
        if found {
            break;
        }
    }
    later.abort();
    assert!(found, "stopped for twenty minutes");
    assert!(!house.visitor().get("/sign-in").await.html.contains(says), "strangers are not told");
}

#[tokio::test]
async fn figures_name_routes_and_nobody() {
    let house = House::new().await;
    let site = web::Site::new(house.app.clone(), web::Options::default());
    let worker_of = house.county.people.iter().find(|p| p.role == "social_worker").unwrap().username.clone();
    let mut browser = house.browser_at(House::visitor_of(web::router(site.clone())), &worker_of).await;
    let mut figures = House::visitor_of(web::metrics(site));
    let board = browser.get("/board").await;
    let episode = crate::html::links(&board.html, "/children/").remove(0);
    assert_eq!(browser.get(&episode).await.status, StatusCode::OK);
    assert_eq!(browser.get("/metrics").await.status, StatusCode::NOT_FOUND, "not beside the pages");
    let worker = tokio::spawn(actions::worker::run(house.app.clone()));
    until(&house, |said| said.contains("the worker runs")).await;
    worker.abort();
    let fault = store::Standing { name: "verify".into(), at_us: 1_000_000, says: "child c1: row 3".into() };
    house.app.store().standing_put(&fault).await.unwrap();
    let said = figures.get("/metrics").await.html;
    for line in [
        "whereabouts_requests_total{method=\"GET\",route=\"/children/{child}/episodes/{episode}\",status=\"200\"} 1",
        "whereabouts_request_seconds_count{route=\"/board\"} 1",
        "whereabouts_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "whereabouts_database_up 1",
        "whereabouts_fault{what=\"verify\"} 1",
        "whereabouts_fault{what=\"worker\"} 0",
        "whereabouts_last_done_timestamp_seconds{what=\"verify\"} 1",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let child = episode.split('/').nth(2).unwrap();
    assert!(!said.contains(child) && !said.contains(&worker_of) && !said.contains("c1"), "{said}");
    house.app.store().close().await;
    assert!(figures.get("/metrics").await.html.contains("whereabouts_database_up 0"));
}

#[tokio::test]
async fn a_fault_of_the_hourly_check_is_said_to_whoever_keeps_the_system_and_to_nobody_else() {
    let house = House::new().await;
    let fault = store::Standing { name: "verify".into(), at_us: 1_000_000, says: "child c1: row 3".into() };
    house.app.store().standing_put(&fault).await.unwrap();
    let live = tokio::spawn(actions::live::run(house.app.clone()));
    let mut keeper = house.browser("system_administrator").await;
    let says = "found something in the database that is not as it was saved";
    let mut found = false;
    for _ in 0..100 {
        found = keeper.open("/people").await.html.contains(says);
        if found {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(found);
    assert!(!house.browser("social_worker").await.open("/").await.html.contains(says));
    let whole = store::Standing { says: String::new(), ..fault };
    house.app.store().standing_put(&whole).await.unwrap();
    let mut gone = false;
    for _ in 0..150 {
        gone = !keeper.open("/people").await.html.contains(says);
        if gone {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    live.abort();
    assert!(gone, "it is said until the next check finds nothing");
}

async fn until(house: &House, fits: impl Fn(&str) -> bool) {
    for _ in 0..100 {
        if fits(&house.visitor().get("/health").await.html) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("it does not come");
}

/// Asks over a connection of its own whether the server lives, and says how long that took.
fn ask(address: SocketAddr) -> Duration {
    let began = Instant::now();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(stream, "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    began.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn silent_connections_give_way_to_whoever_asks_for_something() {
    let house = House::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let bounds = Bounds { all: 60, of_one_address: 40 };
    let site = web::Site::new(house.app.clone(), web::Options { bounds, ..web::Options::default() });
    let server = tokio::spawn(web::serve(listener, site, std::future::pending::<()>()));
    let slowest = tokio::task::spawn_blocking(move || {
        let mut silent: Vec<TcpStream> = Vec::new();
        let mut slowest = Duration::ZERO;
        for n in 0..300 {
            let mut stream = TcpStream::connect(address).unwrap();
            // Some say the beginning of a head, and no more.
            if n % 2 == 0 {
                stream.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
            }
            silent.push(stream);
            if n % 10 == 0 {
                slowest = slowest.max(ask(address));
            }
        }
        // The first of them were closed to make room.
        silent[0].set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        assert!(matches!(silent[0].read(&mut [0; 64]), Ok(0) | Err(_)));
        slowest
    });
    let slowest = slowest.await.unwrap();
    server.abort();
    assert!(slowest < Duration::from_secs(3), "{slowest:?}");
}
