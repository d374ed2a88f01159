//! What is posted is read with a limit, and who posts too much reads a page about it.

use crate::house::{House, Page};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// A server that listens, until what comes with it is dropped.
async fn listening(house: &House) -> (SocketAddr, oneshot::Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let site = web::Site::new(house.app.clone(), web::Options::default());
    tokio::spawn(web::serve(listener, site, async move {
        let _ = stopped.await;
    }));
    (address, stop)
}

/// Sends a head and a body as a browser does, and reads what comes back.
fn send(address: SocketAddr, head: &str, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    write!(stream, "{head}\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len()).unwrap();
    stream.write_all(body).expect("the server reads to the end, so that the browser comes to read the answer");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_twenty_megabytes_is_answered_with_a_page() {
    let house = House::new().await;
    let (address, _stop) = listening(&house).await;
    let file = vec![b'x'; 20 * 1024 * 1024];
    for kind in ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"] {
        let head = format!("POST /report HTTP/1.1\r\nContent-Type: {kind}");
        let body = file.clone();
        let answer = tokio::task::spawn_blocking(move || send(address, &head, &body)).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 413 "), "{}", &answer[..200.min(answer.len())]);
        assert!(answer.contains("That is too large to send"), "{answer}");
        assert!(answer.contains("content-security-policy"), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_stopped_does_not_wait_for_ever_for_a_page_that_keeps_itself_fresh() {
    let house = House::new().await;
    let browser = house.browser("social_worker").await;
    let (address, stop) = listening(&house).await;
    let token = browser.cookies["session"].clone();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET /board/events HTTP/1.1\r\nHost: localhost\r\nCookie: session={token}\r\n\r\n").unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_secs(7)).await;
    assert!(TcpStream::connect(address).is_err(), "nobody listens there any more");
}

/// A form as a browser sends it: what a person typed comes last, so that a form cut short would still look like one.
fn form_body(csrf: &str, page: &Page, typed: (&str, &str)) -> Vec<u8> {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.append_pair("csrf", csrf);
    body.extend_pairs(page.form().iter().filter(|(name, _)| name != "csrf" && name != typed.0));
    body.append_pair(typed.0, typed.1);
    body.finish().into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_cut_off_on_its_way_saves_nothing_and_can_be_sent_again() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let episode = browser.open("/board").await.links("/children/").remove(0);
    let form = format!("{}/record/information.received", episode.split("/episodes/").next().unwrap());
    let page = browser.open(&form).await;
    let body = form_body(&browser.csrf, &page, ("f-text", "She was seen at the old mill, and she had her red coat on"));
    let (address, _stop) = listening(&house).await;
    let head = format!(
        "POST {form} HTTP/1.1\r\nHost: localhost\r\nCookie: session={}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        browser.cookies["session"],
        body.len()
    );
    let whole = body.len();
    let post = move |body: Vec<u8>| {
        let head = head.clone();
        tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(&body).unwrap();
            if body.len() < whole {
                stream.shutdown(Shutdown::Write).unwrap();
            }
            let mut answer = String::new();
            let _ = stream.read_to_string(&mut answer);
            answer
        })
    };
    for cut in [body.len() - 1, body.len() - 20, 40, 0] {
        let answer = post(body[..cut].to_vec()).await.unwrap();
        assert!(!answer.starts_with("HTTP/1.1 303"), "cut after {cut}: {answer}");
    }
    assert!(!browser.open(&episode).await.says("She was seen at the old mill"));
    for _ in 0..2 {
        let answer = post(body.clone()).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    }
    assert_eq!(browser.open(&episode).await.html.matches("and she had her red coat on").count(), 1);
}

#[tokio::test]
async fn a_form_at_the_limit_is_read_and_one_over_it_is_not() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    browser.open("/board").await;
    let start = format!("csrf={}&note=", browser.csrf);
    for (size, status) in
        [(web::LARGEST_FORM, StatusCode::NOT_FOUND), (web::LARGEST_FORM + 1, StatusCode::PAYLOAD_TOO_LARGE)]
    {
        let body = format!("{start}{}", "x".repeat(size - start.len()));
        let request = Request::post("/nowhere").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        assert_eq!(browser.send(request, Body::from(body)).await.status, status, "{size}");
    }
}

#[tokio::test]
async fn what_is_no_form_is_not_understood() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    for kind in ["application/json", "text/plain", "multipart/form-data; boundary=x", ""] {
        let mut request = Request::post("/sign-out");
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let page = browser.send(request, Body::from("{}")).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{kind}");
        assert!(page.says("This could not be understood"), "{kind}");
    }
    assert_eq!(browser.get("/board").await.status, StatusCode::OK, "nobody was signed out by it");
}

#[tokio::test]
async fn other_methods_have_no_page() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    browser.open("/board").await;
    let body = format!("csrf={}", browser.csrf);
    for method in ["PUT", "DELETE", "PATCH"] {
        let bare = browser.send(Request::builder().method(method).uri("/board"), Body::empty()).await;
        assert_eq!(bare.status, StatusCode::FORBIDDEN, "{method}: a token is asked of all that could change something");
        let request = Request::builder()
            .method(method)
            .uri("/board")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let page = browser.send(request, Body::from(body.clone())).await;
        assert_eq!(page.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert!(page.says("This page cannot be opened like that"));
    }
}
