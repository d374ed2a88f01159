//! Temporary: serves a county for a look.
#![allow(dead_code, clippy::all, clippy::pedantic)]
#[path = "../tests/it/house.rs"]
mod house;
#[tokio::main]
async fn main() {
    let house = house::House::new().await;
    let options = web::Options { notice: "Demonstration. Every person here is made up.".into(), dev: true, ..Default::default() };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:4471").await.unwrap();
    web::serve(listener, web::Site::new(house.app.clone(), options), std::future::pending()).await.unwrap();
}
